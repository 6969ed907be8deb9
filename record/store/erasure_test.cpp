// SPDX-License-Identifier: Apache-2.0
#include "record/store/erasure.h"

#include <filesystem>

#include "record/accounts/account.h"
#include "record/accounts/api_token.h"
#include "record/accounts/calendar_feed.h"
#include "record/accounts/columns.h"
#include "record/accounts/passkey.h"
#include "record/accounts/push_subscription.h"
#include "record/outbox/outbox.h"
#include "record/store/change.h"
#include "record/store/permission.h"
#include "tests/support/test_record.h"

namespace reprise::record {
namespace {

class ErasureTest : public OnBothDatabases {
 protected:
  void SetUp() override { ASSERT_TRUE(connection_->begin_writing()); }

  void write(const std::string& type, const std::string& id, const std::string& rest) {
    const std::string text = R"({"resourceType":")" + type + R"(","id":")" + id + "\"" + rest + "}";
    auto resource = read_resource(text, type);
    ASSERT_TRUE(resource) << text;
    auto prepared = prepare(text, std::move(*resource), id, index_ids_);
    ASSERT_TRUE(prepared);
    ASSERT_TRUE(put(session_, index_ids_, *prepared, "PUT"));
  }
  void observe(const std::string& id, const std::string& patient, const std::string& note) {
    write("Observation", id,
          R"(,"status":"final","code":{"text":")" + note + R"("},"subject":{"reference":"Patient/)" +
              patient + "\"}");
  }
  Outcome<Erased> erase(const std::string& patient) {
    auto erased = erase_patient(session_, index_ids_, patient);
    EXPECT_TRUE(connection_->commit());
    EXPECT_TRUE(connection_->vacuum());
    EXPECT_TRUE(connection_->begin_writing());
    return erased;
  }
  /// In how many rows of all tables that hold content a text stands.
  std::int64_t rows_with(const std::string& text) {
    std::int64_t found = 0;
    const std::string like = "%" + text + "%";
    const std::array<Value, 1> values = {std::string_view{like}};
    for (const char* place : {"resource WHERE content", "old_version WHERE content", "text_index WHERE norm",
                              "token_index WHERE code", "reference_index WHERE target_id",
                              "account WHERE name", "care_member WHERE patient", "outbox WHERE recipient"}) {
      EXPECT_TRUE(
          connection_->query("SELECT count(*) FROM " + std::string{place} + " LIKE $1", values,
                             [&](Row row) { return found += std::get<std::int64_t>(row[0]), false; }));
    }
    return found;
  }
  std::optional<Stored> newest(const std::string& type, const std::string& id) {
    return find_resource(*connection_, index_ids_, type, id).value();
  }

  std::unique_ptr<Connection> connection_ = database_.open_migrated();
  IndexIds index_ids_ = assign_all_ids(*connection_);
  std::int64_t next_pk_ = 1;
  std::vector<AuditEntry> entries_;
  std::vector<std::function<void()>> after_commit_;
  WriteTransaction session_{*connection_, 1'000'000, next_pk_, entries_, after_commit_};
};

