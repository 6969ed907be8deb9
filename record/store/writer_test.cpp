// SPDX-License-Identifier: Apache-2.0
#include "record/store/writer.h"

#include <array>
#include <future>

#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

class WriterTest : public OnBothDatabases {
 protected:
  static std::optional<Refusal> add(const WriteTransaction& session, std::int64_t number) {
    const std::array<Value, 1> row = {number};
    const auto done = session.connection.execute("INSERT INTO thing (number) VALUES ($1)", row);
    return done ? std::nullopt : std::optional{refuse(done.error()).value()};
  }
  std::int64_t count() {
    std::int64_t found = -1;
    EXPECT_TRUE(connection_->query("SELECT count(*) FROM thing", {}, [&](Row row) {
      found = std::get<std::int64_t>(row[0]);
      return false;
    }));
    return found;
  }
  void SetUp() override {
    ASSERT_TRUE(connection_->run_script("CREATE TABLE thing (number BIGINT PRIMARY KEY)"));
  }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
  AuditTrail trail_{{}};
};

TEST_P(WriterTest, WritesEachJobAtomically) {
  std::vector<std::future<bool>> answers;
  {
    Writer writer{database_.open(), trail_, {}};
    for (std::int64_t i = 0; i < 100; ++i) {
      auto promise = std::make_shared<std::promise<bool>>();
      answers.push_back(promise->get_future());
      writer.submit(
          {[i](const WriteTransaction& session) -> std::optional<Refusal> {
             if (auto refusal = add(session, i)) return refusal;
             if (i % 10 != 3) return {};
             return refuse(RefusalKind::invalid, fhir::IssueType::business_rule, "not this one").value();
           },
           [promise](const std::optional<Refusal>& refusal) { promise->set_value(!refusal); }});
    }
  }
  int accepted = 0;
  for (auto& answer : answers) accepted += answer.get() ? 1 : 0;
  EXPECT_EQ(accepted, 90);
  EXPECT_EQ(count(), 90);
}

TEST_P(WriterTest, GivesEachNewResourceAKeyOfItsOwn) {
  std::vector<std::int64_t> keys;
  for (int writers = 0; writers < 2; ++writers) {
    Writer writer{database_.open(), trail_, {}};
    for (int i = 0; i < 10; ++i) {
      writer.submit({[&](const WriteTransaction& session) -> std::optional<Refusal> {
                       keys.push_back(session.take_pk());
                       return {};
                     },
                     [](const std::optional<Refusal>&) {}});
    }
  }
  std::sort(keys.begin(), keys.end());
  EXPECT_EQ(std::unique(keys.begin(), keys.end()), keys.end());
  EXPECT_EQ(keys.size(), 20U);
  EXPECT_GT(keys.front(), 0);
}

TEST_P(WriterTest, TriesAgainWhereAnotherProcessWasInTheWay) {
  std::promise<std::optional<Refusal>> ended;
  int runs = 0;
  Writer writer{database_.open(), trail_, {}};
  writer.submit({[&](const WriteTransaction& session) -> std::optional<Refusal> {
                   if (auto refusal = add(session, 1)) return refusal;
                   if (++runs < 3)
                     return refuse(Error{ErrorCode::conflict, "test", "in the way", "again"}).value();
                   return {};
                 },
                 [&](std::optional<Refusal> refusal) { ended.set_value(std::move(refusal)); }});
  EXPECT_FALSE(ended.get_future().get());
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(count(), 1);
}

TEST_P(WriterTest, CallsBackOnceCommittedAndNotForWhatIsUndone) {
  std::vector<std::int64_t> seen;
  int runs = 0;
  {
    Writer writer{database_.open(), trail_, {}};
    writer.submit({[&](const WriteTransaction& session) -> std::optional<Refusal> {
                     session.after_commit.emplace_back([&] { seen.push_back(count()); });
                     if (auto refusal = add(session, 1)) return refusal;
                     if (++runs < 2)
                       return refuse(Error{ErrorCode::conflict, "test", "in the way", "again"}).value();
                     return {};
                   },
                   [&](const std::optional<Refusal>&) { seen.push_back(-1); }});
    writer.submit(
        {[&](const WriteTransaction& session) -> std::optional<Refusal> {
           session.after_commit.emplace_back([&] { seen.push_back(99); });
           return refuse(RefusalKind::invalid, fhir::IssueType::business_rule, "not this one").value();
         },
         [](const std::optional<Refusal>&) {}});
  }
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(seen, (std::vector<std::int64_t>{1, -1}));
}

TEST_P(WriterTest, RefusesWhatItCannotTakeAtOnce) {
  std::promise<void> go;
  std::promise<void> started;
  int refused = 0;
  {
    Writer writer{database_.open(), trail_, {.most_waiting = 3, .most_together = 1}};
    writer.submit({[&](const WriteTransaction&) -> std::optional<Refusal> {
                     started.set_value();
                     go.get_future().wait();
                     return {};
                   },
                   [](const std::optional<Refusal>&) {}});
    started.get_future().wait();
    for (int i = 0; i < 5; ++i) {
      writer.submit({[](const WriteTransaction&) -> std::optional<Refusal> { return {}; },
                     [&](const std::optional<Refusal>& refusal) {
                       refused += refusal && refusal->kind == RefusalKind::unavailable;
                     }});
    }
    EXPECT_EQ(refused, 2);
    EXPECT_EQ(writer.waiting(), 3U);
    go.set_value();
  }
  EXPECT_EQ(refused, 2) << "what waited was not finished";
}

INSTANTIATE_TEST_SUITE_P(On, WriterTest, kBothDatabases, database_name);

TEST(Writer, ReportsALostDatabase) {
  const TestDatabase database{DatabaseKind::postgresql};
  ASSERT_TRUE(migrate(*database.open()));
  const auto write_once = [](Writer& writer) {
    std::promise<std::optional<Refusal>> ended;
    writer.submit({[](const WriteTransaction& session) -> std::optional<Refusal> {
                     const auto done = session.connection.execute("DELETE FROM resource", {});
                     return done ? std::nullopt : std::optional{refuse(done.error()).value()};
                   },
                   [&](std::optional<Refusal> refusal) { ended.set_value(std::move(refusal)); }});
    return ended.get_future().get();
  };
  AuditTrail trail{{}};
  Writer writer{database.open(), trail, {}};
  EXPECT_FALSE(write_once(writer));
  kill_private_postgres();
  const auto refusal = write_once(writer);
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->kind, RefusalKind::unavailable);
  restart_private_postgres();
  EXPECT_FALSE(write_once(writer)) << "it did not recover";
}

}  // namespace
}  // namespace reprise::record
