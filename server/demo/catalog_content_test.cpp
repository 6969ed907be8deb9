// SPDX-License-Identifier: Apache-2.0
#include "server/seeding/catalog_content.h"

#include "care/outcome/completed_set.h"
#include "care/plan/programme.h"
#include "care/safety/questionnaire_response.h"
#include "exercises/catalog_files.h"
#include "server/demo/demonstration.h"
#include "tests/support/app_browser.h"

// What a server brings along for its record, and a simulated patient who uses it, from the invitation to the
// results.
namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::filesystem::path kCatalog = std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog";

// Those of the demonstration, and the questionnaires.
CatalogContent shipped_catalog() {
  CatalogContent catalog;
  for (const char* id :
       {"squat", "heel_slide", "sit_to_stand", "seated_knee_extension", "single_leg_stance"}) {
    catalog.exercises.push_back(
        exercises::read_catalog_file(kCatalog / "exercises" / (std::string{id} + ".json")).value());
  }
  catalog.questionnaires = exercises::read_catalog(kCatalog / "questionnaires").value();
  catalog.education = exercises::read_catalog(kCatalog / "education").value();
  catalog.protocols.push_back(
      exercises::read_catalog_file(kCatalog / "protocols/knee-osteoarthritis.json").value());
  catalog.contraindications.push_back(
      exercises::read_catalog_file(kCatalog / "contraindications/not-overhead.json").value());
  return catalog;
}

class CatalogContentTest : public AppTest {
 protected:
  std::vector<std::string> add(const CatalogContent& catalog) {
    std::vector<std::string> messages;
    const auto added =
        seed_catalog(*record_, catalog, [&](std::string_view what) { messages.emplace_back(what); });
    EXPECT_TRUE(added) << to_string(added.error());
    return messages;
  }
  /// Requests as a principal with all rights.
  Json get(const std::string& target) { return request("GET", target, ""); }
  Json request(const std::string& method, const std::string& target, const std::string& body) {
    std::promise<http::Response> answered;
    open_api_->handle({method, target, {{"content-type", "application/fhir+json"}}, body, {}, true},
                      [&](http::Response response) { answered.set_value(std::move(response)); });
    const auto response = answered.get_future().get();
    EXPECT_LT(response.status, 300U) << response.body;
    return Json::parse(response.body, nullptr, false);
  }
};

TEST_P(CatalogContentTest, IsAddedOnceAndLoggedAsTheServersAct) {
  const CatalogContent catalog = shipped_catalog();
  EXPECT_THAT(add(catalog), ::testing::ElementsAre(HasSubstr("Added 41 ")));
  EXPECT_THAT(add(catalog), IsEmpty());
  EXPECT_THAT(get("/fhir/ActivityDefinition?url=urn:reprise:exercise:squat")["entry"], SizeIs(1));
  EXPECT_THAT(get("/fhir/PlanDefinition?url=urn:reprise:protocol:knee-osteoarthritis")["entry"], SizeIs(1));
  EXPECT_THAT(get("/fhir/PlanDefinition?url=urn:reprise:contraindication:not-overhead")["entry"], SizeIs(1));
  EXPECT_THAT(get("/fhir/Questionnaire?url=urn:reprise:questionnaire:red-flags&version=2")["entry"],
              SizeIs(1));
  const Json log = get("/fhir/AuditEvent?action=C&_count=200");
  int own = 0;
  for (const Json& entry : log["entry"]) {
    const std::string text = entry.dump();
    if (text.find("Questionnaire/") != std::string::npos &&
        text.find("the server itself") != std::string::npos)
      ++own;
  }
  EXPECT_EQ(own, 6) << log.dump();
}

TEST_P(CatalogContentTest, ChangesNothingThatAClinicChanged) {
  const CatalogContent catalog = shipped_catalog();
  (void)add(catalog);
  Json squat = get("/fhir/ActivityDefinition?url=urn:reprise:exercise:squat")["entry"][0]["resource"];
  squat["status"] = "retired";
  squat["usage"] = "Not in this clinic.";
  const std::string address = "/fhir/ActivityDefinition/" + squat["id"].get<std::string>();
  (void)request("PUT", address, squat.dump());
  // A user added one a second time.
  Json twice = get("/fhir/ActivityDefinition?url=urn:reprise:exercise:heel_slide")["entry"][0]["resource"];
  twice.erase("id");
  (void)request("POST", "/fhir/ActivityDefinition", twice.dump());
  EXPECT_THAT(add(catalog), IsEmpty());
  EXPECT_EQ(get(address)["usage"], "Not in this clinic.");
  // A newer version of the catalog stands beside the older one.
  CatalogContent newer = catalog;
  std::string& text = newer.exercises.front().text;
  const auto at = text.find("\"version\": ");
  text.replace(at, text.find(',', at) - at, "\"version\": 999");
  EXPECT_THAT(add(newer), ::testing::ElementsAre(HasSubstr("Added 1 ")));
  EXPECT_THAT(get("/fhir/ActivityDefinition?url=urn:reprise:exercise:squat")["entry"], SizeIs(2));
}

