// SPDX-License-Identifier: Apache-2.0
#include "record/store/record.h"

#include <gmock/gmock.h>

#include <array>

#include "tests/support/test_record.h"

namespace reprise::record {
namespace {

class RecordTest : public OnBothDatabases {
 protected:
  static std::optional<Refusal> create(Record& record, const std::string& text) {
    std::promise<std::optional<Refusal>> ended;
    const Context context{record.index_ids(), true, {}, {}};
    auto ready = make_ready(
        Operation{
            .verb = Verb::create, .type = "Patient", .id = {}, .condition = {}, .state = {}, .body = text},
        context);
    if (!ready) return ready.error();
    record.write({[&](const WriteTransaction& session) -> std::optional<Refusal> {
                    std::vector<Target> references;
                    const auto done = perform(session, context, *ready, references);
                    return done ? std::nullopt : std::optional{done.error()};
                  },
                  [&](std::optional<Refusal> refusal) { ended.set_value(std::move(refusal)); }});
    return ended.get_future().get();
  }
  static std::int64_t count(Connection& connection, std::string_view sql) {
    std::int64_t found = -1;
    EXPECT_TRUE(connection.query(sql, {}, [&](Row row) {
      found = std::get<std::int64_t>(row[0]);
      return false;
    }));
    return found;
  }
};

TEST_P(RecordTest, KeepsResourcesAfterReopening) {
  for (int openings = 1; openings < 3; ++openings) {
    const auto record = open_record(record_options(database_));
    EXPECT_FALSE(create(*record, R"({"resourceType":"Patient","name":[{"family":"Example"}]})"));
    std::promise<std::int64_t> counted;
    ASSERT_TRUE(record->read([&](Connection& connection) {
      counted.set_value(count(connection, "SELECT count(*) FROM resource"));
    }));
    EXPECT_EQ(counted.get_future().get(), openings);
  }
}

// What docs/operations/server.md grants the server's account.
TEST(RecordOnPostgres, IsServedByAnAccountThatOwnsNothing) {
  const TestDatabase database{DatabaseKind::postgresql};
  const auto owner = database.open();
  const std::string schema = database.postgres().schema;
  const std::string role = "server_of_" + schema;
  ASSERT_TRUE(owner->run_script("CREATE ROLE " + role + "; GRANT USAGE ON SCHEMA " + schema + " TO " + role +
                                "; ALTER DEFAULT PRIVILEGES IN SCHEMA " + schema +
                                " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO " + role));
  const bool url = database.postgres().address.find("://") != std::string::npos;
  RecordOptions options;
  options.database = PostgresOptions{database.postgres().address + (url ? "&options=-c%20role%3D" + role
                                                                        : " options='-c role=" + role + "'"),
                                     schema};
  const auto remedy = [&] {
    const auto opened = Record::open(options, [](std::string_view) {});
    return opened ? std::string{"it was opened"} : to_string(opened.error());
  };
  EXPECT_THAT(remedy(), ::testing::HasSubstr("reprise record migrate")) << "there are no tables yet";
  { ASSERT_TRUE(open_record(record_options(database))) << "by the owner"; }
  {
    const auto opened = Record::open(options, [](std::string_view) {});
    ASSERT_TRUE(opened) << to_string(opened.error());
    const std::string name = R"({"resourceType":"Patient","name":[{"family":"Example"}]})";
    std::promise<std::optional<Refusal>> ended;
    const Context context{(*opened)->index_ids(), true, {}, {}};
    auto ready = make_ready(
        Operation{
            .verb = Verb::create, .type = "Patient", .id = {}, .condition = {}, .state = {}, .body = name},
        context);
    ASSERT_TRUE(ready);
    (*opened)->write({[&](const WriteTransaction& session) -> std::optional<Refusal> {
                        std::vector<Target> references;
                        const auto done = perform(session, context, *ready, references);
                        return done ? std::nullopt : std::optional{done.error()};
                      },
                      [&](std::optional<Refusal> refusal) { ended.set_value(std::move(refusal)); }});
    EXPECT_FALSE(ended.get_future().get());
  }
  auto own = open_postgres(std::get<PostgresOptions>(options.database));
  ASSERT_TRUE(own);
  for (const char* statement :
       {"CREATE TABLE more (a INT)", "DROP TABLE resource", "ALTER TABLE resource ADD a INT",
        "TRUNCATE audit_entry", "CREATE INDEX more ON resource (id)"}) {
    const auto refused = (*own)->run_script(statement);
    ASSERT_FALSE(refused) << statement;
    EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument) << statement;
  }
  ASSERT_TRUE(owner->run_script(
      "UPDATE schema_version SET version = version - 1; ALTER TABLE outbox DROP COLUMN html"));
  EXPECT_THAT(remedy(), ::testing::HasSubstr("reprise record migrate")) << "they are too old";
  { ASSERT_TRUE(open_record(record_options(database))) << "by the owner"; }
  EXPECT_EQ(remedy(), "it was opened");
  ASSERT_TRUE(owner->run_script("DROP OWNED BY " + role + "; DROP ROLE " + role));
}

TEST_P(RecordTest, ReindexesForANewDefinition) {
  EXPECT_FALSE(create(*open_record(record_options(database_)),
                      R"({"resourceType":"Patient","name":[{"family":"Example"}]})"));
  const auto connection = database_.open();
  const auto rows = count(*connection, "SELECT count(*) FROM text_index");
  EXPECT_GT(rows, 0);
  ASSERT_TRUE(connection->execute("DELETE FROM text_index", {}));
  ASSERT_TRUE(connection->execute(
      "UPDATE search_parameter SET definition = 'an older one' WHERE resource_type = 'Patient' "
      "AND code = 'family'",
      {}));
  std::string told;
  ASSERT_TRUE(Record::open(record_options(database_), [&](std::string_view what) { told = what; }));
  EXPECT_EQ(told, "indexing Patient anew: 1 resources");
  EXPECT_EQ(count(*connection, "SELECT count(*) FROM text_index"), rows);
}

TEST_P(RecordTest, LetsTwoProcessesWriteAtOnce) {
  if (GetParam() == DatabaseKind::sqlite) GTEST_SKIP() << "SQLite has one process that writes";
  const auto one = open_record(record_options(database_));
  const auto other = open_record(record_options(database_));
  std::array<std::thread, 2> threads;
  std::array<int, 2> refused{};
  for (std::size_t i = 0; i < threads.size(); ++i) {
    threads[i] = std::thread{[&, i] {
      for (int n = 0; n < 30; ++n) {
        if (create(i == 0 ? *one : *other, R"({"resourceType":"Patient","active":true})")) ++refused[i];
      }
    }};
  }
  for (auto& thread : threads) thread.join();
  EXPECT_THAT(refused, ::testing::ElementsAre(0, 0));
  EXPECT_EQ(count(*database_.open(), "SELECT count(*) FROM resource"), 60);
}

INSTANTIATE_TEST_SUITE_P(On, RecordTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
