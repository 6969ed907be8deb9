// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <gtest/gtest.h>

#include <memory>
#include <ostream>
#include <stdexcept>

#include "record/database/postgres.h"
#include "record/database/schema.h"
#include "record/database/sqlite.h"
#include "tests/support/private_postgres.h"
#include "tests/support/test_files.h"

namespace reprise::record {

enum class DatabaseKind { sqlite, postgresql };

inline void PrintTo(DatabaseKind kind, std::ostream* out) {
  *out << (kind == DatabaseKind::sqlite ? "SQLite" : "PostgreSQL");
}

/// An empty database of its own, gone at the end of the test.
class TestDatabase {
 public:
  explicit TestDatabase(DatabaseKind kind) : kind_(kind) {
    if (kind == DatabaseKind::postgresql) schema_ = new_postgres_schema();
    sqlite_.file = folder_ / "record.db";
    sqlite_.key.fill(7);
  }

  /// A further connection, as another thread or process has it.
  [[nodiscard]] std::unique_ptr<Connection> open() const {
    auto opened = kind_ == DatabaseKind::sqlite ? open_sqlite(sqlite_) : open_postgres(postgres());
    if (!opened) throw std::runtime_error(to_string(opened.error()));
    return std::move(*opened);
  }

  /// One to a database with today's tables.
  [[nodiscard]] std::unique_ptr<Connection> open_migrated() const {
    auto connection = open();
    if (const auto done = migrate(*connection); !done) throw std::runtime_error(to_string(done.error()));
    return connection;
  }

  [[nodiscard]] DatabaseKind kind() const { return kind_; }
  [[nodiscard]] const SqliteOptions& sqlite() const { return sqlite_; }
  [[nodiscard]] PostgresOptions postgres() const { return {schema_.address, schema_.name}; }
  [[nodiscard]] const TemporaryFolder& folder() const { return folder_; }

 private:
  DatabaseKind kind_;
  TemporaryFolder folder_;
  SqliteOptions sqlite_;
  PrivateSchema schema_;
};

/// A suite that runs on both: `class StoreTest : public OnBothDatabases {}; TEST_P(StoreTest, …)`, then
/// `INSTANTIATE_TEST_SUITE_P(On, StoreTest, kBothDatabases, database_name)`.
class OnBothDatabases : public ::testing::TestWithParam<DatabaseKind> {
 protected:
  TestDatabase database_{GetParam()};
};

inline const auto kBothDatabases = ::testing::Values(DatabaseKind::sqlite, DatabaseKind::postgresql);

inline std::string database_name(const ::testing::TestParamInfo<DatabaseKind>& info) {
  return info.param == DatabaseKind::sqlite ? "SQLite" : "PostgreSQL";
}

}  // namespace reprise::record
