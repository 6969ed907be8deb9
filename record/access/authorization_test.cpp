// SPDX-License-Identifier: Apache-2.0
#include "record/access/authorization.h"

#include <gmock/gmock.h>

#include <random>

#include "record/access/access_index.h"
#include "record/access/consent.h"
#include "tests/support/access_samples.h"
#include "tests/support/in_one_transaction.h"

namespace reprise::record {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::int64_t kNow = 1'777'593'600'000'000;  // 2026-05-01T00:00:00Z
constexpr std::int64_t kHourUs = 3'600'000'000;

Principal session_of(Role role, const std::string& person) {
  return {role, "account-of-" + person, person, true, {}};
}

Principal token_of(Role role, const std::string& person, const std::string& scopes,
                   const std::string& patient = "") {
  return {role, "account-of-" + person, person, true,
          Principal::Limits{parse_scopes(scopes).value(), patient}};
}

using Ids = std::vector<std::string>;
const Ids kP1 = {"p1"};
const Ids kP2 = {"p2"};

class AuthorizationTest : public InOneTransaction {
 protected:
  Ids patients_of(const Principal& principal, std::int64_t now = kNow) {
    const auto allowed = accessible_patients(*connection_, principal, now);
    EXPECT_TRUE(allowed) << to_string(allowed.error());
    EXPECT_FALSE(allowed->unrestricted);
    return allowed->patients;
  }
  void note(const std::string& id, const fhir::Json& resource) {
    const auto done = note_for_access(*connection_, id, resource);
    ASSERT_TRUE(done) << to_string(done.error());
  }
  void assign(const std::string& patient, const std::string& practitioner) {
    note("team-" + patient + practitioner,
         care_team(patient, R"([{"member": {"reference": "Practitioner/)" + practitioner + R"("}}])"));
  }

  void put_patient(const std::string& id) {
    for (const std::string& sql :
         {std::string{
              "INSERT INTO resource_type (number, name) VALUES (1, 'Patient') ON CONFLICT DO NOTHING"},
          "INSERT INTO resource (pk, type, id, version, updated, method, content) SELECT 1 + "
          "coalesce(max(pk), 0), 1, '" +
              id + "', 1, 1, 'PUT', '{}' FROM resource"}) {
      const auto done = connection_->execute(sql, {});
      ASSERT_TRUE(done) << to_string(done.error());
    }
  }

