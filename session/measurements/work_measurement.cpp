// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/work_measurement.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "session/assessments/work_answers_text.h"
#include "session/measurements/filmed_test.h"

namespace reprise::session {
namespace {

using engine::ScoreRange;

SignalMeasure score_measure(engine::WorkMethod method) {
  switch (method) {
    case engine::WorkMethod::rula: return SignalMeasure::rula_score;
    case engine::WorkMethod::reba: return SignalMeasure::reba_score;
    case engine::WorkMethod::owas: return SignalMeasure::owas_category;
  }
  return SignalMeasure::rula_score;
}

// The levels of a method follow each other in the enumeration.
SignalMeasure level_measure(engine::WorkMethod method, int level) {
  static constexpr std::array kLowest = {SignalMeasure::rula_level_1, SignalMeasure::reba_level_0,
                                         SignalMeasure::owas_level_1};
  const auto lowest = static_cast<int>(kLowest[static_cast<std::size_t>(method)]);
  return static_cast<SignalMeasure>(lowest + level - engine::action_levels(method).least);
}

std::string work_method_words(const WorkLoadDocument& d) {
  if (d.method == engine::WorkMethod::owas) return "OWAS by one camera.";
  const std::string name = d.method == engine::WorkMethod::rula ? "RULA" : "REBA";
  if (!d.side) return name + " by one camera; both arms, the worse counts.";
  return name + " by one camera, " + (*d.side == Side::left ? "left" : "right") + " arm.";
}

/// The highest score of all moments: at least the highest of their lower ends, at most that of their upper.
ScoreRange highest(const engine::WorkLoad& load, engine::RangedScore engine::MomentScore::*which) {
  ScoreRange range = (load.spans.front().score.*which).score;
  for (const engine::ScoreSpan& span : load.spans) {
    range.least = std::max(range.least, (span.score.*which).score.least);
    range.most = std::max(range.most, (span.score.*which).score.most);
  }
  return range;
}

void add_ends(MeasurementDocument& d, SignalMeasure measure, double least, double most, const ValueOf& of) {
  for (const auto& [part, value] : {std::pair{kAtLeastPart, least}, std::pair{kAtMostPart, most}})
    add_value(d, measure, value, {.side = of.side, .part = std::string{part}, .primary = of.primary});
}

void add_scores(MeasurementDocument& d, const WorkLoadDocument& work) {
  const SignalMeasure measure = score_measure(work.method);
  const ScoreRange all = highest(work.load, &engine::MomentScore::all);
  const ScoreRange measured = highest(work.load, &engine::MomentScore::measured);
  add_ends(d, measure, all.least, all.most, {.side = work.side, .primary = true});
  if (measured.least == measured.most) {
    add_value(d, measure, measured.most,
              {.side = work.side, .part = std::string{kAsMeasuredPart}, .primary = true});
  } else {
    d.not_measured.push_back("The highest score as measured: open questions leave it anywhere from " +
                             std::to_string(measured.least) + " to " + std::to_string(measured.most) + ".");
  }
}

void add_shares(MeasurementDocument& d, const WorkLoadDocument& work) {
  for (const engine::LevelShare& share : work.load.shares)
    add_ends(d, level_measure(work.method, share.level), share.all.surely, share.all.possibly,
             {.side = work.side});
  add_value(d, SignalMeasure::work_scored_time, work.load.scored.value());
}

void add_open_questions(MeasurementDocument& d, const WorkLoadDocument& work) {
  for (const engine::WorkQuestion question : engine::unanswered(work.method, work.answers))
    d.not_measured.push_back("Not answered: " + std::string{engine::question_text(work.method, question)});
}

void add_worst_moments(MeasurementDocument& d, const WorkLoadDocument& work) {
  EventTable table{std::string{kWorstMomentsTable}, {score_measure(work.method)}, {}};
  for (const WorkMoment& moment : work.worst) {
    const ScoreRange range = moment.score.scores.range();
    for (const auto& [part, score] :
         {std::pair{kAtLeastPart, range.least}, std::pair{kAtMostPart, range.most}})
      table.rows.push_back({moment.time, moment.time, moment.score.side, std::string{part}, "", {score}});
  }
  d.tables.push_back(std::move(table));
}

// Steps of a plot: fine enough for a page, and few enough for half an hour.
constexpr Seconds kLeastStep{0.1};
constexpr double kMostSteps = 1000;

struct ScoreLine {
  const char* name;
  engine::RangedScore engine::MomentScore::*which;
  bool most;
};

/// In steps of even length, each the highest of its end that falls into it, or for the lower end the lowest.
/// A step without a score is left out, and the line breaks there.
PlotLine score_line(const engine::WorkLoad& load, const ScoreLine& wanted) {
  const Seconds until = load.spans.back().to;
  const double step = std::max(kLeastStep.value(), until.value() / kMostSteps);
  std::vector<std::optional<int>> steps(static_cast<std::size_t>(std::floor(until.value() / step)) + 1);
  for (const engine::ScoreSpan& span : load.spans) {
    const ScoreRange& range = (span.score.*wanted.which).score;
    const int score = wanted.most ? range.most : range.least;
    const auto last = static_cast<std::size_t>(std::max(0.0, span.to.value()) / step);
    for (auto i = static_cast<std::size_t>(std::max(0.0, span.from.value()) / step); i <= last; ++i) {
      if (i >= steps.size()) break;
      const int before = steps[i].value_or(score);
      steps[i] = wanted.most ? std::max(before, score) : std::min(before, score);
    }
  }
  PlotLine line{wanted.name, std::nullopt, {}, {}, true};
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (!steps[i]) continue;
    line.x.push_back((static_cast<double>(i) + 0.5) * step);
    line.y.push_back(*steps[i]);
  }
  return line;
}

SignalPlot score_plot(const engine::WorkLoad& load) {
  using Moment = engine::MomentScore;
  SignalPlot plot{"work_score", "s", "", true, {}, {}, {}};
  plot.lines.push_back(score_line(load, {"score_at_most", &Moment::all, true}));
  plot.lines.push_back(score_line(load, {"score_at_least", &Moment::all, false}));
  const bool one = std::all_of(load.spans.begin(), load.spans.end(), [](const engine::ScoreSpan& span) {
    return span.score.measured.score.least == span.score.measured.score.most;
  });
  plot.lines.push_back(
      score_line(load, {one ? "score_measured" : "score_measured_most", &Moment::measured, true}));
  return plot;
}

void add_limit(MeasurementDocument& d, SignalMeasure measure, const engine::NumberRange& range) {
  if (range.least == range.most) {
    add_value(d, measure, range.least, {.primary = true});
  } else {
    add_ends(d, measure, range.least, range.most, {.primary = true});
  }
}

// As the command takes them.
std::string lift_options(const engine::LiftingTask& task) {
  constexpr double kCmPerMeter = 100;
  std::string text;
  const auto add = [&](const char* option, double value) {
    text += (text.empty() ? "--" : " --") + std::string{option} + ' ' + typed_number(value);
  };
  const auto add_angle = [&](const char* option, const std::optional<Radians>& angle) {
    if (angle) add(option, to_degrees(*angle).value());
  };
  add("weight-kg", task.load_kg);
  add("horizontal-cm", task.origin.horizontal.value() * kCmPerMeter);
  add("vertical-cm", task.origin.vertical.value() * kCmPerMeter);
  add_angle("asymmetry", task.origin.asymmetry);
  add("to-vertical-cm", task.destination.vertical.value() * kCmPerMeter);
  if (task.control_at_destination) {
    add("to-horizontal-cm", task.destination.horizontal.value() * kCmPerMeter);
    add_angle("to-asymmetry", task.destination.asymmetry);
  }
  add("lifts-per-minute", task.lifts_per_minute);
  add("hours", task.hours);
  if (task.coupling) text += " --coupling " + std::string{engine::name(*task.coupling)};
  return text;
}

std::string sentence(std::string note) {
  note.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(note.front())));
  return note + '.';
}

