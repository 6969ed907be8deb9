// SPDX-License-Identifier: Apache-2.0
#include "record/access/access_index.h"
#include "record/audit/audit_log.h"
#include "tests/support/signed_in.h"

// Attacks on the data of others: getting into a record and staying there, writing in another person's name,
// probing for existence.
namespace reprise::server {
namespace {

using record::Role;

constexpr const char* kUuid = "6f1c2b7e-3a54-4c1d-8e29-0d5b7a9c4e10";

class TrespassTest : public SignedInTest {
 protected:
  void SetUp() override {
    for (const std::string who : {"a", "b"}) {
      put_patient_with_clinician(who);
      put("Observation/o-" + who, observation(who));
      put("Condition/c-" + who, R"(,"subject":{"reference":"Patient/)" + who + "\"}");
    }
    patient_ = person_token(Role::patient, "a");
    clinician_ = person_token(Role::clinician, "dr-a");
    stranger_ = person_token(Role::clinician, "dr-b");
    administrator_ = person_token(Role::administrator, "");
  }

  /// Starts an emergency access; returns its id.
  std::string break_glass(const std::string& person, const std::string& patient) {
    const auto connection = database_.open();
    EXPECT_TRUE(connection->begin_writing());
    const auto account = record::find_account_by_name(*connection, "login-" + person);
    const auto access = record::break_glass(*connection, account->value().id, patient,
                                            "collapsed in the waiting room", now());
    EXPECT_TRUE(access) << to_string(access.error());
    EXPECT_TRUE(connection->commit());
    return access->id;
  }
  void end_emergency_access(const std::string& access) {
    const auto connection = database_.open();
    ASSERT_TRUE(connection->begin_writing());
    ASSERT_TRUE(record::end_emergency(*connection, access, now()));
    ASSERT_TRUE(connection->commit());
  }
  static std::int64_t now() { return record::milliseconds_now() * 1000; }

  Answer post(const std::string& token, const Json& resource) {
    return ask(token, "POST", "/" + resource["resourceType"].get<std::string>(), resource.dump());
  }
  Answer put_as(const std::string& token, const Json& resource) {
    return ask(token, "PUT",
               "/" + resource["resourceType"].get<std::string>() + "/" + resource["id"].get<std::string>(),
               resource.dump());
  }
  Json read(const std::string& target) {
    Json resource = ask(program_, "GET", "/" + target).json;
    resource.erase("meta");
    return resource;
  }
  static Json reference(const std::string& to) { return {{"reference", to}}; }
  static Json condition(const std::string& patient) {
    return {{"resourceType", "Condition"}, {"subject", reference("Patient/" + patient)}};
  }
  static Json consent(const std::string& patient, const std::string& performer, const std::string& policy) {
    return {{"resourceType", "Consent"},
            {"status", "active"},
            {"scope",
             {{"coding", Json::array({{{"system", "http://terminology.hl7.org/CodeSystem/consentscope"},
                                       {"code", "patient-privacy"}}})}}},
            {"category", Json::array({{{"text", "c"}}})},
            {"patient", reference("Patient/" + patient)},
            {"performer", Json::array({reference(performer)})},
            {"policyRule", {{"coding", Json::array({{{"code", policy}}})}}}};
  }
  static Json team(const std::string& patient, const std::string& doctor) {
    return {{"resourceType", "CareTeam"},
            {"status", "active"},
            {"subject", reference("Patient/" + patient)},
            {"participant", Json::array({{{"member", reference("Practitioner/" + doctor)}}})}};
  }
  static Json message(const std::string& patient, const std::string& sender) {
    return {{"resourceType", "Communication"},
            {"status", "completed"},
            {"subject", reference("Patient/" + patient)},
            {"sender", reference(sender)},
            {"payload", Json::array({{{"contentString", "words"}}})}};
  }
  static Json answers(const std::string& patient, const std::string& author, const std::string& source) {
    return {{"resourceType", "QuestionnaireResponse"},
            {"status", "completed"},
            {"subject", reference("Patient/" + patient)},
            {"author", reference(author)},
            {"source", reference(source)}};
  }

  static Json goal(const std::string& patient) {
    return {{"resourceType", "Goal"},
            {"lifecycleStatus", "active"},
            {"description", {{"text", "To walk to the lake again"}}},
            {"subject", reference("Patient/" + patient)},
            {"expressedBy", reference("Patient/" + patient)},
            {"startDate", "2026-03-02"}};
  }

