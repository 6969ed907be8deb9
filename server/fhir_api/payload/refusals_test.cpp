// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/payload/refusals.h"

#include "record/audit/audit_log.h"
#include "tests/support/signed_in.h"

namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditEntry;
using record::AuditOutcome;

AuditEntry refused_entry(const std::string& address, std::int64_t time_us, const std::string& account = "",
                         AuditAct act = AuditAct::read) {
  AuditEntry entry;
  entry.time_us = time_us;
  entry.outcome = AuditOutcome::refused;
  entry.address = address;
  entry.account = account;
  entry.act = act;
  return entry;
}

TEST(Refusals, CountEqualOnesWithinAMinute) {
  std::vector<AuditEntry> noted;
  Refusals refusals{[&](AuditEntry entry) { noted.push_back(std::move(entry)); }};
  for (int i = 0; i < 1000; ++i)
    refusals.add(refused_entry("2001:db8::" + std::to_string(i), i, "", static_cast<AuditAct>(i % 6)));
  refusals.add(refused_entry("192.0.2.1", 0));
  EXPECT_EQ(noted.size(), 2U);
  refusals.end_minute(59'999'999);
  EXPECT_EQ(noted.size(), 2U);
  refusals.end_minute(60'000'000);
  ASSERT_EQ(noted.size(), 3U);
  EXPECT_EQ(noted[2].reason, "999 more like this within a minute");
  EXPECT_EQ(noted[2].address, "2001:db8::0");
  EXPECT_EQ(noted[2].time_us, 60'000'000);
  refusals.end_minute(200'000'000);
  refusals.add(refused_entry("192.0.2.1", 200'000'000));
  EXPECT_EQ(noted.size(), 4U);
  refusals.add(refused_entry("192.0.2.1", 200'000'001));
  refusals.flush(200'000'002);
  EXPECT_EQ(noted.size(), 5U);
}

TEST(Refusals, DistinguishAccountsAndInteractions) {
  std::vector<AuditEntry> noted;
  Refusals refusals{[&](AuditEntry entry) { noted.push_back(std::move(entry)); }};
  for (int i = 0; i < 5; ++i) {
    refusals.add(refused_entry("192.0.2.1", i, "one"));
    refusals.add(refused_entry("192.0.2.1", i, "two"));
    refusals.add(refused_entry("192.0.2.1", i, "two", AuditAct::search));
  }
  EXPECT_EQ(noted.size(), 3U);
}

TEST(Refusals, AreBoundedHoweverManyAddressesThereAre) {
  std::size_t noted = 0;
  Refusals refusals{[&](const AuditEntry&) { ++noted; }};
  for (int minute = 0; minute < 10; ++minute) {
    for (int i = 0; i < 10'000; ++i)
      refusals.add(refused_entry("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250),
                                 minute * 60'000'000LL + i));
  }
  refusals.flush(600'000'000);
  EXPECT_LE(noted, 10 * (Refusals::kMostKinds + 2));
}

class LoggedRefusalsTest : public SignedInTest {
 protected:
  std::vector<AuditEntry> log() {
    put("Organization/settled", "");
    auto found = record::find_entries(*database_.open(), {.count = 1000});
    EXPECT_TRUE(found);
    return std::move(*found);
  }
};

TEST_P(LoggedRefusalsTest, HoldThePrincipalAndTheRequestOnly) {
  put("Patient/a", "");
  address_ = "192.0.2.7";
  EXPECT_EQ(ask("", "GET", "/Patient/a").status, 401U);
  EXPECT_EQ(ask("stolen-token", "GET", "/Observation/secret-id").status, 401U);
  address_ = "192.0.2.8";
  EXPECT_EQ(ask("x", "BREW", "/%zz").status, 401U);
  const std::string narrow = token_of("", "system/Patient.r");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(ask(narrow, "GET", "/Observation/secret-id").status, 403U);
  EXPECT_EQ(ask(narrow, "DELETE", "/Patient/a").status, 403U);
  EXPECT_EQ(
      ask(narrow, "POST", "",
          R"({"resourceType":"Bundle","type":"batch","entry":[{"request":{"method":"GET","url":"Goal/secret-id"}}]})")
          .status,
      200U);
  api_->end();
  std::vector<std::string> said;
  for (const AuditEntry& entry : log()) {
    EXPECT_EQ(record::encode(entry).find("secret-id"), std::string::npos);
    EXPECT_EQ(record::encode(entry).find("stolen-token"), std::string::npos);
    if (entry.outcome != AuditOutcome::refused) continue;
    const bool known = !entry.account.empty();
    said.push_back(entry.address + ' ' + entry.resource_type + ' ' + record::action_of(entry.act) +
                   (known ? " known " : " ") + entry.reason);
  }
  EXPECT_THAT(said, ::testing::UnorderedElementsAre(
                        "192.0.2.7 Patient R ", "192.0.2.7 Patient R 1 more like this within a minute",
                        "192.0.2.8  E ", "192.0.2.8 Observation R known ",
                        "192.0.2.8 Observation R known 2 more like this within a minute",
                        "192.0.2.8 Patient D known ", "192.0.2.8 Goal R known "));
}

TEST_P(LoggedRefusalsTest, APatientSeesRefusedRequests) {
  put_patient_with_clinician("a");
  put_patient_with_clinician("b");
  EXPECT_EQ(ask(person_token(record::Role::clinician, "dr-a"), "GET", "/Patient/b").status, 404U);
  put("Organization/settled", "");
  const auto seen = ask(person_token(record::Role::patient, "b"), "GET", "/AuditEvent?outcome=4");
  ASSERT_EQ(entries(seen), 1U);
  EXPECT_EQ(seen.json["entry"][0]["resource"]["agent"][0]["who"]["reference"], "Practitioner/dr-a");
}

TEST_P(LoggedRefusalsTest, AnOldVersionIsLoggedForItsOwnPatients) {
  put("Patient/a", "");
  put("Patient/b", "");
  put("Observation/moved", observation("b"));
  put("Observation/moved", observation("a"));
  EXPECT_EQ(ask(program_, "GET", "/Observation/moved/_history/1").status, 200U);
  const auto all = log();
  const auto read =
      std::find_if(all.begin(), all.end(), [](const auto& one) { return one.act == AuditAct::vread; });
  ASSERT_NE(read, all.end());
  EXPECT_THAT(read->patients, ::testing::ElementsAre("a", "b"));
}

INSTANTIATE_TEST_SUITE_P(On, LoggedRefusalsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
