// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/gait_norms.h"

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "session/measurements/gait_norms_table.h"

namespace reprise::session {
namespace {

constexpr double kMuchSlowerMps = 0.25;    // unsourced default
constexpr double kMuchFasterShare = 1.15;  // half way to the group's fast speed, which is 30 % above

// Between two points a cubic through their four neighbors: within 0.1 degrees of the dataset.
double between(const GaitNormPoints& points, std::size_t i) {
  const std::size_t n = points.size();
  return (-points[(i + n - 1) % n] + 9.0 * points[i % n] + 9.0 * points[(i + 1) % n] - points[(i + 2) % n]) /
         16;
}

engine::GaitCycle cycle_from(const GaitNormPoints& points) {
  constexpr double kRadPerTenth = kPi / 1800;
  engine::GaitCycle cycle{};
  for (std::size_t percent = 0; percent < cycle.size(); ++percent) {
    const std::size_t i = percent / 2;
    const double tenths = percent % 2 == 0 ? points[i % points.size()] : between(points, i);
    cycle[percent] = tenths * kRadPerTenth;
  }
  return cycle;
}

GaitNorms::Joint joint_from(const GaitNormCurve& curve) {
  return {cycle_from(curve.mean), cycle_from(curve.sd)};
}

}  // namespace

std::optional<GaitNorms> gait_norms(const TestedPerson& person, std::optional<double> speed_mps,
                                    NoGaitNorms* why_none) {
  const auto none = [&](NoGaitNorms why) {
    if (why_none != nullptr) *why_none = why;
    return std::nullopt;
  };
  if (!person.age_years || !person.sex) return none(NoGaitNorms::unknown_person);
  constexpr std::size_t kGroups = kGaitNormRows / 2;
  const auto slow_end = kGaitNorms.begin() + kGroups;
  const auto slow = std::find_if(kGaitNorms.begin(), slow_end, [&](const GaitNormRow& row) {
    return row.sex == *person.sex && *person.age_years >= row.from_age_years &&
           *person.age_years <= row.to_age_years;
  });
  if (slow == slow_end) return none(NoGaitNorms::no_such_age);
  const auto comfortable = slow + kGroups;
  auto row = comfortable;
  if (speed_mps) {
    if (*speed_mps < slow->speed_mps - kMuchSlowerMps ||
        *speed_mps > comfortable->speed_mps * kMuchFasterShare)
      return none(NoGaitNorms::other_speed);
    if (std::abs(*speed_mps - slow->speed_mps) < std::abs(*speed_mps - comfortable->speed_mps)) row = slow;
  }
  return GaitNorms{joint_from(row->joints[0]),
                   joint_from(row->joints[1]),
                   row->speed_mps,
                   {row->from_age_years, row->to_age_years, row->sex},
                   "GN1"};
}

}  // namespace reprise::session
