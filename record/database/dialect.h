// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace reprise::record {

/// The SQL that differs between the two databases.
struct Dialect {
  std::string_view name;       ///< "sqlite" or "postgresql"
  std::string_view key;        ///< type of a numeric primary key
  std::string_view text;       ///< type of a text column, compared byte by byte
  std::string_view number;     ///< type of a floating-point column
  std::string_view clustered;  ///< suffix of a table clustered by its primary key
  std::string_view
      lock_schema;  ///< query that locks out other processes until the transaction ends; empty if not needed
  bool plans_by_statistics;  ///< whether its planner uses statistics on selectivity
};

}  // namespace reprise::record
