// SPDX-License-Identifier: Apache-2.0
#include "server/observability/audit_heads.h"

#include <gmock/gmock.h>

#include "record/audit/anchor_file.h"
#include "record/audit/head_text.h"
#include "record/outbox/deliver.h"
#include "tests/support/test_database.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kHour = 3'600'000'000;

class AuditHeadsTest : public record::OnBothDatabases {
 protected:
  void sign(std::uint64_t sequence) {
    std::array<std::uint8_t, 32> seed{};
    seed.fill(1);
    auto file = record::AnchorFile::open(path_, record::signing_key(seed), log_, 0);
    ASSERT_TRUE(file) << to_string(file.error());
    auto written = file->append({log_, sequence, record::first_hash(log_)}, now_);
    ASSERT_TRUE(written);
    line_ = written->line;
  }
  std::vector<record::Message> queued() {
    const auto done = queue_head_if_due(*connection_, path_, settings_, now_);
    EXPECT_TRUE(done) << to_string(done.error());
    std::vector<record::Message> messages;
    while (true) {
      const auto settled = deliver_next(
          *connection_, [this] { return now_; },
          [&](const record::Message& message) {
            messages.push_back(message);
            return record::Try{};
          });
      EXPECT_TRUE(settled);
      if (!settled || !*settled) return messages;
    }
  }

  const std::string log_ = std::string(32, 'a');
  std::int64_t now_ = 1'800'000'000'000'000;
  std::filesystem::path path_ = database_.folder() / "heads.jsonl";
  Settings::Audit settings_{"auditor@example.org", "https://example.org/heads", 24};
  std::unique_ptr<record::Connection> connection_ = database_.open_migrated();
  std::string line_;
};

TEST_P(AuditHeadsTest, AreSentToThoseNamedAndCanBeReadBack) {
  EXPECT_TRUE(queued().empty()) << "there is no anchor file yet";
  sign(5);
  sign(9);
  const auto messages = queued();
  ASSERT_EQ(messages.size(), 2U);
  for (const auto& message : messages) {
    EXPECT_EQ(message.recipient, message.kind == record::MessageKind::mail ? "auditor@example.org"
                                                                           : "https://example.org/heads");
    EXPECT_THAT(record::heads_in(message.body), ::testing::ElementsAre(line_));
  }
  settings_ = {};
  sign(10);
  now_ += 100 * kHour;
  EXPECT_TRUE(queued().empty()) << "no recipient is set";
}

TEST_P(AuditHeadsTest, AreSentSeldomAndOnlyWhenThereIsSomethingNew) {
  sign(5);
  EXPECT_EQ(queued().size(), 2U);
  EXPECT_TRUE(queued().empty());
  sign(6);
  now_ += 24 * kHour - 1;
  EXPECT_TRUE(queued().empty()) << "too soon";
  now_ += 1;
  EXPECT_EQ(queued().size(), 2U);
  now_ += 48 * kHour;
  EXPECT_TRUE(queued().empty()) << "nothing is new";
}

INSTANTIATE_TEST_SUITE_P(On, AuditHeadsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
