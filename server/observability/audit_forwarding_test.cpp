// SPDX-License-Identifier: Apache-2.0
#include "server/observability/audit_forwarding.h"

#include <gmock/gmock.h>

#include "fhir/model/json.h"
#include "record/audit/audit_log.h"
#include "record/audit/chain.h"
#include "record/audit/hexadecimal.h"
#include "tests/support/test_database.h"

namespace reprise::server {
namespace {

using record::Try;

constexpr const char* kAddress = "https://logs.example.org/audit";
constexpr std::int64_t kMinute = 60'000'000;

class AuditForwardingTest : public record::OnBothDatabases {
 protected:
  void log(std::size_t count) {
    std::vector<record::AuditEntry> entries(count);
    for (auto& entry : entries) {
      entry.time_us = now_;
      entry.patients = {"pat-1"};
      entry.reason = "what a person wrote";
    }
    ASSERT_TRUE(connection_->begin_writing());
    const auto tail = record::append_entries(*connection_, entries);
    ASSERT_TRUE(tail && connection_->commit());
    tail_ = *tail;
  }
  std::uint64_t forward() {
    const auto done = forward_entries(
        *connection_, kAddress, [this] { return now_; },
        [this](const std::string& text) {
          ++posts_;
          if (answer_.end != Try::End::sent && posts_ >= fails_from_) return answer_;
          for (const Json& entry : Json::parse(text)) taken_.push_back(entry);
          return Try{};
        });
    EXPECT_TRUE(done) << to_string(done.error());
    return done.value_or(0);
  }
  [[nodiscard]] AuditForwarding state() {
    const auto state = forwarding_state(*connection_, kAddress);
    EXPECT_TRUE(state && *state);
    return state && *state ? **state : AuditForwarding{};
  }
  /// The other system has entries 1 to n in order, once each.
  void expect_whole(std::size_t count) {
    ASSERT_EQ(taken_.size(), count);
    for (std::size_t i = 0; i < count; ++i) ASSERT_EQ(taken_[i]["sequence"], i + 1);
  }

  std::unique_ptr<record::Connection> connection_ = database_.open_migrated();
  std::int64_t now_ = 1'800'000'000'000'000;
  record::AuditTail tail_;
  std::vector<Json> taken_;
  Try answer_;
  int posts_ = 0;
  int fails_from_ = 0;
};

TEST_P(AuditForwardingTest, SendsEveryEntryInOrderAndGoesOnWhereItStopped) {
  EXPECT_EQ(forward(), 0U) << "there is no log yet";
  log(1203);
  EXPECT_EQ(forward(), 1203U);
  EXPECT_EQ(posts_, 3) << "in lots";
  expect_whole(1203);
  EXPECT_EQ(taken_.back()["hash"], record::hexadecimal(tail_.hash))
      << "so that it can be compared with a head";
  EXPECT_EQ(taken_.back()["log"], tail_.log_id);
  EXPECT_EQ(forward(), 0U);
  EXPECT_EQ(posts_, 3) << "nothing is new";
  connection_ = database_.open();  // after a restart
  log(2);
  EXPECT_EQ(forward(), 2U);
  expect_whole(1205);
  EXPECT_EQ(state().sequence, 1205U);
}

TEST_P(AuditForwardingTest, EntriesThatLeaveTheMachineHoldIdsAndNoWords) {
  log(1);
  forward();
  ASSERT_EQ(taken_.size(), 1U);
  EXPECT_EQ(taken_[0]["event"]["resourceType"], "AuditEvent");
  EXPECT_THAT(taken_[0].dump(), ::testing::HasSubstr("pat-1"));
  EXPECT_THAT(taken_[0].dump(), ::testing::Not(::testing::HasSubstr("what a person wrote")));
}

TEST_P(AuditForwardingTest, WaitsLongerAfterEachFailureAndReportsSinceWhen) {
  log(700);
  answer_ = {Try::End::failed, "the address answered with the status 503"};
  fails_from_ = 2;
  EXPECT_EQ(forward(), 500U) << "the second lot is not taken";
  const std::int64_t began = now_;
  EXPECT_EQ(state().sequence, 500U);
  EXPECT_EQ(state().failing_since_us, began);
  EXPECT_EQ(state().why, answer_.why);
  now_ += 1;
  forward();
  EXPECT_EQ(posts_, 2) << "too soon";
  now_ += record::wait_after_us(1);
  forward();
  EXPECT_EQ(posts_, 3);
  EXPECT_EQ(state().failing_since_us, began) << "since the first failure";
  now_ += record::wait_after_us(1);
  forward();
  EXPECT_EQ(posts_, 3) << "the second wait is longer";
  answer_ = {};
  now_ += 30 * 24 * 60 * kMinute;
  EXPECT_EQ(forward(), 200U) << "nothing is given up";
  expect_whole(700);
  EXPECT_EQ(state().failing_since_us, 0);
}

TEST_P(AuditForwardingTest, OneProcessSendsAtATimeAndAnotherGoesOnWhereItDied) {
  log(3);
  const auto other = database_.open();
  const auto nested = forward_entries(
      *other, kAddress, [this] { return now_; },
      [this](const std::string&) {
        EXPECT_EQ(forward(), 0U) << "another process forwards";
        return Try{Try::End::stopped, ""};  // as where the process ends in between
      });
  EXPECT_TRUE(nested);
  EXPECT_TRUE(taken_.empty());
  EXPECT_EQ(forward(), 3U);
  // It dies without a word: its claim ends.
  log(1);
  ASSERT_TRUE(
      other->run_script("UPDATE audit_forwarding SET due_us = " + std::to_string(now_ + record::kClaimUs)));
  EXPECT_EQ(forward(), 0U);
  now_ += record::kClaimUs;
  EXPECT_EQ(forward(), 1U);
  // A clock that was far ahead keeps nothing back.
  log(1);
  ASSERT_TRUE(other->run_script("UPDATE audit_forwarding SET due_us = " +
                                std::to_string(now_ + 1000 * 60 * kMinute)));
  EXPECT_EQ(forward(), 1U);
  expect_whole(5);
}

INSTANTIATE_TEST_SUITE_P(On, AuditForwardingTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