  std::string patient_;
  std::string clinician_;
  std::string stranger_;  ///< cares for b
  std::string administrator_;
};

// Security finding F1
TEST_P(TrespassTest, EmergencyAccessArrangesNothingRemovesNothingAndEnds) {
  const auto denial = post(patient_, consent("a", "Patient/a", "OPTOUT"));
  ASSERT_EQ(denial.status, 201U) << denial.json.dump();
  const std::string denied = "/Consent/" + denial.json["id"].get<std::string>();
  EXPECT_EQ(ask(stranger_, "GET", "/Observation/o-a").status, 404U);
  const std::string access = break_glass("dr-b", "a");
  EXPECT_EQ(ask(stranger_, "GET", "/Observation/o-a").status, 200U);
  EXPECT_EQ(post(stranger_, condition("a")).status, 201U) << "findings may be recorded";
  EXPECT_EQ(post(stranger_, team("a", "dr-b")).status, 403U);
  EXPECT_EQ(post(stranger_, consent("a", "Practitioner/dr-b", "OPTIN")).status, 403U);
  EXPECT_EQ(ask(stranger_, "DELETE", denied).status, 403U);
  EXPECT_EQ(ask(stranger_, "DELETE", "/Observation/o-a").status, 403U);
  EXPECT_EQ(ask(stranger_, "DELETE", "/CareTeam/team-a").status, 403U);
  Json changed = read("Condition/c-a");
  changed["recordedDate"] = "2026-01-01";
  EXPECT_EQ(put_as(stranger_, changed).status, 403U);
  Json person = read("Patient/a");
  person["active"] = false;
  EXPECT_EQ(put_as(stranger_, person).status, 403U);
  EXPECT_EQ(
      post(stranger_, {{"resourceType", "Patient"},
                       {"link", Json::array({{{"other", reference("Patient/a")}, {"type", "seealso"}}})}})
          .status,
      403U);
  EXPECT_EQ(post(stranger_, {{"resourceType", "Appointment"},
                             {"status", "booked"},
                             {"participant",
                              Json::array({{{"actor", reference("Patient/a")}, {"status", "accepted"}}})}})
                .status,
            403U);
  end_emergency_access(access);
  EXPECT_EQ(ask(stranger_, "GET", "/Observation/o-a").status, 404U);
  EXPECT_EQ(put_as(stranger_, changed).status, 403U);
}

// Security finding F13
TEST_P(TrespassTest, TheMarkOfEmergencyAccessStaysInEveryCombination) {
  break_glass("dr-b", "a");
  for (const char* target : {"/Condition/c-a", "/Condition?_count=100", "/Patient?_id=a,b",
                             "/Patient/_history", "/Condition/_history"}) {
    EXPECT_EQ(ask(stranger_, "GET", target).status, 200U) << target;
  }
  ASSERT_EQ(ask(stranger_, "GET", "/Condition/c-b").status, 200U);
  record_.reset();  // flushes noted entries
  const auto entries = record::find_entries(*database_.open(), {.patient = "a", .count = 100});
  ASSERT_TRUE(entries);
  std::size_t by_stranger = 0;
  for (const auto& entry : *entries) {
    if (entry.person != "dr-b") continue;
    ++by_stranger;
    EXPECT_EQ(entry.purpose, record::AuditPurpose::break_glass);
    EXPECT_EQ(entry.emergency, std::vector<std::string>{"a"}) << "and not b, who is cared for";
  }
  EXPECT_EQ(by_stranger, 5U);
  const auto own = record::find_entries(*database_.open(), {.patient = "b", .count = 1});
  EXPECT_EQ(own->front().purpose, record::AuditPurpose::treatment);
}

TEST_P(TrespassTest, APatientWritesTheOwnGoalInTheOwnWordsAndNothingElse) {
  const auto refused = [&](const char* why, const auto& change) {
    Json made = goal("a");
    change(made);
    EXPECT_EQ(post(patient_, made).status, 403U) << why;
  };
  refused("another patient's", [](Json& one) { one = goal("b"); });
  refused("about another patient", [](Json& one) { one["subject"] = reference("Patient/b"); });
  refused("in another patient's name", [](Json& one) { one["expressedBy"] = reference("Patient/b"); });
  refused("in a clinician's name", [](Json& one) { one["expressedBy"] = reference("Practitioner/dr-a"); });
  refused("in no one's name", [](Json& one) { one.erase("expressedBy"); });
  refused("closed", [](Json& one) { one["lifecycleStatus"] = "completed"; });
  refused("without words", [](Json& one) {
    one["description"] = {{"coding", Json::array({{{"code", "x"}}})}};
  });
  refused("words and a code", [](Json& one) {
    one["description"]["coding"] = Json::array({{{"code", "x"}}});
  });
  refused("too long", [](Json& one) { one["description"]["text"] = std::string(2001, 'x'); });
  refused("a target", [](Json& one) { one["target"] = Json::array({{{"dueDate", "2026-06-01"}}}); });
  refused("an assessment", [](Json& one) { one["achievementStatus"] = {{"text", "achieved"}}; });
  refused("a note", [](Json& one) { one["note"] = Json::array({{{"text", "x"}}}); });
  refused("an extension", [](Json& one) {
    one["extension"] = Json::array({{{"url", "urn:x"}, {"valueBoolean", true}}});
  });
  const auto made = post(patient_, goal("a"));
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  EXPECT_EQ(ask(clinician_, "GET", "/Goal/" + made.json["id"].get<std::string>()).status, 200U);
  EXPECT_EQ(ask(stranger_, "GET", "/Goal/" + made.json["id"].get<std::string>()).status, 404U);
}

TEST_P(TrespassTest, APatientChangesNoGoalThatAClinicianWorksWith) {
  Json own = goal("a");
  own["id"] = kUuid;
  ASSERT_EQ(put_as(patient_, own).status, 201U);
  own["description"]["text"] = "To walk around the lake";
  EXPECT_EQ(put_as(patient_, own).status, 200U);
  Json another = own;
  another["subject"] = another["expressedBy"] = reference("Patient/b");
  EXPECT_EQ(put_as(patient_, another).status, 403U) << "it moves to no other record";
  EXPECT_EQ(put_as(person_token(Role::patient, "b"), another).status, 403U) << "another patient's goal";
  EXPECT_EQ(read(std::string{"Goal/"} + kUuid)["subject"], reference("Patient/a"));
  EXPECT_EQ(ask(patient_, "DELETE", std::string{"/Goal/"} + kUuid).status, 403U);
  Json measured = own;
  measured["target"] = Json::array({{{"dueDate", "2026-06-01"}}});
  ASSERT_EQ(put_as(clinician_, measured).status, 200U);
  EXPECT_EQ(put_as(patient_, own).status, 403U) << "the target would be gone";
  measured["description"]["text"] = "To rest";
  EXPECT_EQ(put_as(patient_, measured).status, 403U);
  Json given_up = goal("a");
  given_up["id"] = "6f1c2b7e-3a54-4c1d-8e29-0d5b7a9c4e11";
  ASSERT_EQ(put_as(patient_, given_up).status, 201U);
  given_up["lifecycleStatus"] = "cancelled";
  EXPECT_EQ(put_as(patient_, given_up).status, 200U);
  given_up["lifecycleStatus"] = "active";
  EXPECT_EQ(put_as(patient_, given_up).status, 403U) << "a closed one stays closed";
}

// Security finding F5
TEST_P(TrespassTest, AClinicianWritesNothingInAnotherPersonsName) {
  put("Practitioner/dr-c", "");
  Json request = message("a", "Patient/a");
  request["category"] = Json::array(
      {{{"coding", Json::array({{{"system", "urn:reprise:communication"}, {"code", "erasure-request"}}})}}});
  EXPECT_EQ(post(clinician_, request).status, 403U);
  EXPECT_EQ(post(clinician_, message("a", "Practitioner/dr-c")).status, 403U);
  EXPECT_EQ(post(clinician_, message("a", "Practitioner/dr-a")).status, 201U);
  EXPECT_EQ(post(clinician_, answers("a", "Patient/a", "Patient/a")).status, 403U);
  EXPECT_EQ(post(clinician_, answers("a", "Practitioner/dr-a", "Patient/a")).status, 201U)
      << "taken by phone";
  const auto observed = [&](const Json& performer) {
    Json made = {{"resourceType", "Observation"},
                 {"status", "final"},
                 {"code", {{"text", "x"}}},
                 {"subject", reference("Patient/a")}};
    if (!performer.is_null()) made["performer"] = performer;
    return post(clinician_, made).status;
  };
  EXPECT_EQ(observed(Json::array({reference("Practitioner/dr-c")})), 403U);
  EXPECT_EQ(observed(Json::array({reference("Patient/a")})), 403U);
  EXPECT_EQ(observed(Json::array({{{"display", "Dr C"}}})), 403U);
  EXPECT_EQ(observed(Json::array({reference("Patient/a"), reference("Practitioner/dr-a")})), 201U);
  EXPECT_EQ(observed({}), 201U);
  const auto provenance = [&](const std::string& who) -> Json {
    return {{"resourceType", "Provenance"},
            {"target", Json::array({reference("Patient/a")})},
            {"recorded", "2026-01-01T00:00:00Z"},
            {"agent", Json::array({{{"who", reference(who)}}})}};
  };
  EXPECT_EQ(post(clinician_, provenance("Practitioner/dr-c")).status, 403U);
  EXPECT_EQ(post(clinician_, provenance("Practitioner/dr-a")).status, 201U);
  Json noted = condition("a");
  noted["note"] = Json::array({{{"text", "x"}, {"authorReference", reference("Practitioner/dr-c")}}});
  EXPECT_EQ(post(clinician_, noted).status, 403U);

  put("Communication/m",
      R"(,"status":"completed","subject":{"reference":"Patient/a"},"sender":{"reference":"Patient/a"},"payload":[{"contentString":"words"}])");
  Json theirs = read("Communication/m");
  theirs["payload"][0]["contentString"] = "other words";
  EXPECT_EQ(put_as(clinician_, theirs).status, 403U);
  EXPECT_EQ(ask(clinician_, "PATCH", "/Communication/m",
                R"([{"op":"replace","path":"/sender/reference","value":"Practitioner/dr-a"}])",
                "application/json-patch+json")
                .status,
            403U);
  theirs = read("Communication/m");
  theirs["status"] = "entered-in-error";
  EXPECT_EQ(put_as(clinician_, theirs).status, 200U);
}

// Security finding F5: a resource that colleagues maintain names its first or its last author.
TEST_P(TrespassTest, ColleaguesGoOnWithPlansOfOthers) {
  put("Practitioner/dr-c", "");
  put("ServiceRequest/s",
      R"(,"status":"active","intent":"order","subject":{"reference":"Patient/a"},"requester":{"reference":"Practitioner/dr-c"})");
  Json order = read("ServiceRequest/s");
  order["patientInstruction"] = "slowly";
  EXPECT_EQ(put_as(clinician_, order).status, 200U);
  order["requester"] = reference("Practitioner/dr-b");
  EXPECT_EQ(put_as(clinician_, order).status, 403U);
  order["requester"] = reference("Practitioner/dr-a");
  EXPECT_EQ(put_as(clinician_, order).status, 200U);
}

// A release of the self-assessment: only the clinic saw that the patient does it safely.
TEST_P(TrespassTest, APatientReleasesNoMovementOfTheSelfAssessment) {
  Json release = Json::parse(R"({"resourceType": "ServiceRequest", "status": "active", "intent": "order",
    "category": [{"coding": [{"system": "urn:reprise:order", "code": "self-assessment-release"}]}],
    "code": {"coding": [{"system": "urn:reprise:self-assessment-position", "code": "single_leg"}]},
    "reasonCode": [{"coding": [{"system": "urn:reprise:release-reason", "code": "seen-done-safely"}]}],
    "subject": {"reference": "Patient/a"}, "requester": {"reference": "Practitioner/dr-a"}})");
  EXPECT_EQ(post(patient_, release).status, 403U);
  Json own = release;
  own["requester"] = reference("Patient/a");
  EXPECT_EQ(post(patient_, own).status, 403U);
  const auto made = post(clinician_, release);
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  const std::string id = made.json["id"];
  EXPECT_EQ(ask(patient_, "GET", "/ServiceRequest/" + id).status, 200U);
  Json revoked = read("ServiceRequest/" + id);
  revoked["status"] = "revoked";
  EXPECT_EQ(put_as(clinician_, revoked).status, 200U);
  Json again = read("ServiceRequest/" + id);
  again["status"] = "active";
  EXPECT_EQ(put_as(patient_, again).status, 403U);
  release["requester"] = reference("Practitioner/dr-b");
  EXPECT_EQ(post(clinician_, release).status, 403U) << "in a colleague's name";
}