  const Principal doctor_ = session_of(Role::clinician, "a");
};

TEST_P(AuthorizationTest, APatientHasOnlyTheOwnCompartment) {
  assign("p1", "a");
  EXPECT_THAT(patients_of(session_of(Role::patient, "p1")), ElementsAre("p1"));
  EXPECT_THAT(patients_of(session_of(Role::administrator, "")), IsEmpty());
  EXPECT_TRUE(
      accessible_patients(*connection_, token_of(Role::program, "", "system/*.rs"), kNow)->unrestricted);
  Principal half = doctor_;
  half.complete = false;
  EXPECT_THAT(patients_of(half), IsEmpty()) << "the second factor is missing";
}

TEST_P(AuthorizationTest, AClinicianHasThePatientsOfOwnCareTeams) {
  assign("p1", "a");
  assign("p2", "b");
  note("both", care_team("p3", R"([{"member": {"reference": "Practitioner/a"}},
                                   {"member": {"reference": "Practitioner/b"},
                                    "period": {"start": "2026-05-01T01:00:00Z", "end": "2026-05-01T02:00:00Z"}}])"));
  EXPECT_THAT(patients_of(doctor_), ElementsAre("p1", "p3"));
  const Principal other = session_of(Role::clinician, "b");
  EXPECT_THAT(patients_of(other), ElementsAre("p2")) << "not yet";
  EXPECT_THAT(patients_of(other, kNow + kHourUs), ElementsAre("p2", "p3"));
  EXPECT_THAT(patients_of(other, kNow + 3 * kHourUs), ElementsAre("p2")) << "no longer";
  EXPECT_THAT(patients_of(session_of(Role::clinician, "c")), IsEmpty());
  // A patient who has a practitioner's id is not that practitioner.
  EXPECT_THAT(patients_of(session_of(Role::patient, "a")), ElementsAre("a"));
}

TEST_P(AuthorizationTest, FollowsWritesAndDeletions) {
  put_patient("p1");
  put_patient("p2");
  const auto before = access_version(*connection_).value();
  assign("p1", "a");
  EXPECT_GT(access_version(*connection_).value(), before);
  note("team-p1a", care_team("p1", R"([{"member": {"reference": "Practitioner/b"}}])"));
  EXPECT_THAT(patients_of(doctor_), IsEmpty());
  EXPECT_FALSE(has_no_care_team(*connection_, "p1").value());
  const auto between = access_version(*connection_).value();
  ASSERT_TRUE(forget_for_access(*connection_, "CareTeam", "team-p1a"));
  EXPECT_GT(access_version(*connection_).value(), between);
  EXPECT_THAT(patients_of(session_of(Role::clinician, "b")), IsEmpty());
  EXPECT_FALSE(has_no_care_team(*connection_, "p1").value())
      << "no clinician claims a patient between two teams";
  EXPECT_TRUE(has_no_care_team(*connection_, "p2").value());
  EXPECT_FALSE(has_no_care_team(*connection_, "p3").value()) << "who is not there cannot be told from others";
}

TEST_P(AuthorizationTest, AConsentDeniesAndPermits) {
  assign("p1", "a");
  assign("p1", "b");
  const auto actor = [](const std::string& type, const std::string& who) {
    return R"({"type": ")" + type +
           R"(", "actor": [{"role": {"text": "r"}, "reference": {"reference": "Practitioner/)" + who +
           R"("}}]})";
  };
  note("c1", consent("p1", "OPTIN", R"({"provision": [)" + actor("deny", "a") + "]}"));
  EXPECT_THAT(patients_of(doctor_), IsEmpty());
  EXPECT_THAT(patients_of(session_of(Role::clinician, "b")), ElementsAre("p1"));
  EXPECT_THAT(patients_of(session_of(Role::patient, "p1")), ElementsAre("p1"))
      << "never the patients themselves";

  note("c1", consent("p1", "OPTOUT", R"({"provision": [)" + actor("permit", "c") + "]}"));
  EXPECT_THAT(patients_of(doctor_), IsEmpty());
  EXPECT_THAT(patients_of(session_of(Role::clinician, "b")), IsEmpty());
  EXPECT_THAT(patients_of(session_of(Role::clinician, "c")), ElementsAre("p1")) << "without a care team";

  note("c2", consent("p1", "", R"({"provision": [)" + actor("deny", "c") + "]}"));
  EXPECT_THAT(patients_of(session_of(Role::clinician, "c")), IsEmpty())
      << "any Consent that denies is enough";
  ASSERT_TRUE(forget_for_access(*connection_, "Consent", "c1"));
  ASSERT_TRUE(forget_for_access(*connection_, "Consent", "c2"));
  EXPECT_THAT(patients_of(doctor_), ElementsAre("p1"));
  note("c3", consent("p1", "OPTIN", "{}"));
  EXPECT_THAT(patients_of(session_of(Role::clinician, "d")), IsEmpty())
      << "a general yes opens nothing to strangers";
}

TEST_P(AuthorizationTest, EmergencyAccessLastsAWhileAndIsMarked) {
  assign("p1", "a");
  EXPECT_FALSE(break_glass(*connection_, doctor_.account, "p2", "because", kNow));
  const auto access = break_glass(*connection_, doctor_.account, "p2", "fell in the waiting room", kNow);
  ASSERT_TRUE(access) << to_string(access.error());
  ASSERT_TRUE(break_glass(*connection_, doctor_.account, "p1", "not needed at all", kNow));
  const auto allowed = accessible_patients(*connection_, doctor_, kNow).value();
  EXPECT_THAT(allowed.patients, ElementsAre("p1", "p2"));
  EXPECT_THAT(allowed.emergency, ElementsAre("p2"));
  EXPECT_THAT(only_in_emergency(allowed, Ids{"p1", "p2", "p3"}), ElementsAre("p2"));
  EXPECT_THAT(patients_of(session_of(Role::clinician, "b")), IsEmpty()) << "only who broke it";
  EXPECT_THAT(patients_of(doctor_, kNow + kEmergencyUs), ElementsAre("p1"));
  ASSERT_TRUE(end_emergency(*connection_, access->id, kNow + 5));
  EXPECT_THAT(patients_of(doctor_, kNow + 5), ElementsAre("p1"));
  const auto told = list_emergencies(*connection_, {.patient = "p2", .account = {}}).value();
  ASSERT_EQ(told.size(), 1U);
  EXPECT_EQ(told[0].reason, "fell in the waiting room");
}

