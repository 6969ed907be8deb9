// SPDX-License-Identifier: Apache-2.0
#include "record/outbox/outbox.h"

#include <atomic>
#include <thread>

#include "record/outbox/deliver.h"
#include "record/outbox/mail_address.h"
#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;

TEST(MailAddress, IsPlainAndHasNothingThatEndsALine) {
  for (const char* good :
       {"a@b", "first.last+tag@example.org", "o'neill@xn--bcher-kva.example", "x@192.0.2.1"})
    EXPECT_TRUE(is_mail_address(good)) << good;
  for (const std::string bad : {"",
                                "@",
                                "a@",
                                "@b",
                                "a b@c",
                                "a@b@c",
                                "a@b\r\nBcc: x@y",
                                "a@b\n",
                                "\na@b",
                                "a,b@c",
                                "<a@b>",
                                "A <a@b>",
                                "\"a\"@b",
                                "a@b..c",
                                ".a@b",
                                "a.@b",
                                "a@-b",
                                "a@b-",
                                "å@b",
                                "a@b.",
                                "a(x)@b",
                                "a@[192.0.2.1]",
                                "a;@b",
                                "a@b?x",
                                "a@b/c"})
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  EXPECT_FALSE(is_mail_address(std::string("a@b\0", 4)));
  std::string long_word(67, 'b');
  for (const std::size_t at : {1U, 65U}) {
    long_word[at] = '@';
    EXPECT_FALSE(is_mail_address(long_word)) << at;
    long_word[at] = 'b';
  }
}

