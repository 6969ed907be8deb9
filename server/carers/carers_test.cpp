// SPDX-License-Identifier: Apache-2.0
// A carer signs in for one patient, with that patient's leave: what a carer may, in whose name, and the end.
#include "server/carers/carer.h"

#include "record/store/erasure.h"
#include "server/carers/routes.h"
#include "server/reactions/system_writes.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using record::AuditAgent;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Field;

Json reference(const std::string& to) {
  return {{"reference", to}};
}

class CarersTest : public AppTest {
 protected:
  CarersTest() {
    ApiOptions options;
    options.after_changes = [this](const record::WriteTransaction& session,
                                   std::span<const record::ChangeResult> changes) {
      return follow_ended_carers(*record_, session, changes);
    };
    api_ = std::make_shared<Api>(*record_, std::move(options));
    serve_also(carer_routes(), quick_options());
    fill();
    for (const std::string who : {"a", "b"}) {
      put("Observation", "o-" + who,
          {{"status", "final"}, {"code", {{"text", "c"}}}, {"subject", reference("Patient/" + who)}});
    }
    patient_ = person("robin", Role::patient, "a");
  }

  Answer fhir(Browser& browser, const char* method, const std::string& target, const Json& body = {}) {
    return ask(browser, method, "/fhir" + target, body, "application/fhir+json");
  }
  static Json leave(const std::string& login) {
    return {{"login", login},
            {"name", "Anna Muster"},
            {"relationship", "child"},
            {"language", "en"},
            {"words", "Anna sees all of it. Yes."}};
  }
  struct Carer {
    std::string id;
    std::string person;  ///< "RelatedPerson/ID"
    Browser browser;
  };
  /// Lets a carer in and signs the carer in.
  Carer let_in(const std::string& login) {
    const auto invited = ask(patient_, "POST", "/auth/carers", leave(login));
    EXPECT_EQ(invited.status, 201U) << invited.json.dump();
    const std::string link = invited.json.value("link", "#");
    Carer carer{invited.json.value("id", ""), {}, {}};
    const auto accepted = ask(carer.browser, "POST", "/auth/invitation/acceptance",
                              {{"secret", link.substr(link.find('#') + 1)}, {"password", kPassword}});
    EXPECT_EQ(accepted.status, 200U) << accepted.json.dump();
    const auto session = enter_password(carer.browser, login).json;
    EXPECT_EQ(session["stage"], "full") << "carers need no second factor";
    EXPECT_EQ(session["account"]["role"], "carer");
    EXPECT_EQ(session["account"]["helps"], "a");
    carer.person = "RelatedPerson/" + session["account"].value("person", "");
    return carer;
  }
  static Json about_patient(const char* type, const char* status) {
    return {{"resourceType", type}, {"status", status}, {"subject", reference("Patient/a")}};
  }
  static Json message(const std::string& sender, const std::string& code = "message") {
    Json one = about_patient("Communication", "completed");
    const Json coding = {{"system", "urn:reprise:communication"}, {"code", code}};
    one["category"] = Json::array({Json{{"coding", Json::array({coding})}}});
    one["sender"] = reference(sender);
    one["payload"] = Json::array({Json{{"contentString", "words"}}});
    return one;
  }
  static Json answers(const std::string& author) {
    Json one = about_patient("QuestionnaireResponse", "completed");
    one["author"] = one["source"] = reference(author);
    return one;
  }
  static Json observation(const std::string& patient, const std::string& performer) {
    return {{"resourceType", "Observation"},
            {"status", "final"},
            {"code", {{"text", "c"}}},
            {"subject", reference("Patient/" + patient)},
            {"performer", {reference(performer)}}};
  }

  Browser patient_;
};

TEST_P(CarersTest, ACarerReadsAndWritesForOnePatientInTheOwnName) {
  Carer anna = let_in("anna");
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-a").status, 200U);
  EXPECT_EQ(fhir(anna.browser, "GET", "/Patient/a").status, 200U);
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-b").status, 404U) << "another patient's";
  EXPECT_FALSE(fhir(anna.browser, "GET", "/Observation?patient=Patient/b").json.contains("entry"));
  EXPECT_EQ(fhir(anna.browser, "POST", "/Communication", message(anna.person)).status, 201U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/QuestionnaireResponse", answers(anna.person)).status, 201U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/Observation", observation("a", anna.person)).status, 201U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/Communication", message("Patient/a")).status, 403U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/QuestionnaireResponse", answers("Patient/a")).status, 403U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/Observation", observation("a", "Patient/a")).status, 403U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/Observation", observation("b", anna.person)).status, 403U);
  EXPECT_EQ(fhir(patient_, "POST", "/Communication", message(anna.person)).status, 403U)
      << "nor the patient in the carer's name";
  EXPECT_THAT(events(), Contains(AllOf(Field(&record::AuditEntry::agent, AuditAgent::carer),
                                       Field(&record::AuditEntry::account, anna.id),
                                       Field(&record::AuditEntry::resource_type, "Communication"))));
}

