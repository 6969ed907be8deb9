// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/reminder_choice.h"

#include <gtest/gtest.h>

#include "base/time.h"

namespace reprise::server {
namespace {

using fhir::Json;
using std::chrono::hours;
using std::chrono::minutes;

Json consent(const char* written = "2026-03-02T10:00:00.000Z") {
  return Json::parse(R"({
    "resourceType": "Consent", "status": "active", "meta": {"lastUpdated": ")" +
                     std::string{written} + R"("},
    "category": [{"coding": [{"system": "urn:reprise:consent", "code": "reminders"}]}],
    "patient": {"reference": "Patient/a"}, "performer": [{"reference": "Patient/a"}],
    "extension": [{"url": "urn:reprise:reminder-times", "extension": [
      {"url": "channel", "valueCode": "mail"}, {"url": "zone", "valueCode": "Europe/Berlin"},
      {"url": "time", "valueTime": "18:30:00"}, {"url": "second-time", "valueTime": "20:00:00"},
      {"url": "paused-until", "valueDate": "2026-03-10"}]}],
    "provision": {"type": "permit"}})");
}

Json& parts(Json& of) {
  return of["extension"][0]["extension"];
}

TEST(ReminderChoice, IsReadFromTheConsent) {
  const auto choice = read_reminder_choice(consent());
  ASSERT_TRUE(choice);
  EXPECT_TRUE(choice->wanted);
  EXPECT_EQ(choice->zone, "Europe/Berlin");
  EXPECT_EQ(choice->at, hours{18} + minutes{30});
  EXPECT_EQ(choice->second, hours{20});
  EXPECT_EQ(choice->paused_until, parse_day("2026-03-10"));
  EXPECT_EQ(choice->chosen_ms, start_of(*parse_day("2026-03-02")) + in_ms(hours{10}));
}

TEST(ReminderChoice, OnlyThePatientChooses) {
  Json by_clinic = consent();
  by_clinic["performer"].push_back({{"reference", "Practitioner/dr"}});
  EXPECT_FALSE(read_reminder_choice(by_clinic));
  Json by_other = consent();
  by_other["performer"][0]["reference"] = "Patient/b";
  EXPECT_FALSE(read_reminder_choice(by_other));
  Json by_no_one = consent();
  by_no_one.erase("performer");
  EXPECT_FALSE(read_reminder_choice(by_no_one));
}

TEST(ReminderChoice, OtherResourcesAreNone) {
  Json other = consent();
  other["category"][0]["coding"][0]["code"] = "app-use";
  EXPECT_FALSE(read_reminder_choice(other));
  Json ended = consent();
  ended["status"] = "inactive";
  EXPECT_FALSE(read_reminder_choice(ended));
}

TEST(ReminderChoice, WhatCannotBeReadWantsNone) {
  const std::vector<std::pair<const char*, std::function<void(Json&)>>> changes = {
      {"a denial", [](Json& of) { of["provision"]["type"] = "deny"; }},
      {"a condition",
       [](Json& of) {
         of["provision"]["period"] = Json{{"end", "2026-04-01"}};
       }},
      {"no times", [](Json& of) { of.erase("extension"); }},
      {"an unknown part",
       [](Json& of) {
         parts(of).push_back(Json{{"url", "weekday"}});
       }},
      {"another channel", [](Json& of) { parts(of)[0]["valueCode"] = "telegram"; }},
      {"another folder", [](Json& of) { parts(of)[1]["valueCode"] = "../zone"; }},
      {"no time", [](Json& of) { parts(of).erase(2); }},
      {"seconds", [](Json& of) { parts(of)[2]["valueTime"] = "18:30:30"; }},
      {"a second one that is earlier", [](Json& of) { parts(of)[3]["valueTime"] = "18:30:00"; }},
      {"no such day", [](Json& of) { parts(of)[4]["valueDate"] = "2026-02-30"; }},
  };
  for (const auto& [name, change] : changes) {
    Json of = consent();
    change(of);
    const auto choice = read_reminder_choice(of);
    ASSERT_TRUE(choice) << name;
    EXPECT_FALSE(choice->wanted) << name;
    EXPECT_EQ(choice->has_time, name == std::string{"a denial"} || name == std::string{"a condition"})
        << name;
  }
}

TEST(ReminderChoice, TheNewestByTheRecordsClockHolds) {
  Json later = consent("2026-03-05T10:00:00.000Z");
  later["dateTime"] = "2020-01-01T00:00:00Z";  // a phone whose clock is wrong
  later["provision"]["type"] = "deny";
  const std::vector<Json> both = {later, consent()};
  const auto choices = reminder_choices(both);
  ASSERT_EQ(choices.size(), 1U);
  EXPECT_FALSE(choices.at("a").wanted);
}

}  // namespace
}  // namespace reprise::server
