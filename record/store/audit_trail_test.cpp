// SPDX-License-Identifier: Apache-2.0
#include "record/store/audit_trail.h"

#include "record/audit/verify_log.h"
#include "tests/support/test_database.h"

namespace reprise::record {
namespace {

class AuditTrailTest : public OnBothDatabases {
 protected:
  AuditEntry entry() {
    AuditEntry made;
    made.time_us = 1'000'000;
    made.resource_type = "Patient";
    made.resource_id = "x";
    return made;
  }
  std::size_t logged() {
    const auto found = find_entries(*connection_, {.count = 100});
    EXPECT_TRUE(found);
    return found->size();
  }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
};

TEST_P(AuditTrailTest, KeepsNotedEntriesUntilTheCommit) {
  AuditTrail trail{{}};
  EXPECT_FALSE(trail.waiting());
  trail.note(entry());
  for (int tries = 0; tries < 2; ++tries) {
    ASSERT_TRUE(connection_->begin_writing());
    ASSERT_TRUE(trail.append(*connection_, {entry()}));
    connection_->rollback();
    trail.rolled_back();
    EXPECT_TRUE(trail.waiting());
  }
  ASSERT_TRUE(connection_->begin_writing());
  ASSERT_TRUE(trail.append(*connection_, {entry()}));
  ASSERT_TRUE(connection_->commit());
  trail.committed();
  EXPECT_FALSE(trail.waiting());
  EXPECT_EQ(logged(), 2U);
}

TEST_P(AuditTrailTest, ReportsWhenTooMuchIsNotOnTheDisk) {
  AuditTrail trail{{}};
  for (std::size_t i = 0; i < AuditTrail::kMostNoted; ++i) {
    ASSERT_FALSE(trail.overfull());
    trail.note({});
  }
  EXPECT_TRUE(trail.overfull());
}

TEST_P(AuditTrailTest, SignsTheEndOfTheLog) {
  const SigningKey key = signing_key({1, 2, 3});
  const auto file = database_.folder() / "heads.jsonl";
  AuditTrail trail{{file, key, {}}};
  trail.note(entry());
  ASSERT_TRUE(connection_->begin_writing());
  ASSERT_TRUE(trail.append(*connection_, {}));
  ASSERT_TRUE(connection_->commit());
  trail.committed();
  ASSERT_TRUE(trail.sign(*connection_, 1, true));
  EXPECT_TRUE(trail.waiting()) << "the database does not know of the head yet";
  ASSERT_TRUE(connection_->begin_writing());
  ASSERT_TRUE(trail.append(*connection_, {}));
  ASSERT_TRUE(connection_->commit());
  trail.committed();
  const std::array<AnchorSource, 1> sources = {AnchorSource{file, false}};
  const std::array<PublicKey, 1> signers = {key.public_key};
  const auto verified = verify_log(*connection_, sources, signers);
  ASSERT_TRUE(verified) << to_string(verified.error());
  EXPECT_TRUE(verified->findings.empty());
  EXPECT_EQ(verified->covered, 1U);
}

INSTANTIATE_TEST_SUITE_P(On, AuditTrailTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
