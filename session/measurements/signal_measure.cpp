// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/signal_measure.h"

#include <algorithm>
#include <array>

#include "base/units.h"

namespace reprise::session {
namespace {

using enum SignalBetter;

constexpr double kDegrees = 180.0 / kPi;

// In the order of SignalMeasure. The engine has meters, seconds, radians, volts, shares of 1.
constexpr std::array<SignalMeasureInfo, kSignalMeasureCount> kInfo = {{
    {"walking_speed", "Walking speed", "m/s", "m/s", 1, 2, higher},
    {"cadence", "Cadence", "steps/min", "{steps}/min", 60, 1, neither},
    {"stride_length", "Stride length", "m", "m", 1, 3, higher},
    {"step_length", "Step length", "m", "m", 1, 3, higher},
    {"stride_time", "Stride time", "s", "s", 1, 3, neither},
    {"step_time", "Step time", "s", "s", 1, 3, neither},
    {"stance_share", "Stance", "% of stride", "%", 100, 1, neither},
    {"swing_share", "Swing", "% of stride", "%", 100, 1, neither},
    {"double_support_share", "Double support", "% of stride", "%", 100, 1, neither},
    {"foot_sensor_height", "Largest height of the foot’s sensor", "cm", "cm", 100, 1, neither},
    {"contact_angle", "Foot angle at initial contact", "°", "deg", kDegrees, 1, neither},
    {"stride_time_variability", "Variability of stride time", "%", "%", 100, 1, lower},
    {"stride_length_variability", "Variability of stride length", "%", "%", 100, 1, lower},
    {"stride_time_asymmetry", "Asymmetry of stride time", "%", "%", 100, 1, lower},
    {"stride_length_asymmetry", "Asymmetry of stride length", "%", "%", 100, 1, lower},
    {"stance_asymmetry", "Asymmetry of stance", "%", "%", 100, 1, lower},
    {"step_time_asymmetry", "Asymmetry of step time", "%", "%", 100, 1, lower},
    {"step_length_asymmetry", "Asymmetry of step length", "%", "%", 100, 1, lower},
    {"step_regularity", "Step regularity", "", "1", 1, 2, higher},
    {"stride_regularity", "Stride regularity", "", "1", 1, 2, higher},
    {"knee_swing_peak", "Peak knee flexion in swing", "°", "deg", kDegrees, 0, neither},
    {"knee_range", "Knee range in walking", "°", "deg", kDegrees, 0, neither},
    {"hip_range", "Hip range in walking", "°", "deg", kDegrees, 0, neither},
    {"ankle_range", "Ankle range in walking", "°", "deg", kDegrees, 0, neither},
    {"arm_swing", "Arm swing", "°", "deg", kDegrees, 0, neither},
    {"pelvic_drop", "Pelvic drop of the swinging side", "°", "deg", kDegrees, 0, lower},
    {"turning_angle", "Turning angle", "°", "deg", kDegrees, 0, neither},
    {"strides", "Strides", "", "{strides}", 1, 0, neither},
    {"steps", "Steps", "", "{steps}", 1, 0, higher},
    {"walking_bouts", "Walking bouts", "", "{bouts}", 1, 0, neither},
    {"walking_time", "Time walked", "s", "s", 1, 1, higher},
    {"walking_distance", "Distance walked", "m", "m", 1, 1, higher},
    {"recorded_time", "Time recorded", "h", "h", 1.0 / 3600, 1, neither},
    {"wear_time", "Wear time", "h", "h", 1.0 / 3600, 1, neither},
    {"motionless_time", "Wear time without movement, unsure", "h", "h", 1.0 / 3600, 1, neither},
    {"days_counted", "Days that count", "", "d", 1, 0, neither},
    {"daily_steps", "Steps a day", "", "{steps}/d", 1, 0, higher},
    {"daily_walking_time", "Walking time a day", "min", "min/d", 1.0 / 60, 0, higher},
    {"daily_bouts", "Walking bouts a day", "", "{bouts}/d", 1, 0, neither},
    {"bouts_to_10_s", "Bouts of up to 10 s a day", "", "{bouts}/d", 1, 0, neither},
    {"bouts_10_to_30_s", "Bouts of 10 to 30 s a day", "", "{bouts}/d", 1, 0, neither},
    {"bouts_30_to_60_s", "Bouts of 30 to 60 s a day", "", "{bouts}/d", 1, 0, neither},
    {"bouts_over_60_s", "Bouts of more than 60 s a day", "", "{bouts}/d", 1, 0, higher},
    {"daily_speed", "Walking speed, bouts over 30 s", "m/s", "m/s", 1, 2, higher},
    {"daily_speed_median", "Walking speed, bouts over 30 s, median", "m/s", "m/s", 1, 2, higher},
    {"daily_speed_90", "Walking speed, bouts over 30 s, 90th percentile", "m/s", "m/s", 1, 2, higher},
    {"daily_speed_short", "Walking speed, bouts of 10 to 30 s", "m/s", "m/s", 1, 2, higher},
    {"daily_cadence", "Cadence, bouts over 30 s", "steps/min", "{steps}/min", 60, 1, neither},
    {"daily_cadence_median", "Cadence, bouts over 30 s, median", "steps/min", "{steps}/min", 60, 1, neither},
    {"daily_cadence_90", "Cadence, bouts over 30 s, 90th percentile", "steps/min", "{steps}/min", 60, 1,
     neither},
    {"test_time", "Time of the test", "s", "s", 1, 2, lower},
    {"rise_time", "Rising", "s", "s", 1, 2, lower},
    {"walk_time", "Walking there", "s", "s", 1, 2, lower},
    {"turn_time", "Turning", "s", "s", 1, 2, lower},
    {"return_time", "Walking back", "s", "s", 1, 2, lower},
    {"sit_time", "Turning and sitting down", "s", "s", 1, 2, lower},
    {"repetitions", "Repetitions", "", "{repetitions}", 1, 0, higher},
    {"repetition_time", "Time of a repetition", "s", "s", 1, 2, lower},
    {"longest_rest", "Longest rest", "s", "s", 1, 1, lower},
    {"turns", "Turns", "", "{turns}", 1, 0, neither},
    {"sway_velocity", "Mean velocity", "mm/s", "mm/s", 1000, 2, lower},
    {"sway_velocity_ap", "Mean velocity, front-back", "mm/s", "mm/s", 1000, 2, lower},
    {"sway_velocity_ml", "Mean velocity, side-side", "mm/s", "mm/s", 1000, 2, lower},
    {"sway_path", "Path", "mm", "mm", 1000, 0, lower},
    {"sway_area", "95 % prediction ellipse", "cm²", "cm2", 1e4, 2, lower},
    {"sway_rms_ap", "Root mean square, front-back", "mm", "mm", 1000, 2, lower},
    {"sway_rms_ml", "Root mean square, side-side", "mm", "mm", 1000, 2, lower},
    {"sway_range_ap", "Range, front-back", "mm", "mm", 1000, 1, lower},
    {"sway_range_ml", "Range, side-side", "mm", "mm", 1000, 1, lower},
    {"sway_mean_frequency", "Mean frequency", "Hz", "Hz", 1, 3, neither},
    {"sway_median_frequency", "Median frequency", "Hz", "Hz", 1, 3, neither},
    {"sample_entropy_ap", "Sample entropy, front-back", "", "1", 1, 3, neither},
    {"sample_entropy_ml", "Sample entropy, side-side", "", "1", 1, 3, neither},
    {"diffusion_short", "Diffusion coefficient, short term", "mm²/s", "mm2/s", 1e6, 2, lower},
    {"diffusion_long", "Diffusion coefficient, long term", "mm²/s", "mm2/s", 1e6, 2, lower},
    {"diffusion_critical_time", "Critical time of diffusion", "s", "s", 1, 2, neither},
    {"romberg_velocity", "Romberg ratio of velocity", "", "1", 1, 2, lower},
    {"romberg_area", "Romberg ratio of area", "", "1", 1, 2, lower},
    {"trunk_acceleration_rms", "Trunk acceleration, root mean square", "m/s²", "m/s2", 1, 3, lower},
    {"trunk_sway_angle", "Sway angle of the trunk", "°", "deg", kDegrees, 2, lower},
    {"trunk_jerk", "Jerk of the trunk", "m/s³", "m/s3", 1, 2, lower},
    {"stance_time", "Time stood", "s", "s", 1, 1, higher},
    {"weight_share", "Share of the weight", "%", "%", 100, 1, neither},
    {"hold_time", "Longest hold", "s", "s", 1, 1, higher},
    {"holds", "Holds", "", "{holds}", 1, 0, neither},
    {"holds_whole", "Holds to the end without the support", "", "{holds}", 1, 0, higher},
    {"contact_time", "Time on the ground", "s", "s", 1, 3, neither},
    {"peak_load", "Largest load of a step", "% of weight", "%", 100, 1, neither},
    {"largest_load", "Largest load", "% of weight", "%", 100, 1, neither},
    {"mean_load", "Mean load on the ground", "% of weight", "%", 100, 1, neither},
    {"loading_rate", "Loading rate", "kN/s", "kN/s", 1e-3, 2, neither},
    {"cop_way", "Way of the center of pressure under the foot", "mm", "mm", 1000, 0, neither},
    {"cop_progression", "Progression of the center of pressure", "mm", "mm", 1000, 0, neither},
    {"weight_limit", "Prescribed limit", "% of weight", "%", 100, 1, neither},
    {"time_above_limit", "Time on the ground above the limit", "%", "%", 100, 1, lower},
    {"contacts_above_limit", "Steps above the limit", "", "{steps}", 1, 0, lower},
    {"lean", "Lean of the center of pressure", "mm", "mm", 1000, 0, higher},
    {"lean_share", "Lean, share of the foot’s length", "%", "%", 100, 1, higher},
    {"activations", "Contractions", "", "{contractions}", 1, 0, neither},
    {"activation_time", "Duration of a contraction", "s", "s", 1, 3, neither},
    {"emg_amplitude", "Mean amplitude", "µV", "uV", 1e6, 1, neither},
    {"emg_peak", "Peak amplitude", "µV", "uV", 1e6, 1, neither},
    {"emg_of_reference", "Mean of the reference contraction", "%", "%", 100, 1, neither},
    {"emg_median_frequency", "Median frequency", "Hz", "Hz", 1, 1, neither},
    {"fatigue_slope", "Slope of the median frequency", "Hz/min", "Hz/min", 60, 2, neither},
    {"co_contraction", "Co-contraction", "%", "%", 100, 1, neither},
    {"emg_asymmetry", "Asymmetry of amplitude", "%", "%", 100, 1, lower},
    {"heart_rate", "Heart rate", "/min", "/min", 60, 0, neither},
    {"heart_rate_least", "Lowest heart rate", "/min", "/min", 60, 0, neither},
    {"heart_rate_most", "Highest heart rate", "/min", "/min", 60, 0, neither},
    {"heart_rate_recovery_60", "Recovery after one minute", "/min", "/min", 60, 0, higher},
    {"heart_rate_recovery_120", "Recovery after two minutes", "/min", "/min", 60, 0, higher},
    {"mean_nn", "Mean interval", "ms", "ms", 1000, 1, neither},
    {"sdnn", "SDNN", "ms", "ms", 1000, 1, neither},
    {"rmssd", "RMSSD", "ms", "ms", 1000, 1, neither},
    {"pnn50", "pNN50", "%", "%", 100, 1, neither},
    {"total_power", "Total power", "ms²", "ms2", 1e6, 0, neither},
    {"lf_power", "Low-frequency power", "ms²", "ms2", 1e6, 0, neither},
    {"hf_power", "High-frequency power", "ms²", "ms2", 1e6, 0, neither},
    {"lf_hf", "LF/HF", "", "1", 1, 2, neither},
    {"sd1", "SD1", "ms", "ms", 1000, 1, neither},
    {"sd2", "SD2", "ms", "ms", 1000, 1, neither},
    {"sample_entropy", "Sample entropy", "", "1", 1, 3, neither},
    {"dfa_alpha1", "DFA α1", "", "1", 1, 3, neither},
    {"usable_time", "Usable time", "%", "%", 100, 1, neither},
    {"exercise_time", "Time exercised", "min", "min", 1.0 / 60, 1, higher},
    {"target_time", "Main part within the planned heart rate", "%", "%", 100, 0, neither},
    {"effort_borg", "Effort, 6 to 20", "", "{score}", 1, 0, neither},
    {"effort_cr10", "Effort, 0 to 10", "", "{score}", 1, 1, neither},
    {"breathlessness", "Breathlessness, 0 to 10", "", "{score}", 1, 1, lower},
    {"oxygen_saturation", "Oxygen saturation", "%", "%", 100, 0, higher},
    {"systolic_pressure", "Systolic blood pressure", "mmHg", "mm[Hg]", 1, 0, neither},
    {"diastolic_pressure", "Diastolic blood pressure", "mmHg", "mm[Hg]", 1, 0, neither},
}};

}  // namespace

const SignalMeasureInfo& info(SignalMeasure measure) {
  return kInfo[static_cast<std::size_t>(measure)];
}

std::optional<SignalMeasure> signal_measure_from_name(std::string_view name) {
  const auto* found =
      std::find_if(kInfo.begin(), kInfo.end(), [&](const SignalMeasureInfo& i) { return i.name == name; });
  if (found == kInfo.end()) return std::nullopt;
  return static_cast<SignalMeasure>(found - kInfo.begin());
}

}  // namespace reprise::session
