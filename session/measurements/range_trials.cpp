// SPDX-License-Identifier: Apache-2.0
// The trials of a test of range of motion: found in a recording, or read off by a person.
#include <algorithm>
#include <cmath>
#include <complex>
#include <map>

#include "engine/kinematics/picture_angle.h"
#include "engine/pose/zero_phase.h"
#include "session/measurements/range_of_motion.h"
#include "session/passes.h"
#include "session/recorded_pass.h"

namespace reprise::session {
namespace {

using exercises::RangeMethod;
using exercises::RangeTest;

constexpr const char* kTrialsStage = "measuring the range of motion";
constexpr std::size_t kMostReadings = 20;
constexpr Degrees kLeastReading{-90};
constexpr Degrees kMostReading{200};
constexpr double kMostSpreadDeg = 40;  // between readings of one movement: more is a slip of the pen

std::string degrees_text(Radians angle) {
  return std::to_string(std::lround(to_degrees(angle).value())) + "°";
}

/// Between two directions about the vertical, 0 to pi.
Radians between(Radians a, Radians b) {
  return Radians{std::abs(std::arg(std::polar(1.0, a.value() - b.value())))};
}

/// From the recommended view. Across the body the tested side is the near one; without one, either is.
Radians turned_from_view(const exercises::RangeCamera& camera, std::optional<Side> side, Radians facing) {
  if (camera.view == engine::View::front) return between(facing, Radians{0});
  const Radians right{Degrees{90}};
  const Radians from_right = between(facing, right);
  const Radians from_left = between(facing, Radians{Degrees{-90}});
  if (side) return *side == Side::right ? from_right : from_left;
  return std::min(from_right, from_left);
}

std::string exclusion_of(const RecordedRepetition& r, const exercises::RangeCamera& camera,
                         const std::optional<Radians>& error) {
  if (error && *error > Radians{Degrees{90}} && camera.view == engine::View::side) return "wrong_side";
  if (error && *error > Radians{kMostOutOfPlane}) return "out_of_plane";
  return r.outcome == engine::Outcome::complete ? "" : "partial";
}

class FilmedTrials {
 public:
  FilmedTrials(const RangeTest& test, const exercises::CatalogExercise& exercise, const FilmedRange& filmed,
               std::span<const engine::PoseFrame> frames)
      : test_(test), camera_(*test.camera), exercise_(exercise), filmed_(filmed), frames_(frames) {
    const engine::ExerciseDefinition definition = exercises::range_definition(test, exercise);
    recorded_ =
        record(frames, reported_measures(definition), usual_pinhole(filmed.source), !filmed.models.empty());
    if (filmed.shoulders_by_picture && !filmed.models.empty() && camera_.view == engine::View::side &&
        camera_.measure == engine::Measure::shoulder_flexion)
      take_angles_from_picture();
  }

  [[nodiscard]] const Recorded& recorded() const { return recorded_; }

  /// All trials, by their start.
  [[nodiscard]] std::vector<RangeTrial> find() const {
    std::vector<RangeTrial> trials;
    const bool by_side = engine::info(camera_.measure).sided;
    for (const Side side : {Side::left, Side::right}) {
      if (filmed_.side && *filmed_.side != side) continue;
      if (!by_side && !test_.sided && side == Side::right) continue;  // one run finds them all
      for (RangeTrial& trial : find(side, by_side)) trials.push_back(std::move(trial));
    }
    std::stable_sort(trials.begin(), trials.end(),
                     [](const RangeTrial& a, const RangeTrial& b) { return a.start < b.start; });
    return by_side ? without_the_resting_side(std::move(trials)) : trials;
  }

 private:
  /// Across the view the picture holds a shoulder's flexion, and the fitted depth only adds to its error
  /// (docs/accuracy.md). More turned, the fit takes over, little by little.
  void take_angles_from_picture() {
    // Root mean square error of the means of sixteen rendered people; of sixteen others 4.7
    // (docs/accuracy.md).
    const double deviation = Radians{Degrees{5.6}}.value();
    constexpr Degrees kFitAlone{30};
    constexpr double kSeen = 0.5;  // visibility. Unsourced default
    const std::vector<engine::PoseFrame> smooth = engine::smooth_zero_phase(frames_);
    for (std::size_t i = 0; i < recorded_.frames.size() && i < smooth.size(); ++i) {
      if (!smooth[i].pose || !recorded_.frames[i].pose) continue;
      const auto facing = engine::facing_azimuth(*recorded_.frames[i].pose);
      if (!facing) continue;
      const double turned = turned_from_view(camera_, std::nullopt, *facing).value();
      const double full = Radians{kMostOutOfPlane}.value();
      const double share =
          std::clamp((Radians{kFitAlone}.value() - turned) / (Radians{kFitAlone}.value() - full), 0.0, 1.0);
      for (const Side side : {Side::left, Side::right}) {
        auto& sample = recorded_.measures[i].at(camera_.measure, side);
        auto& known = recorded_.deviations[i].at(camera_.measure, side);
        const auto angle = engine::shoulder_flexion_in_picture(*smooth[i].pose, side, *facing);
        if (!sample || !known || !angle || sample->confidence < kSeen) continue;
        sample->value += share * (angle->value() - sample->value);
        known = share * deviation + (1 - share) * *known;
      }
    }
  }

