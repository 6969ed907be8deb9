// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/measure_set.h"

namespace reprise::engine {

MeasureSet::MeasureSet(const Pose& pose) {
  for (std::size_t i = 0; i < kMeasureCount; ++i) {
    const auto m = static_cast<Measure>(i);
    at(m, Side::left) = measure(pose, m, Side::left);
    at(m, Side::right) = info(m).sided ? measure(pose, m, Side::right) : at(m, Side::left);
  }
}

}  // namespace reprise::engine
