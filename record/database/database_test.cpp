// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <limits>
#include <string>
#include <thread>

#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

using ::testing::HasSubstr;

class DatabaseTest : public OnBothDatabases {
 protected:
  void make_table() {
    ASSERT_TRUE(connection_->run_script(
        "CREATE TABLE thing (number BIGINT PRIMARY KEY, name TEXT, size DOUBLE PRECISION)"));
  }
  void put(std::int64_t number, std::string_view name) {
    const std::array<Value, 2> row = {number, name};
    const auto done = connection_->execute("INSERT INTO thing (number, name) VALUES ($1, $2)", row);
    ASSERT_TRUE(done) << to_string(done.error());
  }
  static std::int64_t count(Connection& connection) {
    std::int64_t found = -1;
    const auto done = connection.query("SELECT count(*) FROM thing", {}, [&](Row row) {
      found = std::get<std::int64_t>(row[0]);
      return true;
    });
    EXPECT_TRUE(done) << to_string(done.error());
    return found;
  }

  std::unique_ptr<Connection> connection_ = database_.open();
};

TEST_P(DatabaseTest, ReturnsTheWrittenValues) {
  make_table();
  const double infinite = std::numeric_limits<double>::infinity();
  const std::array<Value, 9> rows = {std::int64_t{1},
                                     std::string_view{"Åse's \"x\"; DROP TABLE thing"},
                                     0.1,
                                     std::numeric_limits<std::int64_t>::max(),
                                     std::monostate{},
                                     -infinite,
                                     std::int64_t{-5},
                                     std::string_view{""},
                                     1e300};
  ASSERT_TRUE(connection_->insert("thing", "number, name, size", 3, rows));
  std::vector<std::string> names;
  std::vector<double> sizes;
  const auto read = connection_->query("SELECT name, size FROM thing ORDER BY number", {}, [&](Row row) {
    names.push_back(row[0].index() == 0 ? "(null)" : std::string{std::get<std::string_view>(row[0])});
    sizes.push_back(std::get<double>(row[1]));
    return true;
  });
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_THAT(names, ::testing::ElementsAre("", "Åse's \"x\"; DROP TABLE thing", "(null)"));
  EXPECT_THAT(sizes, ::testing::ElementsAre(1e300, 0.1, -infinite));
}

TEST_P(DatabaseTest, InsertsMoreRowsThanAStatementTakes) {
  make_table();
  std::vector<Value> rows;
  for (std::int64_t i = 0; i < 1001; ++i) rows.insert(rows.end(), {i, std::string_view{"n"}});
  ASSERT_TRUE(connection_->insert("thing", "number, name", 2, rows));
  EXPECT_EQ(count(*connection_), 1001);
}

TEST_P(DatabaseTest, StopsReadingWhenEnoughIsSeen) {
  make_table();
  for (std::int64_t i = 0; i < 5; ++i) put(i, "n");
  int seen = 0;
  ASSERT_TRUE(connection_->query("SELECT number FROM thing", {}, [&](Row) { return ++seen < 2; }));
  EXPECT_EQ(seen, 2);
  put(9, "and goes on");
}

TEST_P(DatabaseTest, KeepsNothingOfATransactionThatIsRolledBack) {
  make_table();
  ASSERT_TRUE(connection_->begin_writing());
  put(1, "one");
  connection_->rollback();
  EXPECT_EQ(count(*connection_), 0);
  ASSERT_TRUE(connection_->begin_writing());
  put(2, "two");
  ASSERT_TRUE(connection_->commit());
  EXPECT_EQ(count(*database_.open()), 1);
}

TEST_P(DatabaseTest, UndoesAPartOfATransactionAlone) {
  make_table();
  ASSERT_TRUE(connection_->begin_writing());
  put(1, "kept");
  ASSERT_TRUE(connection_->set_savepoint());
  put(2, "undone");
  const std::array<Value, 1> again = {std::int64_t{1}};
  const auto refused = connection_->execute("INSERT INTO thing (number) VALUES ($1)", again);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  ASSERT_TRUE(connection_->undo_to_savepoint());
  ASSERT_TRUE(connection_->set_savepoint());
  put(3, "kept");
  ASSERT_TRUE(connection_->release_savepoint());
  ASSERT_TRUE(connection_->commit());
  EXPECT_EQ(count(*connection_), 2);
}

