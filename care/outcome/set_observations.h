#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "care/outcome/completed_set.h"

namespace reprise::care {

/// An Observation about a set, without what all of them have; `name`: within the set.
struct SetObservation {
  std::string name;
  Json resource;
};

/// The games that there are, by the codes of kGame.
inline constexpr std::array<std::string_view, 2> kGames = {"balloon", "orchard"};

/// What was counted and measured.
[[nodiscard]] std::vector<SetObservation> observations_of(const CompletedSet& set);

/// The engine and the networks that measured, by name and version.
[[nodiscard]] std::string device_of(const SessionDocument& document);

}  // namespace reprise::care