// Security finding F15
TEST_P(TrespassTest, APatientsDenialIsThePatients) {
  put("Practitioner/dr-c", "");
  const std::string other = person_token(Role::clinician, "dr-c");
  ASSERT_EQ(post(clinician_, team("a", "dr-c")).status, 201U);
  EXPECT_EQ(ask(other, "GET", "/Observation/o-a").status, 200U);
  Json denial = consent("a", "Patient/a", "");
  denial.erase("policyRule");
  denial["provision"] = {
      {"type", "deny"},
      {"actor", Json::array({{{"role", {{"text", "r"}}}, {"reference", reference("Practitioner/dr-c")}}})}};
  const auto made = post(patient_, denial);
  ASSERT_EQ(made.status, 201U) << made.json.dump();
  const std::string id = made.json["id"];
  EXPECT_EQ(ask(other, "GET", "/Observation/o-a").status, 404U);
  EXPECT_EQ(ask(clinician_, "DELETE", "/Consent/" + id).status, 403U);
  Json ended = read("Consent/" + id);
  ended["status"] = "inactive";
  EXPECT_EQ(put_as(clinician_, ended).status, 403U);
  EXPECT_EQ(put_as(administrator_, ended).status, 403U);
  Json permits = denial;
  permits["provision"]["type"] = "permit";
  EXPECT_EQ(post(clinician_, permits).status, 403U) << "in the patient's name";
  permits["performer"] = Json::array({reference("Practitioner/dr-a"), reference("Patient/a")});
  EXPECT_EQ(post(clinician_, permits).status, 201U) << "clinicians may add";
  EXPECT_EQ(ask(other, "GET", "/Observation/o-a").status, 404U)
      << "which admits no one whom the patient denies";
  EXPECT_EQ(put_as(patient_, ended).status, 200U);
  EXPECT_EQ(ask(other, "GET", "/Observation/o-a").status, 200U);
}

