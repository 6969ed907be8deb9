#pragma once

#include <tl/expected.hpp>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "engine/kinematics/measure.h"
#include "fhir/fields/fields.h"

// Extensions of ours that have parts: read whole or not at all, because what is not understood might be a
// limit.
namespace reprise::fhir {

/// Why something that the record says cannot be followed; empty: it can.
using Why = std::string;

/// An extension's parts by their names, each once and none but those known.
struct Parts {
  std::map<std::string, const Json*, std::less<>> by_name;

  [[nodiscard]] const Json* find(std::string_view name) const;
};

/// Fails where it has a part that is unknown or stands twice; `url` for the words.
[[nodiscard]] tl::expected<Parts, Why> parts_in(const Json& extension, const char* url,
                                                std::initializer_list<std::string_view> known);

/// Nothing: there is no such extension. Fails where it stands twice, or as parts_in.
[[nodiscard]] tl::expected<std::optional<Parts>, Why> parts_of(const Json& element, const char* url,
                                                               std::initializer_list<std::string_view> known);

/// A part's `valueQuantity` as an amount of a measure, degrees or ratio; nothing where its unit is another or
/// there is none.
[[nodiscard]] std::optional<double> measured_in(const Parts& parts, std::string_view name, Measure measure);

}  // namespace reprise::fhir
