// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <regex>
#include <set>

#include "base/nearest_names.h"
#include "exercises/checks/anatomy.h"
#include "exercises/checks/exercise_check_parts.h"

namespace reprise::exercises::checks {
namespace {

void check_sides(const Node& exercise, ProblemList& report) {
  const Node sides = exercise["sides"];
  const auto sided = sides["sided"].boolean();
  if (!sided) return;
  for (const char* field : {"choices", "prescribed", "meaning"}) {
    if (*sided && !sides[field].there()) {
      report.add(
          sides[field], "must be there for a sided exercise",
          "Add choices (left, right, both), prescribed (working or resting) and meaning (what the side "
          "is, in words).");
    }
    if (!*sided && sides[field].there()) {
      report.add(sides[field], "must be left out, because /sides/sided is false",
                 "Remove it, or set sided to true.");
    }
  }
  const Node by = sides["working_side_by"];
  check_measure_name(by, report);
  const auto measure = by.text() ? engine::measure_from_name(*by.text()) : std::nullopt;
  if (measure && !engine::info(*measure).sided) {
    report.add(by, "must be a measure with a left and a right value", "Choose one that has sides.");
  }
  if (!*sided && by.there()) report.add(by, "needs a sided exercise", "Remove it, or set sided to true.");
}

bool has_support(const Node& exercise) {
  const std::vector<Node> equipment = exercise["equipment"].items();
  return std::any_of(equipment.begin(), equipment.end(), [](const Node& item) {
    const bool firm = item["item"].is("chair") || item["item"].is("wall") || item["item"].is("firm_support");
    return firm && item["required"].boolean().value_or(false);
  });
}

bool legs_work_standing(const Node& exercise) {
  const auto positions = exercise["positions"].texts();
  const auto regions = exercise["regions"].texts();
  const bool standing = std::find(positions.begin(), positions.end(), "standing") != positions.end();
  return standing && std::any_of(regions.begin(), regions.end(), [](const std::string& region) {
           return region == "hip" || region == "knee" || region == "ankle_foot";
         });
}

void check_falls(const Node& exercise, ProblemList& report) {
  const Node falls = exercise["falls"];
  if (falls["balance"].is("none") && legs_work_standing(exercise)) {
    report.add(falls["balance"], "must be standing or single_leg, because the legs work while standing",
               "Set what the exercise asks of balance.");
  }
  if (!falls["balance"].is("standing") && !falls["balance"].is("single_leg")) return;
  if (falls["support_within_reach"].boolean() == false) {
    report.add(falls["support_within_reach"], "must be true where balance is asked for",
               "Set it to true: people fall without something to hold.");
  }
  if (falls["starts_by_itself"].boolean() == true) {
    report.add(falls["starts_by_itself"], "must be false where balance is asked for",
               "Set it to false: a person starts it when ready.");
  }
  if (!falls["high_risk_needs"].there()) {
    report.add(falls["high_risk_needs"], "must be there where balance is asked for",
               "Add \"helper_or_release\".");
  }
  if (exercise["falls"]["support_within_reach"].boolean() == true && !has_support(exercise)) {
    report.add(exercise["equipment"],
               "must hold a chair, wall or firm_support with required true, because falls wants a support",
               "Add it, so that the patient is told to fetch it.");
  }
}

void check_code(const Node& condition, ProblemList& report) {
  const auto code = condition["code"].text();
  if (!code || code->size() > 18) return;
  struct System {
    const char* address;
    const char* form;
    const char* example;
  };
  static constexpr System kSystems[] = {
      {"http://hl7.org/fhir/sid/icd-10-cm", "^[A-Z][0-9][0-9A-Z](\\.[0-9A-Z]{1,4})?$", "M17.11"},
      {"http://hl7.org/fhir/sid/icd-10", "^[A-Z][0-9][0-9](\\.[0-9]{1,2})?$", "M17.1"},
      {"http://snomed.info/sct", "^[1-9][0-9]{5,17}$", "a number of 6 to 18 digits"}};
  for (const System& system : kSystems) {
    if (condition["system"].is(system.address) && !std::regex_match(*code, std::regex(system.form))) {
      report.add(condition["code"],
                 std::string("must look like a code of ") + system.address + " (" + system.example + ")",
                 "Look the code up in that system.");
    }
  }
}

void check_effect(const Node& one, ProblemList& report) {
  const bool numbers = one["limit"].there() || one["weight_bearing"].there();
  if (one["effect"].is("limit") && !numbers) {
    report.add(one["effect"], "needs numbers to compute with: limit, weight_bearing or both",
               "Add them, or use ask where only a clinician can say.");
  }
  if ((one["effect"].is("avoid") || one["effect"].is("ask")) && numbers) {
    report.add(one["effect"], "does not use limit or weight_bearing, and they are given",
               "Remove them, or use effect limit.");
  }
  const Node limit = one["limit"];
  check_measure_name(limit["measure"], report);
  const auto name = limit["measure"].text();
  if (const auto measure = name ? engine::measure_from_name(*name) : std::nullopt) {
    const AnatomicalLimits body = anatomical_limits(*measure);
    check_limits(limit, body.min, body.max, unit_of(*measure), report);
  }
}

void check_precautions(const Node& precautions, ProblemList& report) {
  std::set<std::vector<std::string>> seen;
  for (const Node& one : precautions.items()) {
    check_code(one["condition"], report);
    check_effect(one, report);
    const auto from = one["weeks"]["from"].number();
    const auto to = one["weeks"]["to"].number();
    if (from && to && *from > *to) {
      report.add(one["weeks"]["from"], "must not be after to (week " + json::shown(*to) + ")",
                 "Exchange the two.");
    }
    if (one["weeks"].there() && !from && !to) {
      report.add(one["weeks"], "must have from, to or both", "Add them, or remove weeks.");
    }
    const auto text = [&](const Node& node) { return node.text().value_or(""); };
    const std::string weeks = json::shown(from.value_or(-1)) + "-" + json::shown(to.value_or(-1));
    if (!seen.insert({text(one["condition"]["system"]), text(one["condition"]["code"]), text(one["phase"]),
                      weeks, text(one["joint"]), text(one["movement"])})
             .second) {
      report.add(one.path(), "a precaution for the same code, phase, weeks, joint and movement as another",
                 "two could contradict each other", "Keep one of them.");
    }
  }
}

}  // namespace

void check_safety(const Node& exercise, ProblemList& report) {
  check_sides(exercise, report);
  check_falls(exercise, report);
  check_precautions(exercise["precautions"], report);
}

}  // namespace reprise::exercises::checks