TEST_P(CarersTest, OnlyThePatientDecidesWhatIsThePatients) {
  Carer anna = let_in("anna");
  const Json consent = {{"resourceType", "Consent"},         {"status", "active"},
                        {"scope", {{"text", "s"}}},          {"category", {{{"text", "c"}}}},
                        {"patient", reference("Patient/a")}, {"performer", {reference(anna.person)}},
                        {"policyRule", {{"text", "p"}}}};
  EXPECT_EQ(fhir(anna.browser, "POST", "/Consent", consent).status, 403U);
  const Json goal = {{"resourceType", "Goal"},
                     {"lifecycleStatus", "active"},
                     {"description", {{"text", "To walk to the lake"}}},
                     {"subject", reference("Patient/a")},
                     {"expressedBy", reference(anna.person)}};
  EXPECT_EQ(fhir(anna.browser, "POST", "/Goal", goal).status, 403U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/Communication", message(anna.person, "erasure-request")).status,
            403U);
  const Json person = {{"resourceType", "RelatedPerson"}, {"patient", reference("Patient/a")}};
  EXPECT_EQ(fhir(anna.browser, "POST", "/RelatedPerson", person).status, 403U);
  EXPECT_EQ(fhir(anna.browser, "POST", "/CareTeam", about_patient("CareTeam", "active")).status, 403U);
  Json plan = about_patient("CarePlan", "active");
  plan["intent"] = "plan";
  EXPECT_EQ(fhir(anna.browser, "POST", "/CarePlan", plan).status, 403U);
  Json flag = about_patient("Flag", "active");
  flag["code"] = {{"text", "f"}};
  EXPECT_EQ(fhir(anna.browser, "POST", "/Flag", flag).status, 403U);
  EXPECT_EQ(ask(anna.browser, "POST", "/auth/carers", leave("ben")).word(), "not-allowed");
  EXPECT_EQ(ask(anna.browser, "GET", "/auth/carers?patient=a").word(), "not-found");
  EXPECT_EQ(ask(anna.browser, "DELETE", "/auth/carers/" + anna.id).word(), "not-found");
  EXPECT_EQ(ask(anna.browser, "GET", "/auth/accounts").word(), "not-allowed");
  EXPECT_EQ(ask(anna.browser, "POST", "/auth/tokens", {{"name", "t"}, {"scopes", {"patient/*.rs"}}}).word(),
            "not-allowed");
  EXPECT_EQ(ask(anna.browser, "GET", "/auth/emergency").json["accesses"].size(), 0U);
}

TEST_P(CarersTest, ThePatientEndsItAtOnceAndTheRecordSaysSo) {
  Carer anna = let_in("anna");
  Carer ben = let_in("ben");
  EXPECT_EQ(ask(patient_, "GET", "/auth/carers?patient=a").json["carers"].size(), 2U) << "two carers";
  const std::string person = "/" + anna.person;
  EXPECT_EQ(fhir(patient_, "GET", person).json["active"], true);
  const auto consents = "/Consent?patient=Patient/a&category=carer&status=active";
  EXPECT_EQ(fhir(patient_, "GET", consents).json["entry"].size(), 2U);
  EXPECT_EQ(ask(patient_, "DELETE", "/auth/carers/" + anna.id).status, 204U);
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-a").status, 401U) << "the open session ended";
  Browser anew;
  EXPECT_EQ(enter_password(anew, "anna").word(), "wrong-credentials");
  EXPECT_EQ(fhir(patient_, "GET", person).json["active"], false);
  EXPECT_TRUE(fhir(patient_, "GET", person).json["period"].contains("end"));
  EXPECT_EQ(fhir(patient_, "GET", consents).json["entry"].size(), 1U);
  EXPECT_EQ(fhir(ben.browser, "GET", "/Observation/o-a").status, 200U) << "the other one goes on";
  const auto left = ask(patient_, "GET", "/auth/carers?patient=a").json["carers"];
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0]["login"], "ben");
  EXPECT_EQ(left[0]["relationship"], "child");
  EXPECT_EQ(ask(patient_, "DELETE", "/auth/carers/" + anna.id).word(), "not-found");
  EXPECT_EQ(ask(patient_, "POST", "/auth/carers/" + anna.id + "/invitation", Json::object()).word(),
            "not-found")
      << "an ended leave does not come back";
}

TEST_P(CarersTest, WhileThePatientsAccountIsDisabledNoCarerIsIn) {
  Carer anna = let_in("anna");
  const auto disable = [&](bool disabled) {
    in_database([&](record::Connection& connection) {
      const auto patients = record::find_account_by_name(connection, "robin").value();
      return record::set_disabled(connection, patients->id, disabled).map([] { return true; });
    });
  };
  disable(true);
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-a").status, 401U) << "the open session";
  Browser anew;
  EXPECT_EQ(enter_password(anew, "anna").word(), "wrong-credentials");
  disable(false);
  EXPECT_EQ(enter_password(anew, "anna").json["stage"], "full") << "the leave itself has not ended";
}