TEST_P(AuthorizationTest, EmergencyAccessOverridesAConsent) {
  assign("p1", "a");
  note("c", consent("p1", "OPTOUT", "{}"));
  EXPECT_THAT(patients_of(doctor_), IsEmpty());
  ASSERT_TRUE(break_glass(*connection_, doctor_.account, "p1", "unconscious on arrival", kNow));
  EXPECT_EQ(only_in_emergency(accessible_patients(*connection_, doctor_, kNow).value(), kP1), kP1);
}

TEST_P(AuthorizationTest, ATokenOfOnePatientSeesNoOther) {
  assign("p1", "a");
  assign("p2", "a");
  EXPECT_THAT(patients_of(token_of(Role::clinician, "a", "patient/*.rs", "p1")), ElementsAre("p1"));
  EXPECT_THAT(patients_of(token_of(Role::clinician, "a", "patient/*.rs", "p9")), IsEmpty());
  EXPECT_THAT(patients_of(token_of(Role::program, "", "patient/*.rs", "p9")), ElementsAre("p9"));
  EXPECT_THAT(patients_of(token_of(Role::clinician, "a", "user/*.rs")), ElementsAre("p1", "p2"));
}

TEST_P(AuthorizationTest, NeverPutsInputIntoSql) {
  assign("p1", "a");
  const Principal hostile = {Role::clinician, "' OR '1'='1", "a' OR '1'='1", true, {}};
  EXPECT_THAT(patients_of(hostile), IsEmpty());
  EXPECT_FALSE(has_no_care_team(*connection_, "p1' OR '1'='1").value());
}

// A provision that applies denies, unless one inside it permits.
bool denies(const fhir::Json& provision, const std::string& practitioner, bool deny);

bool holds(const fhir::Json& provision, const std::string& practitioner) {
  if (!provision.contains("actor")) return true;
  for (const auto& actor : provision["actor"]) {
    if (actor["reference"]["reference"] == "Practitioner/" + practitioner) return true;
  }
  return false;
}

bool permits_inside(const fhir::Json& provision, const std::string& practitioner) {
  if (!provision.contains("provision")) return false;
  for (const auto& inner : provision["provision"]) {
    if (!holds(inner, practitioner)) continue;
    if (inner["type"] == "permit" || permits_inside(inner, practitioner)) return true;
  }
  return false;
}

bool denies(const fhir::Json& provision, const std::string& practitioner, bool deny) {
  if (!holds(provision, practitioner)) return false;
  if (deny && !permits_inside(provision, practitioner)) return true;
  if (!provision.contains("provision")) return false;
  for (const auto& inner : provision["provision"]) {
    if (denies(inner, practitioner, inner["type"] == "deny")) return true;
  }
  return false;
}

fhir::Json random_provision(std::mt19937_64& random, int depth) {
  fhir::Json provision = fhir::Json::object();
  if (depth > 0) provision["type"] = random() % 2 == 0 ? "deny" : "permit";
  for (const char* who : {"a", "b", "c"}) {
    if (depth == 0 || random() % 3 != 0) continue;
    provision["actor"].push_back(
        {{"role", {{"text", "r"}}}, {"reference", {{"reference", std::string{"Practitioner/"} + who}}}});
  }
  if (depth == 0) provision["period"] = {{"start", "2020"}};
  if (depth < 3) {
    for (std::size_t i = random() % 3; i > 0; --i)
      provision["provision"].push_back(random_provision(random, depth + 1));
  }
  return provision;
}

TEST_P(AuthorizationTest, NestedProvisionsAreDecidedAsTheyAreRead) {
  std::mt19937_64 random(1);
  for (const char* who : {"a", "b", "c"}) assign("p1", who);
  int denied = 0;
  for (int i = 0; i < 60; ++i) {
    const bool out = random() % 2 == 0;
    const fhir::Json provision = random_provision(random, 0);
    note("c", consent("p1", out ? "OPTOUT" : "OPTIN", provision.dump()));
    for (const char* who : {"a", "b", "c"}) {
      const bool expected = denies(provision, who, out);
      denied += expected ? 1 : 0;
      EXPECT_EQ(patients_of(session_of(Role::clinician, who)).empty(), expected)
          << who << " " << provision.dump();
    }
  }
  EXPECT_GT(denied, 30);
  EXPECT_LT(denied, 150);
}

INSTANTIATE_TEST_SUITE_P(On, AuthorizationTest, kBothDatabases, database_name);

