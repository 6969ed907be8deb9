// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

// Reads fields of an unchecked value.
namespace reprise::json {

/// Keeps fields in the order in which they were written.
using Json = nlohmann::ordered_json;

/// The field; null where `json` is no group, or there is none.
[[nodiscard]] const Json* field(const Json& json, std::string_view name);
/// The text of a field; empty where there is none.
[[nodiscard]] std::string_view text_of(const Json& json, std::string_view name);
/// The items of a list; none where it is none.
[[nodiscard]] const Json& list_of(const Json& json, std::string_view name);

[[nodiscard]] std::optional<bool> truth_of(const Json& json, std::string_view name);
/// A whole number within limits.
[[nodiscard]] std::optional<int> whole_of(const Json& json, std::string_view name, int least, int most);
/// A finite number.
[[nodiscard]] std::optional<double> number_of(const Json& json, std::string_view name);

}  // namespace reprise::json

namespace reprise {

using json::Json;

}  // namespace reprise
