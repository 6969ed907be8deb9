// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/kinematics/measure.h"
#include "fhir/fields/fields.h"

// Our extensions with parts are read whole or not at all, because an unknown part might be a
// limit.
namespace reprise::fhir {

/// Why a part of the record cannot be followed; empty if it can.
using Why = std::string;

/// An extension's parts by name, each once and all known.
struct Parts {
  std::map<std::string, const Json*, std::less<>> by_name;

  [[nodiscard]] const Json* find(std::string_view name) const;
};

/// Reads the parts. Fails if one is unknown or a duplicate; `url` is for the message.
[[nodiscard]] tl::expected<Parts, Why> parts_in(const Json& extension, const char* url,
                                                std::initializer_list<std::string_view> known);

/// Reads an element's extension; empty if it has none. Fails if it has two, or as parts_in.
[[nodiscard]] tl::expected<std::optional<Parts>, Why> parts_of(const Json& element, const char* url,
                                                               std::initializer_list<std::string_view> known);

/// Returns a part's `valueQuantity` as an amount of a measure, degrees or ratio; empty if its unit differs or
/// there is none.
[[nodiscard]] std::optional<double> measured_in(const Parts& parts, std::string_view name,
                                                engine::Measure measure);

}  // namespace reprise::fhir