TEST(Outbox, WaitsLongerEachTime) {
  EXPECT_EQ(wait_after_us(1), 30'000'000);
  EXPECT_EQ(wait_after_us(2), 60'000'000);
  EXPECT_EQ(wait_after_us(8), 3'600'000'000);
  EXPECT_EQ(wait_after_us(1'000'000), 3'600'000'000);
}

class OutboxTest : public OnBothDatabases {
 protected:
  static constexpr std::int64_t kStart = 1'800'000'000'000'000;

  void queue(const Mail& mail, bool commit = true) {
    ASSERT_TRUE(connection_->begin_writing());
    const auto queued = queue_mail(*connection_, mail, now_);
    ASSERT_TRUE(queued) << to_string(queued.error());
    if (commit) {
      ASSERT_TRUE(connection_->commit());
    } else {
      connection_->rollback();
    }
  }
  std::optional<Settled> deliver(Try::End end) {
    const auto settled = deliver_next(
        *connection_, [this] { return now_; },
        [&](const Message& message) {
          sent_.push_back(message);
          return Try{end, "because"};
        });
    EXPECT_TRUE(settled) << to_string(settled.error());
    return settled ? *settled : std::nullopt;
  }
  std::int64_t number(const char* sql) {
    std::int64_t found = -1;
    EXPECT_TRUE(
        connection_->query(sql, {}, [&](Row row) { return found = std::get<std::int64_t>(row[0]), false; }));
    return found;
  }
  std::int64_t waiting() { return number("SELECT count(*) FROM outbox"); }

  std::int64_t now_ = kStart;
  std::unique_ptr<Connection> connection_ = database_.open_migrated();
  std::vector<Message> sent_;
};

TEST_P(OutboxTest, SendsCommittedMessagesOnceAndDeletesThem) {
  queue({"never@example.org", "rolled back", "x"}, false);
  queue({"a@example.org", "Grüße", "First line\nsecond, with å\n", "<p>First line</p>\n"});
  ASSERT_TRUE(deliver(Try::End::sent));
  ASSERT_EQ(sent_.size(), 1U);
  EXPECT_EQ(sent_[0].recipient, "a@example.org");
  EXPECT_EQ(sent_[0].subject, "Grüße");
  EXPECT_EQ(sent_[0].body, "First line\nsecond, with å\n");
  EXPECT_EQ(sent_[0].html, "<p>First line</p>\n");
  EXPECT_EQ(sent_[0].kind, MessageKind::mail);
  EXPECT_FALSE(deliver(Try::End::sent));
  EXPECT_EQ(waiting(), 0) << "a sent message may hold a link that grants access";
}

TEST_P(OutboxTest, TriesAgainWithGrowingWaitsForADay) {
  queue({"a@example.org", "s", "t"});
  std::vector<std::int64_t> at;
  while (waiting() > 0 && at.size() < 1000) {
    now_ = number("SELECT min(due_us) FROM outbox") - 1;
    EXPECT_FALSE(deliver(Try::End::failed)) << "it is not due yet";
    ++now_;
    const auto settled = deliver(Try::End::failed);
    ASSERT_TRUE(settled);
    EXPECT_EQ(settled->end, waiting() > 0 ? Settled::End::waits : Settled::End::given_up);
    at.push_back(now_ - kStart);
  }
  ASSERT_GT(at.size(), 25U);
  EXPECT_LT(at.size(), 40U);
  EXPECT_EQ(at[1] - at[0], 30'000'000);
  EXPECT_EQ(at[3] - at[2], 120'000'000);
  EXPECT_EQ(at.back(), kGiveUpUs);
}

TEST_P(OutboxTest, APushMessageWaitsAsItsServiceAsksAndIsDroppedAfterTwoHours) {
  ASSERT_TRUE(connection_->begin_writing());
  ASSERT_TRUE(queue_push(*connection_, "0123", "exercises", now_));
  ASSERT_TRUE(connection_->commit());
  const auto busy = [&](std::chrono::seconds asked) {
    const auto settled = deliver_next(
        *connection_, [this] { return now_; },
        [&](const Message& message) {
          EXPECT_EQ(message.kind, MessageKind::push);
          EXPECT_EQ(message.recipient, "0123");
          EXPECT_EQ(message.body, "exercises");
          return Try{Try::End::failed, "429", in_us(asked)};
        });
    EXPECT_TRUE(settled && *settled);
    return (*settled)->end;
  };
  const auto due = [&] { return number("SELECT min(due_us) FROM outbox"); };
  EXPECT_EQ(busy(std::chrono::minutes{10}), Settled::End::waits);
  EXPECT_EQ(due(), kStart + in_us(std::chrono::minutes{10}));
  now_ = due();
  EXPECT_EQ(busy(std::chrono::hours{1000}), Settled::End::waits);
  EXPECT_EQ(due(), now_ + kLongestWaitUs) << "a service cannot ask for any time";
  now_ = due();
  EXPECT_EQ(busy(std::chrono::hours{1000}), Settled::End::waits);
  EXPECT_EQ(due(), kStart + kGiveUpPushUs);
  now_ = due();
  EXPECT_EQ(busy(std::chrono::seconds{0}), Settled::End::given_up);
  EXPECT_EQ(waiting(), 0);
}

TEST_P(OutboxTest, GivesUpAtOnceAfterAPermanentRefusal) {
  queue({"unknown@example.org", "s", "t"});
  const auto settled = deliver(Try::End::refused);
  ASSERT_TRUE(settled);
  EXPECT_EQ(settled->end, Settled::End::given_up);
  EXPECT_EQ(waiting(), 0);
}

TEST_P(OutboxTest, KeepsInterruptedMessagesForTheNextStart) {
  queue({"a@example.org", "s", "t"});
  EXPECT_EQ(deliver(Try::End::stopped)->end, Settled::End::stopped);
  EXPECT_EQ(deliver(Try::End::sent)->end, Settled::End::sent);
  EXPECT_EQ(sent_[1].tries, 0);
}

// As after a crash while sending.
TEST_P(OutboxTest, TakesAClaimBackWhenItHasEnded) {
  queue({"a@example.org", "s", "t"});
  const auto other = database_.open();
  const auto nested = deliver_next(
      *connection_, [this] { return now_; },
      [&](const Message&) {
        const auto taken = deliver_next(
            *other, [this] { return now_ + kClaimUs - 1; }, [](const Message&) { return Try{}; });
        EXPECT_TRUE(taken);
        EXPECT_FALSE(*taken) << "another process took a claimed message";
        const auto later = deliver_next(
            *other, [this] { return now_ + kClaimUs; }, [](const Message&) { return Try{}; });
        EXPECT_TRUE(later && *later);
        return Try{};
      });
  EXPECT_TRUE(nested);
  EXPECT_EQ(waiting(), 0);
}

TEST_P(OutboxTest, SeveralProcessesSendNothingTwice) {
  constexpr int kMails = 60;
  for (int i = 0; i < kMails; ++i) queue({"a" + std::to_string(i) + "@example.org", "s", "t"});
  std::vector<std::atomic<int>> sent(kMails);
  std::atomic<int> all = 0;
  std::vector<std::thread> processes;
  for (int i = 0; i < 3; ++i) {
    processes.emplace_back([&] {
      const auto connection = database_.open();
      for (int tries = 0; all < kMails && tries < 10'000; ++tries) {
        static_cast<void>(deliver_next(
            *connection, [this] { return now_; },
            [&](const Message& message) {
              ++sent[std::stoul(message.recipient.substr(1))];
              ++all;
              return Try{};
            }));
      }
    });
  }
  for (auto& one : processes) one.join();
  for (int i = 0; i < kMails; ++i) EXPECT_EQ(sent[i], 1) << i;
}

TEST_P(OutboxTest, RefusesHeaderInjection) {
  ASSERT_TRUE(connection_->begin_writing());
  for (const Mail& bad : std::vector<Mail>{{"a@b\r\nBcc: x@example.org", "s", "t"},
                                           {"a@b, x@example.org", "s", "t"},
                                           {"a@b", "s\r\nBcc: x@example.org", "t"},
                                           {"a@b", "s\nx", "t"},
                                           {"a@b", "s\xff", "t"},
                                           {"a@b", "", "t"},
                                           {"a@b", "s", ""},
                                           {"a@b", "s", "a\r\n.\r\nMAIL FROM:<x@y>"},
                                           {"a@b", "s", std::string("a\0", 2)},
                                           {"a@b", "s", "t", "<p>\r\n.\r\nMAIL FROM:<x@y>"},
                                           {"a@b", "s", "t", "\xff"},
                                           {"a@b", "s", "t", std::string(100'001, 'x')},
                                           {"a@b", std::string(501, 's'), "t"}}) {
    const auto queued = queue_mail(*connection_, bad, now_);
    ASSERT_FALSE(queued);
    EXPECT_EQ(queued.error().code, ErrorCode::invalid_argument);
  }
  ASSERT_TRUE(queue_post(*connection_, "https://example.org/heads", "x", now_));
  ASSERT_TRUE(connection_->commit());
  ASSERT_TRUE(deliver(Try::End::sent));
  EXPECT_EQ(sent_[0].kind, MessageKind::post);
}

INSTANTIATE_TEST_SUITE_P(On, OutboxTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
