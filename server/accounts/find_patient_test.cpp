// SPDX-License-Identifier: Apache-2.0
#include "record/audit/audit_event.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

// Clinician finding 17: access in an emergency starts from what people know of a patient.
class FindPatient : public AppTest {
 protected:
  void SetUp() override {
    AppTest::SetUp();
    fill();
    born("a", "Müller", "1949-05-01");
    born("b", "Muller", "1973-02-03");
  }
  void born(const std::string& id, const char* family, const char* day) {
    Browser anonymous;
    const Json patient = {{"resourceType", "Patient"},
                          {"id", id},
                          {"name", {{{"family", family}, {"given", {"Karim"}}}}},
                          {"telecom", {{{"system", "phone"}, {"value", "555 0100"}}}},
                          {"birthDate", day}};
    std::promise<http::Response> answered;
    open_api_->handle(
        {"PUT", "/fhir/Patient/" + id, {{"content-type", "application/fhir+json"}}, patient.dump(), {}, true},
        [&](http::Response response) { answered.set_value(std::move(response)); });
    ASSERT_EQ(answered.get_future().get().status, 200U);
  }
  Answer find(Browser& browser, const char* family, const char* day) {
    return ask(browser, "POST", "/auth/emergency/search", {{"family", family}, {"birthDate", day}});
  }
};

TEST_P(FindPatient, ByWholeFamilyNameAndBirthDate) {
  auto doctor = person("doctor", Role::clinician, "dr-a");
  // A patient of another clinician; case, accents and blanks around the name do not matter.
  for (const char* family : {"Muller", "  müLLER "}) {
    const auto found = find(doctor, family, "1973-02-03");
    ASSERT_EQ(found.status, 200U) << found.json.dump();
    ASSERT_EQ(found.json["patients"].size(), 1U);
    const Json& patient = found.json["patients"][0];
    EXPECT_EQ(patient["id"], "b");
    EXPECT_EQ(patient["birthDate"], "1973-02-03");
    EXPECT_EQ(patient["name"][0]["given"][0], "Karim");
    EXPECT_FALSE(patient.contains("telecom")) << "no more than is needed to choose";
  }
}

TEST_P(FindPatient, NothingLessFindsAnybody) {
  auto doctor = person("doctor", Role::clinician, "dr-a");
  for (const auto& [family, day] :
       {std::pair{"Mul", "1973-02-03"}, {"Muller", "1949-05-02"}, {"Karim", "1973-02-03"}}) {
    const auto found = find(doctor, family, day);
    EXPECT_EQ(found.status, 200U);
    EXPECT_TRUE(found.json["patients"].empty()) << family << " " << day;
  }
  for (const auto& [family, day] :
       {std::pair{" ", "1973-02-03"}, {"Muller", "1973"}, {"Muller", "1973-02-0&"}, {"Muller", ""}}) {
    EXPECT_EQ(find(doctor, family, day).status, 422U) << family << " " << day;
  }
}

TEST_P(FindPatient, IsForCliniciansAndOnlyNowAndThen) {
  auto patient = person("patient", Role::patient, "a");
  auto administrator = person("boss", Role::administrator, "");
  EXPECT_EQ(find(patient, "Muller", "1973-02-03").status, 403U);
  EXPECT_EQ(find(administrator, "Muller", "1973-02-03").status, 403U);
  auto doctor = person("doctor", Role::clinician, "dr-a");
  for (int i = 0; i < 10; ++i) EXPECT_EQ(find(doctor, "Muller", "1973-02-03").status, 200U);
  const auto refused = find(doctor, "Muller", "1973-02-03");
  EXPECT_EQ(refused.status, 429U);
  EXPECT_FALSE(refused.retry_after.empty());
}

TEST_P(FindPatient, EachSearchIsInTheAuditLog) {
  auto doctor = person("doctor", Role::clinician, "dr-a");
  auto administrator = person("boss", Role::administrator, "");
  EXPECT_EQ(find(doctor, "Muller", "1973-02-03").status, 200U);
  EXPECT_EQ(find(doctor, "Unknown", "1973-02-03").status, 200U);
  Answer log;
  std::size_t searches = 0;
  // It is on the disk within a second.
  for (int tries = 0; tries < 50 && searches < 2; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    log = ask(administrator, "GET", "/fhir/AuditEvent?_count=200");
    ASSERT_EQ(log.status, 200U) << log.json.dump();
    searches = 0;
    for (const Json& entry : log.json["entry"]) {
      const std::string text = entry.dump();
      if (text.find("BTG") != std::string::npos && text.find("Practitioner/dr-a") != std::string::npos)
        ++searches;
    }
  }
  EXPECT_EQ(searches, 2U);
  EXPECT_EQ(log.json.dump().find("Muller"), std::string::npos)
      << "the log holds the principal, not the input";
}

INSTANTIATE_TEST_SUITE_P(On, FindPatient, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
