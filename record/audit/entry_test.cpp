// SPDX-License-Identifier: Apache-2.0
#include "record/audit/entry.h"

#include <gtest/gtest.h>

#include "base/plain_text.h"
#include "fhir/validation/validate.h"
#include "record/audit/audit_event.h"
#include "tests/support/audit_samples.h"

namespace reprise::record {
namespace {

TEST(AuditEntry, IsReadBackAsItWasWritten) {
  std::mt19937_64 random(1);
  for (std::uint64_t i = 0; i < 200; ++i) {
    const AuditEntry entry = sample_entry(random, i);
    const auto again = decode_entry(encode(entry));
    ASSERT_TRUE(again) << to_string(again.error());
    EXPECT_EQ(*again, entry);
  }
}

TEST(AuditEntry, HasOneText) {
  AuditEntry entry;
  entry.sequence = 7;
  entry.time_us = 1'700'000'000'000'000;
  entry.resource_type = "Patient";
  entry.patients = {"a"};
  const std::string text = encode(entry);
  EXPECT_EQ(text, "1:11:716:17000000000000004:read1:05:TREAT6:nobody0:0:0:7:Patient0:0:0:0:1:11:a");
  for (const std::string& other :
       {text + " ", text.substr(1), "01" + text.substr(1), text.substr(0, text.size() - 1), std::string{},
        "1:12:0716" + text.substr(6), "1:12:+716" + text.substr(6), "1:2" + text.substr(3),
        text.substr(0, text.size() - 6) + "9:999999999", text.substr(0, text.size() - 3) + "2:ab\n",
        text.substr(0, text.size() - 3) + "1:\n"}) {
    EXPECT_FALSE(decode_entry(other)) << other;
  }
}

TEST(AuditEntry, TakesNothingThatALogCannotHold) {
  AuditEntry entry;
  entry.reason = "a\nb\xFF" + std::string(1, '\0') + "ä" + std::string(3000, 'c');
  entry.request = std::string(255, 'd') + "ä";
  entry.patients = {"p\x7F"};
  const AuditEntry fit = fit_for_log(entry);
  EXPECT_EQ(fit.reason, "a?b??ä" + std::string(2048 - 7, 'c'));
  EXPECT_EQ(fit.request, std::string(255, 'd')) << "no half character";
  EXPECT_EQ(fit.patients.front(), "p?");
  EXPECT_TRUE(decode_entry(encode(fit)));
  EXPECT_EQ(fit_for_log(fit), fit);
}

TEST(AuditEntry, ShowsNoOtherPatients) {
  AuditEntry entry;
  entry.act = AuditAct::search;
  entry.patients = {"p3", "p1", "p2"};
  const std::vector<std::string> mine = {"p1", "p9"};
  EXPECT_EQ(shown_among(entry, mine).patients, std::vector<std::string>{"p1"});
  EXPECT_TRUE(shown_among(entry, {}).patients.empty());
}

// Security finding F13
TEST(AuditEntry, NamesThePatientsOfAnEmergencyAccess) {
  AuditEntry entry;
  entry.purpose = AuditPurpose::break_glass;
  entry.patients = {"p1", "p2"};
  entry.emergency = {"p2"};
  EXPECT_EQ(decode_entry(encode(entry)).value(), entry);
  EXPECT_FALSE(decode_entry(encode(entry) + "1:0")) << "one text for one entry";
  const std::vector<std::string> p1 = {"p1"};
  const std::vector<std::string> p2 = {"p2"};
  EXPECT_EQ(shown_among(entry, p1).purpose, AuditPurpose::treatment) << "it is nothing to them";
  EXPECT_TRUE(shown_among(entry, p1).emergency.empty());
  EXPECT_EQ(shown_among(entry, p2).purpose, AuditPurpose::break_glass);
  const auto event = to_audit_event(entry, "a clinic");
  EXPECT_TRUE(fhir::validate(event).empty());
  EXPECT_FALSE(event["entity"][0].contains("detail"));
  EXPECT_EQ(event["entity"][1]["detail"][0]["valueString"], "BTG");
}

TEST(PlainText, IsUtf8WithoutControlCharacters) {
  for (const char* good : {"", "a ~", "ä€😀", "\xC2\xA0", "\xED\x9F\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(is_one_line(good)) << good;
  }
  for (const char* bad : {"\t", "\x7F", "\xC2\x80", "\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "\xC3", "\x80", "\xF0\x80\x80\x80", "\xFF"}) {
    EXPECT_FALSE(is_one_line(bad)) << bad;
  }
}

TEST(AuditEvent, OfEveryEntryIsValid) {
  std::mt19937_64 random(2);
  for (std::uint64_t i = 1; i < 500; ++i) {
    const AuditEntry entry = sample_entry(random, i);
    const auto event = to_audit_event(entry, "a clinic");
    const auto issues = fhir::validate(event);
    ASSERT_TRUE(issues.empty()) << to_string(issues.front()) << "\n" << event.dump(1);
  }
}

TEST(AuditEvent, NamesAgentActAndPatient) {
  AuditEntry entry;
  entry.sequence = 17;
  entry.time_us = 1'773'477'000'250'113;
  entry.act = AuditAct::vread;
  entry.purpose = AuditPurpose::break_glass;
  entry.agent = AuditAgent::clinician;
  entry.account = "acc";
  entry.person = "dr";
  entry.address = "192.0.2.1";
  entry.resource_type = "Observation";
  entry.resource_id = "o";
  entry.resource_version = "3";
  entry.patients = {"p"};
  const auto event = to_audit_event(entry, "a clinic");
  EXPECT_EQ(event["id"], "17");
  EXPECT_EQ(event["action"], "R");
  EXPECT_EQ(event["recorded"], "2026-03-14T08:30:00.250113Z");
  EXPECT_EQ(event["agent"][0]["who"]["reference"], "Practitioner/dr");
  EXPECT_EQ(event["agent"][0]["network"]["address"], "192.0.2.1");
  EXPECT_EQ(event["entity"][0]["what"]["reference"], "Observation/o/_history/3");
  EXPECT_EQ(event["entity"][1]["what"]["reference"], "Patient/p");
  EXPECT_EQ(event["purposeOfEvent"][0]["coding"][0]["code"], "BTG");
}

TEST(AuditEvent, RepeatsNoIdThatIsNone) {
  AuditEntry entry;
  entry.resource_type = "Patient";
  entry.resource_id = "../../etc";
  entry.patients = {"a b"};
  const auto event = to_audit_event(entry, "a clinic");
  EXPECT_TRUE(fhir::validate(event).empty());
  EXPECT_EQ(event.dump().find("etc"), std::string::npos);
}

}  // namespace
}  // namespace reprise::record
