#pragma once

// For tests only.

#include "record/search/numbers.h"
#include "tests/support/test_database.h"

namespace reprise::record {

/// What a record does with its database before its first use.
inline Numbers number_everything(Connection& connection) {
  if (!connection.begin_writing() || !update_numbers(connection) || !connection.commit()) {
    throw std::runtime_error("the tables could not be prepared");
  }
  auto numbers = load_numbers(connection);
  if (!numbers) throw std::runtime_error(to_string(numbers.error()));
  return std::move(*numbers);
}

}  // namespace reprise::record