TEST_P(ErasureTest, RemovesEveryVersionOfResourcesOfThePatientAlone) {
  write("Patient", "zebra", R"(,"name":[{"family":"Zzyzx"}])");
  write("Patient", "zebra", R"(,"name":[{"family":"Zzyzxson"}])");
  write("Patient", "other", R"(,"name":[{"family":"Other"}])");
  observe("o1", "zebra", "zzyzx knee");
  ASSERT_TRUE(*remove(session_, index_ids_, "Observation", "o1"));
  observe("o2", "other", "elbow");
  write(
      "CareTeam", "t",
      R"(,"status":"active","subject":{"reference":"Patient/zebra"},"participant":[{"member":{"reference":"Practitioner/p"}}])");
  write("Binary", "b",
        R"(,"contentType":"text/plain","data":"enp5","securityContext":{"reference":"Patient/zebra"})");
  ASSERT_TRUE(
      create_account(*connection_, {"zzyzx@example.org", Role::patient, "zebra", "zzyzx@example.org"}, 1));
  ASSERT_TRUE(queue_mail(*connection_, {"zzyzx@example.org", "subject", "text"}, 1));
  ASSERT_TRUE(create_token(*connection_,
                           {.name = "t",
                            .account = {},
                            .scopes = *parse_scopes("patient/*.rs"),
                            .patient = "zebra",
                            .ends_us = {}},
                           1));
  ASSERT_GT(rows_with("zzyzx"), 3);
  const auto erased = erase("zebra");
  ASSERT_TRUE(erased) << erased.error().issues[0].diagnostics;
  EXPECT_EQ(erased->resources, 4);
  EXPECT_EQ(erased->accounts, 1);
  EXPECT_EQ(erased->shared, 0);
  EXPECT_EQ(rows_with("zzyzx") + rows_with("Zzyzx") + rows_with("zebra"), 0);
  EXPECT_FALSE(newest("Patient", "zebra"));
  EXPECT_FALSE(newest("Binary", "b"));
  EXPECT_TRUE(newest("Patient", "other")->content);
  EXPECT_TRUE(newest("Observation", "o2")->content);
  EXPECT_TRUE(list_tokens(*connection_, "", 1)->empty());
}

TEST_P(ErasureTest, ErasesTheContentOfOneResourceInAllVersions) {
  write("Patient", "zebra", "");
  const std::string zebras = R"(","securityContext":{"reference":"Patient/zebra"})";
  write("Binary", "photo", R"(,"contentType":"text/plain","data":"enp5)" + zebras);
  write("Binary", "photo", R"(,"contentType":"text/plain","data":"enp6)" + zebras);
  ASSERT_EQ(rows_with("enp"), 2);
  ASSERT_TRUE(erase_content(session_, index_ids_, "other", "Binary", "photo"));
  EXPECT_EQ(rows_with("enp"), 2) << "another patient's stays";
  ASSERT_TRUE(erase_content(session_, index_ids_, "zebra", "Binary", "photo"));
  EXPECT_EQ(rows_with("enp"), 0);
  const auto left = newest("Binary", "photo");
  ASSERT_TRUE(left);
  EXPECT_FALSE(left->content);
  EXPECT_EQ(left->method, "DELETE");
  EXPECT_TRUE(erase_content(session_, index_ids_, "zebra", "Binary", "unknown"));
  EXPECT_TRUE(newest("Patient", "zebra")->content);
}

TEST_P(ErasureTest, ErasesTheContentOfWhatConcernsNoPatient) {
  write("Patient", "zebra", "");
  write("Binary", "film", R"(,"contentType":"text/plain","data":"enp5")");
  write("Binary", "photo",
        R"(,"contentType":"text/plain","data":"enp6","securityContext":{"reference":"Patient/zebra"})");
  ASSERT_TRUE(erase_content(session_, index_ids_, "", "Binary", "photo"));
  EXPECT_EQ(rows_with("enp"), 2) << "a patient's stays";
  ASSERT_TRUE(erase_content(session_, index_ids_, "zebra", "Binary", "film"));
  EXPECT_EQ(rows_with("enp"), 2) << "it is no one's";
  ASSERT_TRUE(erase_content(session_, index_ids_, "", "Binary", "film"));
  EXPECT_EQ(rows_with("enp"), 1);
}

TEST_P(ErasureTest, KeepsVersionsThatConcernOthersToo) {
  write("Patient", "a", "");
  write("Patient", "b", "");
  write(
      "Appointment", "both",
      R"(,"status":"booked","participant":[{"actor":{"reference":"Patient/a"},"status":"accepted"},{"actor":{"reference":"Patient/b"},"status":"accepted"}])");
  observe("corrected", "a", "first of a");
  observe("corrected", "b", "then of b");
  observe("mistaken", "b", "first of b");
  observe("mistaken", "a", "then of a");
  const auto erased = erase("a");
  ASSERT_TRUE(erased);
  EXPECT_EQ(erased->resources, 1) << "the Patient";
  EXPECT_EQ(erased->versions, 2);
  EXPECT_EQ(erased->shared, 1);
  EXPECT_EQ(rows_with("of a"), 0);
  EXPECT_EQ(rows_with("of b"), 2);
  EXPECT_TRUE(newest("Appointment", "both")->content);
  EXPECT_TRUE(newest("Observation", "corrected")->content);
  EXPECT_FALSE(newest("Observation", "mistaken")->content)
      << "says deleted, and keeps what it said of the other";
  EXPECT_TRUE(find_version(*connection_, index_ids_, "Observation", "mistaken", 1).value()->content);
}