  /// Each side by itself, so that a limb that hangs at its full range all the time is not taken for the
  /// moving one.
  [[nodiscard]] std::vector<RangeTrial> find(Side side, bool by_side) const {
    const bool towards_left = !by_side && test_.sided && side == Side::left;
    const engine::ExerciseDefinition definition = exercises::range_definition(test_, exercise_, towards_left);
    engine::CoachOptions options;
    if (by_side) options.side = side;
    engine::Coach coach{definition, options};
    for (const engine::PoseFrame& frame : frames_) static_cast<void>(coach.step(frame));
    static_cast<void>(coach.finish());
    std::vector<RangeTrial> trials;
    for (const RecordedRepetition& r :
         measure_repetitions(definition, recorded_, coach.repetitions(), {options.side, std::nullopt})) {
      if (auto trial = trial_of(definition, r, by_side, side)) trials.push_back(std::move(*trial));
    }
    return trials;
  }

  /// A pelvis or trunk that moves along moves the angle of the other side, too, by less.
  [[nodiscard]] std::vector<RangeTrial> without_the_resting_side(std::vector<RangeTrial> trials) const {
    constexpr double kAlongShare = 0.6;  // of the other side's excursion. Unsourced default
    const auto moves_along = [&](const RangeTrial& trial) {
      return std::any_of(trials.begin(), trials.end(), [&](const RangeTrial& other) {
        return other.side != trial.side && other.start < trial.end && trial.start < other.end &&
               excursion(trial) < kAlongShare * excursion(other);
      });
    };
    std::vector<RangeTrial> moved;
    for (const RangeTrial& trial : trials) {
      if (!moves_along(trial)) moved.push_back(trial);
    }
    return moved;
  }

  [[nodiscard]] double excursion(const RangeTrial& trial) const {
    const auto at = frame_at(trial.start);
    if (!at || !trial.side) return 0;
    const auto& start = recorded_.measures[*at].at(camera_.measure, *trial.side);
    return start ? std::abs(trial.angle.value() - camera_.sign * start->value) : 0;
  }

  [[nodiscard]] std::optional<std::size_t> frame_at(Seconds time) const {
    const auto found =
        std::lower_bound(recorded_.frames.begin(), recorded_.frames.end(), time,
                         [](const engine::PoseFrame& frame, Seconds wanted) { return frame.time < wanted; });
    if (found == recorded_.frames.end()) return std::nullopt;
    return static_cast<std::size_t>(found - recorded_.frames.begin());
  }

  [[nodiscard]] std::optional<RangeTrial> trial_of(const engine::ExerciseDefinition& definition,
                                                   const RecordedRepetition& r, bool by_side,
                                                   Side side) const {
    const auto at = frame_at(r.extreme);
    const Side of = by_side ? side : Side::left;  // midline measures stand on both
    if (!at || !recorded_.measures[*at].at(camera_.measure, of)) return std::nullopt;
    RangeTrial trial;
    if (test_.sided) trial.side = side;
    const double sign = !by_side && test_.sided && side == Side::left ? -camera_.sign : camera_.sign;
    trial.angle = Radians{sign * recorded_.measures[*at].at(camera_.measure, of)->value};
    // The way back from the other side is none: a head that was turned to the right returns to the left.
    constexpr double kReachedShare = 0.5;  // of the least excursion, beyond rest. Unsourced default
    if (trial.angle.value() - camera_.sign * camera_.rest.value() <
        kReachedShare * camera_.min_excursion.value())
      return std::nullopt;
    if (const auto deviation = recorded_.deviations[*at].at(camera_.measure, of))
      trial.uncertainty = half_width_90(*deviation);
    trial.start = r.start;
    trial.extreme = r.extreme;
    trial.end = r.end;
    trial.view_error = error_of_view(r, trial.side);
    trial.note = exclusion_of(r, camera_, trial.view_error);
    for (const engine::Fault& fault : r.faults) trial.compensations.push_back(name_of(definition, fault));
    return trial;
  }

