#pragma once

#include <string_view>

namespace reprise::record {

/// Where the two databases want different words. Everything else is said once.
struct Dialect {
  std::string_view name;       ///< "sqlite" or "postgresql"
  std::string_view key;        ///< the type of a primary key that is a number
  std::string_view text;       ///< the type of a text column, compared byte by byte
  std::string_view number;     ///< the type of a floating-point column
  std::string_view clustered;  ///< after a table whose rows lie in the order of its primary key
  std::string_view
      lock_schema;  ///< a query that makes other processes wait until the transaction ends; empty: they do
  bool plans_by_statistics;  ///< whether its planner knows which of several conditions is rare
};

}  // namespace reprise::record
