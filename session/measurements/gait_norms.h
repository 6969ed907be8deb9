// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <string>

#include "engine/camera_gait/gait_curves.h"
#include "session/measurements/function_references.h"

namespace reprise::session {

/// Joint angles over the gait cycle of healthy adults of one sex and about one age, by optical motion capture
/// on a treadmill (docs/sources.md, GN1). Hip flexion there is thigh against pelvis.
struct GaitNorms {
  struct Joint {
    engine::GaitCycle mean{};  ///< rad
    engine::GaitCycle sd{};    ///< rad, between people
  };
  Joint hip;             ///< flexion
  Joint knee;            ///< flexion
  double speed_mps = 0;  ///< at which the group walked, its mean
  ReferenceGroup group;
  std::string source;  ///< its row of docs/sources.md
};

enum class NoGaitNorms : std::uint8_t {
  unknown_person,  ///< age or sex is not known
  no_such_age,     ///< below 18, or above 91 years
  other_speed,     ///< much slower or faster than all groups walked
};

/// The norms nearest to a walking speed, m/s; without one those of the comfortable speed. Curves change with
/// speed, so much slower (by more than 0.25 m/s) or faster (by more than 15 %) walking than that of the
/// groups has none; both limits are unsourced defaults.
[[nodiscard]] std::optional<GaitNorms> gait_norms(const TestedPerson& person, std::optional<double> speed_mps,
                                                  NoGaitNorms* why_none = nullptr);

}  // namespace reprise::session
