// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "engine/function_tests/chair_stands.h"
#include "session/measurements/camera_function_tests.h"

namespace reprise::session {
namespace {

using engine::ChairStand;
using engine::Measure;
using enum SignalMeasure;

// Standard deviation of the bounds of rising and sitting down on simulated people: docs/accuracy.md, "Tests
// of function by camera". No recording of a person with true times was at hand.
constexpr double kBoundErrorS = 0.05;
constexpr int kFiveRises = 5;
constexpr Seconds kThirty{30};
constexpr Seconds kLongestSeated{3};  // seated between rises of one test of five; unsourced default
constexpr const char* kChairRemedy =
    "film from the side with the chair, the whole body and the feet in the picture, and begin seated";

std::string seconds_text(Seconds time) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f", time.value());
  return text.data();
}

std::string note_of(const ChairStand& stand) {
  return std::string{engine::kChairFaultNames[static_cast<std::size_t>(stand.fault)]};
}

/// Whether rises may have gone by unseen.
bool is_chair_unseen(const engine::ChairCurves& curves, Seconds from, Seconds to) {
  return is_unseen(curves.knee_flexion_rad, from, to) || is_unseen(curves.hip_height, from, to);
}

Result<std::vector<ChairStand>> stands_of(const CameraTest& camera, const engine::ChairCurves& curves) {
  std::vector<Seconds> tops;
  for (const RecordedRepetition& r : camera.session.exercise.repetitions) tops.push_back(r.extreme);
  return engine::measure_chair_stands(curves, tops);
}

void add_stand_table(MeasurementDocument& d, std::span<const ChairStand> stands) {
  EventTable table{"repetitions", {repetition_time, rise_time, sitting_time}, {}};
  for (const ChairStand& stand : stands) {
    MeasuredEvent row{
        stand.rise_start, stand.sit_end.value_or(stand.rise_end), std::nullopt, "", note_of(stand), {}};
    row.values = {std::nullopt, (stand.rise_end - stand.rise_start).value(), std::nullopt};
    shade(d, "rise", stand.rise_start, stand.rise_end);
    if (stand.sit_start && stand.sit_end) {
      row.values[0] = (*stand.sit_end - stand.rise_start).value();
      row.values[2] = (*stand.sit_end - *stand.sit_start).value();
      shade(d, "sit", *stand.sit_start, *stand.sit_end);
    }
    table.rows.push_back(std::move(row));
  }
  d.tables.push_back(std::move(table));
}

void add_phase_means(MeasurementDocument& d, std::span<const ChairStand> stands) {
  std::vector<double> rising;
  std::vector<double> sitting;
  for (const ChairStand& stand : stands) {
    if (!stand.counts()) continue;
    rising.push_back((stand.rise_end - stand.rise_start).value());
    if (stand.sit_start && stand.sit_end) sitting.push_back((*stand.sit_end - *stand.sit_start).value());
  }
  for (const auto& [measure, values] : {std::pair{rise_time, &rising}, std::pair{sitting_time, &sitting}}) {
    auto mean = repeated(*values);
    if (!mean) continue;
    mean->method_sd = kBoundErrorS * std::numbers::sqrt2;
    add_mean(d, measure, *mean);
  }
}

void warn_of_uncounted(MeasurementDocument& d, std::span<const ChairStand> stands) {
  std::string text;
  for (std::size_t i = 0; i < stands.size(); ++i) {
    if (stands[i].counts()) continue;
    text += (text.empty() ? "Rise " : "; rise ") + std::to_string(i + 1) +
            (stands[i].fault == engine::ChairFault::not_upright ? " did not end upright"
                                                                : " did not begin from the chair");
  }
  if (text.empty()) return;
  d.warnings.push_back({"rises_not_counted", text + ": not counted.",
                        "Stand up tall and sit down until the chair carries you, each time."});
}

/// The first five rises that count after a pause, the quickest five where there are several.
struct FiveRises {
  std::vector<ChairStand> rises;  ///< empty: none
  std::size_t counted = 0;        ///< in the whole recording
  bool unseen = false;            ///< a time in which hips or knees were not seen broke a run
};

FiveRises find_five(const engine::ChairCurves& curves, std::span<const ChairStand> stands) {
  FiveRises found;
  const auto time_of = [](const std::vector<ChairStand>& five) {
    return five.back().rise_end - five.front().rise_start;
  };
  std::vector<ChairStand> run;
  for (std::size_t i = 0; i < stands.size(); ++i) {
    const ChairStand& stand = stands[i];
    if (i > 0) {
      const ChairStand& before = stands[i - 1];
      if (stand.rise_start - before.sit_end.value_or(before.rise_end) > kLongestSeated) run.clear();
    }
    const Seconds from = run.empty() ? stand.rise_start : run.back().rise_start;
    if (is_chair_unseen(curves, from, stand.rise_end)) {
      found.unseen = true;
      run.clear();
    }
    if (!stand.counts()) continue;
    ++found.counted;
    if (is_chair_unseen(curves, stand.rise_start, stand.rise_end)) continue;
    run.push_back(stand);
    if (run.size() == kFiveRises && (found.rises.empty() || time_of(run) < time_of(found.rises)))
      found.rises = run;
  }
  return found;
}

Result<MeasurementDocument> five_times(const CameraTest& camera, MeasurementDocument d,
                                       const engine::ChairCurves& curves,
                                       std::span<const ChairStand> stands) {
  const FiveRises five = find_five(curves, stands);
  if (five.rises.empty()) {
    std::string cause = std::to_string(five.counted) + " rises count, not five";
    if (five.counted >= kFiveRises) {
      cause = five.unseen ? "hips or knees were not seen for a time between the first and the fifth rise"
                          : "no five rises follow one another without a pause of more than 3 s";
    }
    if (five.counted < stands.size())
      cause += "; " + std::to_string(stands.size() - five.counted) + " did not end upright or begin seated";
    return nothing_seen(camera, FunctionTest::sit_to_stand_5, cause,
                        "record from before the first rise until after the fifth, or take sit_to_stand_30");
  }
  const Seconds start = five.rises.front().rise_start;
  const Seconds time = five.rises.back().rise_end - start;
  add_value(d, test_time, time.value(), {.primary = true}, 1.645 * kBoundErrorS * std::numbers::sqrt2);
  if (const auto& sat = five.rises.back().sit_end) {
    add_value(d, test_time, (*sat - start).value(), {.part = "until_seated"},
              1.645 * kBoundErrorS * std::numbers::sqrt2);
  }
  add_phase_means(d, five.rises);
  return d;
}

MeasurementDocument thirty_seconds(const CameraTest& camera, const FunctionTestOptions& options,
                                   MeasurementDocument d, const engine::ChairCurves& curves,
                                   std::span<const ChairStand> stands) {
  const auto first = std::find_if(stands.begin(), stands.end(), [](const auto& s) { return s.counts(); });
  const Seconds start = options.start.value_or((first == stands.end() ? stands.front() : *first).rise_start);
  add_value(d, repetitions, engine::stands_within(stands, start, kThirty), {.primary = true});
  const Seconds left = camera.session.exercise.times.back() - start;
  shade(d, "thirty_seconds", start, start + std::min(kThirty, left));
  if (left < kThirty) {
    d.warnings.push_back({"too_short",
                          "The recording ends " + seconds_text(left) + " s after the " +
                              (options.start ? "start" : "first rise") +
                              ", before the 30 seconds are over: the count is that so far.",
                          "Record until 30 seconds have passed; this count is not to be held against "
                          "others."});
  }
  if (is_chair_unseen(curves, start, start + std::min(kThirty, left))) {
    d.warnings.push_back({"not_seen",
                          "Hips or knees were not seen for more than 0.5 s of the 30 seconds: rises may be "
                          "missing from the count.",
                          "Keep the whole body and the chair in the picture, with no one in between; "
                          "this count is not to be held against others."});
  } else if (left >= kThirty) {
    add_reference(d, repetitions, options);
  }
  std::vector<ChairStand> within;
  for (const ChairStand& stand : stands) {
    if (engine::stands_within({&stand, 1}, start, kThirty) > 0) within.push_back(stand);
  }
  add_phase_means(d, within);
  return d;
}

/// Fits the body once more only where the session's series does not show the hips' height throughout.
engine::Curve hip_height_of(const CameraTest& camera, const engine::Curve& knees) {
  engine::Curve heights = curve_of(camera.session, Measure::hip_height);
  for (std::size_t i = 0; i < knees.size(); ++i) {
    if (!knees.values[i] || heights.values[i]) continue;
    return hip_height_curve(
        record(camera.frames, {}, usual_pinhole(camera.session.source), !camera.session.models.empty()));
  }
  return heights;
}

}  // namespace

