// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/nearest_names.h"
#include "exercises/checks/anatomy.h"
#include "exercises/checks/exercise_check_parts.h"

namespace reprise::exercises::checks {
namespace {

// Smaller movements cannot be distinguished from the camera's noise. Unsourced defaults.
constexpr double kLeastExcursionDeg = 10;
constexpr double kLeastExcursionRatio = 0.05;
constexpr double kLongestPartS = 60;
constexpr double kLongestRepetitionS = 600;
constexpr double kLongestSessionMin = 60;

std::string with_unit(double value, const std::string& unit) {
  return json::shown(value) + (unit.empty() ? "" : " " + unit);
}

std::optional<engine::Measure> measure_at(const Node& group) {
  const auto text = group["measure"].text();
  return text ? engine::measure_from_name(*text) : std::nullopt;
}

void check_signal(const Node& group, bool sided_exercise, ProblemList& report) {
  check_measure_name(group["measure"], report);
  const auto measure = measure_at(group);
  if (!measure) return;
  const Node combine = group["combine"];
  if (engine::info(*measure).sided && !combine.there()) {
    report.add(combine,
               "must be there, because " + std::string(engine::info(*measure).name) + " has two sides",
               "Add mean, larger, smaller, working or resting.");
  }
  if (!engine::info(*measure).sided && combine.there()) {
    report.add(combine,
               "must be left out, because the body has only one " + std::string(engine::info(*measure).name),
               "Remove it.");
  }
  if (!sided_exercise && (combine.is("working") || combine.is("resting"))) {
    report.add(combine, "needs a sided exercise, and /sides/sided is not true",
               "Use mean, larger or smaller, or make the exercise sided.");
  }
}

void check_range(const Node& exercise, ProblemList& report) {
  const Node range = exercise["range"];
  const auto measure = measure_at(exercise["primary"]);
  if (!measure) return;
  const std::string unit = unit_of(*measure);
  const AnatomicalLimits body = anatomical_limits(*measure);
  bool possible = true;
  for (const char* field : {"rest", "target", "ceiling"}) {
    const auto value = range[field].number();
    if (!value || (*value >= body.min && *value <= body.max)) continue;
    possible = false;
    report.add(range[field],
               "must be from " + json::shown(body.min) + " to " + with_unit(body.max, unit) +
                   ", the human range of " + std::string(engine::info(*measure).name),
               "Correct the number; angles are in degrees, ratios in leg lengths.");
  }
  const auto rest = range["rest"].number();
  const auto target = range["target"].number();
  if (!rest || !target || !possible) return;
  const bool up = *target > *rest;
  if (*rest == *target) {
    report.add(range["target"], "must differ from rest (" + with_unit(*rest, unit) + ")",
               "Set rest to the value at the start and target to the value to reach.");
  }
  if (const auto excursion = range["min_excursion"].number()) {
    const bool angle = engine::is_angle(*measure);
    const double least = angle ? kLeastExcursionDeg : kLeastExcursionRatio;
    const double most = std::abs(*target - *rest);
    if (*rest != *target && !(*excursion >= least && *excursion <= most)) {
      report.add(range["min_excursion"],
                 "must be from " + with_unit(least, unit) + " (less is the camera's noise) to " +
                     with_unit(most, unit) + " (the way from rest to target)",
                 "Choose the smallest movement that a patient's repetition may have.");
    }
  }
  if (const auto ceiling = range["ceiling"].number()) {
    if (up ? *ceiling < *target : *ceiling > *target) {
      report.add(range["ceiling"],
                 std::string("must not be ") + (up ? "below" : "above") + " the target (" +
                     with_unit(*target, unit) + "), because the target must not pass the ceiling",
                 "Move the target inside the ceiling, or leave the ceiling out.");
    }
  }
}

void check_tempo(const Node& tempo, ProblemList& report) {
  double sum = 0;
  for (const char* field : {"out_s", "hold_s", "back_s"}) {
    const auto value = tempo[field].number();
    if (!value) continue;
    if (!(*value > 0 && *value <= kLongestPartS)) {
      report.add(tempo[field], "must be above 0 and at most " + json::shown(kLongestPartS) + " seconds",
                 "Leave the field out where this part is not judged.");
    }
    sum += std::max(0.0, *value);
  }
  const auto shortest = tempo["shortest_s"].number();
  if (shortest && !(*shortest > 0 && *shortest <= kLongestPartS)) {
    report.add(tempo["shortest_s"], "must be above 0 and at most " + json::shown(kLongestPartS) + " seconds",
               "Leave it out where any speed counts.");
  }
  const auto longest = tempo["longest_s"].number();
  if (longest && !(*longest > sum && *longest <= kLongestRepetitionS)) {
    report.add(tempo["longest_s"],
               "must be above the sum of the parts (" + json::shown(sum) + ") and at most " +
                   json::shown(kLongestRepetitionS) + " seconds",
               "Give slow patients two or three times the wanted duration.");
  }
}

void check_rule_limits(const Node& rule, bool relative, ProblemList& report) {
  const auto measure = measure_at(rule);
  if (!measure) return;
  AnatomicalLimits limits = plausible_limits(*measure);
  if (relative) {
    const double span = limits.max - limits.min;
    limits = {-span, span};
  }
  check_limits(rule, limits.min, limits.max, unit_of(*measure), report);
}

void check_form_rule(const Node& rule, ProblemList& report) {
  check_rule_limits(rule, rule["relative_to_start"].boolean().value_or(false), report);
  if (rule["relative_to_start"].boolean().value_or(false) && rule["when"].is("start")) {
    report.add(rule["when"], "must be extreme or whole, because the start does not differ from the start",
               "Change it, or remove relative_to_start.");
  }
  const auto weight = rule["weight"].number();
  if (weight && !(*weight > 0 && *weight <= 1)) {
    report.add(rule["weight"], "must be above 0 and at most 1",
               "Say which share of the form points the full fault costs: 0.25 for a small one, 0.6 for a "
               "grave one.");
  }
  const auto measure = measure_at(rule);
  const auto deviation = rule["full_deviation"].number();
  if (!measure || !deviation) return;
  const AnatomicalLimits limits = plausible_limits(*measure);
  if (!(*deviation > 0 && *deviation <= limits.max - limits.min)) {
    report.add(rule["full_deviation"],
               "must be above 0 and at most " + with_unit(limits.max - limits.min, unit_of(*measure)),
               "Say how far past the limit the fault counts in full.");
  }
}

void check_dosage(const Node& exercise, ProblemList& report) {
  const Node dosage = exercise["dosage"];
  const bool hold = exercise["kind"].is("hold");
  if (hold && dosage.there() && !dosage["hold_s"].there()) {
    report.add(dosage["hold_s"], "must be there for an exercise of kind hold", "Add how long to hold.");
  }
  double one_s = dosage["hold_s"].number().value_or(0);
  if (!hold) {
    for (const char* field : {"out_s", "hold_s", "back_s"}) {
      one_s += exercise["tempo"][field].number().value_or(1);
    }
  }
  const auto sets = dosage["sets"].number();
  const auto repetitions = dosage["repetitions"].number();
  if (!sets || !repetitions) return;
  const double minutes =
      (*sets * *repetitions * one_s + (*sets - 1) * dosage["rest_s"].number().value_or(0)) / 60;
  if (minutes > kLongestSessionMin) {
    report.add(dosage,
               "must take at most " + json::shown(kLongestSessionMin) + " minutes a day, and takes " +
                   json::shown(std::round(minutes)),
               "Lower sets, repetitions, hold or rest.");
  }
}

void check_weights(const Node& weights, ProblemList& report) {
  if (!weights.there()) return;
  double sum = 0;
  for (const auto& [name, value] : weights.fields()) sum += value.number().value_or(0);
  if (std::abs(sum - 100) > 1e-9) {
    report.add(weights.path(), "weights that make " + json::shown(sum), "must make 100 together",
               "Change them so that they do.");
  }
}

}  // namespace

void check_measure_name(const Node& name, ProblemList& report) {
  const auto text = name.text();
  if (!text || engine::measure_from_name(*text)) return;
  std::vector<std::string> known;
  for (std::size_t i = 0; i < engine::kMeasureCount; ++i)
    known.emplace_back(engine::info(static_cast<engine::Measure>(i)).name);
  const std::string near = did_you_mean(*text, known);
  report.add(name, "must be the name of a measure",
             near.empty() ? "Choose one of " + any_of(known) + "." : near);
}

void check_limits(const Node& group, double least, double most, const std::string& unit,
                  ProblemList& report) {
  const auto min = group["min"].number();
  const auto max = group["max"].number();
  if (!group["min"].there() && !group["max"].there()) {
    report.add(group.path(), "no limit", "must have min, max or both", "Add the limit.");
  }
  for (const char* field : {"min", "max"}) {
    const auto value = group[field].number();
    if (value && !(*value >= least && *value <= most)) {
      report.add(group[field], "must be from " + json::shown(least) + " to " + with_unit(most, unit),
                 "Correct the number; angles are in degrees, ratios in leg lengths.");
    }
  }
  if (min && max && *min >= *max) {
    report.add(group["min"], "must be below max (" + with_unit(*max, unit) + ")",
               "The two limits are upside down: exchange or correct them.");
  }
}

void check_numbers(const Node& exercise, ProblemList& report) {
  const bool sided = exercise["sides"]["sided"].boolean().value_or(false);
  check_signal(exercise["primary"], sided, report);
  check_range(exercise, report);
  check_tempo(exercise["tempo"], report);
  for (const Node& gate : exercise["gates"].items()) {
    check_signal(gate, sided, report);
    check_rule_limits(gate, false, report);
  }
  for (const Node& rule : exercise["form"].items()) {
    check_signal(rule, sided, report);
    check_form_rule(rule, report);
  }
  check_dosage(exercise, report);
  check_weights(exercise["quality_weights"], report);
}

}  // namespace reprise::exercises::checks
