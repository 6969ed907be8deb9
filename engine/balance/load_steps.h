// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <vector>

#include "base/side.h"
#include "base/units.h"
#include "engine/balance/weight_bearing.h"

namespace reprise::engine {

struct LoadStepOptions {
  Seconds longest_stride{3};  ///< a longer one is a pause. Unsourced default
};

/// From one contact of a foot to its next.
struct LoadStride {
  Side side = Side::left;
  Seconds start{0}, end{0};
  Seconds stance{0};
  /// Both times together; missing if the other foot did not stand at the start.
  std::optional<Seconds> double_support;
};

/// From one foot's contact to the other's.
struct LoadStep {
  Side side = Side::left;  ///< of the foot that lands at the end
  Seconds start{0}, end{0};
};

struct LoadSteps {
  std::vector<LoadStride> strides;  ///< by their start
  std::vector<LoadStep> steps;      ///< by their start; empty with one foot
  Seconds walking_time{0};          ///< of all steps
  std::size_t too_long = 0;         ///< strides left out because they are longer than `longest_stride`
};

/// Steps and strides of two feet's contacts. A stride begins and ends with contacts that were seen to begin,
/// and where both feet are measured the other foot lands once in between: elsewhere a foot was on the floor,
/// on another plate, or the person stood. Steps are those within such strides, however long each is, so that
/// slow steps count like quick ones.
[[nodiscard]] LoadSteps load_steps(const WeightBearing& load, const LoadStepOptions& options = {});

}  // namespace reprise::engine