// Security finding F24
TEST_P(TrespassTest, APatientNamesNoOneElseAndIsNamed) {
  Json document = {{"resourceType", "DocumentReference"},
                   {"status", "current"},
                   {"subject", reference("Patient/a")},
                   {"author", Json::array({reference("Patient/a")})},
                   {"content", Json::array({{{"attachment", {{"title", "x"}}}}})}};
  EXPECT_EQ(post(patient_, document).status, 201U);
  document["authenticator"] = reference("Practitioner/dr-a");
  EXPECT_EQ(post(patient_, document).status, 403U);
  EXPECT_EQ(post(patient_, consent("a", "Practitioner/dr-a", "OPTIN")).status, 403U);
  Json observed = {{"resourceType", "Observation"},
                   {"status", "final"},
                   {"code", {{"text", "x"}}},
                   {"subject", reference("Patient/a")}};
  EXPECT_EQ(post(patient_, observed).status, 403U) << "whose is it?";
  observed["performer"] = Json::array({reference("Patient/a")});
  EXPECT_EQ(post(patient_, observed).status, 201U);
  Json given = answers("a", "Patient/a", "Patient/a");
  given["status"] = "in-progress";
  Json made = post(patient_, given).json;
  made.erase("meta");
  made["status"] = "completed";
  EXPECT_EQ(put_as(patient_, made).status, 200U);
  made["authored"] = "2026-01-01T00:00:00Z";
  EXPECT_EQ(put_as(patient_, made).status, 403U) << "a clinician may have relied on it";
}