TEST_P(ErasureTest, DoesNotTakeAnotherPatientForThisOne) {
  write("Patient", "a1", "");
  observe("o", "a1", "x");
  observe("o", "a1", "y");
  const auto refused = erase("a");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, RefusalKind::not_found);
  EXPECT_TRUE(newest("Observation", "o")->content);
  EXPECT_TRUE(find_version(*connection_, index_ids_, "Observation", "o", 1).value()->content);
}

TEST_P(ErasureTest, EmptiesTheDatabasesOwnLog) {
  if (GetParam() != DatabaseKind::sqlite) GTEST_SKIP() << "PostgreSQL keeps its log by its own settings";
  write("Patient", "a", R"(,"name":[{"family":"Zzyzx"}])");
  ASSERT_TRUE(connection_->commit());
  auto wal = database_.sqlite().file;
  wal += "-wal";
  EXPECT_GT(std::filesystem::file_size(wal), 0U);
  ASSERT_TRUE(connection_->begin_writing());
  ASSERT_TRUE(erase_patient(session_, index_ids_, "a"));
  ASSERT_TRUE(connection_->commit());
  ASSERT_TRUE(connection_->vacuum());
  EXPECT_EQ(std::filesystem::file_size(wal), 0U);
}

TEST_P(ErasureTest, EndsTheAddressOfTheCalendar) {
  write("Patient", "zebra", R"(,"active":true)");
  const auto account = create_account(*connection_, {"zebra", Role::patient, "zebra"}, 1);
  ASSERT_TRUE(account);
  const auto secret = renew_calendar_feed(*connection_, account->id, 1);
  ASSERT_TRUE(secret);
  EXPECT_TRUE(account_of_calendar_feed(*connection_, secret->hash)->has_value());
  ASSERT_TRUE(erase("zebra"));
  EXPECT_FALSE(account_of_calendar_feed(*connection_, secret->hash)->has_value());
  EXPECT_FALSE(calendar_feed_since(*connection_, account->id)->has_value());
}

TEST_P(ErasureTest, EndsTheDevicesThatReceiveReminders) {
  write("Patient", "zebra", R"(,"active":true)");
  const auto account = create_account(*connection_, {"zebra", Role::patient, "zebra"}, 1);
  ASSERT_TRUE(account);
  const auto id = keep_push_subscription(*connection_, account->id, "session",
                                         {"https://push.example/1", "point", "secret"}, 1);
  ASSERT_TRUE(id);
  ASSERT_TRUE(queue_push(*connection_, *id, "exercises", 1));
  ASSERT_TRUE(erase("zebra"));
  EXPECT_FALSE(find_push_subscription(*connection_, *id)->has_value());
  EXPECT_EQ(queue_state(*connection_)->all, 0);
}

TEST_P(ErasureTest, EndsPasskeys) {
  write("Patient", "zebra", R"(,"active":true)");
  const auto account = create_account(*connection_, {"zebra", Role::patient, "zebra"}, 1);
  ASSERT_TRUE(account);
  ASSERT_TRUE(keep_passkey(*connection_, account->id, {.credential = "abc", .name = "Phone"}, 1));
  ASSERT_TRUE(erase("zebra"));
  std::int64_t left = -1;
  ASSERT_TRUE(connection_->query("SELECT count(*) FROM passkey", {},
                                 [&](Row row) { return left = number_in(row, 0), false; }));
  EXPECT_EQ(left, 0);
}

INSTANTIATE_TEST_SUITE_P(On, ErasureTest, kBothDatabases, database_name);

}  // namespace
}  // namespace reprise::record
