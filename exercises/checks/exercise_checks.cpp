// SPDX-License-Identifier: Apache-2.0
#include "exercises/checks/exercise_checks.h"

#include <algorithm>
#include <set>

#include "base/nearest_names.h"
#include "exercises/checks/exercise_check_parts.h"

namespace reprise::exercises {
namespace {

using json::Node;
using json::ProblemList;

void check_id(const Node& exercise, const std::string& file, ProblemList& report) {
  const auto id = exercise["id"].text();
  if (id && file != *id + ".json") {
    report.add(exercise["id"], "must be the file name without .json (" + file + ")",
               "Rename the file to " + *id + ".json, or change the id.");
  }
}

void check_ids_are_unique(const Node& exercise, ProblemList& report) {
  const auto once = [&](const std::vector<Node>& lists) {
    std::set<std::string> seen;
    for (const Node& list : lists) {
      for (const Node& item : list.items()) {
        const auto id = item["id"].text();
        if (id && !seen.insert(*id).second) {
          report.add(item["id"], "must be used only once in this file", "Give it another id.");
        }
      }
    }
  };
  once({exercise["gates"], exercise["form"]});  // faults name either
  once({exercise["phases"]});
}

void check_links(const Node& exercise, std::span<const std::string> known_ids, ProblemList& report) {
  const auto own = exercise["id"].text().value_or("");
  const std::vector<std::string> known(known_ids.begin(), known_ids.end());
  std::set<std::string> seen;
  for (const char* direction : {"easier", "harder"}) {
    for (const Node& link : exercise["progression"][direction].items()) {
      const auto id = link.text();
      if (!id) continue;
      if (*id == own) {
        report.add(link, "an exercise is not easier or harder than itself", "Remove it.");
      } else if (std::find(known.begin(), known.end(), *id) == known.end()) {
        const std::string near = did_you_mean(*id, known);
        report.add(link, "must be the id of an exercise in the catalog",
                   near.empty() ? "Remove it, or add that exercise first." : near);
      }
      if (!seen.insert(*id).second) {
        report.add(link, "an exercise may be named only once in easier and harder together",
                   "Remove one of the two.");
      }
    }
  }
}

void check_views(const Node& exercise, ProblemList& report) {
  static const std::vector<std::string> kViews = {"front", "oblique", "side", "back"};
  const auto name = [&](const Node& view) {
    const auto text = view.text();
    if (!text || std::find(kViews.begin(), kViews.end(), *text) != kViews.end()) return;
    const std::string near = did_you_mean(*text, kViews);
    report.add(view, "must be " + any_of(kViews), near.empty() ? "Choose one of these." : near);
  };
  for (const Node& view : exercise["views"].items()) name(view);
  const auto usable = exercise["views"].texts();
  for (const Node& rule : exercise["form"].items()) {
    for (const Node& view : rule["views"].items()) {
      name(view);
      const auto text = view.text();
      const bool known = text && std::find(kViews.begin(), kViews.end(), *text) != kViews.end();
      if (known && std::find(usable.begin(), usable.end(), *text) == usable.end()) {
        report.add(view, "must be one of the exercise's own views, else the rule is never judged from there",
                   "Add it to /views, or remove it here.");
      }
    }
  }
}

}  // namespace

std::vector<json::Problem> check_meaning(const nlohmann::json& document, const std::string& file,
                                         std::span<const std::string> known_ids) {
  ProblemList report(file);
  const Node exercise(&document);
  check_id(exercise, file, report);
  check_ids_are_unique(exercise, report);
  check_links(exercise, known_ids, report);
  check_views(exercise, report);
  checks::check_words(exercise, report);
  checks::check_numbers(exercise, report);
  checks::check_safety(exercise, report);
  checks::check_movement(exercise, report);
  return report.take();
}

}  // namespace reprise::exercises
