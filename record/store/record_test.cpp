#include "record/store/record.h"

#include <array>

#include "tests/support/test_record.h"

namespace reprise::record {
namespace {

class RecordTest : public OnBothDatabases {
 protected:
  static std::optional<Refusal> create(Record& record, const std::string& text) {
    std::promise<std::optional<Refusal>> ended;
    const Context context{record.numbers(), true, {}, {}};
    auto ready = make_ready(
        Operation{
            .verb = Verb::create, .type = "Patient", .id = {}, .condition = {}, .state = {}, .body = text},
        context);
    if (!ready) return ready.error();
    record.write({[&](const WriteSession& session) -> std::optional<Refusal> {
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

TEST_P(RecordTest, KeepsWhatWasWrittenWhenItIsOpenedAgain) {
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

TEST_P(RecordTest, IndexesAnewWhatANewDefinitionFinds) {
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