TEST_P(DatabaseTest, SeesOneStateWhileItReads) {
  make_table();
  const auto reader = database_.open();
  ASSERT_TRUE(reader->begin_reading());
  EXPECT_EQ(count(*reader), 0);
  put(1, "meanwhile");
  EXPECT_EQ(count(*reader), 0);
  ASSERT_TRUE(reader->commit());
  EXPECT_EQ(count(*reader), 1);
}

TEST_P(DatabaseTest, RepeatsNothingOfAValueInAnError) {
  make_table();
  const std::array<Value, 2> row = {std::string_view{"Secret"}, std::string_view{"Secret"}};
  put(1, "Secret");
  for (const char* sql : {"INSERT INTO thing (number, name) VALUES (1, $1 || $2)",
                          "SELECT nothing FROM thing WHERE name = $1 || $2"}) {
    const auto refused = connection_->execute(sql, row);
    ASSERT_FALSE(refused);
    EXPECT_THAT(to_string(refused.error()), Not(HasSubstr("Secret")));
  }
}

TEST_P(DatabaseTest, BringsAnEmptyDatabaseToTodaysTablesOnce) {
  ASSERT_TRUE(migrate(*connection_));
  const auto again = migrate(*database_.open());
  EXPECT_TRUE(again) << to_string(again.error());
  EXPECT_TRUE(connection_->execute("DELETE FROM resource", {}));
}

TEST_P(DatabaseTest, LetsSeveralBringTheSameDatabaseToTodaysTables) {
  std::vector<std::thread> several;
  std::array<Result<void>, 4> results;
  for (auto& result : results) several.emplace_back([&, this] { result = migrate(*database_.open()); });
  for (auto& one : several) one.join();
  for (const auto& result : results) EXPECT_TRUE(result) << to_string(result.error());
}

