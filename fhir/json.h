#pragma once

#include <nlohmann/json.hpp>

namespace reprise::fhir {

/// Fields stay in the order in which they were written.
using Json = nlohmann::ordered_json;

}  // namespace reprise::fhir