TEST_P(CarersTest, AConsentTakenBackByFhirEndsItToo) {
  Carer anna = let_in("anna");
  const auto found = fhir(patient_, "GET", "/Consent?patient=Patient/a&category=carer");
  ASSERT_EQ(found.json["entry"].size(), 1U) << found.json.dump();
  Json consent = found.json["entry"][0]["resource"];
  consent["status"] = "inactive";
  const auto put = fhir(patient_, "PUT", "/Consent/" + consent["id"].get<std::string>(), consent);
  ASSERT_EQ(put.status, 200U) << put.json.dump();
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-a").status, 401U);
  EXPECT_EQ(fhir(patient_, "GET", "/" + anna.person).json["active"], false);
}

TEST_P(CarersTest, ErasingThePatientRemovesTheCarersAccounts) {
  Carer anna = let_in("anna");
  const auto erased = write_now(
      *record_, "erasing", [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
        const auto done = record::erase_patient(session, record_->index_ids(), "a");
        EXPECT_TRUE(done && done->accounts == 2) << "the patient's and the carer's";
        return {};
      });
  ASSERT_TRUE(erased);
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-a").status, 401U);
  Browser anew;
  EXPECT_EQ(enter_password(anew, "anna").word(), "wrong-credentials");
}

TEST_P(CarersTest, TheClinicSeesAndEndsItForItsOwnPatientsOnly) {
  Carer anna = let_in("anna");
  Browser own = person("dr-own", Role::clinician, "dr-a");
  Browser other = person("dr-other", Role::clinician, "dr-b");
  Browser root = person("root", Role::administrator, "");
  EXPECT_EQ(ask(other, "GET", "/auth/carers?patient=a").word(), "not-found");
  EXPECT_EQ(ask(other, "DELETE", "/auth/carers/" + anna.id).word(), "not-found");
  EXPECT_EQ(ask(root, "GET", "/auth/carers?patient=a").json["carers"].size(), 1U);
  EXPECT_EQ(ask(own, "POST", "/auth/carers", leave("ben")).word(), "not-allowed");
  EXPECT_EQ(ask(own, "POST", "/auth/carers/" + anna.id + "/invitation", Json::object()).word(),
            "not-allowed");
  EXPECT_EQ(ask(root, "PATCH", "/auth/accounts/" + anna.id, {{"disabled", true}}).word(), "not-found");
  EXPECT_EQ(ask(root, "POST", "/auth/accounts", {{"name", "x"}, {"role", "carer"}, {"person", "p"}}).word(),
            "invalid");
  const auto seen = ask(own, "GET", "/auth/carers?patient=a").json["carers"];
  ASSERT_EQ(seen.size(), 1U);
  EXPECT_EQ(seen[0]["name"], "Anna Muster");
  EXPECT_EQ(ask(own, "DELETE", "/auth/carers/" + anna.id).status, 204U);
  EXPECT_EQ(fhir(anna.browser, "GET", "/Observation/o-a").status, 401U);
}

TEST_P(CarersTest, RefusesWhatIsNoLeaveAndMoreThanFive) {
  Json wrong = leave("anna");
  wrong["relationship"] = "therapist";
  EXPECT_EQ(ask(patient_, "POST", "/auth/carers", wrong).word(), "invalid");
  wrong = leave("anna");
  wrong["name"] = " \t";
  EXPECT_EQ(ask(patient_, "POST", "/auth/carers", wrong).word(), "invalid");
  EXPECT_EQ(ask(patient_, "POST", "/auth/carers", leave("robin")).word(), "name-taken");
  EXPECT_EQ(ask(patient_, "POST", "/auth/carers", leave("an\u043d\u0430")).word(), "invalid");
  for (int i = 0; i < static_cast<int>(kMostCarers); ++i)
    EXPECT_EQ(ask(patient_, "POST", "/auth/carers", leave("carer-" + std::to_string(i))).status, 201U);
  EXPECT_EQ(ask(patient_, "POST", "/auth/carers", leave("one-more")).status, 409U);
}

TEST_P(CarersTest, ANewLinkReplacesTheLostOne) {
  const auto first = ask(patient_, "POST", "/auth/carers", leave("anna")).json;
  const auto second =
      ask(patient_, "POST", "/auth/carers/" + first["id"].get<std::string>() + "/invitation", Json::object());
  ASSERT_EQ(second.status, 201U) << second.json.dump();
  const auto secret = [](const Json& shown) {
    const std::string link = shown["link"];
    return link.substr(link.find('#') + 1);
  };
  Browser carer;
  EXPECT_EQ(ask(carer, "POST", "/auth/invitation", {{"secret", secret(first)}}).word(), "ended");
  EXPECT_EQ(ask(carer, "POST", "/auth/invitation", {{"secret", secret(second.json)}}).json["role"], "carer");
}

INSTANTIATE_TEST_SUITE_P(On, CarersTest, record::kBothDatabases, record::database_name);

}  // namespace
}  // namespace reprise::server
