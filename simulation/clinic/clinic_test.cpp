// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/clinic.h"

#include <gmock/gmock.h>

#include <map>
#include <set>

#include "base/base64.h"
#include "care/plan/exercise_definition.h"
#include "care/plan/programme.h"
#include "engine/exercise/signal_value.h"
#include "engine/pose/packed_landmarks.h"
#include "exercises/catalog_files.h"
#include "fhir/fields/fields.h"
#include "fhir/validation/validate.h"
#include "simulation/clinic/recorded_set.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::simulation {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

const SimulatedStaff kStaff = {"0b8e2a60-7c1f-4f6e-8d7a-00000000000a",
                               "0b8e2a60-7c1f-4f6e-8d7a-00000000000b"};

ClinicOptions small_clinic() {
  ClinicOptions options;
  options.patients = 15;  // one of each condition
  options.days = 16;
  options.today = "2026-03-02";
  options.zone_minutes = 60;
  options.recorded_days = 0;
  return options;
}

std::vector<ClinicPart> parts_of(const ClinicOptions& options) {
  std::vector<ClinicPart> parts;
  for (int number = 1; number <= options.patients; ++number) {
    const auto done =
        simulate_patient(options, kStaff, shipped(), number, [&](ClinicPart part) -> Result<void> {
          parts.push_back(std::move(part));
          return {};
        });
    EXPECT_TRUE(done) << to_string(done.error());
  }
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
      EXPECT_TRUE(resource["resourceType"] == "Binary" ||
                  fhir::has_tag(resource, "urn:reprise:tag", "simulated"))
          << resource.dump();
      const Json& request = entry["request"];
      const std::string name = request["method"] == "PUT" ? request["url"].get<std::string>()
                                                          : request["ifNoneExist"].get<std::string>();
      EXPECT_TRUE(names.insert(name).second) << name;
    }
  }
  EXPECT_GT(resources, 1200U);
}

void collect_questions(const Json& node, std::map<std::string, std::string>& questions) {
  if (!node.contains("item")) return;
  for (const Json& item : node["item"]) {
    questions[item["linkId"]] = item.value("text", "");
    collect_questions(item, questions);
  }
}

