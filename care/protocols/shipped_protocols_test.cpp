// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include <map>

#include "care/plan/exercise_definition.h"
#include "care/plan/programme.h"
#include "care/protocols/check_contraindications.h"
#include "care/protocols/protocol_checks.h"
#include "care/protocols/protocol_definition.h"
#include "care/protocols/protocol_programme.h"
#include "fhir/profiles/vocabulary.h"
#include "fhir/validation/validate.h"
#include "tests/support/icd_10_cm.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::filesystem::path kKnown = std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog";

std::vector<Protocol> shipped_protocols() {
  std::vector<Protocol> all;
  const auto files = exercises::read_catalog(kKnown / "protocols");
  EXPECT_TRUE(files);
  for (const exercises::CatalogFile& file : *files) {
    auto protocol = parse_protocol(file);
    EXPECT_TRUE(protocol) << file.name << ": " << to_string(protocol.error());
    if (protocol) all.push_back(std::move(*protocol));
  }
  return all;
}

std::vector<Contraindication> shipped_contraindications() {
  std::vector<Contraindication> all;
  const auto files = exercises::read_catalog(kKnown / "contraindications");
  EXPECT_TRUE(files);
  for (const exercises::CatalogFile& file : *files) {
    auto rule = parse_contraindication(file);
    EXPECT_TRUE(rule) << file.name << ": " << to_string(rule.error());
    if (rule) all.push_back(std::move(*rule));
  }
  return all;
}

// As the server adds them; made once for each exercise.
const std::string& exercise_answer(const std::string& id) {
  static std::map<std::string, std::string> answers;
  auto& answer = answers[id];
  if (answer.empty()) {
    Json resource =
        activity_definition(exercises::read_catalog_file(shipped_folder() / (id + ".json")).value()).value();
    resource["id"] = "exercise-" + std::to_string(answers.size());
    answer = resource.dump();
  }
  return answer;
}

std::string patient_answer() {
  return Json{{"resourceType", "Patient"}, {"id", "robin"}}.dump();
}

std::function<std::string()> counting_ids() {
  return [next = 0]() mutable { return "made-" + std::to_string(++next); };
}

ProgrammeOrder order_for(AffectedSide side) {
  ProgrammeOrder order;
  order.patient = "robin";
  order.affected = side;
  order.language = "de";
  order.start = "2026-03-02";
  order.accepted = true;
  return order;
}

Result<Programme> as_the_app_reads_it(const TemplateProgramme& made, const ProtocolPhase& phase) {
  std::vector<std::string> answers = {made.care_plan.dump(), patient_answer()};
  for (const Json& request : made.requests) answers.push_back(request.dump());
  for (const TemplateExercise& one : phase.exercises) answers.push_back(exercise_answer(one.exercise));
  return read_programme(answers);
}

// That a phase becomes a programme, and that the app reads it as the template says it.
void expect_programme(const Protocol& protocol, const ProtocolPhase& phase, AffectedSide side) {
  const auto made = programme_of(protocol, phase.id, shipped(), order_for(side), counting_ids());
  ASSERT_TRUE(made) << protocol.id << ": " << to_string(made.error());
  EXPECT_THAT(fhir::validate(made->care_plan), IsEmpty()) << protocol.id;
  for (const Json& request : made->requests) EXPECT_THAT(fhir::validate(request), IsEmpty()) << protocol.id;
  const auto read = as_the_app_reads_it(*made, phase);
  ASSERT_TRUE(read) << to_string(read.error());
  for (const auto& problem : read->problems) ADD_FAILURE() << protocol.id << phase.id << ": " << problem.text;
  ASSERT_EQ(read->exercises.size(), made->requests.size());
  EXPECT_EQ(read->start, "2026-03-02");
  for (const PrescribedExercise& one : read->exercises) {
    const auto meant = std::find_if(phase.exercises.begin(), phase.exercises.end(), [&](const auto& each) {
      return each.exercise == one.exercise.definition.id;
    });
    ASSERT_NE(meant, phase.exercises.end());
    EXPECT_EQ(one.dosage.sets, meant->sets);
    EXPECT_EQ(one.dosage.repetitions, meant->repetitions);
    EXPECT_EQ(one.dosage.days_per_week, meant->days_per_week);
    EXPECT_EQ(one.ceiling, meant->ceiling);
    EXPECT_EQ(one.target, meant->target);
    EXPECT_EQ(one.helper, meant->helper);
    EXPECT_EQ(one.support_note, exercises::in_language(meant->support, "de"));
    if (meant->hold) {
      EXPECT_EQ(one.dosage.hold, meant->hold);
    }
    if (meant->side == TemplateSide::affected) {
      EXPECT_EQ(one.side, side == AffectedSide::left ? engine::Side::left : engine::Side::right);
    }
  }
}

TEST(ShippedProtocols, FitTheCatalogAndAreReadOutOfTheResourcesThatKeepThem) {
  const auto files = exercises::read_catalog(kKnown / "protocols");
  ASSERT_TRUE(files);
  ASSERT_GE(files->size(), 15U);
  for (const exercises::CatalogFile& file : *files) {
    const auto definition = protocol_definition(file);
    ASSERT_TRUE(definition) << file.name << ": " << to_string(definition.error());
    EXPECT_THAT(fhir::validate(*definition), IsEmpty()) << file.name;
    EXPECT_EQ((*definition)["subtitle"], "not clinically reviewed");
    EXPECT_THAT((*definition)["purpose"].get<std::string>(), HasSubstr("Unsourced default"));
    const auto protocol = read_protocol_definition(*definition);
    ASSERT_TRUE(protocol) << to_string(protocol.error());
    EXPECT_EQ(protocol->id + ".json", file.name);
    EXPECT_GE(protocol->phases.size(), 2U) << file.name;
    EXPECT_THAT(check_protocol(*protocol, shipped()), IsEmpty()) << file.name;
  }
}

