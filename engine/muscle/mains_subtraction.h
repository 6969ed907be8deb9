// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <vector>

#include "base/units.h"
#include "engine/muscle/emg_quality.h"

namespace reprise::engine::detail {

/// Subtracts the harmonics of mains hum; see filter_emg. `samples` without a mean.
[[nodiscard]] std::vector<double> subtract_mains(std::span<const double> samples, Hertz rate,
                                                 const MainsHum& mains);

}  // namespace reprise::engine::detail
