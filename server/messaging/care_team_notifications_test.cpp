// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/care_team_notifications.h"

#include <gmock/gmock.h>

#include "record/accounts/oversight.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

class CareTeamNotificationsTest : public AppTest {
 protected:
  void install_notifications() {
    ApiOptions options;
    options.after_changes = [](const record::WriteTransaction& session,
                               std::span<const record::ChangeResult> changes) {
      return notify_of_care_teams(session, changes,
                                  {.address = "https://clinic.example/", .sends_mail = true});
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
  }
  void give_mail(const std::string& name) {
    in_database([&](record::Connection& connection) {
      const auto account = record::find_account_by_name(connection, name);
      return record::set_mail(connection, account->value().id, name + "@example.org").map([] {
        return true;
      });
    });
  }
};

// Security finding F7
TEST_P(CareTeamNotificationsTest, ATeamMadeByAnAdministratorNotifiesAllConcerned) {
  fill();
  Browser root = person("root", Role::administrator, "");
  Browser other = person("other", Role::administrator, "");
  Browser doctor = person("dr", Role::clinician, "dr-a");
  Browser anna = person("anna", Role::patient, "a");
  Browser ben = person("ben", Role::patient, "b");
  for (const char* name : {"root", "other", "dr", "anna", "ben"}) give_mail(name);
  install_notifications();
  const Json team = {{"resourceType", "CareTeam"},
                     {"status", "active"},
                     {"subject", {{"reference", "Patient/a"}}},
                     {"participant", {{{"member", {{"reference", "Practitioner/dr-b"}}}}}}};
  ASSERT_EQ(ask(root, "POST", "/fhir/CareTeam", team, "application/fhir+json").status, 201U);
  for (const char* name : {"root", "other", "dr", "anna"}) {
    EXPECT_THAT(mails_to(std::string{name} + "@example.org"),
                ElementsAre(AllOf(HasSubstr("https://clinic.example/account"), Not(HasSubstr("root")))))
        << name;
  }
  EXPECT_THAT(mails_to("ben@example.org"), ElementsAre());
  for (Browser* browser : {&anna, &other}) {
    const auto events = ask(*browser, "GET", "/auth/events").json["events"];
    const auto of_team = std::count_if(events.begin(), events.end(), [](const Json& event) {
      return event["kind"] == "care-team" && event["by"] == "root" && event["patient"] == "a";
    });
    EXPECT_EQ(of_team, 1);
  }
  EXPECT_EQ(ask(ben, "GET", "/auth/events").json["events"].size(), 0U);

  ASSERT_EQ(ask(doctor, "POST", "/fhir/CareTeam", team, "application/fhir+json").status, 201U);
  EXPECT_EQ(mails_to("anna@example.org").size(), 1U) << "a clinician arranges the care of the own patients";
}

INSTANTIATE_TEST_SUITE_P(On, CareTeamNotificationsTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
