// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace reprise::session {

/// The measures of sensors: one name each for report, files and record. The order is that of a report.
enum class SignalMeasure : std::uint8_t {
  // gait
  walking_speed,
  cadence,
  stride_length,
  step_length,
  stride_time,
  step_time,
  stance_share,
  swing_share,
  double_support_share,
  foot_sensor_height,
  contact_angle,
  stride_time_variability,
  stride_length_variability,
  stride_time_asymmetry,
  stride_length_asymmetry,
  stance_asymmetry,
  step_time_asymmetry,
  step_length_asymmetry,
  step_regularity,
  stride_regularity,
  knee_swing_peak,
  knee_range,
  hip_range,
  ankle_range,
  arm_swing,
  turning_angle,
  strides,
  steps,
  walking_bouts,
  walking_time,
  walking_distance,
  // days of walking and wear
  recorded_time,
  wear_time,
  motionless_time,
  days_counted,
  daily_steps,
  daily_walking_time,
  daily_bouts,
  bouts_to_10_s,
  bouts_10_to_30_s,
  bouts_30_to_60_s,
  bouts_over_60_s,
  daily_speed,
  daily_speed_median,
  daily_speed_90,
  daily_speed_short,
  daily_cadence,
  daily_cadence_median,
  daily_cadence_90,
  // tests of function
  test_time,
  rise_time,
  walk_time,
  turn_time,
  return_time,
  sit_time,
  repetitions,
  repetition_time,
  longest_rest,
  turns,
  sitting_time,
  flight_time,
  jump_height,
  squat_depth,
  trunk_lean,
  trunk_side_lean,
  knee_separation,
  knee_valgus,
  pelvic_drop,
  elbow_depth,
  reach_distance,
  // range of motion
  joint_range,
  joint_range_best,
  joint_range_difference,
  detectable_change,
  view_error,
  // posture in photos
  craniovertebral_angle,
  head_tilt,
  shoulder_level,
  pelvic_level,
  trunk_inclination,
  trunk_tilt,
  trunk_shift,
  plumb_offset,
  knee_alignment,
  trunk_asymmetry,
  point_x,
  point_y,
  point_automatic_x,
  point_automatic_y,
  // balance
  sway_velocity,
  sway_velocity_ap,
  sway_velocity_ml,
  sway_path,
  sway_area,
  sway_rms_ap,
  sway_rms_ml,
  sway_range_ap,
  sway_range_ml,
  sway_mean_frequency,
  sway_median_frequency,
  sample_entropy_ap,
  sample_entropy_ml,
  diffusion_short,
  diffusion_long,
  diffusion_critical_time,
  romberg_velocity,
  romberg_area,
  trunk_acceleration_rms,
  trunk_sway_angle,
  trunk_jerk,
  stance_time,
  weight_share,
  // a balance programme
  hold_time,
  holds,
  holds_whole,
  // load under the feet, leans
  contact_time,
  peak_load,
  largest_load,
  mean_load,
  loading_rate,
  cop_way,
  cop_progression,
  weight_limit,
  time_above_limit,
  contacts_above_limit,
  lean,
  lean_share,
  // muscle
  activations,
  activation_time,
  emg_amplitude,
  emg_peak,
  emg_of_reference,
  emg_median_frequency,
  fatigue_slope,
  co_contraction,
  emg_asymmetry,
  // heart
  heart_rate,
  heart_rate_least,
  heart_rate_most,
  heart_rate_recovery_60,
  heart_rate_recovery_120,
  mean_nn,
  sdnn,
  rmssd,
  pnn50,
  total_power,
  lf_power,
  hf_power,
  lf_hf,
  sd1,
  sd2,
  sample_entropy,
  dfa_alpha1,
  usable_time,
  // an endurance session
  exercise_time,
  target_time,
  effort_borg,
  effort_cr10,
  breathlessness,
  oxygen_saturation,
  systolic_pressure,
  diastolic_pressure,
};
inline constexpr std::size_t kSignalMeasureCount =
    static_cast<std::size_t>(SignalMeasure::diastolic_pressure) + 1;

/// Whether more is better for most people; a clinician decides for the one in question.
enum class SignalBetter : std::uint8_t { neither, higher, lower };

struct SignalMeasureInfo {
  std::string_view name;   ///< as in files and the record, "stride_length"
  std::string_view label;  ///< for a reader, "Stride length"
  std::string_view unit;   ///< as displayed, "m/s"; empty for numbers without one
  std::string_view ucum;   ///< UCUM code of the same unit; "1" for numbers without one
  double factor;           ///< the display's unit in the engine's: shown = value * factor
  int decimals;
  SignalBetter better;
};

[[nodiscard]] const SignalMeasureInfo& info(SignalMeasure measure);
[[nodiscard]] std::optional<SignalMeasure> signal_measure_from_name(std::string_view name);

}  // namespace reprise::session
