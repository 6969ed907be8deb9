// SPDX-License-Identifier: Apache-2.0
#include "session/passes.h"

#include <algorithm>
#include <cmath>

#include "engine/pose/zero_phase.h"
#include "session/recorded_pass.h"
#include "session/repetition_views.h"
#include "session/warnings.h"

namespace reprise::session {
namespace {

std::optional<double> stricter_ceiling(const PassInput& input) {
  const auto& a = input.definition.ceiling;
  const auto& b = input.coach.ceiling;
  if (!a || !b) return a ? a : b;
  return engine::progress(input.definition, *a) < engine::progress(input.definition, *b) ? a : b;
}

/// `step`: feeds the coach all moments.
template <class Step>
void run_live(const engine::ExerciseDefinition& definition, const engine::CoachOptions& options, Step&& step,
              SessionDocument& document, std::vector<engine::Repetition>& repetitions) {
  engine::Coach coach{definition, options};
  const auto keep = [&](std::vector<engine::CoachEvent>&& events) {
    for (engine::CoachEvent& event : events) {
      if (event.kind == engine::CoachEventKind::other_movement) ++document.exercise.summary.other_movements;
      document.exercise.events.push_back(std::move(event));
    }
  };
  step(coach, keep);
  keep(coach.finish());
  repetitions = coach.repetitions();
}

std::vector<LandmarkVisibility> mean_visibility(std::span<const engine::PoseFrame> frames) {
  engine::PerLandmark<double> sum;
  int seen = 0;
  for (const engine::PoseFrame& frame : frames) {
    if (!frame.pose) continue;
    ++seen;
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) sum[l] += frame.pose->visibility[l];
  }
  std::vector<LandmarkVisibility> out;
  for (std::size_t l = 0; seen > 0 && l < engine::kLandmarkCount; ++l) {
    out.push_back({static_cast<engine::Landmark>(l), sum[l] / seen});
  }
  return out;
}

std::vector<MeasureSeries> series_of(std::span<const engine::Measure> measures, const Recorded& recorded) {
  std::vector<MeasureSeries> out;
  for (const engine::Measure m : measures) {
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (!engine::info(m).sided && side == engine::Side::right) continue;
      MeasureSeries series{m, engine::info(m).sided ? std::optional{side} : std::nullopt, {}, 0};
      int measured = 0;
      for (const engine::MeasureSet& at : recorded.measures) {
        const auto& sample = at.at(m, side);
        series.values.push_back(sample ? std::optional{sample->value} : std::nullopt);
        if (sample) {
          series.mean_confidence += sample->confidence;
          ++measured;
        }
      }
      if (measured > 0) series.mean_confidence /= measured;
      out.push_back(std::move(series));
    }
  }
  return out;
}

// Farther from rest is "better", whichever way the exercise counts.
bool farther(const engine::ExerciseDefinition& definition, const MeasuredRange& a, const MeasuredRange& b) {
  return definition.target > definition.rest ? a.max > b.max : a.min < b.min;
}

std::vector<SymmetryRow> symmetry(const SessionDocument& document) {
  constexpr double kMinConfidence = 0.5;
  const engine::Measure m = document.exercise.definition.primary.measure;
  if (!engine::info(m).sided) return {};
  // From the side the near limb hides the far one, whose angle then is too uncertain to compare.
  if (document.exercise.view == engine::View::side) return {};
  double sum[2] = {0, 0};
  int count[2] = {0, 0};
  for (const RecordedRepetition& r : document.exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete) continue;
    for (const MeasuredRange& range : r.ranges) {
      if (range.measure != m || !range.side || range.confidence < kMinConfidence) continue;
      const auto working = engine::swap_named_and_working(document.exercise.definition, r.side);
      if (working && working != range.side) continue;  // the resting side's range says nothing
      const auto s = static_cast<std::size_t>(*range.side);
      sum[s] +=
          document.exercise.definition.target > document.exercise.definition.rest ? range.max : range.min;
      ++count[s];
    }
  }
  if (count[0] == 0 || count[1] == 0) return {};
  const double left = sum[0] / count[0];
  const double right = sum[1] / count[1];
  const double larger = std::max(std::abs(left), std::abs(right));
  if (!(larger > 0)) return {};
  return {{m, left, right, 100 * (left - right) / larger}};
}

void summarize(SessionDocument& document) {
  Summary& summary = document.exercise.summary;
  double quality = 0;
  int judged = 0;
  for (const RecordedRepetition& r : document.exercise.repetitions) {
    if (r.outcome == engine::Outcome::partial) ++summary.repetitions_partial;
    if (r.outcome == engine::Outcome::open) ++summary.repetitions_open;
    if (r.outcome != engine::Outcome::complete) continue;
    ++summary.repetitions_complete;
    if (r.quality.score) {
      quality += *r.quality.score;
      ++judged;
    }
    // Where a ceiling is set, nothing rewards going far; nor does more of a muscle's activity count as
    // better.
    const bool is_muscle = document.exercise.definition.primary.measure == engine::Measure::muscle_activity;
    if (!r.range || document.exercise.ceiling || is_muscle) continue;
    if (!summary.best_range || farther(document.exercise.definition, *r.range, *summary.best_range)) {
      summary.best_range = r.range;
    }
  }
  if (judged > 0) summary.mean_quality = quality / judged;
  summary.symmetry = symmetry(document);
}

