// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace reprise::server {

/// Returns the CapabilityStatement of this API as JSON, from the tables that the code uses. `base`: its URL.
/// `date`: valid since, as a FHIR instant.
[[nodiscard]] std::string capabilities_text(std::string_view base, std::string_view date,
                                            bool checks_references);

}  // namespace reprise::server
