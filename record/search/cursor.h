#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace reprise::record {

/// What a resource is sorted by; nothing where it has no such value.
using SortValue = std::variant<std::monostate, std::int64_t, double, std::string>;

/// Where a page of a search ended: after this resource, in this order.
struct Cursor {
  /// 0: in the order of `_sort`, or of creation. i + 1: in the order of the values of criterion i.
  std::int64_t order = 0;
  std::vector<SortValue> values;
  std::int64_t pk = 0;
};

/// A cursor as a text for a link. `fingerprint`: of the search that it belongs to.
[[nodiscard]] std::string write_cursor(const Cursor& cursor, std::string_view fingerprint);

/// Reads it. Nothing where it was not written for a search of this fingerprint, or was changed by accident.
/// Nobody is kept from making one: it says where to go on, not what may be seen.
[[nodiscard]] std::optional<Cursor> read_cursor(std::string_view text, std::string_view fingerprint);

}  // namespace reprise::record