TEST_P(CatalogContentTest, AnUnusableFileIsReportedAndBlocksNoOther) {
  CatalogContent catalog = shipped_catalog();
  catalog.exercises.push_back({"broken.json", "{}"});
  catalog.questionnaires.push_back(
      {"no_url.json", R"({"resourceType": "Questionnaire", "status": "active"})"});
  EXPECT_THAT(add(catalog), ::testing::ElementsAre(HasSubstr("without broken.json"),
                                                   HasSubstr("without no_url.json"), HasSubstr("Added 41 ")));
}

class DemonstrationTest : public CatalogContentTest {
 protected:
  static std::string bundle() {
    return exercises::read_catalog_file(kCatalog / "demo/patient.json").value().text;
  }

  std::vector<DemonstrationPerson> prepare() {
    auto people = prepare_demonstration(*record_, bundle());
    EXPECT_TRUE(people) << to_string(people.error());
    (void)add(shipped_catalog());
    return std::move(*people);
  }

  /// Lets the simulated patient in, as a browser would that opened the link.
  Browser patient(const DemonstrationPerson& person) {
    Browser browser;
    const auto accepted = ask(browser, "POST", "/auth/invitation/acceptance",
                              {{"secret", person.invitation->text}, {"password", kPassword}});
    EXPECT_EQ(accepted.status, 200U) << accepted.json.dump();
    EXPECT_EQ(enter_password(browser, person.account).status, 200U);
    return browser;
  }

  /// The questions of docs/reference/programme.md, asked by the patient.
  care::Programme programme(Browser& browser) {
    const std::string id = ask(browser, "GET", "/auth/session").json["account"]["person"];
    std::vector<std::string> answers;
    const auto asked = [&](const std::string& target) {
      const auto answer = ask(browser, "GET", target);
      EXPECT_EQ(answer.status, 200U) << target << answer.json.dump();
      answers.push_back(answer.json.dump());
      return answer.json;
    };
    const Json plan = asked("/fhir/CarePlan?subject=Patient/" + id + "&status=active&category=" +
                            search_token("urn:reprise:care-plan", "exercise-programme") +
                            "&_include=CarePlan:activity-reference:ServiceRequest");
    std::string urls;
    for (const Json& entry : plan.value("entry", Json::array())) {
      if (!entry["resource"].contains("instantiatesCanonical")) continue;
      urls += (urls.empty() ? "" : ",") + entry["resource"]["instantiatesCanonical"][0].get<std::string>();
    }
    (void)asked("/fhir/Patient?_id=" + id + "&_include=Patient:organization:Organization");
    (void)asked("/fhir/ActivityDefinition?url=" + urls);
    (void)asked("/fhir/Consent?patient=" + id + "&status=active");
    const auto read = care::read_programme(answers);
    if (!read) throw std::runtime_error(to_string(read.error()));
    return *read;
  }

  int count(const std::string& query) {
    const Json found = get("/fhir/" + query);
    return found.contains("entry") ? static_cast<int>(found["entry"].size()) : 0;
  }
};

TEST_P(DemonstrationTest, ThePatientHasAProgrammeThatAllCanBeReadOf) {
  const auto people = prepare();
  ASSERT_THAT(people, SizeIs(2));
  Browser browser = patient(people[0]);
  const auto given = programme(browser);
  EXPECT_TRUE(given.simulated);
  EXPECT_FALSE(given.app_use_consented) << "the demonstration's patient is asked, as others";
  EXPECT_NE(given.clinic_phone, "");
  EXPECT_NE(given.emergency_number, "");
  EXPECT_NE(given.start, "");
  for (const auto& problem : given.problems) ADD_FAILURE() << problem.request << ": " << problem.text;
  std::vector<std::string> ids;
  bool ceiling = false;
  for (const auto& prescribed : given.exercises) {
    ids.push_back(prescribed.exercise.definition.id);
    ceiling = ceiling || (prescribed.ceiling && prescribed.side);
  }
  EXPECT_THAT(ids, ::testing::ElementsAre("heel_slide", "seated_knee_extension", "sit_to_stand", "squat",
                                          "single_leg_stance"));
  EXPECT_TRUE(ceiling);
}