TEST(AccessScope, DependsOnTheRole) {
  const Principal patient = session_of(Role::patient, "p1");
  const Principal clinician = session_of(Role::clinician, "a");
  const Principal administrator = session_of(Role::administrator, "");
  const AccessiblePatients p1{.unrestricted = false, .patients = kP1, .emergency = {}};
  const AccessiblePatients none;

  EXPECT_TRUE(may(patient, p1, "Observation", Need::read, kP1));
  EXPECT_FALSE(may(patient, p1, "Observation", Need::read, kP2));
  EXPECT_TRUE(may(patient, p1, "Observation", Need::create, kP1));
  EXPECT_FALSE(may(patient, p1, "Observation", Need::update, kP1)) << "a clinician may have relied on it";
  EXPECT_FALSE(may(patient, p1, "CarePlan", Need::create, kP1));
  EXPECT_TRUE(may(patient, p1, "Questionnaire", Need::read, {}));
  EXPECT_FALSE(may(patient, p1, "Questionnaire", Need::update, {}));

  EXPECT_TRUE(may(clinician, p1, "Observation", Need::update, kP1));
  EXPECT_FALSE(may(clinician, p1, "Observation", Need::read, kP2));
  EXPECT_TRUE(may(clinician, p1, "Patient", Need::create, {})) << "a new patient";
  EXPECT_FALSE(may(clinician, p1, "Patient", Need::update, kP2));
  EXPECT_FALSE(may(clinician, p1, "Patient", Need::erase, kP1));
  EXPECT_FALSE(may(clinician, p1, "Practitioner", Need::update, {}));
  EXPECT_TRUE(may(clinician, p1, "ActivityDefinition", Need::update, {}));

  for (const char* type : {"Observation", "Condition", "Binary", "DocumentReference", "Communication"}) {
    for (const Need need : {Need::create, Need::read, Need::update, Need::erase, Need::search}) {
      EXPECT_FALSE(may(administrator, none, type, need, kP1)) << type;
    }
  }
  EXPECT_TRUE(may(administrator, none, "CareTeam", Need::update, kP1));
  EXPECT_TRUE(may(administrator, none, "Patient", Need::read, kP1)) << "who it is";
  EXPECT_TRUE(may(administrator, none, "Patient", Need::update, kP1)) << "and in which clinic";
  EXPECT_TRUE(may(administrator, none, "Consent", Need::search, kP1)) << "the consents given";
  for (const Need need : {Need::create, Need::erase}) {
    EXPECT_FALSE(may(administrator, none, "Patient", need, kP1));
    EXPECT_FALSE(may(administrator, none, "Consent", need, kP1));
  }
  EXPECT_FALSE(may(administrator, none, "Consent", Need::update, kP1));
  EXPECT_TRUE(may(administrator, none, "AuditEvent", Need::search, {}));
  EXPECT_FALSE(may(administrator, none, "AuditEvent", Need::create, {}));
  EXPECT_FALSE(may(token_of(Role::program, "", "system/*.cruds"),
                   {.unrestricted = true, .patients = {}, .emergency = {}}, "AuditEvent", Need::erase, {}));
}

TEST(AccessScope, NeedsAllPatientsToWriteAndOneToRead) {
  const Principal clinician = session_of(Role::clinician, "a");
  const AccessiblePatients p1{.unrestricted = false, .patients = kP1, .emergency = {}};
  const Ids both = {"p1", "p2"};
  EXPECT_TRUE(may(clinician, p1, "Appointment", Need::read, both));
  EXPECT_FALSE(may(clinician, p1, "Appointment", Need::update, both));
  EXPECT_FALSE(may(clinician, p1, "Observation", Need::read, {})) << "without a compartment";
  EXPECT_FALSE(may(clinician, p1, "Observation", Need::create, {}));
}

TEST(AccessScope, IsLimitedByScopes) {
  const AccessiblePatients p1{.unrestricted = false, .patients = kP1, .emergency = {}};
  const Principal reader =
      token_of(Role::clinician, "a", "patient/Observation.rs patient/Practitioner.ru", "p1");
  EXPECT_TRUE(may(reader, p1, "Observation", Need::search, kP1));
  EXPECT_FALSE(may(reader, p1, "Observation", Need::create, kP1));
  EXPECT_FALSE(may(reader, p1, "Condition", Need::read, kP1));
  EXPECT_TRUE(may(reader, p1, "Practitioner", Need::read, {}));
  EXPECT_FALSE(may(reader, p1, "Practitioner", Need::update, {}));
  EXPECT_FALSE(may(token_of(Role::administrator, "", "user/*.cruds"), p1, "Observation", Need::read, kP1))
      << "never more than the account";
  Principal without_rights = session_of(Role::program, "");
  EXPECT_FALSE(may(without_rights, {.unrestricted = true, .patients = {}, .emergency = {}}, "Observation",
                   Need::read, kP1));
  without_rights = session_of(Role::clinician, "a");
  without_rights.complete = false;
  EXPECT_FALSE(may(without_rights, p1, "Observation", Need::read, kP1));
  EXPECT_FALSE(may(without_rights, p1, "Questionnaire", Need::read, {}));
}