  [[nodiscard]] std::optional<Radians> error_of_view(const RecordedRepetition& r,
                                                     std::optional<Side> side) const {
    const auto first = frame_at(r.start);
    const auto last = frame_at(r.end);
    if (!first || !last || *last < *first) return std::nullopt;
    const auto facing = engine::facing_over(std::span{recorded_.frames}.subspan(*first, *last - *first + 1));
    if (!facing) return std::nullopt;
    return turned_from_view(camera_, side, facing->azimuth);
  }

  [[nodiscard]] std::string name_of(const engine::ExerciseDefinition& definition,
                                    const engine::Fault& fault) const {
    for (std::size_t i = 0; i < definition.form.size() && i < exercise_.form.size(); ++i) {
      if (definition.form[i].id == fault.rule) return english(exercise_.form[i].name);
    }
    return fault.rule;
  }

  const RangeTest& test_;
  const exercises::RangeCamera& camera_;
  const exercises::CatalogExercise& exercise_;
  const FilmedRange& filmed_;
  std::span<const engine::PoseFrame> frames_;
  Recorded recorded_;
};

SignalPlot angle_plot(const RangeTrials& result, const Recorded& recorded) {
  const exercises::RangeCamera& camera = *result.test.camera;
  const bool sided = engine::info(camera.measure).sided;
  SignalPlot plot{"joint_angle", "s", "°", true, {}, {}, {}, range_part(result.test, result.passive)};
  for (const Side side : {Side::left, Side::right}) {
    const bool moved = std::any_of(result.trials.begin(), result.trials.end(),
                                   [&](const RangeTrial& trial) { return !sided || trial.side == side; });
    if (!moved || (!sided && side == Side::right)) continue;
    PlotLine line;
    line.name = "joint_angle";
    if (sided) line.side = side;
    line.breaks_allowed = true;
    for (std::size_t i = 0; i < recorded.frames.size() && line.x.size() < kPlotPoints; ++i) {
      const auto& sample = recorded.measures[i].at(camera.measure, side);
      if (!sample) continue;
      line.x.push_back(recorded.frames[i].time.value());
      line.y.push_back(to_degrees(Radians{camera.sign * sample->value}).value());
    }
    plot.lines.push_back(std::move(line));
  }
  for (const RangeTrial& trial : result.trials) {
    plot.marks.push_back({"extreme", trial.extreme.value(), to_degrees(trial.angle).value(),
                          sided ? trial.side : std::nullopt});
    plot.spans.push_back({"trial", trial.start.value(), trial.end.value()});
  }
  return plot;
}

void add_trial_warnings(const RangeTrials& result, std::vector<Warning>& warnings) {
  const std::string name = english(result.test.name);
  std::map<std::string, std::string> by_note;
  std::map<std::string, std::string> by_compensation;
  int counted = 0;
  for (std::size_t i = 0; i < result.trials.size(); ++i) {
    const RangeTrial& trial = result.trials[i];
    const auto append = [&](std::string& list) {
      list += (list.empty() ? "" : ", ") + std::to_string(i + 1);
    };
    if (trial.note.empty()) ++counted;
    if (!trial.note.empty()) append(by_note[trial.note]);
    for (const std::string& compensation : trial.compensations) append(by_compensation[compensation]);
  }
  const bool front = result.test.camera->view == engine::View::front;
  for (const auto& [note, trials] : by_note) {
    if (note == "wrong_side") {
      warnings.push_back({note,
                          name + ": trial " + trials +
                              " was filmed from the other side, and the body hides the limb; not counted.",
                          "Turn the tested side towards the camera."});
    } else if (note == "out_of_plane") {
      warnings.push_back({note,
                          name + ": trial " + trials + " was turned by more than " +
                              degrees_text(Radians{kMostOutOfPlane}) +
                              " from the recommended view; its angle is not to be trusted, and not counted.",
                          front ? "Face the camera." : "Turn the tested side exactly towards the camera."});
    } else {
      warnings.push_back(
          {note, name + ": trial " + trials + " was cut off or far smaller than the others; not counted.",
           "Begin and end each trial at rest."});
    }
  }
  for (const auto& [compensation, trials] : by_compensation) {
    warnings.push_back({"compensation", name + ", trial " + trials + ": " + compensation + ".",
                        "Repeat without it, or hold the part; the angle holds what it added."});
  }
  if (counted > 0 && counted < kWantedTrials) {
    warnings.push_back(
        {"few_trials",
         name + ": " + std::to_string(counted) + " of " + std::to_string(kWantedTrials) + " trials counted.",
         "Take three, so that their spread can be seen."});
  }
}

/// As of an exercise that is filmed.
void add_filming_warnings(const RangeTest& test, const exercises::CatalogExercise& exercise,
                          const FilmedRange& filmed, const Recorded& recorded,
                          std::span<const engine::PoseFrame> frames, std::vector<Warning>& warnings) {
  SessionDocument document;
  document.source = filmed.source;
  document.exercise.definition = exercises::range_definition(test, exercise);
  document.exercise.facts.name = english(test.name);
  document.exercise.frames = filmed.frames;
  add_fit_warnings(recorded, document.warnings);
  add_scene_warnings(document, filmed.scene, frames);
  for (Warning& warning : document.warnings) warnings.push_back(std::move(warning));
}

}  // namespace

Result<RangeTrials> filmed_trials(const RangeTest& test, const exercises::CatalogExercise* exercise,
                                  const FilmedRange& filmed, std::span<const engine::PoseFrame> frames,
                                  std::vector<Warning>& warnings) {
  const std::string name = english(test.name);
  if (!test.camera || exercise == nullptr) {
    return fail(ErrorCode::invalid_argument, kTrialsStage,
                name + " cannot be measured by one camera: " + english(test.no_camera),
                "measure it with an inclinometer or a goniometer, and enter the readings");
  }
  const bool seen =
      std::any_of(frames.begin(), frames.end(), [](const auto& f) { return f.pose.has_value(); });
  if (!seen) {
    return fail(ErrorCode::nothing_measured, kTrialsStage, "no picture shows a person",
                "film one person, from far enough that the whole body is in the picture");
  }
  const FilmedTrials found{test, *exercise, filmed, frames};
  RangeTrials result{test, RangeMethod::camera, filmed.passive, {}, {}};
  result.trials = found.find();
  add_filming_warnings(test, *exercise, filmed, found.recorded(), frames, warnings);
  if (result.trials.empty()) {
    return fail(
        ErrorCode::nothing_measured, kTrialsStage,
        "no movement of " + degrees_text(test.camera->min_excursion) + " or more was seen for " + name,
        "begin at rest, move as far as it goes, and come back to rest; film " +
            std::string{test.camera->view == engine::View::front ? "from the front"
                                                                 : "from the tested side"});
  }
  result.plots.push_back(angle_plot(result, found.recorded()));
  add_trial_warnings(result, warnings);
  if (filmed.passive) {
    warnings.push_back({"passive_by_camera",
                        name + ": passive movements by camera were not compared with a truth, and the helper "
                               "may have been followed.",
                        "Check the angle with a goniometer."});
  }
  return result;
}

Result<RangeTrials> read_off_trials(const RangeTest& test, RangeMethod method, std::optional<Side> side,
                                    bool passive, std::span<const Degrees> readings) {
  const std::string name = english(test.name);
  const auto wrong = [&](std::string cause, std::string remedy) {
    return fail(ErrorCode::invalid_argument, kTrialsStage, name + ": " + std::move(cause), std::move(remedy));
  };
  if (std::find(test.instruments.begin(), test.instruments.end(), method) == test.instruments.end())
    return wrong("is not measured with this instrument", "take one that the test names");
  if (test.sided && !side) return wrong("the side is missing", "say left or right");
  if (!test.sided && side) return wrong("has no side", "leave the side out");
  if (readings.empty() || readings.size() > kMostReadings)
    return wrong(std::to_string(readings.size()) + " readings", "give one to twenty, best three");
  RangeTrials result{test, method, passive, {}, {}};
  for (const Degrees reading : readings) {
    if (!(reading >= kLeastReading && reading <= kMostReading))
      return wrong("a reading is not from -90 to 200 degrees", "correct it");
    RangeTrial trial;
    trial.side = side;
    trial.angle = Radians{reading};
    result.trials.push_back(std::move(trial));
  }
  const auto [least, most] = std::minmax_element(readings.begin(), readings.end());
  if (most->value() - least->value() > kMostSpreadDeg)
    return wrong("readings differ by more than 40 degrees", "correct them; decimals take a point, as 33.5");
  return result;
}

}  // namespace reprise::session
