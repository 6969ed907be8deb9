// SPDX-License-Identifier: Apache-2.0
#include "server/mail/sender.h"

#include <future>

#include "record/outbox/outbox.h"
#include "tests/support/test_database.h"

namespace reprise::server::mail {
namespace {

using record::Settled;
using record::Try;

class SenderTest : public record::OnBothDatabases {
 protected:
  void queue(const std::string& to) {
    ASSERT_TRUE(connection_->begin_writing());
    ASSERT_TRUE(record::queue_mail(*connection_, {to, "s", "t"}, 1'700'000'000'000'000));
    ASSERT_TRUE(connection_->commit());
  }
  SenderOptions options() {
    return {.connect = [this]() -> Result<std::unique_ptr<record::Connection>> { return database_.open(); },
            .send = [](const record::Message&, const std::atomic<bool>&) { return Try{}; },
            .on_settled = [](const Settled&) {},
            .warn = [](const Error& error) { ADD_FAILURE() << to_string(error); },
            .each_minute = [](record::Connection&) { return Result<void>{}; }};
  }
  std::int64_t waiting() {
    std::int64_t count = -1;
    EXPECT_TRUE(connection_->query("SELECT count(*) FROM outbox", {}, [&](record::Row row) {
      return count = std::get<std::int64_t>(row[0]), false;
    }));
    return count;
  }

  std::unique_ptr<record::Connection> connection_ = database_.open_migrated();
};

TEST_P(SenderTest, SendsMessagesQueuedBeforeAndWhileItRuns) {
  queue("before@example.org");
  std::promise<void> first;
  std::promise<void> second;
  auto with = options();
  with.on_settled = [&](const Settled& settled) {
    EXPECT_EQ(settled.end, Settled::End::sent);
    static std::atomic<int> told;
    (told++ % 2 == 0 ? first : second).set_value();
  };
  const Sender sender{std::move(with)};
  first.get_future().wait();
  queue("while@example.org");
  second.get_future().wait();
  EXPECT_EQ(waiting(), 0);
}

TEST_P(SenderTest, EndsAtOnceWhileAServerHangs) {
  queue("a@example.org");
  std::promise<void> under_way;
  auto with = options();
  with.send = [&](const record::Message&, const std::atomic<bool>& stop) {
    under_way.set_value();
    while (!stop) std::this_thread::yield();
    return Try{Try::End::stopped, "the server stops"};
  };
  auto sender = std::make_unique<Sender>(std::move(with));
  under_way.get_future().wait();
  sender.reset();
  EXPECT_EQ(waiting(), 1) << "it is sent after the next start";
  std::promise<void> sent;
  with = options();
  with.on_settled = [&](const Settled&) { sent.set_value(); };
  const Sender again{std::move(with)};
  sent.get_future().wait();
}

TEST_P(SenderTest, ReportsDatabaseErrors) {
  std::promise<std::string> said;
  auto with = options();
  with.connect = []() -> Result<std::unique_ptr<record::Connection>> {
    return fail(ErrorCode::unavailable, "test", "no database", "none");
  };
  with.warn = [&](const Error& error) { said.set_value(error.cause); };
  const Sender sender{std::move(with)};
  EXPECT_EQ(said.get_future().get(), "no database");
}

INSTANTIATE_TEST_SUITE_P(On, SenderTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server::mail
