#pragma once

#include <string>
#include <string_view>

namespace reprise::server {

/// The CapabilityStatement of this API as JSON, made from the tables that the code itself works by. `base`:
/// its address. `date`: since when it is so, as FHIR writes it.
[[nodiscard]] std::string capabilities_text(std::string_view base, std::string_view date,
                                            bool checks_references);

}  // namespace reprise::server
