// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "engine/synthesis/generate.h"
#include "session/document.h"

namespace reprise {

/// A squat of two repetitions with numbers written by hand, every kind of field filled and every kind of
/// missing value present: for the golden file, so it does not change when the engine does.
[[nodiscard]] session::SessionDocument small_session();

struct SampleOptions {
  std::string exercise = "squat";
  engine::View view = engine::View::side;
  std::string fault;                      ///< of the catalog's movement; empty: none
  std::vector<std::size_t> faulty;        ///< repetitions with the fault
  std::optional<engine::Side> side;       ///< prescribed
  std::optional<double> ceiling;          ///< rad or ratio
  engine::GenerateOptions generate = {};  ///< camera.azimuth is set from `view`
};

/// A simulated patient of the shipped catalog, analyzed by both passes. Aborts where that fails.
[[nodiscard]] session::SessionDocument simulated_session(const SampleOptions& options);

}  // namespace reprise