SessionDocument begun(const PassInput& input) {
  SessionDocument document;
  document.engine_version = engine_version();
  document.source = input.source;
  document.models = input.models;
  document.exercise.facts = input.exercise;
  document.exercise.definition = input.definition;
  document.exercise.prescribed_side = input.definition.sided ? input.coach.side : std::nullopt;
  document.exercise.ceiling = stricter_ceiling(input);
  return document;
}

}  // namespace

std::string engine_version() {
  return REPRISE_VERSION;
}

SessionDocument run_passes(const PassInput& input, std::span<const engine::PoseFrame> frames) {
  SessionDocument document = begun(input);
  document.exercise.frames = input.frames;
  document.exercise.frames.total = static_cast<int>(frames.size());
  document.exercise.frames.with_person = static_cast<int>(std::count_if(
      frames.begin(), frames.end(), [](const engine::PoseFrame& f) { return f.pose.has_value(); }));

  std::vector<engine::Repetition> counted;
  run_live(
      input.definition, input.coach,
      [&](engine::Coach& coach, const auto& keep) {
        for (const engine::PoseFrame& frame : frames) keep(coach.step(frame));
      },
      document, counted);

  const bool network_landmarks = !input.models.empty();
  std::vector<engine::Measure> series = reported_measures(input.definition);
  for (const engine::Measure m : input.further_measures) {
    if (std::find(series.begin(), series.end(), m) == series.end()) series.push_back(m);
  }
  const Recorded recorded = record(frames, reported_measures(input.definition), usual_pinhole(input.source),
                                   network_landmarks, input.rig);
  document.source.frame_rate = recorded.rate;
  for (const engine::PoseFrame& frame : frames) document.exercise.times.push_back(frame.time);
  document.exercise.visibility = mean_visibility(frames);
  document.exercise.series = series_of(series, recorded);
  document.exercise.repetitions = measure_repetitions(
      input.definition, recorded, counted, {document.exercise.prescribed_side, document.exercise.ceiling});
  document.exercise.view = shared_view(document.exercise.repetitions, recorded.view);
  summarize(document);
  document.warnings = input.warnings;
  if (document.exercise.frames.with_person > 0) add_fit_warnings(recorded, document.warnings);
  std::optional<engine::Recognition> recognition;
  if (input.recognizer != nullptr) recognition = input.recognizer->recognize(frames);
  add_warnings(document, recognition);
  add_scene_warnings(document, input.scene, frames);
  return document;
}

engine::MeasureSet measures_of(const engine::ExerciseDefinition& definition, engine::Side side,
                               const SensorMoment& moment) {
  engine::MeasureSet measures;
  if (moment.value && std::isfinite(*moment.value))
    measures.at(definition.primary.measure, side) = engine::Sample{*moment.value, 1};
  return measures;
}

engine::CoachOptions as_worn(const engine::ExerciseDefinition& definition, engine::CoachOptions options,
                             engine::Side worn) {
  if (definition.sided && definition.primary.measure == engine::Measure::muscle_activity) options.side = worn;
  return options;
}

engine::ExerciseDefinition as_sensors_judge(engine::ExerciseDefinition definition) {
  definition.views.clear();
  definition.gates.clear();
  definition.form.clear();
  definition.side_from.reset();
  definition.positions.clear();
  return definition;
}

SessionDocument run_sensor_passes(const PassInput& input, const SensorTrack& track) {
  SessionDocument document = begun(input);
  for (const auto& [rule, words] : input.exercise.rule_words)
    document.exercise.facts.not_measured.push_back(words);
  document.exercise.facts.rule_words.clear();
  document.exercise.facts.views.clear();
  document.exercise.frames.total = static_cast<int>(track.moments.size());

  Recorded recorded;
  for (const SensorMoment& moment : track.moments) {
    recorded.frames.push_back({moment.time, std::nullopt});
    recorded.measures.push_back(measures_of(input.definition, track.side, moment));
    recorded.deviations.emplace_back().at(input.definition.primary.measure, track.side) = track.deviation;
    document.exercise.times.push_back(moment.time);
    if (moment.value) ++document.exercise.frames.with_person;
  }
  recorded.rate = engine::median_rate(recorded.frames);
  document.source.frame_rate = recorded.rate;

  const engine::CoachOptions worn = as_worn(input.definition, input.coach, track.side);
  std::vector<engine::Repetition> counted;
  run_live(
      input.definition, worn,
      [&](engine::Coach& coach, const auto& keep) {
        for (std::size_t i = 0; i < recorded.measures.size(); ++i)
          keep(coach.step(track.moments[i].time, recorded.measures[i]));
      },
      document, counted);
  document.exercise.series = series_of(reported_measures(input.definition), recorded);
  document.exercise.repetitions =
      measure_repetitions(input.definition, recorded, counted,
                          {input.definition.sided ? worn.side : std::nullopt, document.exercise.ceiling});
  summarize(document);
  document.warnings = input.warnings;
  add_sensor_warnings(document);
  return document;
}

}  // namespace reprise::session