TEST_P(DatabaseTest, LeavesADatabaseOfANewerVersionAlone) {
  ASSERT_TRUE(migrate(*connection_));
  ASSERT_TRUE(connection_->execute("UPDATE schema_version SET version = 999", {}));
  const auto refused = migrate(*connection_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_THAT(refused.error().cause, HasSubstr("version 999"));
}

INSTANTIATE_TEST_SUITE_P(On, DatabaseTest, kBothDatabases, database_name);

TEST(Sqlite, KeepsNothingReadableInItsFiles) {
  const TestDatabase database{DatabaseKind::sqlite};
  const auto connection = database.open();
  ASSERT_TRUE(
      connection->run_script("CREATE TABLE t (name TEXT); INSERT INTO t VALUES ('Chalmers Peter James')"));
  for (const char* file : {"record.db", "record.db-wal"}) {
    const std::string bytes = get_file(database.folder() / file);
    EXPECT_THAT(bytes, Not(HasSubstr("Chalmers"))) << file;
    EXPECT_THAT(bytes, Not(HasSubstr("SQLite format"))) << file;
    EXPECT_EQ(std::filesystem::status(database.folder() / file).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }
}

TEST(Sqlite, RefusesAnotherKey) {
  const TestDatabase database{DatabaseKind::sqlite};
  ASSERT_TRUE(database.open()->run_script("CREATE TABLE t (name TEXT)"));
  SqliteOptions other = database.sqlite();
  other.key.fill(8);
  const auto refused = open_sqlite(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::corrupt);
  EXPECT_THAT(refused.error().cause, HasSubstr("its key is another one"));
}

TEST(Sqlite, FindsADamagedPage) {
  const TestDatabase database{DatabaseKind::sqlite};
  {
    const auto connection = database.open_migrated();
    std::vector<Value> rows;
    for (std::int64_t i = 0; i < 2000; ++i)
      rows.insert(rows.end(), {i, std::int64_t{1}, std::int64_t{0}, std::string_view{"urn:x"}});
    ASSERT_TRUE(connection->insert("uri_index", "pk, param, place, uri", 4, rows));
  }
  ASSERT_TRUE(check_sqlite(database.sqlite()));
  std::string bytes = get_file(database.sqlite().file);
  bytes[bytes.size() - 3000] = static_cast<char>(bytes[bytes.size() - 3000] ^ 1);
  put_file(database.sqlite().file, bytes);
  const auto found = check_sqlite(database.sqlite());
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::corrupt);
}

TEST(Sqlite, CopiesADatabaseThatIsInUse) {
  const TestDatabase database{DatabaseKind::sqlite};
  const auto connection = database.open();
  ASSERT_TRUE(connection->run_script("CREATE TABLE t (name TEXT); INSERT INTO t VALUES ('before')"));
  SqliteOptions copy = database.sqlite();
  copy.file = database.folder() / "copy.db";
  int told = 0;
  ASSERT_TRUE(copy_sqlite(database.sqlite(), copy.file, [&](int, int all) { told = all; }));
  EXPECT_GT(told, 0);
  ASSERT_TRUE(connection->run_script("INSERT INTO t VALUES ('after')"));
  EXPECT_THAT(get_file(copy.file), Not(HasSubstr("SQLite format")));
  auto copied = open_sqlite(copy);
  ASSERT_TRUE(copied);
  EXPECT_EQ((*copied)->execute("DELETE FROM t", {}).value_or(-1), 1);
  EXPECT_FALSE(copy_sqlite(database.sqlite(), copy.file, [](int, int) {})) << "overwrote a file";
}

TEST(Sqlite, IsEncryptedAnewWithAnotherKeyAndCipher) {
  const TestDatabase database{DatabaseKind::sqlite};
  SqliteOptions options = database.sqlite();
  ASSERT_TRUE((*open_sqlite(options))->run_script("CREATE TABLE t (name TEXT); INSERT INTO t VALUES ('x')"));
  KeyFile next{options.key, false};
  for (const Cipher cipher : {Cipher::aegis_256, Cipher::chacha20_poly1305, Cipher::aegis_256}) {
    next.key.front() ^= 1;
    next.cipher = cipher;
    const auto done = rekey_sqlite(options, next);
    ASSERT_TRUE(done) << to_string(done.error());
    EXPECT_EQ(open_sqlite(options).error().code, ErrorCode::corrupt) << "the old key still opens it";
    options.key = next.key;
    options.cipher = cipher;
    EXPECT_TRUE(check_sqlite(options));
    EXPECT_EQ((*open_sqlite(options))->execute("UPDATE t SET name = name", {}).value_or(-1), 1);
  }
}

TEST(Sqlite, ReportsProblemsOfItsFolder) {
  SqliteOptions options;
  options.file = "/nonexistent/record.db";
  const auto refused = open_sqlite(options);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unwritable);
}

TEST(Postgres, IsUsedAgainAfterItsServerWasGone) {
  const TestDatabase database{DatabaseKind::postgresql};
  const auto connection = database.open_migrated();
  ASSERT_TRUE(connection->begin_writing());
  kill_private_postgres();
  const auto gone = connection->execute("DELETE FROM resource", {});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().code, ErrorCode::unavailable);
  EXPECT_FALSE(connection->commit()) << "half a transaction was taken for a whole";
  restart_private_postgres();
  ASSERT_TRUE(connection->begin_writing());
  EXPECT_TRUE(connection->execute("DELETE FROM resource", {}));
  EXPECT_TRUE(connection->commit());
}

TEST(Postgres, IsProtectedOnThisMachineOrByTlsAlone) {
  for (const char* address :
       {"postgresql:///reprise", "postgresql://u@localhost/d", "postgresql://u@127.0.0.1,[::1]/d",
        "postgresql:///d?host=/run/postgresql", "postgresql://u@db.example/d?sslmode=verify-full",
        "host=db.example hostaddr=127.0.0.1 dbname=d"}) {
    EXPECT_TRUE(is_protected(address)) << address;
  }
  for (const char* address :
       {"postgresql://u@db.example/d", "postgresql://u@localhost,db.example/d",
        "postgresql:///d?host=db.example", "postgresql://u@db.example/d?sslmode=require",
        "postgresql://u@db.example/d?sslmode=prefer", "host=localhost hostaddr=192.0.2.1",
        "host=localhost.example", "postgresql://["}) {
    EXPECT_FALSE(is_protected(address)) << address;
  }
}

TEST(Postgres, ReportsAMissingServer) {
  const auto refused = open_postgres({.address = "host=/nonexistent dbname=x", .schema = "public"});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace reprise::record
