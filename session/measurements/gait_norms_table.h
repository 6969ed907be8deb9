// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "session/measurements/function_references.h"

namespace reprise::session {

/// Tenths of a degree at 0, 2, … 98 % of the gait cycle, from initial contact on.
using GaitNormPoints = std::array<std::int16_t, 50>;

struct GaitNormCurve {
  GaitNormPoints mean;
  GaitNormPoints sd;  ///< between people
};

/// What one group of people showed at one of their speeds.
struct GaitNormRow {
  int from_age_years;
  int to_age_years;  ///< of the last year of life that it holds for
  ReferenceSex sex;
  double speed_mps;                     ///< mean of the group
  std::array<GaitNormCurve, 2> joints;  ///< hip flexion, knee flexion
};

/// The groups at their slow speed, then the same groups in the same order at their comfortable speed.
inline constexpr std::size_t kGaitNormRows = 24;
extern const std::array<GaitNormRow, kGaitNormRows> kGaitNorms;

}  // namespace reprise::session
