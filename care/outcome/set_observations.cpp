// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/set_observations.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

double to_decimals(double value, int decimals) {
  const double scale = std::pow(10.0, decimals);
  return std::round(value * scale) / scale;
}

Json whole_component(const char* code, const char* words, int value) {
  return {{"code", fhir::codeable(fhir::kObservation, code, words)}, {"valueInteger", value}};
}

Json in_unit(engine::Measure measure, double value) {
  const bool angle = engine::is_angle(measure);
  return fhir::quantity(to_decimals(engine::in_degrees(measure, value), angle ? 2 : 3),
                        angle ? "deg" : "ratio", angle ? "deg" : "1");
}

SetObservation repetitions(const CompletedSet& set) {
  Json observation = Json::object();
  observation["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "activity", "Activity")});
  observation["code"] = fhir::codeable(fhir::kObservation, "repetitions", "Complete repetitions or holds");
  observation["valueInteger"] =
      set.document ? set.document->exercise.summary.repetitions_complete : set.by_hand->repetitions;
  if (set.document) {
    const session::Summary& summary = set.document->exercise.summary;
    observation["component"] =
        Json::array({whole_component("partial", "seen, and far short of this person's others",
                                     summary.repetitions_partial),
                     whole_component("open", "not finished when the set ended", summary.repetitions_open)});
  }
  return {"repetitions", std::move(observation)};
}

bool is_muscle(const session::SessionDocument& document) {
  return document.exercise.definition.primary.measure == engine::Measure::muscle_activity;
}

void add_holds(const CompletedSet& set, std::vector<SetObservation>& all) {
  Seconds held{0};
  Seconds longest{0};
  if (set.document) {
    if (set.document->exercise.definition.kind != engine::Kind::hold) return;
    for (const session::RecordedRepetition& r : set.document->exercise.repetitions) {
      if (r.outcome != engine::Outcome::complete) continue;
      held = held + r.tempo.hold;
      longest = std::max(longest, r.tempo.hold);
    }
  } else {
    if (!set.by_hand->held) return;
    held = *set.by_hand->held;
  }
  Json observation = Json::object();
  observation["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "activity", "Activity")});
  // Of its own name: a muscle's sets say nothing of how the exercise is done.
  const bool tensed = set.document && is_muscle(*set.document);
  const char* const code = tensed ? "tension-time" : "hold-time";
  observation["code"] = fhir::codeable(fhir::kObservation, code,
                                       tensed ? "Seconds tensed to the target, all complete holds together"
                                              : "Seconds held, all complete holds together");
  observation["valueQuantity"] = fhir::quantity(to_decimals(held.value(), 1), "s", "s");
  if (set.document) {
    observation["component"] =
        Json::array({Json{{"code", fhir::codeable(fhir::kObservation, "longest-hold", "Longest hold")},
                          {"valueQuantity", fhir::quantity(to_decimals(longest.value(), 1), "s", "s")}}});
  }
  all.push_back({code, std::move(observation)});
}

// The value farthest from rest, the other end, and how far to trust them.
SetObservation range(const char* code, const char* words, const engine::ExerciseDefinition& definition,
                     const session::MeasuredRange& measured) {
  const engine::MeasureInfo& facts = engine::info(measured.measure);
  const bool rising = definition.target > definition.rest;
  Json observation = Json::object();
  observation["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "exam", "Exam")});
  observation["code"] =
      fhir::codeable(fhir::kObservation, code, std::string{words} + ": " + std::string{facts.label});
  observation["code"]["coding"].push_back({{"system", fhir::kMeasure}, {"code", facts.name}});
  std::string name = code;
  if (measured.side) {
    const bool left = *measured.side == engine::Side::left;
    observation["bodySite"] =
        fhir::codeable(fhir::kSnomed, left ? fhir::kSnomedLeft : fhir::kSnomedRight, left ? "left" : "right");
    name += left ? "-left" : "-right";
  }
  observation["valueQuantity"] = in_unit(measured.measure, rising ? measured.max : measured.min);
  observation["component"] =
      Json::array({Json{{"code", fhir::codeable(fhir::kObservation, "from", "the other end of the range")},
                        {"valueQuantity", in_unit(measured.measure, rising ? measured.min : measured.max)}},
                   Json{{"code", fhir::codeable(fhir::kObservation, "uncertainty",
                                                "half width of the uncertainty of both ends")},
                        {"valueQuantity", in_unit(measured.measure, measured.uncertainty)}}});
  return {std::move(name), std::move(observation)};
}

// Means over the complete repetitions of a side. Errors of one camera's view are alike in all of them, so the
// mean is no more certain than each.
std::optional<session::MeasuredRange> mean_range(const session::SessionDocument& document,
                                                 std::optional<engine::Side> side) {
  session::MeasuredRange mean;
  mean.side = side;
  mean.measure = document.exercise.definition.primary.measure;
  int count = 0;
  for (const session::RecordedRepetition& r : document.exercise.repetitions) {
    if (r.outcome != engine::Outcome::complete || !r.range || r.range->side != side) continue;
    mean.measure = r.range->measure;
    mean.min += r.range->min;
    mean.max += r.range->max;
    mean.uncertainty += r.range->uncertainty;
    ++count;
  }
  if (count == 0) return {};
  mean.min /= count;
  mean.max /= count;
  mean.uncertainty /= count;
  return mean;
}

void add_means(const session::SessionDocument& document, const char* code, const char* words,
               std::vector<SetObservation>& all) {
  for (const std::optional<engine::Side> side :
       {std::optional<engine::Side>{}, std::optional{engine::Side::left},
        std::optional{engine::Side::right}}) {
    if (const auto mean = mean_range(document, side))
      all.push_back(range(code, words, document.exercise.definition, *mean));
  }
}

void add_measured(const session::SessionDocument& document, std::vector<SetObservation>& all) {
  if (is_muscle(document)) return add_means(document, "muscle-activity", "Mean tension", all);
  if (!document.exercise.ceiling && document.exercise.summary.best_range) {
    all.push_back(range("best-range", "Best range", document.exercise.definition,
                        *document.exercise.summary.best_range));
  } else if (document.exercise.ceiling) {
    add_means(document, "mean-range", "Mean range", all);
  }
  if (!document.exercise.summary.mean_quality) return;
  Json observation = Json::object();
  observation["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "exam", "Exam")});
  observation["code"] =
      fhir::codeable(fhir::kObservation, "movement-quality",
                     "Movement quality from 0 to 100, Reprise's own score, not validated; mean of the set");
  observation["valueQuantity"] =
      fhir::quantity(to_decimals(*document.exercise.summary.mean_quality, 1), "{score}", "{score}");
  all.push_back({"movement-quality", std::move(observation)});
}

Json share_component(const char* code, const char* words, double share) {
  return {{"code", fhir::codeable(fhir::kObservation, code, words)},
          {"valueQuantity", fhir::quantity(to_decimals(share, 2), "1", "1")}};
}

SetObservation game(const PlayedGame& played) {
  Json observation = Json::object();
  observation["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "activity", "Activity")});
  observation["code"] = fhir::codeable(fhir::kObservation, "game-success", "Tasks of a game that succeeded");
  observation["valueQuantity"] =
      fhir::quantity(to_decimals(100.0 * played.succeeded / played.tasks, 1), "%", "%");
  observation["component"] = Json::array(
      {Json{{"code", fhir::codeable(fhir::kObservation, "game", "the game")},
            {"valueCodeableConcept", fhir::codeable(fhir::kGame, played.kind, played.kind)}},
       whole_component("tasks", "that were done, one a repetition or hold", played.tasks),
       share_component("difficulty-at-start", "from 0, easiest, to 1, hardest", played.difficulty_at_start),
       share_component("difficulty-at-end", "from 0, easiest, to 1, hardest", played.difficulty_at_end)});
  return {"game-success", std::move(observation)};
}

}  // namespace

std::vector<SetObservation> observations_of(const CompletedSet& set) {
  std::vector<SetObservation> all;
  all.push_back(repetitions(set));
  add_holds(set, all);
  if (set.document) add_measured(*set.document, all);
  if (set.game && set.game->tasks > 0) all.push_back(game(*set.game));
  return all;
}

std::string method_of(const session::SessionDocument& document) {
  const auto& places = document.source.sensors;
  if (places.empty()) return "one camera, without markers";
  std::string words;
  for (const std::string& place : places) words += (words.empty() ? "" : " and ") + place;
  std::replace(words.begin(), words.end(), '_', ' ');
  return std::string{places.size() == 1 ? "a sensor worn at " : "sensors worn at "} + fhir::clean_text(words);
}

std::string device_of(const session::SessionDocument& document) {
  std::string device = "Reprise's engine " + document.engine_version;
  for (const session::ModelUsed& model : document.models)
    device += "; " + model.name + " (SHA-256 " + model.sha256 + ")";
  return fhir::clean_text(device);
}

}  // namespace reprise::care