void add_missing_inputs(MeasurementDocument& d, const engine::LiftingTask& task) {
  if (!task.origin.asymmetry) d.not_measured.emplace_back("Asymmetry where the lift begins: not given.");
  if (task.control_at_destination && !task.destination.asymmetry)
    d.not_measured.emplace_back("Asymmetry where the lift ends: not given.");
  if (!task.coupling) d.not_measured.emplace_back("How well the hands hold the load: not given.");
}

}  // namespace

MeasurementDocument work_load_measurement(const WorkLoadDocument& document) {
  FilmedClip clip;
  clip.source = document.source;
  clip.models = document.models;
  clip.warnings = document.warnings;
  MeasurementDocument d =
      begin_measurement(MeasurementKind::work_load, work_method_words(document), camera_input(clip));
  if (document.load.spans.empty()) return d;
  add_scores(d, document);
  add_shares(d, document);
  add_open_questions(d, document);
  for (const std::string& one : document.not_measured)
    d.not_measured.push_back("By one camera: " + one + '.');
  add_worst_moments(d, document);
  d.plots.push_back(score_plot(document.load));
  return d;
}

Result<MeasurementDocument> lifting_measurement(const EnteredLift& lift) {
  const auto result = engine::lifting_limit(lift.task);
  if (!result) return tl::unexpected(result.error());
  MeasurementInput input;
  input.source.kind = lift.simulated ? SignalSourceKind::simulated : SignalSourceKind::entered;
  input.source.recorded_at = lift.recorded_at;
  input.source.options = lift_options(lift.task);
  for (const std::string& note : result->notes)
    input.warnings.push_back({"beyond_limits", sentence(note), ""});
  MeasurementDocument d = begin_measurement(
      MeasurementKind::work_load,
      "Revised NIOSH lifting equation, a single task, from what a person measured and typed in.", input);
  add_limit(d, SignalMeasure::recommended_weight_limit, result->limit_kg);
  if (result->index) {
    add_limit(d, SignalMeasure::lifting_index, *result->index);
  } else {
    d.not_measured.emplace_back(
        "The lifting index: the limit is 0, the equation has no weight for such a lift.");
  }
  add_value(d, SignalMeasure::lifted_load, lift.task.load_kg);
  d.values.back().entered = true;
  add_missing_inputs(d, lift.task);
  d.not_measured.emplace_back(
      "Lifts that are seated, with one hand, shared or on slippery ground: the equation is not for them.");
  return d;
}

}  // namespace reprise::session
