// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <future>
#include <optional>

#include "record/store/record.h"
#include "tests/support/test_database.h"

namespace reprise::record {

/// What a record does with its database before its first use.
inline IndexIds assign_all_ids(Connection& connection) {
  if (!connection.begin_writing() || !assign_index_ids(connection) || !connection.commit()) {
    throw std::runtime_error("the tables could not be prepared");
  }
  auto numbers = load_index_ids(connection);
  if (!numbers) throw std::runtime_error(to_string(numbers.error()));
  return std::move(*numbers);
}

inline RecordOptions record_options(const TestDatabase& database) {
  RecordOptions options;
  if (database.kind() == DatabaseKind::sqlite) options.database = database.sqlite();
  if (database.kind() == DatabaseKind::postgresql) options.database = database.postgres();
  return options;
}

inline std::unique_ptr<Record> open_record(const RecordOptions& options) {
  auto record = Record::open(options, [](std::string_view) {});
  if (!record) throw std::runtime_error(to_string(record.error()));
  return std::move(*record);
}

}  // namespace reprise::record