// Security finding F17
TEST_P(TrespassTest, HistoriesRevealNothingOfOthers) {
  for (int i = 0; i < 3; ++i)
    put("Observation/o-b", observation("b") + R"(,"valueInteger":)" + std::to_string(i));
  put("Observation/o-c", observation("a"));
  for (const char* first : {"/Observation/_history?_count=1", "/Observation/_history?_count=2"}) {
    std::size_t found = 0;
    std::size_t pages = 0;
    for (std::string next = first; !next.empty(); ++pages) {
      const auto page = ask(patient_, "GET", next);
      ASSERT_EQ(page.status, 200U);
      ASSERT_GT(entries(page), 0U) << "an empty page would reveal data of others";
      found += entries(page);
      next.clear();
      for (const auto& link : page.json["link"]) {
        if (link["relation"] == "next") next = link["url"].get<std::string>();
      }
      if (!next.empty()) next = next.substr(next.find("/Observation"));
    }
    EXPECT_EQ(found, 2U);
    EXPECT_EQ(pages, first[std::string_view{first}.size() - 1] == '1' ? 2U : 1U);
  }
  for (const char* query : {"", "?_since=2000&_count=1", "?_since=2990"}) {
    EXPECT_EQ(ask(patient_, "GET", std::string{"/Observation/o-b/_history"} + query).status, 404U) << query;
    EXPECT_EQ(ask(patient_, "GET", std::string{"/Observation/none/_history"} + query).status, 404U) << query;
    EXPECT_EQ(ask(patient_, "GET", std::string{"/Observation/o-a/_history"} + query).status, 200U) << query;
  }
  EXPECT_LT(ask(program_, "DELETE", "/Observation/o-c").status, 300U);
  EXPECT_EQ(entries(ask(patient_, "GET", "/Observation/_history")), 3U) << "and deleted ones";
}

