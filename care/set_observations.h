#pragma once

#include <string>
#include <vector>

#include "care/set_result.h"

namespace reprise::care {

/// An Observation about a set, without what all of them have; `name`: within the set.
struct SetObservation {
  std::string name;
  Json resource;
};

/// What was counted and measured.
[[nodiscard]] std::vector<SetObservation> observations_of(const DoneSet& set);

/// The engine and the networks that measured, by name and version.
[[nodiscard]] std::string device_of(const SessionDocument& document);

}  // namespace reprise::care
