// SPDX-License-Identifier: Apache-2.0
#include "server/demo/simulated_clinic.h"

#include <set>

#include "exercises/catalog_files.h"
#include "server/demo/demonstration.h"
#include "tests/support/app_browser.h"

namespace reprise::server {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::filesystem::path kShipped = std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog";

class SimulatedClinicTest : public AppTest {
 protected:
  void SetUp() override {
    AppTest::SetUp();
    exercises_ = exercises::read_catalog(kShipped / "exercises").value();
    const auto people = prepare_demonstration(
        *record_, exercises::read_catalog_file(kShipped / "demo/patient.json").value().text);
    ASSERT_TRUE(people) << to_string(people.error());
  }

  static simulation::ClinicOptions two_patients() {
    simulation::ClinicOptions options;
    options.patients = 2;
    options.days = 12;
    options.today = "2026-03-02";
    options.recorded_days = 0;
    return options;
  }

  // One patient who is stopped by pain, or answers yes to a warning sign, in the last days; and on which.
  static std::pair<simulation::ClinicOptions, std::set<std::string>> unwell_patient() {
    simulation::ClinicOptions options = two_patients();
    options.patients = 1;
    options.days = 8;
    for (;; ++options.seed) {
      const simulation::Calendar calendar = *simulation::calendar_of(options);
      std::set<std::string> days;
      for (const simulation::Setback& one : simulation::truth_about(options, calendar, 1).diary.setbacks) {
        const bool said = one.kind == simulation::SetbackKind::pain_limit ||
                          one.kind == simulation::SetbackKind::warning_sign;
        if (said && one.shows && *one.shows >= options.days - 4) days.insert(calendar.date(*one.shows));
      }
      if (!days.empty()) return {options, days};
    }
  }

  Result<void> add(
      const simulation::ClinicOptions& options,
      const std::function<bool()>& interrupted = [] { return false; }) {
    told_.clear();
    return add_simulated_clinic(*record_, options, exercises_,
                                {[this](std::string_view what) { told_.emplace_back(what); }, interrupted});
  }

  int total(const std::string& query) { return get(query + "&_total=accurate&_summary=count")["total"]; }

  Json get(const std::string& target) {
    std::promise<http::Response> answered;
    open_api_->handle({"GET", "/fhir/" + target, {}, "", {}, true},
                      [&](http::Response response) { answered.set_value(std::move(response)); });
    const auto response = answered.get_future().get();
    EXPECT_EQ(response.status, 200U) << target << response.body;
    return Json::parse(response.body, nullptr, false);
  }