Result<MeasurementDocument> chair_by_camera(const CameraTest& camera, const FunctionTestOptions& options) {
  const bool five = options.test == FunctionTest::sit_to_stand_5;
  const engine::Curve knees = curve_of(camera.session, Measure::knee_flexion);
  const engine::ChairCurves curves{knees, curve_of(camera.session, Measure::trunk_inclination),
                                   hip_height_of(camera, knees)};
  const auto stands = stands_of(camera, curves);
  if (!stands) return tl::unexpected(stands.error());
  const bool no_chair = std::all_of(stands->begin(), stands->end(), [](const ChairStand& stand) {
    return stand.fault == engine::ChairFault::not_seated;
  });
  if (no_chair) {
    return nothing_seen(camera, options.test,
                        stands->empty() ? "no rise from a chair was seen"
                                        : "the person got up " + std::to_string(stands->size()) +
                                              " times, but the hips never rested on a chair",
                        kChairRemedy);
  }
  MeasurementDocument d = begin_measurement(MeasurementKind::sit_to_stand,
                                            five            ? MeasurementMethod::sit_to_stand_5_camera
                                            : options.start ? MeasurementMethod::sit_to_stand_30_camera_go
                                                            : MeasurementMethod::sit_to_stand_30_camera,
                                            camera.input);
  d.not_measured = {"hands on the armrests or the thighs", "height of the chair"};
  if (!options.start) d.not_measured.emplace_back("the time from \"Go\" to the first movement");
  add_angle_plot(d, camera.session, {Measure::knee_flexion, Measure::trunk_inclination});
  add_stand_table(d, *stands);
  warn_of_uncounted(d, *stands);
  if (five) {
    auto measured = five_times(camera, std::move(d), curves, *stands);
    if (measured) add_reference(*measured, test_time, options);
    return measured;
  }
  if (options.start && *options.start >= camera.session.exercise.times.back()) {
    return fail(ErrorCode::invalid_argument, "measuring sit_to_stand_30 by camera",
                "the start lies after the end of the recording", "give --start-s within the recording");
  }
  return thirty_seconds(camera, options, std::move(d), curves, *stands);
}

}  // namespace reprise::session
