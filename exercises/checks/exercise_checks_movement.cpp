// SPDX-License-Identifier: Apache-2.0
#include <set>

#include "base/nearest_names.h"
#include "exercises/checks/anatomy.h"
#include "exercises/checks/exercise_check_parts.h"

namespace reprise::exercises::checks {
namespace {

// The angle's name, said so where it is none; and its limits.
void check_angles(const Node& angles, ProblemList& report, bool added = false) {
  for (const auto& [name, value] : angles.fields()) {
    const auto dof = engine::dof_from_name(name);
    if (!dof) {
      std::vector<std::string> known;
      for (std::size_t i = 0; i < engine::kDofCount; ++i)
        known.emplace_back(reprise::engine::name(engine::dof_at(i)));
      const std::string near = did_you_mean(name, known);
      report.add(value.path(), "a joint movement that is not known",
                 "must be a movement of the body model, such as right_knee_flexion",
                 near.empty() ? "docs/reference/catalog.md lists them." : near);
      continue;
    }
    AnatomicalLimits limits = anatomical_limits(*dof);
    if (added) limits = {limits.min - limits.max, limits.max - limits.min};
    const auto degrees = value.number();
    if (degrees && !(*degrees >= limits.min && *degrees <= limits.max)) {
      report.add(value,
                 "must be from " + json::shown(limits.min) + " to " + json::shown(limits.max) + " degrees",
                 "Correct the angle: no joint goes there.");
    }
  }
}

void check_keyframes(const Node& movement, ProblemList& report) {
  const auto keyframes = movement["keyframes"].items();
  check_angles(movement["base"], report);
  for (const Node& keyframe : keyframes) check_angles(keyframe["degrees"], report);
  if (keyframes.size() < 2) return;
  const auto must_be = [&](const Node& keyframe, double at, const char* which) {
    const auto value = keyframe["at"].number();
    if (value && *value != at) {
      report.add(keyframe["at"],
                 std::string("must be ") + json::shown(at) + " for the " + which + " keyframe",
                 "A repetition runs from 0 to 1.");
    }
  };
  must_be(keyframes.front(), 0, "first");
  must_be(keyframes.back(), 1, "last");
  for (std::size_t i = 1; i < keyframes.size(); ++i) {
    const auto before = keyframes[i - 1]["at"].number();
    const auto at = keyframes[i]["at"].number();
    if (before && at && *at <= *before) {
      report.add(keyframes[i]["at"],
                 "must be later than the keyframe before it (" + json::shown(*before) + ")",
                 "Keyframes rise from 0 to 1.");
    }
  }
  // At rest again where it began: angles that are left out are those of the base.
  const auto base = [&](const std::string& name) {
    return movement["base"][name.c_str()].number().value_or(0);
  };
  const Node first = keyframes.front()["degrees"];
  const Node last = keyframes.back()["degrees"];
  std::set<std::string> names;
  for (const auto& [name, value] : first.fields()) names.insert(name);
  for (const auto& [name, value] : last.fields()) names.insert(name);
  for (const std::string& name : names) {
    const double start = first[name.c_str()].number().value_or(base(name));
    const double end = last[name.c_str()].number().value_or(base(name));
    if (start != end) {
      report.add(
          last[name.c_str()].path(), json::shown(end),
          "must be " + json::shown(start) + " as in the first keyframe, because it starts and ends at rest",
          "Make the first and the last keyframe equal.");
    }
  }
}

}  // namespace

void check_movement(const Node& exercise, ProblemList& report) {
  const Node movement = exercise["movement"];
  check_keyframes(movement, report);
  std::vector<std::string> breakable;
  for (const char* list : {"gates", "form"}) {
    for (const Node& item : exercise[list].items()) {
      if (const auto id = item["id"].text()) breakable.push_back(*id);
    }
  }
  for (const Node& fault : movement["faults"].items()) {
    const auto id = fault["produces"].text();
    if (id && std::find(breakable.begin(), breakable.end(), *id) == breakable.end()) {
      const std::string near = did_you_mean(*id, breakable);
      report.add(fault["produces"], "must be the id of a gate or form rule of this file",
                 near.empty() ? "Name one of " + any_of(breakable) + "." : near);
    }
    if (fault["add"].there() == fault["instead"].there()) {
      report.add(fault.path(), fault["add"].there() ? "both add and instead" : "neither add nor instead",
                 "must have one of them",
                 "Use add for angles on top of the right movement, instead for another movement.");
    }
    check_angles(fault["add"], report, true);
    if (fault["instead"].there()) check_keyframes(fault["instead"], report);
  }
}

}  // namespace reprise::exercises::checks
