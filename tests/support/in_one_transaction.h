// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>

#include "tests/support/test_database.h"

namespace reprise::record {

/// A fixture whose tests share a database, each in a transaction that is rolled back. Creating the tables
/// takes longer than the tests.
class InOneTransaction : public ::testing::TestWithParam<DatabaseKind> {
 protected:
  void SetUp() override { ASSERT_TRUE(connection_->begin_writing()); }
  void TearDown() override { connection_->rollback(); }

  Connection* const connection_ = &shared(GetParam());

 private:
  struct Opened {
    TestDatabase database;
    std::unique_ptr<Connection> connection;
    explicit Opened(DatabaseKind kind) : database(kind), connection(database.open_migrated()) {}
  };
  static Connection& shared(DatabaseKind kind) {
    static std::map<DatabaseKind, Opened> all;
    return *all.try_emplace(kind, kind).first->second.connection;
  }
};

}  // namespace reprise::record