  std::vector<exercises::CatalogFile> exercises_;
  std::vector<std::string> told_;
};

const std::string kSimulatedPatients =
    "Patient?_tag=" + search_token("urn:reprise:tag", "simulated") + "&family=Simulated-";

TEST_P(SimulatedClinicTest, IsMadeOnceAndStaysAsPeopleLeftIt) {
  const auto added = add(two_patients());
  ASSERT_TRUE(added) << to_string(added.error());
  EXPECT_THAT(told_,
              ::testing::ElementsAre(HasSubstr("Simulating a clinic: 2 patients"), HasSubstr("complete")));
  EXPECT_EQ(total(kSimulatedPatients), 2);
  const int procedures = total("Procedure?status=completed");
  EXPECT_GT(procedures, 5);
  const Json patient = get(kSimulatedPatients)["entry"][0]["resource"];
  const Json team =
      get("CareTeam?subject=Patient/" + patient["id"].get<std::string>())["entry"][0]["resource"];
  EXPECT_EQ(team["participant"][0]["member"]["reference"],
            "Practitioner/" + get("Practitioner?identifier=" +
                                  search_token("urn:reprise:demo", "clinician"))["entry"][0]["resource"]["id"]
                                  .get<std::string>());
  // Another day, and other wishes: it is there.
  simulation::ClinicOptions other = two_patients();
  other.today = "2026-03-20";
  other.patients = 5;
  ASSERT_TRUE(add(other));
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_EQ(total(kSimulatedPatients), 2);
  EXPECT_EQ(total("Procedure?status=completed"), procedures);
}

TEST_P(SimulatedClinicTest, ContinuesAnInterruptedStart) {
  int asked = 0;
  const auto stopped = add(two_patients(), [&] { return ++asked > 2; });
  ASSERT_FALSE(stopped);
  EXPECT_EQ(stopped.error().code, ErrorCode::cancelled);
  simulation::ClinicOptions tomorrow = two_patients();
  tomorrow.today = "2026-03-03";
  tomorrow.seed = 99;
  const auto added = add(tomorrow);
  ASSERT_TRUE(added) << to_string(added.error());
  EXPECT_EQ(total(kSimulatedPatients), 2);
  // All of it, each once, and none as of the other day.
  int wanted = 0;
  for (int number = 1; number <= 2; ++number) {
    const auto counted = simulation::simulate_patient(
        two_patients(), {"organization", "practitioner"}, *exercises::parse_catalog(exercises_), number,
        [&](const simulation::ClinicPart& part) -> Result<void> {
          for (const Json& entry : part.bundle["entry"])
            wanted += entry["resource"]["resourceType"] == "Observation" ? 1 : 0;
          return {};
        });
    ASSERT_TRUE(counted);
  }
  EXPECT_EQ(total("Observation?status=final"), wanted);
  ASSERT_TRUE(add(two_patients()));
  EXPECT_THAT(told_, IsEmpty());
}

TEST_P(SimulatedClinicTest, SimulatesNoPatientsUnlessRequested) {
  simulation::ClinicOptions none = two_patients();
  none.patients = 0;
  ASSERT_TRUE(add(none));
  EXPECT_THAT(told_, IsEmpty());
  EXPECT_EQ(total(kSimulatedPatients), 0);
  ASSERT_TRUE(add(two_patients())) << "a later start may want some";
  EXPECT_EQ(total(kSimulatedPatients), 2);
}

TEST_P(SimulatedClinicTest, AnswersOfTheLastDaysAreFlaggedAsIfTheyHadJustCome) {
  const auto [options, days] = unwell_patient();
  ASSERT_TRUE(add(options));
  std::set<std::string> flagged;
  const Json found = get("Flag?_count=200");
  for (const Json& entry : found["entry"]) {
    const Json& flag = entry["resource"];
    EXPECT_EQ(flag["meta"]["tag"][0]["code"], "simulated");
    flagged.insert(flag["period"]["start"].get<std::string>().substr(0, 10));
  }
  EXPECT_THAT(flagged, ::testing::IsSupersetOf(days));
}

TEST_P(SimulatedClinicTest, APatientWithMonthsOfHistoryMaySignIn) {
  simulation::ClinicOptions options = two_patients();
  options.patients = 1;
  options.days = 95;
  while (!simulation::patient_with_history(options, *simulation::calendar_of(options))) ++options.seed;
  std::vector<simulation::SimulatedPerson> with_history;
  const SeedingListener listener{
      [](std::string_view) {}, [] { return false; }, [](Filling) {},
      [&](const simulation::SimulatedPerson& one) { with_history.push_back(one); }};
  ASSERT_TRUE(add_simulated_clinic(*record_, options, exercises_, listener));
  ASSERT_TRUE(add_simulated_clinic(*record_, options, exercises_, listener)) << "a later start";
  ASSERT_EQ(with_history.size(), 2U);
  simulation::SimulatedPerson person = with_history.back();
  EXPECT_EQ(total("Patient?_id=" + person.id), 1);
  EXPECT_GT(total("Procedure?status=completed"), 60);
  for (int start = 0; start < 2; ++start) {
    const auto let = let_in_with_history(*record_, person);
    ASSERT_TRUE(let) << to_string(let.error());
    ASSERT_TRUE(*let);
    EXPECT_TRUE((*let)->invitation) << "as long as there is no password";
    EXPECT_THAT((*let)->who, HasSubstr(person.given + " Simulated-"));
  }
  person.id = "another";
  EXPECT_FALSE(let_in_with_history(*record_, person).value()) << "the name is taken";
}

// A demonstration keeps its own SQLite record.
INSTANTIATE_TEST_SUITE_P(On, SimulatedClinicTest, ::testing::Values(record::DatabaseKind::sqlite),
                         record::database_name);

}  // namespace
}  // namespace reprise::server
