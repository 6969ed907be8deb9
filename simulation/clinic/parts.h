// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "fhir/fields/fields.h"

// Small parts of simulated resources.
namespace reprise::simulation {

/// Builds a resource with its id and the tag that marks it as simulated.
[[nodiscard]] Json simulated_resource(const char* type, const std::string& id);
/// One code of a system, with a text where that is not empty.
[[nodiscard]] Json coded(std::string_view system, std::string_view code, std::string_view display,
                         std::string_view text = {});
[[nodiscard]] Json side_of_body(bool left);
/// "urn:reprise:target" and its like: a value of the exercise's primary measure.
[[nodiscard]] Json range_extension(const char* url, std::string_view measure, bool angle, double value);

}  // namespace reprise::simulation
