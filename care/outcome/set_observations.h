// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "care/outcome/completed_set.h"

namespace reprise::care {

/// An Observation about a set, without the fields common to all of them. `name`: unique within the set.
struct SetObservation {
  std::string name;
  Json resource;
};

/// The games, by the codes of kGame.
inline constexpr std::array<std::string_view, 4> kGames = {"balloon", "orchard", "river", "lanterns"};

/// Builds the Observations of the counted and measured values.
[[nodiscard]] std::vector<SetObservation> observations_of(const CompletedSet& set);

/// How it was measured: by one camera, or by which worn sensors.
[[nodiscard]] std::string method_of(const session::SessionDocument& document);
/// Names the engine and the networks that measured, with versions.
[[nodiscard]] std::string device_of(const session::SessionDocument& document);

}  // namespace reprise::care
