// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/camera_gait.h"

#include <algorithm>
#include <cmath>

#include "engine/signal/median.h"
#include "session/measurements/camera_gait_passes.h"
#include "session/measurements/gait_norms.h"

namespace reprise::session {
namespace {

using engine::GaitCycle;
using enum SignalMeasure;

// How far the method itself errs, as a standard deviation of a mean: docs/accuracy.md, "Gait by camera".
constexpr double kContactDeviationS = 0.022;  // of a contact
constexpr double kNearShare = 0.025;          // stance as a share of the stride, of the nearer leg
constexpr double kFarShare = 0.04;            // the same of the farther one
constexpr double kCadenceShare = 0.015;
constexpr double kHeightLengthShare = 0.084;  // of a stride's length and of speed, the height being the scale
constexpr double kMarkedLengthShare = 0.03;   // with marks or a belt's speed: not compared. Unsourced default
constexpr double kStepLengthShare = 0.1;      // of a step's length: not compared. Unsourced default
constexpr double kRad = kPi / 180;
struct AngleDeviations {
  double knee_peak;
  std::array<double, kCycleMeasures> ranges;  // hip, knee, ankle
  double contact;
  double arm;
};
constexpr AngleDeviations kNearAngles = {4 * kRad, {10.8 * kRad, 5 * kRad, 8 * kRad}, 8.2 * kRad, 6 * kRad};
constexpr AngleDeviations kFarAngles = {8 * kRad, {8.1 * kRad, 9 * kRad, 15.6 * kRad}, 6 * kRad, 8.1 * kRad};
constexpr double kPelvisRad = 3 * kRad;  // not compared. Unsourced default
constexpr std::size_t kManyStrides = 5;  // of a side; fewer say little. Unsourced default
constexpr double kSwingFrom = 0.55;      // share of the cycle, where foot off is not known

constexpr std::array<const char*, kCycleMeasures> kCyclePlots = {"hip_flexion_cycle", "knee_flexion_cycle",
                                                                 "ankle_dorsiflexion_cycle"};
constexpr std::array<SignalMeasure, kCycleMeasures> kCycleRanges = {hip_range, knee_range, ankle_range};
constexpr std::size_t kHip = 0;
constexpr std::size_t kKnee = 1;
constexpr double kDegreesPerRad = 180 / kPi;

// Strides whose angles count for a side: where it is nearer to the camera, if there are any.
struct SideStrides {
  std::vector<const MeasuredStride*> all;
  std::vector<const MeasuredStride*> angles;
  bool far = false;  ///< angles are those of the farther leg
};

SideStrides side_strides(const CameraGait& gait, Side side) {
  SideStrides found;
  for (const MeasuredStride& stride : gait.strides) {
    if (stride.side != side) continue;
    found.all.push_back(&stride);
    if (stride.near) found.angles.push_back(&stride);
  }
  found.far = found.angles.empty();
  if (found.far) found.angles = found.all;
  return found;
}

template <class Items, class Value>
std::vector<double> numbers(const Items& items, Value value) {
  std::vector<double> found;
  for (const auto& item : items) {
    if (const std::optional<double> number = value(item)) found.push_back(*number);
  }
  return found;
}

void add_numbers(MeasurementDocument& d, SignalMeasure measure, const std::vector<double>& values, ValueOf of,
                 std::optional<double> method_sd) {
  auto mean = repeated(values);
  if (!mean) return;
  mean->method_sd = method_sd;
  add_mean(d, measure, *mean, std::move(of));
}

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

void add_gait_times(MeasurementDocument& d, const CameraGait& gait, const SideStrides& strides, Side side) {
  using S = const MeasuredStride*;
  const auto times = numbers(strides.all, [](S s) { return std::optional{s->time_s()}; });
  if (times.empty()) return;
  // Strides of the nearer and of the farther leg both count, each with its error.
  const auto count = static_cast<double>(strides.all.size());
  double share_sd = 0;
  for (const S s : strides.all) share_sd += (s->near ? kNearShare : kFarShare) / count;
  add_numbers(d, stride_time, times, {.side = side, .primary = true},
              std::sqrt(2 / count) * kContactDeviationS);
  add_numbers(d, step_time,
              numbers(gait.steps,
                      [&](const MeasuredStep& s) -> std::optional<double> {
                        if (s.side != side) return std::nullopt;
                        return (s.end - s.start).value();
                      }),
              {.side = side}, kContactDeviationS);
  const auto stance = numbers(strides.all, [](S s) { return s->stance_share(); });
  add_numbers(d, stance_share, stance, {.side = side, .primary = true}, share_sd);
  std::vector<double> swing;
  for (const double share : stance) swing.push_back(1 - share);
  add_numbers(d, swing_share, swing, {.side = side}, share_sd);
  add_value(d, SignalMeasure::strides, static_cast<double>(strides.all.size()), {.side = side});
}

double length_share(const CameraGaitOptions& options) {
  return options.marked || options.belt_speed_mps ? kMarkedLengthShare : kHeightLengthShare;
}

void add_gait_lengths(MeasurementDocument& d, const CameraGait& gait, const SideStrides& strides, Side side,
                      const CameraGaitOptions& options) {
  const auto lengths = numbers(strides.all, [](const MeasuredStride* s) { return s->length_m; });
  add_numbers(d, stride_length, lengths, {.side = side, .primary = true},
              length_share(options) * mean_of(lengths));
  const auto steps =
      numbers(gait.steps, [&](const MeasuredStep& s) { return s.side == side ? s.length_m : std::nullopt; });
  add_numbers(d, step_length, steps, {.side = side}, kStepLengthShare * mean_of(steps));
}

void add_gait_angles(MeasurementDocument& d, const SideStrides& strides, Side side) {
  using S = const MeasuredStride*;
  const AngleDeviations& deviations = strides.far ? kFarAngles : kNearAngles;
  add_numbers(d, knee_swing_peak,
              numbers(strides.angles,
                      [](S s) -> std::optional<double> {
                        if (!s->cycles[kKnee]) return std::nullopt;
                        return engine::largest_from(*s->cycles[kKnee],
                                                    s->stance_share().value_or(kSwingFrom));
                      }),
              {.side = side, .primary = true}, deviations.knee_peak);
  for (std::size_t i = 0; i < kCycleMeasures; ++i) {
    add_numbers(d, kCycleRanges[i],
                numbers(strides.angles,
                        [&](S s) -> std::optional<double> {
                          if (!s->cycles[i]) return std::nullopt;
                          return engine::range_of(*s->cycles[i]);
                        }),
                {.side = side}, deviations.ranges[i]);
  }
  add_numbers(d, contact_angle, numbers(strides.angles, [](S s) { return s->contact_angle_rad; }),
              {.side = side}, deviations.contact);
  add_numbers(d, arm_swing, numbers(strides.angles, [](S s) { return s->arm_swing_rad; }), {.side = side},
              deviations.arm);
}

void add_asymmetry(MeasurementDocument& d, SignalMeasure of, SignalMeasure asymmetry) {
  const MeasuredValue* left = find_value(d, of, Side::left);
  const MeasuredValue* right = find_value(d, of, Side::right);
  if (left == nullptr || right == nullptr || !(left->value + right->value > 0)) return;
  const double middle = (left->value + right->value) / 2;
  std::optional<double> uncertainty;
  if (left->uncertainty && right->uncertainty)
    uncertainty = std::hypot(*left->uncertainty, *right->uncertainty) / middle;
  add_value(d, asymmetry, std::abs(left->value - right->value) / middle, {}, uncertainty);
}

void add_both_sides(MeasurementDocument& d, const CameraGait& gait, const CameraGaitOptions& options) {
  const auto step_times =
      numbers(gait.steps, [](const MeasuredStep& s) { return std::optional{(s.end - s.start).value()}; });
  if (const auto mean = repeated(step_times)) {
    // Of all steps together; contacts at the ends of a pass err alike.
    RepeatedValue cadence_of = *mean;
    cadence_of.mean = 1 / mean->mean;
    if (mean->sd) cadence_of.sd = *mean->sd / (mean->mean * mean->mean);
    cadence_of.method_sd = kCadenceShare / mean->mean;
    add_mean(d, cadence, cadence_of, {.primary = true});
  }
  const auto speeds = numbers(gait.strides, [](const MeasuredStride& s) -> std::optional<double> {
    if (!s.length_m) return std::nullopt;
    return *s.length_m / s.time_s();
  });
  add_numbers(d, walking_speed, speeds, {.primary = true}, length_share(options) * mean_of(speeds));
  const auto strides =
      numbers(gait.strides, [](const MeasuredStride& s) { return std::optional{s.time_s()}; });
  add_numbers(d, double_support_share, gait.double_support_shares, {.primary = true},
              2 * kContactDeviationS / mean_of(strides));
  add_value(d, steps, static_cast<double>(gait.contacts), {.primary = true});
}

EventTable stride_table(const CameraGait& gait, std::size_t recordings) {
  EventTable table{
      "strides", {stride_time, stance_share, swing_share, stride_length, knee_swing_peak, contact_angle}, {}};
  for (const MeasuredStride& s : gait.strides) {
    const auto stance = s.stance_share();
    const auto swing = stance ? std::optional{1 - *stance} : std::nullopt;
    const auto knee = s.cycles[kKnee]
                          ? std::optional{engine::largest_from(*s.cycles[kKnee], stance.value_or(kSwingFrom))}
                          : std::nullopt;
    table.rows.push_back({s.start,
                          s.end,
                          s.side,
                          recordings > 1 ? "recording " + std::to_string(s.recording + 1) : "",
                          "",
                          {s.time_s(), stance, swing, s.length_m, knee, s.contact_angle_rad}});
  }
  return table;
}

EventTable step_table(const CameraGait& gait, std::size_t recordings) {
  EventTable table{"steps", {step_time, step_length}, {}};
  for (const MeasuredStep& s : gait.steps) {
    table.rows.push_back({s.start,
                          s.end,
                          s.side,
                          recordings > 1 ? "recording " + std::to_string(s.recording + 1) : "",
                          "",
                          {(s.end - s.start).value(), s.length_m}});
  }
  return table;
}

std::string people_of(const GaitNorms& norms) {
  const ReferenceGroup& group = norms.group;
  const auto centi = std::lround(100 * norms.speed_mps);
  const std::string hundredths = std::to_string(centi % 100);
  return std::string{"about 95 of 100 healthy "} + (group.sex == ReferenceSex::female ? "women" : "men") +
         " of " + std::to_string(group.from_age_years) + " to " + std::to_string(group.to_age_years) +
         " years, at " + std::to_string(centi / 100) + '.' + (hundredths.size() < 2 ? "0" : "") + hundredths +
         " m/s on a treadmill";
}

// Mean ± 2 standard deviations.
PlotBand band_of(const GaitNorms::Joint& joint, const GaitNorms& norms) {
  PlotBand band{people_of(norms), norms.source, {}, {}, {}};
  for (std::size_t percent = 0; percent < engine::kCyclePoints; ++percent) {
    band.x.push_back(static_cast<double>(percent));
    band.low.push_back((joint.mean[percent] - 2 * joint.sd[percent]) * kDegreesPerRad);
    band.high.push_back((joint.mean[percent] + 2 * joint.sd[percent]) * kDegreesPerRad);
  }
  return band;
}

// None for the ankle: its curve errs by as much as people differ (docs/accuracy.md).
void add_bands(MeasurementDocument& d, const TestedPerson& person) {
  const MeasuredValue* speed = find_value(d, walking_speed);
  NoGaitNorms why{};
  const auto norms = gait_norms(person, speed == nullptr ? std::nullopt : std::optional{speed->value}, &why);
  if (!norms) {
    constexpr std::array<const char*, 3> kWhy = {
        "give the person's --age and --sex", "there are none of this age",
        "the person walked much slower or faster than the groups that were measured"};
    d.not_measured.push_back(std::string{"comparison with healthy people's curves: "} +
                             kWhy.at(static_cast<std::size_t>(why)));
    return;
  }
  for (SignalPlot& plot : d.plots) {
    if (plot.name == kCyclePlots[kHip]) plot.bands.push_back(band_of(norms->hip, *norms));
    if (plot.name == kCyclePlots[kKnee]) plot.bands.push_back(band_of(norms->knee, *norms));
  }
}

void add_cycle_plots(MeasurementDocument& d, const CameraGait& gait) {
  for (std::size_t i = 0; i < kCycleMeasures; ++i) {
    SignalPlot plot{kCyclePlots[i], "%", "°", true, {}, {}, {}};
    for (const Side side : {Side::left, Side::right}) {
      const SideStrides strides = side_strides(gait, side);
      std::vector<GaitCycle> cycles;
      std::vector<double> foot_off;
      for (const MeasuredStride* s : strides.angles) {
        if (!s->cycles[i]) continue;
        cycles.push_back(*s->cycles[i]);
        if (const auto share = s->stance_share()) foot_off.push_back(*share);
      }
      const auto curve = engine::mean_cycle(cycles);
      if (!curve) continue;
      PlotLine line{kCyclePlots[i], side, {}, {}};
      for (std::size_t k = 0; k < engine::kCyclePoints; ++k) {
        line.x.push_back(static_cast<double>(k));
        line.y.push_back(curve->mean[k] * kDegreesPerRad);
      }
      if (!foot_off.empty()) {
        const auto at = static_cast<std::size_t>(std::lround(100 * mean_of(foot_off)));
        if (at < line.y.size()) plot.marks.push_back({"foot_off", line.x[at], line.y[at], side});
      }
      plot.lines.push_back(std::move(line));
    }
    if (!plot.lines.empty()) d.plots.push_back(std::move(plot));
  }
}

// Of the longest pass: what contacts were read from.
void add_heel_plot(MeasurementDocument& d, const CameraGait& gait) {
  const auto longest = std::max_element(
      gait.side_passes.begin(), gait.side_passes.end(),
      [](const SidePass& a, const SidePass& b) { return a.tracks.size() < b.tracks.size(); });
  if (longest == gait.side_passes.end()) return;
  const engine::LegTracks& tracks = longest->tracks;
  SignalPlot plot{"heels_ahead", "s", "", true, {}, {}, {}};
  for (const Side side : {Side::left, Side::right}) {
    const std::vector<double>& heel = tracks.of(side).heel_ahead;
    plot.lines.push_back(plot_line("heels_ahead", side, tracks.start, engine::LegTracks::kRate, heel));
    for (const engine::FootEvent& event : longest->events) {
      if (event.side != side) continue;
      plot.marks.push_back({event.is_contact ? "initial_contact" : "foot_off", event.time.value(),
                            engine::value_at(heel, tracks.sample(event.time)), side});
    }
  }
  d.plots.push_back(std::move(plot));
}

void add_side_view(MeasurementDocument& d, const CameraGait& gait, const CameraGaitOptions& options,
                   std::size_t recordings) {
  add_both_sides(d, gait, options);
  for (const Side side : {Side::left, Side::right}) {
    const SideStrides strides = side_strides(gait, side);
    if (strides.all.empty()) continue;
    add_gait_times(d, gait, strides, side);
    add_gait_lengths(d, gait, strides, side, options);
    add_gait_angles(d, strides, side);
    const std::string name = side == Side::left ? "left" : "right";
    if (strides.far) {
      d.warnings.push_back({"far_side",
                            "The " + name +
                                " leg was the farther one in every pass: its angles are less "
                                "certain.",
                            "Film a pass in the other direction, too."});
    }
    if (strides.all.size() < kManyStrides) {
      d.warnings.push_back(
          {"few_strides",
           "Only " + std::to_string(strides.all.size()) + " strides of the " + name + " foot were measured.",
           "Film several passes and give all files together."});
    }
  }
  add_asymmetry(d, stride_time, stride_time_asymmetry);
  add_asymmetry(d, stance_share, stance_asymmetry);
  add_asymmetry(d, step_time, step_time_asymmetry);
  add_asymmetry(d, step_length, step_length_asymmetry);
  d.tables.push_back(stride_table(gait, recordings));
  d.tables.push_back(step_table(gait, recordings));
  add_cycle_plots(d, gait);
  add_bands(d, options.person);
  add_heel_plot(d, gait);
  const bool no_pixels = std::none_of(gait.steps.begin(), gait.steps.end(),
                                      [](const MeasuredStep& step) { return step.length_m.has_value(); });
  if (options.treadmill && !options.belt_speed_mps) {
    d.not_measured.emplace_back("stride length and speed: give the treadmill's --belt-speed");
    if (!gait.scaled) d.not_measured.emplace_back("step length: give the person's --height");
  } else if (gait.scaled && no_pixels) {
    d.not_measured.emplace_back(
        "lengths from the picture: the file has no points in pixels; measure the video itself");
  } else if (!gait.scaled && !options.belt_speed_mps) {
    d.not_measured.emplace_back(
        "lengths and speed: there is no scale; give the person's --height, or a marked --distance with "
        "--marks");
  } else if (!gait.scaled) {
    d.not_measured.emplace_back("step length: give the person's --height");
  }
  if (gait.pelvic_drops.empty())
    d.not_measured.emplace_back("drop and shift of the pelvis (Trendelenburg): film from in front or behind");
  d.not_measured.insert(
      d.not_measured.end(),
      {"step width", "turning of the legs", "forces",
       "comparison with a norm: no normative band was found in a source that could be read"});
}

void add_pelvic_drops(MeasurementDocument& d, const CameraGait& gait) {
  for (const Side stance : {Side::left, Side::right}) {
    add_numbers(d, pelvic_drop,
                numbers(gait.pelvic_drops,
                        [&](const PelvicDrop& drop) {
                          return drop.stance == stance ? std::optional{drop.drop_rad} : std::nullopt;
                        }),
                {.side = stance, .primary = true}, kPelvisRad);
  }
}

// Where no pass was seen from the side.
void add_front_view(MeasurementDocument& d, const CameraGait& gait) {
  if (auto mean = repeated(gait.front_step_times_s)) {
    // The median: a swing that a pass cuts off seems to come early or late.
    const double usual = engine::exact_median(gait.front_step_times_s);
    RepeatedValue cadence_of{1 / usual, std::nullopt, mean->count, 2 * kCadenceShare / usual};
    if (mean->sd) cadence_of.sd = *mean->sd / (mean->mean * mean->mean);
    add_mean(d, cadence, cadence_of, {.primary = true});
  }
  add_value(d, steps, static_cast<double>(gait.front_swings), {.primary = true});
  d.not_measured.insert(d.not_measured.end(),
                        {"contacts, stance and swing, lengths and speed, angles of knee, hip and ankle: film "
                         "from the side",
                         "forces"});
}

}  // namespace

Result<MeasurementDocument> measure_camera_gait(const MeasurementInput& input,
                                                std::span<const CameraGaitRecording> recordings,
                                                const CameraGaitOptions& options) {
  const auto gait = analyze_camera_gait(recordings, options);
  if (!gait) return tl::unexpected(gait.error());
  const bool side = !gait->strides.empty();
  MeasurementDocument d = begin_measurement(
      MeasurementKind::gait,
      side ? MeasurementMethod::gait_camera_side : MeasurementMethod::gait_camera_front, input);
  d.warnings.insert(d.warnings.end(), gait->warnings.begin(), gait->warnings.end());
  if (side) {
    add_side_view(d, *gait, options, recordings.size());
  } else {
    add_front_view(d, *gait);
  }
  add_pelvic_drops(d, *gait);
  add_gait_findings(d, *gait);
  return d;
}

}  // namespace reprise::session
