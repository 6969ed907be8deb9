#include "care/simulation/clinic.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "care/exercise_definition.h"
#include "care/json_fields.h"
#include "care/programme.h"
#include "fhir/validate.h"
#include "tests/support/shipped_catalogue.h"

namespace reprise::care {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const SimulatedStaff kStaff = {"0b8e2a60-7c1f-4f6e-8d7a-00000000000a",
                               "0b8e2a60-7c1f-4f6e-8d7a-00000000000b"};

ClinicOptions small_clinic() {
  ClinicOptions options;
  options.patients = 15;  // one of each condition
  options.days = 30;
  options.today = "2026-03-02";
  options.zone_minutes = 60;
  return options;
}

std::vector<ClinicPart> parts_of(const ClinicOptions& options) {
  std::vector<ClinicPart> parts;
  const auto done = simulate_clinic(options, kStaff, shipped(), [&](ClinicPart part) -> Result<void> {
    parts.push_back(std::move(part));
    return {};
  });
  EXPECT_TRUE(done) << to_string(done.error());
  return parts;
}

// Made once for all tests.
const std::vector<ClinicPart>& small_parts() {
  static const std::vector<ClinicPart> kParts = parts_of(small_clinic());
  return kParts;
}

TEST(SimulatedClinic, EachPartIsATransactionThatTheRecordTakesAndIsAboutNobody) {
  std::size_t resources = 0;
  for (const ClinicPart& part : small_parts()) {
    if (part.bundle["entry"].empty()) continue;
    EXPECT_LE(part.bundle["entry"].size(), 400U);
    EXPECT_THAT(fhir::validate(part.bundle), IsEmpty());
    std::set<std::string> names;
    for (const Json& entry : part.bundle["entry"]) {
      ++resources;
      const Json& resource = entry["resource"];
      EXPECT_TRUE(resource["resourceType"] == "Binary" || has_tag(resource, "urn:reprise:tag", "simulated"))
          << resource.dump();
      const Json& request = entry["request"];
      const std::string name = request["method"] == "PUT" ? request["url"].get<std::string>()
                                                          : request["ifNoneExist"].get<std::string>();
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
  EXPECT_GT(resources, 3000U);
}

TEST(SimulatedClinic, TheSameSeedGivesTheSameBytesWhoeverElseIsThere) {
  ClinicOptions options = small_clinic();
  options.patients = 2;
  const auto once = parts_of(options);
  for (std::size_t i = 0; i < once.size(); ++i)
    EXPECT_EQ(once[i].bundle.dump(), small_parts()[i].bundle.dump());
  options.seed = 2;
  EXPECT_NE(parts_of(options).front().bundle.dump(), once.front().bundle.dump());
}

// What the patient's app would ask the record for.
std::vector<std::string> answers_for(const ClinicPart& registered) {
  static const auto kFiles = read_catalogue(shipped_folder());
  Json all = registered.bundle;
  all["type"] = "collection";
  const std::string text = all.dump();
  int id = 0;
  const auto add = [&](Json resource) {
    if (!resource.contains("id")) resource["id"] = "number-" + std::to_string(++id);
    all["entry"].push_back({{"resource", std::move(resource)}});
  };
  const Json entries = std::exchange(all["entry"], Json::array());
  for (const Json& entry : entries) add(entry["resource"]);
  for (const CatalogueFile& file : *kFiles) {
    const std::string exercise = file.name.substr(0, file.name.find('.'));
    if (text.find("urn:reprise:exercise:" + exercise + "|") != std::string::npos)
      add(*activity_definition(file));
  }
  add({{"resourceType", "Organization"}, {"id", kStaff.organization}, {"name", "Clinic"}});
  return {all.dump()};
}

TEST(SimulatedClinic, EveryProgrammeCanBeReadWithoutAProblem) {
  int programmes = 0;
  int last = 0;
  for (const ClinicPart& part : small_parts()) {
    if (part.patient == last) continue;
    last = part.patient;
    const auto programme = read_programme(answers_for(part));
    ASSERT_TRUE(programme) << to_string(programme.error());
    for (const ProgrammeProblem& problem : programme->problems) ADD_FAILURE() << problem.text;
    EXPECT_GE(programme->exercises.size(), 2U);
    EXPECT_THAT(programme->questionnaires, SizeIs(1));
    EXPECT_TRUE(programme->simulated);
    EXPECT_EQ(programme->clinic_name, "Clinic");
    EXPECT_EQ(programme->app_use_consented, true);
    EXPECT_TRUE(programme->recording_consented.has_value());
    ++programmes;
  }
  EXPECT_EQ(programmes, 15);
}

}  // namespace
}  // namespace reprise::care
