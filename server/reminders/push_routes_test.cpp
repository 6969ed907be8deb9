// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/push_routes.h"

#include "record/accounts/push_subscription.h"
#include "server/push/endpoint.h"
#include "server/reminders/routes.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

class PushRoutesTest : public AppTest {
 protected:
  PushRoutesTest() {
    fill();
    start("the server's key", {.burst = 1000});
    patient_ = person("pat", Role::patient, "a");
  }
  void start(const std::string& key, record::RateLimit limit = {.burst = 1000}) {
    AppApiOptions options = quick_options(limit);
    options.push_key = key;
    options.push_hosts = push::known_push_hosts();
    serve_also(reminder_routes(), std::move(options));
  }
  static Json subscription(const std::string& endpoint = "https://fcm.googleapis.com/fcm/send/secret") {
    return {{"endpoint", endpoint},
            {"expirationTime", nullptr},
            {"keys",
             {{"p256dh",
               "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"},
              {"auth", "BTBZMqHH6r4Tts7J_aSIgg"}}}};
  }
  Answer subscribe(Browser& browser, const Json& body = subscription()) {
    return ask(browser, "POST", "/auth/reminders/devices", body);
  }
  Json devices(Browser& browser) {
    const Answer shown = ask(browser, "GET", "/auth/reminders");
    EXPECT_EQ(shown.status, 200U) << shown.json.dump();
    EXPECT_THAT(shown.json.dump(), Not(HasSubstr("secret"))) << "an endpoint is a key";
    return shown.json.value("/push/devices"_json_pointer, Json::array());
  }

  Browser patient_;
};

TEST_P(PushRoutesTest, ADeviceIsSubscribedListedAndEnded) {
  EXPECT_EQ(ask(patient_, "GET", "/auth/reminders").json["push"]["key"], "the server's key");
  EXPECT_THAT(devices(patient_), IsEmpty());
  const Answer made = subscribe(patient_);
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  const Json listed = devices(patient_);
  ASSERT_THAT(listed, SizeIs(1));
  EXPECT_EQ(listed[0]["id"], made.json["id"]);
  EXPECT_EQ(listed[0]["here"], true);
  const std::string own = "/auth/reminders/devices/" + made.json["id"].get<std::string>();
  EXPECT_EQ(ask(patient_, "DELETE", own).status, 204U);
  EXPECT_EQ(ask(patient_, "DELETE", own).status, 404U);
  EXPECT_THAT(devices(patient_), IsEmpty());
}

TEST_P(PushRoutesTest, RefusesEndpointsOutsideTheListAndMalformedKeys) {
  for (const char* endpoint :
       {"https://evil.example/secret", "https://127.0.0.1/secret", "https://10.0.0.1/secret",
        "http://fcm.googleapis.com/secret", "https://localhost/secret", "https://[::1]/secret"}) {
    const Answer refused = subscribe(patient_, subscription(endpoint));
    EXPECT_EQ(refused.status, 422U) << endpoint;
    EXPECT_THAT(refused.json.dump(), Not(HasSubstr("secret")));
  }
  Json bad = subscription();
  bad["keys"]["p256dh"] = "BCVx";
  EXPECT_EQ(subscribe(patient_, bad).status, 422U);
  bad.erase("keys");
  EXPECT_EQ(subscribe(patient_, bad).status, 422U);
  EXPECT_THAT(devices(patient_), IsEmpty());
}

TEST_P(PushRoutesTest, OnlyPatientsHaveOneAndOnlyTheirOwn) {
  Browser clinician = person("doc", Role::clinician, "dr-a");
  EXPECT_EQ(subscribe(clinician).status, 403U);
  Browser signed_out;
  EXPECT_EQ(subscribe(signed_out).status, 401U);
  const std::string id = subscribe(patient_).json["id"];
  Browser other = person("pat-b", Role::patient, "b");
  EXPECT_EQ(ask(other, "DELETE", "/auth/reminders/devices/" + id).status, 404U);
  EXPECT_EQ(ask(other, "POST", "/auth/reminders/devices/here", {{"endpoint", subscription()["endpoint"]}})
                .json["known"],
            false);
  Browser forged = patient_;
  forged.csrf = "from another site";
  EXPECT_EQ(subscribe(forged).status, 403U);
  EXPECT_THAT(devices(patient_), SizeIs(1));
}

TEST_P(PushRoutesTest, EndsOnSigningOutAndIsRecognizedAfterSigningInAnew) {
  ASSERT_EQ(subscribe(patient_).status, 201U);
  Browser later;  // the former session has ended by its time limit
  ASSERT_EQ(enter_password(later, "pat").status, 200U);
  EXPECT_EQ(devices(later)[0]["here"], false);
  const Json here = {{"endpoint", subscription()["endpoint"]}};
  EXPECT_EQ(ask(later, "POST", "/auth/reminders/devices/here", here).json["known"], true);
  EXPECT_EQ(devices(later)[0]["here"], true);
  EXPECT_EQ(ask(later, "DELETE", "/auth/session").status, 204U);
  EXPECT_THAT(devices(patient_), IsEmpty());
  EXPECT_EQ(ask(patient_, "POST", "/auth/reminders/devices/here", here).json["known"], false);
}

TEST_P(PushRoutesTest, IsSlowedDownAndLogged) {
  ASSERT_EQ(subscribe(patient_).status, 201U);
  start("the server's key", {.burst = 2});
  EXPECT_EQ(subscribe(patient_).status, 201U);
  EXPECT_EQ(subscribe(patient_).status, 201U);
  EXPECT_EQ(subscribe(patient_).status, 429U);
  std::vector<std::string> reasons;
  for (const record::AuditEntry& entry : events()) reasons.push_back(entry.reason);
  EXPECT_THAT(reasons, Contains("push"));
}

TEST_P(PushRoutesTest, AServerWithoutPushOffersNone) {
  start("");
  EXPECT_FALSE(ask(patient_, "GET", "/auth/reminders").json.contains("push"));
  EXPECT_EQ(subscribe(patient_).status, 404U);
}

INSTANTIATE_TEST_SUITE_P(On, PushRoutesTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