TEST(ShippedProtocols, BecomeProgrammesThatTheAppReadsWithoutProblems) {
  bool left = false;
  for (const Protocol& protocol : shipped_protocols()) {
    for (const ProtocolPhase& phase : protocol.phases) {
      left = !left;
      expect_programme(protocol, phase, left ? AffectedSide::left : AffectedSide::right);
    }
  }
}

// A template for a condition must not hold what our own rules forbid in it at that time.
TEST(ShippedProtocols, HoldNothingThatIsContraindicatedInTheirOwnConditions) {
  const auto rules = shipped_contraindications();
  for (const Protocol& protocol : shipped_protocols()) {
    for (const ProtocolPhase& phase : protocol.phases) {
      std::vector<ClinicalFact> facts;
      for (const exercises::Code& code : protocol.conditions)
        facts.push_back(
            {{code}, protocol.course == "any" ? "" : protocol.course, static_cast<double>(phase.from_week)});
      for (const TemplateExercise& one : phase.exercises) {
        const exercises::CatalogExercise* exercise = exercise_in(shipped(), one.exercise);
        ASSERT_NE(exercise, nullptr);
        for (const ContraindicationHit& objection :
             check_contraindications(rules, *exercise, facts, one.ceiling))
          EXPECT_EQ(objection.severity, Severity::caution)
              << protocol.id << ", " << phase.id << ", " << one.exercise << ": " << objection.rule
              << exercises::in_language(objection.words, "en");
      }
    }
  }
}

TEST(ShippedContraindications, AreReadOutOfTheResourcesThatKeepThem) {
  const auto files = exercises::read_catalog(kKnown / "contraindications");
  ASSERT_TRUE(files);
  ASSERT_GE(files->size(), 15U);
  for (const exercises::CatalogFile& file : *files) {
    const auto definition = contraindication_definition(file);
    ASSERT_TRUE(definition) << file.name << ": " << to_string(definition.error());
    EXPECT_THAT(fhir::validate(*definition), IsEmpty()) << file.name;
    EXPECT_EQ((*definition)["subtitle"], "not clinically reviewed");
    const auto rule = read_contraindication_definition(*definition);
    ASSERT_TRUE(rule) << to_string(rule.error());
    EXPECT_EQ(rule->id + ".json", file.name);
  }
}

// A name that the catalog does not know forbids nothing.
TEST(ShippedContraindications, NameExercisesRegionsAndPositionsOfTheCatalog) {
  std::vector<std::string> ids;
  std::vector<std::string> words;
  for (const exercises::CatalogExercise& exercise : shipped()) {
    ids.push_back(exercise.definition.id);
    words.insert(words.end(), exercise.regions.begin(), exercise.regions.end());
    words.insert(words.end(), exercise.positions.begin(), exercise.positions.end());
  }
  for (const Contraindication& rule : shipped_contraindications()) {
    for (const std::string& id : rule.of.exercises) EXPECT_THAT(ids, Contains(id)) << rule.id;
    for (const std::string& region : rule.of.regions) EXPECT_THAT(words, Contains(region)) << rule.id;
    for (const std::string& position : rule.of.positions) EXPECT_THAT(words, Contains(position)) << rule.id;
    EXPECT_TRUE(std::any_of(shipped().begin(), shipped().end(),
                            [&](const exercises::CatalogExercise& exercise) {
                              const std::vector<ClinicalFact> facts = {{rule.conditions, {}, {}}};
                              const std::vector<Contraindication> alone = {rule};
                              const auto found = check_contraindications(alone, exercise, facts);
                              return std::any_of(found.begin(), found.end(),
                                                 [](const ContraindicationHit& objection) {
                                                   return !objection.rule.empty();
                                                 });
                            }))
        << rule.id << " speaks against nothing";
  }
}

TEST(ShippedProtocols, TheirCodesAndThoseOfContraindicationsAreWhatTheyClaim) {
#ifdef __EMSCRIPTEN__
  GTEST_SKIP() << "unpacks the list of codes with another program, which a browser cannot start";
#endif
  if (!std::filesystem::exists(icd_10_cm_file()))
    GTEST_SKIP() << "the list of ICD-10-CM codes is not here: set REPRISE_DATA";
  auto titles = icd_10_cm_titles();
  ASSERT_GT(titles.size(), 90000U);
  std::vector<exercises::Code> codes;
  for (const Protocol& protocol : shipped_protocols())
    codes.insert(codes.end(), protocol.conditions.begin(), protocol.conditions.end());
  for (const Contraindication& rule : shipped_contraindications())
    codes.insert(codes.end(), rule.conditions.begin(), rule.conditions.end());
  for (const exercises::Code& code : codes) {
    if (code.system == kPrecaution) continue;
    ASSERT_EQ(code.system, kIcd10Cm) << "no other system can be verified here";
    EXPECT_EQ(code.display, titles[without_dot(code.code)]) << code.code;
  }
}

}  // namespace
}  // namespace reprise::care