TEST_P(DemonstrationTest, ASetSentTwiceIsInTheRecordOnce) {
  const auto people = prepare();
  Browser browser = patient(people[0]);
  const auto given = programme(browser);
  ASSERT_THAT(given.exercises, SizeIs(5));
  care::CompletedSet set;
  set.id = "0b8e2a60-7c1f-4f6e-8d7a-000000000001";
  set.session = "0b8e2a60-7c1f-4f6e-8d7a-0000000000ff";
  set.patient = given.patient;
  set.request = given.exercises[0].request;
  set.exercise = given.exercises[0].exercise;
  set.side = given.exercises[0].side;
  set.start = "2026-03-02T10:00:00+01:00";
  set.end = "2026-03-02T10:02:00+01:00";
  set.simulated = given.simulated;
  set.by_hand = {10, {}};
  set.pain = {{care::Moment::after, 2}};
  const auto bundle = care::set_bundle(set);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  std::string first;
  for (const unsigned created : {3U, 0U}) {
    const auto answer = ask(browser, "POST", "/fhir", *bundle, "application/fhir+json");
    ASSERT_EQ(answer.status, 200U) << answer.json.dump();
    unsigned now = 0;
    for (const Json& entry : answer.json["entry"])
      now += entry["response"]["status"].get<std::string>()[2] == '1';
    EXPECT_EQ(now, created) << answer.json.dump();
  }
  EXPECT_EQ(count("Procedure"), 1);
  EXPECT_EQ(count("Observation"), 2);
  const Json procedure = get("/fhir/Procedure")["entry"][0]["resource"];
  EXPECT_EQ(count("Observation?part-of=Procedure/" + procedure["id"].get<std::string>()), 2);
  EXPECT_EQ(
      count("Procedure?_tag=" + search_token("urn:reprise:tag", "simulated") + "&based-on=" + set.request),
      1);
  EXPECT_EQ(count("Procedure?identifier=" + search_token("urn:reprise:session", "urn:uuid:" + set.session)),
            1);
  // Part of it is there already, as when another device has sent it.
  Json more = *bundle;
  more["entry"][2]["resource"]["identifier"][0]["value"] = "another";
  more["entry"][2]["request"]["ifNoneExist"] = "identifier=" + search_token("urn:reprise:result", "another");
  ASSERT_EQ(ask(browser, "POST", "/fhir", more, "application/fhir+json").status, 200U);
  EXPECT_EQ(count("Procedure"), 1);
  EXPECT_EQ(count("Observation?part-of=Procedure/" + procedure["id"].get<std::string>()), 3);
}

TEST_P(DemonstrationTest, AnswersSentTwiceAreInTheRecordOnce) {
  const auto people = prepare();
  Browser browser = patient(people[0]);
  const auto given = programme(browser);
  care::Answers answers;
  answers.id = "0b8e2a60-7c1f-4f6e-8d7a-000000000002";
  answers.patient = given.patient;
  answers.programme = given.id;
  answers.questionnaire = "urn:reprise:questionnaire:before-exercise|1";
  answers.authored = "2026-03-02T09:59:00+01:00";
  answers.simulated = true;
  answers.answers = {{"pain-before", 3}, {"support-in-reach", true}};
  const auto bundle = care::answers_bundle(answers);
  ASSERT_TRUE(bundle) << to_string(bundle.error());
  for (int i = 0; i < 2; ++i) {
    const auto answer = ask(browser, "POST", "/fhir", *bundle, "application/fhir+json");
    ASSERT_EQ(answer.status, 200U) << answer.json.dump();
  }
  EXPECT_EQ(count("QuestionnaireResponse?questionnaire=urn:reprise:questionnaire:before-exercise"), 1);
  EXPECT_EQ(count("Observation?code=" + search_token("http://loinc.org", "72514-3")), 1);
}

TEST_P(DemonstrationTest, LinksAreFreshUntilThePasswordIsChosen) {
  const auto before = prepare();
  const auto people = prepare();
  ASSERT_TRUE(before[0].invitation && people[0].invitation && people[1].invitation);
  EXPECT_NE(before[0].invitation->text, people[0].invitation->text);
  Browser late;
  EXPECT_EQ(ask(late, "POST", "/auth/invitation/acceptance",
                {{"secret", before[0].invitation->text}, {"password", kPassword}})
                .status,
            404U)
      << "an earlier link counts no more";
  (void)patient(people[0]);
  const auto after = prepare();
  EXPECT_FALSE(after[0].invitation);
  EXPECT_EQ(after[0].account, "robin");
  EXPECT_TRUE(after[1].invitation);
  EXPECT_EQ(count("Patient"), 1);
  EXPECT_EQ(count("CarePlan"), 1);
}

TEST_P(DemonstrationTest, DoesNotMixWithPeople) {
  put("Patient", "real", {{"active", true}});
  const auto refused = prepare_demonstration(*record_, bundle());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(count("Patient"), 1) << "nothing was added";
  put("Patient", "another", {{"active", true}});
  EXPECT_FALSE(prepare_demonstration(*record_, bundle())) << "nor with several";
}

INSTANTIATE_TEST_SUITE_P(On, CatalogContentTest, record::kBothDatabases, record::database_name);
// It keeps its own SQLite record.
INSTANTIATE_TEST_SUITE_P(On, DemonstrationTest, ::testing::Values(record::DatabaseKind::sqlite),
                         record::database_name);

}  // namespace
}  // namespace reprise::server