TEST(AccessScope, LetsAClinicianRegisterANewPatient) {
  const Principal clinician = session_of(Role::clinician, "a");
  EXPECT_TRUE(may_register(clinician, "Patient", Need::read));
  EXPECT_TRUE(may_register(clinician, "CareTeam", Need::create));
  EXPECT_FALSE(may_register(clinician, "Observation", Need::read));
  EXPECT_FALSE(may_register(clinician, "Patient", Need::erase));
  EXPECT_FALSE(may_register(session_of(Role::patient, "p1"), "Patient", Need::read));
  EXPECT_FALSE(may_register(token_of(Role::clinician, "a", "user/Observation.rs"), "Patient", Need::read));
}

// Security finding F1
TEST(AccessScope, AddsClinicalEntriesInAnEmergencyAndNothingElse) {
  const Principal clinician = session_of(Role::clinician, "a");
  const AccessiblePatients allowed{.unrestricted = false, .patients = {"p1", "p2"}, .emergency = kP2};
  const Ids both = {"p1", "p2"};
  for (const char* type : {"Observation", "CareTeam", "Consent", "Patient", "Appointment", "CarePlan"}) {
    const bool entry = std::string_view{type} == "Observation";
    EXPECT_TRUE(may(clinician, allowed, type, Need::read, kP2)) << type;
    EXPECT_EQ(may(clinician, allowed, type, Need::create, kP2), entry) << type;
    EXPECT_EQ(may(clinician, allowed, type, Need::create, both), entry) << type;
    EXPECT_FALSE(may(clinician, allowed, type, Need::update, kP2)) << type;
    EXPECT_FALSE(may(clinician, allowed, type, Need::erase, kP2)) << type;
    EXPECT_FALSE(may(clinician, allowed, type, Need::erase, both)) << type;
    EXPECT_TRUE(may(clinician, allowed, type, Need::update, kP1)) << type;
  }
}

// Security finding F19
TEST(AccessScope, RegistersNoOneIntoAnotherPatientsRecord) {
  const Principal clinician = session_of(Role::clinician, "a");
  const AccessiblePatients allowed{.unrestricted = false, .patients = kP1, .emergency = {}};
  EXPECT_TRUE(may(clinician, allowed, "Patient", Need::create, {}));
  EXPECT_TRUE(may(clinician, allowed, "Patient", Need::create, kP1));
  EXPECT_FALSE(may(clinician, allowed, "Patient", Need::create, kP2));
  EXPECT_FALSE(may(clinician, allowed, "Schedule", Need::create, kP2));
}

TEST(SearchAccess, NamesTheTypesThatASearchMayTouch) {
  const AccessiblePatients p1{.unrestricted = false, .patients = kP1, .emergency = {}};
  const Ids types = {"Observation", "Practitioner", "AuditEvent"};
  const auto clinician = search_access(session_of(Role::clinician, "a"), p1, types);
  EXPECT_FALSE(clinician.everything);
  EXPECT_EQ(clinician.patients, kP1);
  EXPECT_THAT(clinician.open_types, ElementsAre("Practitioner"));
  EXPECT_THAT(clinician.closed_types, IsEmpty());
  const auto limited = search_access(token_of(Role::clinician, "a", "user/Observation.rs"), p1, types);
  EXPECT_THAT(limited.closed_types, ElementsAre("Practitioner", "AuditEvent"));
  const auto administrator = search_access(session_of(Role::administrator, ""), {}, types);
  EXPECT_THAT(administrator.closed_types, ElementsAre("Observation"));
  const AccessiblePatients every_patient{.unrestricted = true, .patients = {}, .emergency = {}};
  EXPECT_TRUE(search_access(token_of(Role::program, "", "system/*.rs"), every_patient, types).everything);
  const auto some = search_access(token_of(Role::program, "", "system/Observation.rs"), every_patient, types);
  EXPECT_FALSE(some.everything);
  EXPECT_THAT(some.closed_types, ElementsAre("Practitioner", "AuditEvent"));
}

}  // namespace
}  // namespace reprise::record
