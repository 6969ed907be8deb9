// SPDX-License-Identifier: Apache-2.0
#include "server/video_visits/video_visits.h"

#include "care/plan/consent.h"
#include "fhir/fields/fields.h"
#include "server/reactions/system_writes.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

constexpr const char* kWindow = "6f1f0f0e-0000-4000-8000-000000000001";
constexpr const char* kOther = "6f1f0f0e-0000-4000-8000-000000000002";
constexpr const char* kThird = "6f1f0f0e-0000-4000-8000-000000000003";

// By
//   printf %s '1700000000:x' | openssl dgst -sha1 -hmac 'north' -binary | base64
TEST(TurnCredentials, PasswordsAreHmacsOfUserAndExpiry) {
  const auto pass = make_turn_credentials("north", "x", 1'700'000'000);
  EXPECT_EQ(pass.username, "1700000000:x");
  EXPECT_EQ(pass.password, "VfuvcFeO8Kni083/bCKUEsscHGw=");
}

TEST(TurnCredentials, NamesNoServerButTheClinics) {
  EXPECT_EQ(ice_servers({}, "x", 1), Json::array());
  const auto urls = [](const TurnServer& relay) { return ice_servers(relay, "x", 1)[0]["urls"]; };
  EXPECT_THAT(
      urls({"turn.example.org", 5349, "s", false}),
      ElementsAre("turn:turn.example.org:3478?transport=udp", "turn:turn.example.org:3478?transport=tcp",
                  "turns:turn.example.org:5349?transport=tcp"));
  EXPECT_THAT(urls({"[2001:db8::1]:5000", 0, "s", false}),
              ElementsAre("turn:[2001:db8::1]:5000?transport=udp", "turn:[2001:db8::1]:5000?transport=tcp"));
  EXPECT_THAT(urls({"[2001:db8::1]", 443, "s", false})[2], "turns:[2001:db8::1]:443?transport=tcp");
}

class VisitsTest : public AppTest {
 protected:
  VisitsTest() {
    fill();
    put("Practitioner", "dr-c", Json::object());
    patient_ = person("ann", Role::patient, "a");
    clinician_ = person("dr-a", Role::clinician, "dr-a");
    appoint(0);
    consent(true, 0);
  }

  /// Begins so many minutes from now, for half an hour.
  void appoint(int minutes, Json more = Json::object()) {
    const std::int64_t start = record::milliseconds_now() + minutes * std::int64_t{60'000};
    Json appointment = {{"resourceType", "Appointment"},
                        {"id", "v"},
                        {"status", "booked"},
                        {"appointmentType", fhir::codeable("urn:reprise:visit", "video", "Video visit")},
                        {"start", record::instant_text(start)},
                        {"end", record::instant_text(start + 30 * 60'000)},
                        {"participant",
                         {{{"actor", {{"reference", "Patient/a"}}}, {"status", "accepted"}},
                          {{"actor", {{"reference", "Practitioner/dr-a"}}}, {"status", "accepted"}}}}};
    appointment.update(more);
    ASSERT_LT(put_by_program(appointment), 300U);
  }
  void consent(bool permits, int later) {
    care::GivenConsent given;
    given.id = std::string{"6f1f0f0e-0000-4000-8000-00000000010"} + std::to_string(later);
    given.patient = "a";
    given.kind = care::ConsentKind::video_visit;
    given.permits = permits;
    given.when = "2026-03-02T10:00:0" + std::to_string(later) + "+01:00";
    given.language = "en";
    given.words = "Video visits. Yes.";
    const auto bundle = care::consent_bundle(given).value();
    EXPECT_EQ(ask(patient_, "POST", "/fhir", bundle, "application/fhir+json").status, 200U);
  }
  Answer visit(Browser& browser, const std::string& method, const std::string& rest, const Json& body = {}) {
    http::Request request{method,
                          "/visits/v" + rest,
                          {{"content-type", "application/json"}},
                          body.is_null() ? "" : body.dump(),
                          {},
                          true};
    if (!browser.cookie.empty()) request.fields.push_back({"cookie", browser.cookie});
    if (!browser.csrf.empty()) request.fields.push_back({"x-csrf-token", browser.csrf});
    return answered(std::move(request));
  }
  Answer answered(http::Request request) {
    std::promise<http::Response> promise;
    visits_->handle(std::move(request),
                    [&](http::Response response) { promise.set_value(std::move(response)); });
    const auto response = promise.get_future().get();
    return {response.status, Json::parse(response.body, nullptr, false), {}};
  }
  Answer come(Browser& browser, const char* window) {
    return visit(browser, "POST", "/seat", {{"window", window}});
  }
  Answer exchange(Browser& browser, const char* window, bool connected = false, Json messages = Json::array(),
                  const char* to = "", int after = 0) {
    return visit(
        browser, "POST", "/exchange",
        {{"window", window}, {"after", after}, {"connected", connected}, {"to", to}, {"messages", messages}});
  }
  Answer leave(Browser& browser, const char* window) {
    return visit(browser, "POST", "/leave", {{"window", window}});
  }
  std::vector<Json> found(const std::string& query) {
    std::vector<Json> all;
    for (const Json& entry : ask(clinician_, "GET", "/fhir/" + query).json.value("entry", Json::array()))
      all.push_back(entry["resource"]);
    return all;
  }
  std::int64_t rows(const std::string& table) {
    std::int64_t count = -1;
    const auto connection = database_.open();
    EXPECT_TRUE(connection->query("SELECT COUNT(*) FROM " + table, {}, [&](record::Row row) {
      count = std::get<std::int64_t>(row[0]);
      return false;
    }));
    return count;
  }
  /// As if so much time had gone by for all who are there.
  void wait(std::int64_t seconds) {
    (void)in_database([&](record::Connection& connection) {
      const std::array<record::Value, 1> us = {seconds * 1'000'000};
      EXPECT_TRUE(connection.execute("UPDATE visit_seat SET seen_us = seen_us - $1", us));
      EXPECT_TRUE(
          connection.execute("UPDATE visit SET together_us = together_us - $1, last_us = last_us - $1", us));
      return Result<int>{0};
    });
  }
  void together(std::int64_t seconds) {
    (void)in_database([&](record::Connection& connection) {
      const std::array<record::Value, 1> us = {seconds * 1'000'000};
      EXPECT_TRUE(connection.execute("UPDATE visit SET together_us = together_us - $1", us));
      return Result<int>{0};
    });
  }
  void TearDown() override {
    visits_.reset();
    AppTest::TearDown();
  }

  Browser patient_;
  Browser clinician_;
  std::unique_ptr<VideoVisits> visits_ = std::make_unique<VideoVisits>(
      *record_, TurnServer{"turn.example.org", 0, "north", false}, [](const Error&) {});
};

/// What does not depend on the database.
class VisitRulesTest : public VisitsTest {};

TEST_P(VisitsTest, TheTwoFindEachOther) {
  const auto shown = visit(clinician_, "GET", "");
  EXPECT_EQ(shown.json["side"], "clinician");
  EXPECT_EQ(shown.json["state"], "open");
  EXPECT_EQ(shown.json["consent"], true);
  EXPECT_TRUE(shown.json["other"].is_null());
  const auto first = come(clinician_, kWindow);
  ASSERT_EQ(first.status, 200U) << first.json.dump();
  EXPECT_THAT(first.json["iceServers"][0]["credential"].get<std::string>(), SizeIs(28));
  EXPECT_EQ(first.json["relayOnly"], false);
  EXPECT_EQ(come(patient_, kOther).json["other"]["window"], kWindow);
  EXPECT_EQ(exchange(clinician_, kWindow).json["other"]["window"], kOther);
  EXPECT_EQ(exchange(clinician_, kWindow, false, {"one", "two"}, kOther).status, 200U);
  const auto read = exchange(patient_, kOther).json["messages"];
  ASSERT_THAT(read, SizeIs(2));
  EXPECT_EQ(read[1]["text"], "two");
  // Received messages are deleted; messages to a closed window are dropped.
  wait(3);
  EXPECT_THAT(exchange(patient_, kOther, false, Json::array(), "", read[1]["number"]).json["messages"],
              SizeIs(0));
  EXPECT_EQ(rows("visit_message"), 0);
  EXPECT_EQ(exchange(clinician_, kWindow, false, {"late"}, kThird).status, 200U);
  EXPECT_EQ(rows("visit_message"), 0);
}

TEST_P(VisitRulesTest, NoOneElseJoins) {
  auto colleague = person("dr-c", Role::clinician, "dr-c");
  auto stranger = person("bob", Role::patient, "b");
  auto administrator = person("root", Role::administrator, "");
  Browser anonymous;
  for (Browser* one : {&colleague, &stranger, &administrator}) {
    EXPECT_EQ(visit(*one, "GET", "").status, 404U);
    EXPECT_EQ(come(*one, kWindow).status, 404U);
    EXPECT_EQ(exchange(*one, kWindow).status, 404U);
    EXPECT_EQ(leave(*one, kWindow).status, 404U);
  }
  EXPECT_EQ(come(anonymous, kWindow).status, 401U);
  // A colleague of the care team may read the Appointment, and takes no part in it.
  put("CareTeam", "more",
      {{"status", "active"},
       {"subject", {{"reference", "Patient/a"}}},
       {"participant", {{{"member", {{"reference", "Practitioner/dr-c"}}}}}}});
  EXPECT_EQ(ask(colleague, "GET", "/fhir/Appointment/v").status, 200U);
  EXPECT_EQ(come(colleague, kWindow).status, 404U);
  // A page of another site cannot join either.
  Browser forged = patient_;
  forged.csrf = "x";
  EXPECT_EQ(come(forged, kWindow).status, 403U);
  EXPECT_EQ(rows("visit_seat"), 0);
}

TEST_P(VisitRulesTest, OnlyInItsTimeAndWhereItTakesPlace) {
  appoint(16);
  EXPECT_EQ(visit(patient_, "GET", "").json["state"], "early");
  EXPECT_EQ(come(patient_, kWindow).word(), "visit-early");
  appoint(14);
  EXPECT_EQ(come(patient_, kWindow).status, 200U);
  appoint(-89);
  EXPECT_EQ(come(patient_, kWindow).status, 200U);
  appoint(-91);
  EXPECT_EQ(exchange(patient_, kWindow).word(), "visit-over");
  appoint(0, {{"status", "cancelled"}});
  EXPECT_EQ(come(patient_, kWindow).status, 404U);
  appoint(0, {{"appointmentType", fhir::codeable("urn:reprise:visit", "in-person", "Visit")}});
  EXPECT_EQ(come(patient_, kWindow).status, 404U);
}

TEST_P(VisitRulesTest, WithoutThePatientsConsentNoOneJoins) {
  ASSERT_EQ(come(patient_, kOther).status, 200U);
  consent(false, 1);
  EXPECT_EQ(visit(clinician_, "GET", "").json["consent"], false);
  EXPECT_EQ(exchange(patient_, kOther).word(), "visit-no-consent");
  EXPECT_EQ(come(clinician_, kWindow).word(), "visit-no-consent");
  EXPECT_EQ(leave(patient_, kOther).status, 204U);
  consent(true, 2);
  EXPECT_EQ(come(clinician_, kWindow).status, 200U);
}

TEST_P(VisitRulesTest, TheNewestWindowOfAParticipantIsActive) {
  (void)come(clinician_, kWindow);
  (void)come(patient_, kOther);
  (void)exchange(clinician_, kWindow, false, {"for the window before"}, kOther);
  (void)come(patient_, kThird);
  EXPECT_EQ(exchange(patient_, kOther).word(), "visit-elsewhere");
  EXPECT_THAT(exchange(patient_, kThird).json["messages"], SizeIs(0));
  EXPECT_EQ(exchange(clinician_, kWindow).json["other"]["window"], kThird);
  // The window before cannot throw the newer one out.
  EXPECT_EQ(leave(patient_, kOther).status, 204U);
  EXPECT_EQ(exchange(patient_, kThird).status, 200U);
  EXPECT_EQ(leave(patient_, kThird).status, 204U);
  EXPECT_EQ(exchange(patient_, kThird).word(), "visit-left");
}

TEST_P(VisitsTest, ACallBecomesAnEncounterAndNothingElseStays) {
  (void)come(clinician_, kWindow);
  (void)come(patient_, kOther);
  (void)exchange(clinician_, kWindow, true);
  EXPECT_EQ(exchange(patient_, kOther, true).status, 200U);
  together(60);
  wait(600);
  (void)exchange(clinician_, kWindow, true);
  EXPECT_TRUE(exchange(clinician_, kWindow, true).json["other"].is_null()) << "unheard of for ten minutes";
  (void)come(patient_, kThird);
  (void)exchange(patient_, kThird, true);
  EXPECT_THAT(found("Encounter?subject=Patient/a"), SizeIs(1)) << "a break of ten minutes ends a talk";
  (void)exchange(clinician_, kWindow, true);
  together(60);
  (void)leave(patient_, kThird);
  EXPECT_THAT(found("Encounter?subject=Patient/a"), SizeIs(1)) << "the other may come back";
  (void)leave(clinician_, kWindow);
  EXPECT_THAT(found("Encounter?subject=Patient/a"), SizeIs(2));
  for (const char* table : {"visit", "visit_seat", "visit_message"}) EXPECT_EQ(rows(table), 0) << table;
  EXPECT_THAT(ask(patient_, "GET", "/fhir/AuditEvent?patient=a&_count=200").json.dump(), HasSubstr("110120"));
}

TEST_P(VisitRulesTest, AnEncounterNamesParticipantsAndDuration) {
  (void)come(clinician_, kWindow);
  (void)come(patient_, kOther);
  (void)exchange(clinician_, kWindow, true);
  (void)exchange(patient_, kOther, true);
  together(600);
  (void)leave(patient_, kOther);
  (void)leave(clinician_, kWindow);
  const auto encounters = found("Encounter?subject=Patient/a&type=" +
                                search_token("urn:reprise:remote-monitoring", "interaction"));
  ASSERT_THAT(encounters, SizeIs(1));
  const Json& one = encounters[0];
  EXPECT_EQ(one["status"], "finished");
  EXPECT_EQ(one["class"]["code"], "VR");
  EXPECT_EQ(one["participant"][0]["individual"]["reference"], "Practitioner/dr-a");
  EXPECT_EQ(one["appointment"][0]["reference"], "Appointment/v");
  EXPECT_FALSE(one["meta"].contains("tag"));
  const auto moment = [&](const char* what) {
    return *fhir::interval_of(one["period"][what].get<std::string>())->start_ms;
  };
  EXPECT_GE(moment("end") - moment("start"), 600'000);
  EXPECT_LT(moment("end") - moment("start"), 660'000);
}

TEST_P(VisitRulesTest, MaintenanceRecordsTheCallOfVanishedParticipants) {
  (void)come(clinician_, kWindow);
  (void)come(patient_, kOther);
  (void)exchange(clinician_, kWindow, true);
  (void)exchange(patient_, kOther, true);
  together(60);
  wait(31);
  visits_->run_maintenance();
  // Behind it on the writer's thread.
  EXPECT_TRUE(write_now(*record_, "a test",
                        [](const record::WriteTransaction&) { return std::optional<record::Refusal>{}; }));
  EXPECT_THAT(found("Encounter?subject=Patient/a"), SizeIs(1));
  EXPECT_EQ(rows("visit"), 0);
}

TEST_P(VisitRulesTest, BadRequestsAreRefusedAndLeaveNothing) {
  (void)come(clinician_, kWindow);
  (void)come(patient_, kOther);
  const auto status = [&](Json body) { return visit(patient_, "POST", "/exchange", body).status; };
  const Json good = {
      {"window", kOther}, {"after", 0}, {"connected", false}, {"to", kWindow}, {"messages", {"m"}}};
  const auto with = [&](const char* name, Json value) {
    Json body = good;
    body[name] = std::move(value);
    return status(body);
  };
  EXPECT_EQ(with("window", "x"), 400U);
  EXPECT_EQ(with("window", Json::array()), 400U);
  EXPECT_EQ(with("after", -1), 400U);
  EXPECT_EQ(with("after", "1"), 400U);
  EXPECT_EQ(with("connected", 1), 400U);
  EXPECT_EQ(with("to", "'; DROP TABLE visit"), 400U);
  EXPECT_EQ(with("messages", {1}), 400U);
  EXPECT_EQ(with("messages", {""}), 400U);
  EXPECT_EQ(with("messages", {std::string(kLongestVisitMessage + 1, 'm')}), 400U);
  EXPECT_EQ(with("messages", std::vector<std::string>(33, "m")), 400U);
  EXPECT_EQ(with("messages", std::vector<std::string>(32, std::string(kLongestVisitMessage, 'm'))), 413U);
  EXPECT_EQ(visit(patient_, "POST", "/exchange", Json::array()).status, 400U);
  EXPECT_EQ(visit(patient_, "POST", "/nothing", good).status, 404U);
  EXPECT_EQ(visit(patient_, "DELETE", "/seat", good).status, 405U);
  EXPECT_EQ(visit(patient_, "GET", "/a/b").status, 404U);
  http::Request form{"POST", "/visits/v/seat", {{"content-type", "text/plain"}}, good.dump(), {}, true};
  EXPECT_EQ(answered(form).status, 415U);
  form.target = "/visits/";
  EXPECT_EQ(answered(form).status, 404U);
  EXPECT_EQ(rows("visit_message"), 0);
  for (int i = 0; i < 6; ++i) EXPECT_EQ(with("messages", std::vector<std::string>(32, "m")), 200U);
  EXPECT_EQ(with("messages", std::vector<std::string>(32, "m")), 429U);
  EXPECT_EQ(rows("visit_message"), 192);
}

INSTANTIATE_TEST_SUITE_P(On, VisitsTest, record::kBothDatabases, record::database_name);
INSTANTIATE_TEST_SUITE_P(On, VisitRulesTest, ::testing::Values(record::DatabaseKind::sqlite),
                         record::database_name);

}  // namespace
}  // namespace reprise::server