// Security finding F18
TEST_P(TrespassTest, WritesRevealNothingOfOthers) {
  put("Condition/" + std::string{kUuid}, R"(,"subject":{"reference":"Patient/b"})");
  const auto alike = [&](const std::string& method, const std::string& body, const char* type,
                         unsigned status) {
    for (const char* id : {"c-b", "none"}) {
      Json resource = condition("a");
      resource["id"] = id;
      const auto answer = ask(clinician_, method, std::string{"/Condition/"} + id,
                              body.empty() && method == "PUT" ? resource.dump() : body, type);
      EXPECT_EQ(answer.status, status) << method << " " << id << answer.json.dump();
    }
  };
  alike("PUT", "", "application/fhir+json", 403);
  alike("DELETE", "", "application/fhir+json", 204);
  alike("PATCH", R"([{"op":"test","path":"/subject/reference","value":"Patient/b"}])",
        "application/json-patch+json", 404);
  EXPECT_EQ(read("Condition/c-b")["subject"], reference("Patient/b")) << "and nothing happened";
  Json known = condition("a");
  known["id"] = kUuid;
  EXPECT_EQ(put_as(clinician_, known).status, 403U);
  known["id"] = "7" + std::string{kUuid}.substr(1);
  EXPECT_EQ(put_as(clinician_, known).status, 201U) << "an unguessable id may be chosen";
  for (const std::string place : {"Observation/o-b", "Observation/none", "Patient/b", "Patient/none"}) {
    Json made = condition("a");
    made["evidence"] = Json::array({{{"detail", Json::array({reference(place)})}}});
    const auto answer = post(clinician_, made);
    EXPECT_EQ(answer.status, 422U) << place;
    EXPECT_THAT(answer.json.dump(), ::testing::HasSubstr("not in this record"));
    made["id"] = "c-a";
    EXPECT_EQ(put_as(clinician_, made).status, 422U) << place;
    const Json bundle = {
        {"resourceType", "Bundle"},
        {"type", "transaction"},
        {"entry",
         Json::array({{{"resource", made}, {"request", {{"method", "PUT"}, {"url", "Condition/c-a"}}}}})}};
    EXPECT_EQ(ask(clinician_, "POST", "", bundle.dump()).status, 422U) << place;
  }
  EXPECT_EQ(post(clinician_, team("b", "dr-a")).status, post(clinician_, team("none", "dr-a")).status);
  // An existing reference stays, though its author may no longer read it.
  put("Condition/refers",
      R"(,"subject":{"reference":"Patient/a"},"evidence":[{"detail":[{"reference":"Observation/o-b"}]}])");
  Json kept = read("Condition/refers");
  kept["recordedDate"] = "2026-01-01";
  const auto again = put_as(clinician_, kept);
  EXPECT_EQ(again.status, 200U) << again.json.dump();
}

// Security finding F19
TEST_P(TrespassTest, NoPatientIsPlantedInAnotherPatientsRecord) {
  const auto linked = [](const std::string& to) -> Json {
    return {{"resourceType", "Patient"},
            {"name", Json::array({{{"family", "Planted"}}})},
            {"link", Json::array({{{"other", {{"reference", "Patient/" + to}}}, {"type", "seealso"}}})}};
  };
  const auto b = post(clinician_, linked("b"));
  EXPECT_EQ(b.status, 403U);
  EXPECT_EQ(post(clinician_, linked("none")).json["issue"], b.json["issue"]);
  EXPECT_EQ(post(clinician_, linked("a")).status, 201U);
  EXPECT_EQ(entries(ask(stranger_, "GET", "/Patient?family=Planted")), 0U);
}

INSTANTIATE_TEST_SUITE_P(On, TrespassTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
