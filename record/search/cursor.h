// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace reprise::record {

/// A sort value of a resource; monostate if it has no such value.
using SortValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// The end of a search page: after this resource, in this order.
struct Cursor {
  /// 0: in the order of `_sort`, or of creation. i + 1: in the order of the values of criterion i.
  std::int64_t order = 0;
  std::vector<SortValue> values;
  std::int64_t pk = 0;
};

/// Serializes a cursor for a link. `fingerprint`: identifies the search that it belongs to.
[[nodiscard]] std::string write_cursor(const Cursor& cursor, std::string_view fingerprint);

/// Parses a cursor. Returns nullopt if it belongs to another search or was damaged. A client may forge one:
/// it decides where to continue, not which resources are accessible.
[[nodiscard]] std::optional<Cursor> read_cursor(std::string_view text, std::string_view fingerprint);

}  // namespace reprise::record