// Clinician finding 12
TEST(SimulatedClinic, WeeklyAnswersStandWithTheirQuestions) {
  const auto file = exercises::read_catalog_file(std::filesystem::path(REPRISE_SOURCE_DIR) /
                                                 "catalog/questionnaires/how_was_your_week.json");
  ASSERT_TRUE(file) << to_string(file.error());
  std::map<std::string, std::string> questions;
  collect_questions(Json::parse(file->text), questions);
  std::size_t answers = 0;
  for (const ClinicPart& part : small_parts()) {
    for (const Json& entry : part.bundle["entry"]) {
      const Json& response = entry["resource"];
      if (response.value("questionnaire", "") != "urn:reprise:questionnaire:how-was-your-week|1") continue;
      for (const Json& item : response["item"]) {
        EXPECT_EQ(item.value("text", ""), questions.at(item["linkId"]));
        ++answers;
      }
    }
  }
  EXPECT_GT(answers, 30U);
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

TEST(SimulatedClinic, AppointmentsAreAheadOnWorkingDaysAndNoTimeIsGivenTwice) {
  std::set<std::string> starts;
  for (const ClinicPart& part : small_parts()) {
    for (const Json& entry : part.bundle["entry"]) {
      if (entry["resource"]["resourceType"] != "Appointment") continue;
      const std::string start = entry["resource"]["start"];
      EXPECT_TRUE(starts.insert(start).second) << start;
    }
  }
  EXPECT_THAT(starts, SizeIs(15));
  // From the Monday that is its today: twelve, and the others on Tuesday.
  EXPECT_EQ(*starts.begin(), "2026-03-02T09:00:00+01:00");
  EXPECT_EQ(*starts.rbegin(), "2026-03-03T10:00:00+01:00");
}

// What the patient's app would ask the record for.
std::vector<std::string> answers_for(const ClinicPart& registered) {
  static const auto kFiles = exercises::read_catalog(shipped_folder());
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
  for (const exercises::CatalogFile& file : *kFiles) {
    const std::string exercise = file.name.substr(0, file.name.find('.'));
    if (text.find("urn:reprise:exercise:" + exercise + "|") != std::string::npos)
      add(*care::activity_definition(file));
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
    const auto programme = care::read_programme(answers_for(part));
    ASSERT_TRUE(programme) << to_string(programme.error());
    for (const care::ProgrammeProblem& problem : programme->problems) ADD_FAILURE() << problem.text;
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

// Movement of the last days, as the clinic's pages replay it.
TEST(SimulatedClinic, MovementOfTheLastDaysIsRecorded) {
  ClinicOptions options = small_clinic();
  options.patients = 1;
  options.days = 4;
  options.recorded_days = 4;
  const Calendar calendar = *calendar_of(options);
  const ClinicTruth truth = truth_about(options, calendar, 1);
  ASSERT_TRUE(truth.person.films && truth.person.lets_record) << "take another seed";
  std::size_t sessions = 0;
  for (const DiarySession& session : truth.diary.sessions) {
    if (session.day >= options.days - options.recorded_days && session.sets > 0) ++sessions;
  }
  ASSERT_GT(sessions, 0U) << "take another seed";
  std::map<std::string, Json> binaries;
  std::vector<Json> documents;
  for (const ClinicPart& part : parts_of(options)) {
    EXPECT_THAT(fhir::validate(part.bundle), IsEmpty());
    for (const Json& entry : part.bundle["entry"]) {
      const Json& resource = entry["resource"];
      if (resource["resourceType"] == "Binary")
        binaries.emplace("Binary/" + resource["id"].get<std::string>(), resource);
      if (resource["resourceType"] == "DocumentReference") documents.push_back(resource);
    }
  }
  EXPECT_THAT(documents, SizeIs(sessions));
  for (const Json& document : documents) {
    const Json& binary = binaries.at(document["content"][0]["attachment"]["url"].get<std::string>());
    const auto landmarks = engine::unpack_landmarks(*from_base64(binary["data"].get<std::string>()));
    ASSERT_TRUE(landmarks) << to_string(landmarks.error());
    EXPECT_TRUE(landmarks->simulated);
    EXPECT_GT(landmarks->frames.size(), 100U);
    EXPECT_TRUE(fhir::has_tag(document, "urn:reprise:tag", "simulated"));
  }
}

// Measured sets continue where summaries end: both follow the same course.
TEST(SimulatedClinic, ARecordedSetGoesAsFarAsItsCourse) {
  const auto exercise = exercises::find(shipped(), "heel_slide");
  ASSERT_TRUE(exercise);
  SimulatedPrescription prescription;
  prescription.exercise = *exercise;
  prescription.side = engine::Side::left;
  prescription.repetitions = 4;
  for (const double wanted : {0.6, 0.9}) {
    const SetTruth truth{wanted, 58, 4, 0};
    Chance chance{1, {5}};
    const auto recorded = record_set(prescription, truth, 1.7, chance);
    ASSERT_TRUE(recorded) << to_string(recorded.error());
    const session::SessionDocument summary = summary_document(prescription, truth, chance);
    for (const session::SessionDocument* document : {&recorded->document, &summary}) {
      EXPECT_EQ(document->exercise.summary.repetitions_complete, 4);
      ASSERT_TRUE(document->exercise.summary.best_range);
      EXPECT_EQ(document->exercise.summary.best_range->side, engine::Side::left);
      // Of a hundred degrees: the noise of a day's view is 3 degrees.
      EXPECT_NEAR(engine::progress((*exercise)->definition, document->exercise.summary.best_range->max),
                  wanted, 0.12);
      EXPECT_NEAR(*document->exercise.summary.mean_quality, 58 + 40 * wanted, 8);
    }
  }
}

TEST(SimulatedClinic, OnePatientShowsMonthsOfHistory) {
  ClinicOptions options = small_clinic();
  EXPECT_FALSE(patient_with_history(options, *calendar_of(options))) << "of sixteen days";
  options.patients = 60;
  options.days = 120;
  const auto person = patient_with_history(options, *calendar_of(options));
  ASSERT_TRUE(person);
  const ClinicTruth truth = truth_about(options, *calendar_of(options), person->number);
  EXPECT_EQ(truth.person.id, person->id);
  EXPECT_TRUE(person->films);
  EXPECT_LE(person->first_day, 30);
  EXPECT_GT(truth.diary.sessions.size(), 25U);
  EXPECT_GE(truth.diary.sessions.back().day, 117);
}

TEST(SimulatedClinic, NobodyAsksForTheImpossible) {
  for (const auto change : std::vector<void (*)(ClinicOptions&)>{
           [](ClinicOptions& o) { o.days = 0; }, [](ClinicOptions& o) { o.patients = -1; },
           [](ClinicOptions& o) { o.today = "yesterday"; }, [](ClinicOptions& o) { o.today = "2026-03"; },
           [](ClinicOptions& o) { o.zone_minutes = 5000; }, [](ClinicOptions& o) { o.recorded_days = -1; }}) {
    ClinicOptions options = small_clinic();
    change(options);
    EXPECT_FALSE(calendar_of(options));
    EXPECT_FALSE(truth_json(options));
  }
}

}  // namespace
}  // namespace reprise::simulation
