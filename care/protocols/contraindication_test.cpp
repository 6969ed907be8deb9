// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/contraindication.h"

#include <gmock/gmock.h>

#include "care/protocols/check_contraindications.h"
#include "care/protocols/protocol_checks.h"
#include "care/protocols/protocol_definition.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const std::filesystem::path kRulesAgainst =
    std::filesystem::path(REPRISE_SOURCE_DIR) / "catalog/contraindications";

const std::vector<Contraindication>& all_rules() {
  static const std::vector<Contraindication> kRules = [] {
    std::vector<Contraindication> rules;
    const auto files = exercises::read_catalog(kRulesAgainst).value();
    for (const exercises::CatalogFile& file : files) rules.push_back(parse_contraindication(file).value());
    return rules;
  }();
  return kRules;
}

const exercises::CatalogExercise& exercise(const char* id) {
  const exercises::CatalogExercise* found = exercise_in(shipped(), id);
  if (found == nullptr) throw std::runtime_error(id);
  return *found;
}

ClinicalFact icd(const char* code, const char* stage = "", std::optional<double> weeks = {}) {
  return {{{kIcd10Cm, code, ""}}, stage, weeks};
}
ClinicalFact precaution(const char* code) {
  return {{{kPrecaution, code, ""}}, "", {}};
}

std::vector<ContraindicationHit> against(const char* id, const ClinicalFact& fact,
                                         std::optional<double> ceiling = {}) {
  const std::vector<ClinicalFact> facts = {fact};
  return check_contraindications(all_rules(), exercise(id), facts, ceiling);
}

std::vector<std::string> rules_against(const char* id, const ClinicalFact& fact,
                                       std::optional<double> ceiling = {}) {
  std::vector<std::string> rules;
  for (const ContraindicationHit& hit : against(id, fact, ceiling)) rules.push_back(hit.rule);
  return rules;
}

TEST(Contraindication, SaysWhatIsWrongWithAFile) {
  const Json clean =
      Json::parse(exercises::read_catalog_file(kRulesAgainst / "new-hip-deep-bend.json").value().text);
  const auto refused = [&](const char* pointer, const Json& instead) {
    Json changed = clean;
    changed[Json::json_pointer(pointer)] = instead;
    const auto rule = parse_contraindication({"new-hip-deep-bend.json", changed.dump()});
    return rule ? std::string{"taken"} : rule.error().cause;
  };
  EXPECT_EQ(refused("/version", 2), "taken");
  EXPECT_THAT(refused("/id", "other"), HasSubstr("/id:"));
  EXPECT_THAT(refused("/severity", "maybe"), HasSubstr("/severity:"));
  EXPECT_THAT(refused("/when/conditions", Json::array()), HasSubstr("/when/conditions:"));
  EXPECT_THAT(refused("/when/conditions/1/code", "no-dancing"),
              HasSubstr("/when/conditions/1/code: found \"no-dancing\"; must be "));
  EXPECT_THAT(refused("/when/stage", "once"), HasSubstr("/when/stage:"));
  EXPECT_THAT(refused("/when/weeks/to", 0), HasSubstr("/when/weeks/to:"));
  EXPECT_THAT(refused("/exercise", Json::object()), HasSubstr("/exercise:"));
  EXPECT_THAT(refused("/exercise/color", "red"), HasSubstr("/exercise/color:"));
  EXPECT_THAT(refused("/exercise/balance", Json::array({"sleeping"})), HasSubstr("/exercise/balance/0:"));
  EXPECT_THAT(refused("/exercise/reaches/0/joint", "tail"), HasSubstr("/exercise/reaches/0/joint:"));
  EXPECT_THAT(refused("/exercise/reaches/0/joint", "left_hip_flexion"),
              HasSubstr("/exercise/reaches/0/joint:"));
  EXPECT_THAT(refused("/exercise/reaches/0/degrees", Json()), HasSubstr("/exercise/reaches/0/degrees:"));
  EXPECT_THAT(refused("/reason/es", " "), HasSubstr("/reason/es:"));
  EXPECT_THAT(refused("/unsourced_defaults", Json::array()), HasSubstr("no source supports severity"));
}

TEST(Contraindication, IsRefusedWhereTheResourceTellsAnotherVersion) {
  Json definition =
      contraindication_definition(exercises::read_catalog_file(kRulesAgainst / "not-overhead.json").value())
          .value();
  EXPECT_TRUE(read_contraindication_definition(definition));
  definition["url"] = "urn:reprise:contraindication:other";
  EXPECT_EQ(read_contraindication_definition(definition).error().code, ErrorCode::corrupt);
  EXPECT_FALSE(read_contraindication_definition(Json::object()));
}

TEST(WhyNot, NothingSpeaksAgainstAnExerciseWithoutACodeForIt) {
  EXPECT_THAT(check_contraindications(all_rules(), exercise("squat"), {}), IsEmpty());
  EXPECT_THAT(against("squat", icd("J45.0")), IsEmpty());
  EXPECT_THAT(against("squat", {{{"http://example.org", "Z96.64", ""}}, "", {}}), IsEmpty());
}

TEST(WhyNot, ACodeStandsForThoseBelowItAndForNoOther) {
  EXPECT_THAT(rules_against("sit_to_stand", icd("Z96.642", "after_surgery", 3)),
              Contains("new-hip-deep-bend|1"));
  EXPECT_THAT(rules_against("sit_to_stand", icd("Z96.6", "after_surgery", 3)), IsEmpty());
  EXPECT_THAT(rules_against("sit_to_stand", icd("Z96.65", "after_surgery", 3)),
              Not(Contains("new-hip-deep-bend|1")));
}

TEST(WhyNot, TimeAndStageDecideAndWhatIsNotRecordedCountsAgainstIt) {
  const auto late = icd("Z96.64", "after_surgery", 30);
  EXPECT_THAT(rules_against("squat", late), Not(Contains("new-hip-deep-bend|1")));
  const auto otherwise = icd("Z96.64", "chronic", 3);
  EXPECT_THAT(rules_against("squat", otherwise), Not(Contains("new-hip-deep-bend|1")));
  const auto unknown = against("squat", icd("Z96.64"));
  ASSERT_THAT(unknown, Not(IsEmpty()));
  for (const ContraindicationHit& hit : unknown) EXPECT_TRUE(hit.assumed);
  for (const ContraindicationHit& hit : against("squat", icd("Z96.64", "after_surgery", 3)))
    EXPECT_FALSE(hit.assumed);
}

TEST(WhyNot, APrecautionHoldsAsLongAsItIsRecorded) {
  const auto found = against("squat", precaution("no-deep-hip-flexion"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0].rule, "new-hip-deep-bend|1");
  EXPECT_FALSE(found[0].assumed);
  EXPECT_EQ(found[0].because.code, "no-deep-hip-flexion");
  EXPECT_THAT(found[0].words.at("de"), HasSubstr("90 Grad"));
}

TEST(WhyNot, WeightOnALegThatMayCarryNone) {
  EXPECT_EQ(against("squat", precaution("no-weight-bearing-leg")).at(0).severity, Severity::contraindicated);
  EXPECT_THAT(against("clamshell", precaution("no-weight-bearing-leg")), IsEmpty());
  EXPECT_THAT(against("scaption", precaution("no-weight-bearing-leg")), IsEmpty())
      << "it can be done sitting";
  EXPECT_EQ(against("wall_slide", precaution("no-weight-bearing-leg")).at(0).severity, Severity::caution);
  EXPECT_EQ(against("single_leg_stance", precaution("partial-weight-bearing-leg")).at(0).severity,
            Severity::contraindicated);
}

TEST(WhyNot, FallsPacemakersAndPositions) {
  EXPECT_EQ(against("single_leg_stance", precaution("fall-risk")).at(0).rule, "fall-risk-single-leg|1");
  EXPECT_EQ(against("jumping_jack", precaution("fall-risk")).at(0).rule, "fall-risk-jumping|2")
      << "the strongest stands first";
  EXPECT_THAT(against("seated_march", precaution("fall-risk")), IsEmpty());
  EXPECT_THAT(rules_against("squat", precaution("pacemaker")), Contains("heart-caution|3"));
  EXPECT_THAT(rules_against("prone_knee_bend", precaution("no-lying-on-front")), Contains("not-on-front|1"));
  EXPECT_THAT(rules_against("ankle_pumps", precaution("no-lying-flat")), IsEmpty())
      << "it can be done sitting up";
}

TEST(WhyNot, ACeilingOfTheProgrammeAnswersALimit) {
  EXPECT_THAT(rules_against("shoulder_abduction", precaution("no-overhead")), Contains("not-overhead|1"));
  EXPECT_THAT(rules_against("shoulder_abduction", precaution("no-overhead"), 85), IsEmpty());
  EXPECT_THAT(rules_against("shoulder_abduction", precaution("no-overhead"), 100),
              Contains("not-overhead|1"));
  EXPECT_THAT(rules_against("wall_slide", precaution("no-overhead")), Contains("not-overhead|1"));
  EXPECT_THAT(rules_against("wall_slide", precaution("no-overhead"), 85), IsEmpty());
  EXPECT_THAT(rules_against("elbow_extension_overhead", precaution("no-overhead"), 40),
              Contains("not-overhead|1"))
      << "a ceiling of another measure proves nothing";
  // Of the exercise's own file: no deeper than that after a tear of the meniscus.
  const auto torn = icd("S83.2", "after_surgery", 2);
  const auto limited = against("heel_slide", torn);
  ASSERT_THAT(limited, SizeIs(1));
  EXPECT_EQ(limited[0].rule, "");
  EXPECT_EQ(limited[0].measure, "knee_flexion");
  ASSERT_TRUE(limited[0].max);
  EXPECT_NEAR(*limited[0].max, 90, 1e-9);
  EXPECT_THAT(against("heel_slide", torn, 90), IsEmpty());
  EXPECT_THAT(against("heel_slide", torn, 95), SizeIs(1));
}

TEST(WhyNot, FactsAreTheConditionsThatHold) {
  const auto condition = [](const char* code, const char* status, const char* onset) {
    Json one = {{"resourceType", "Condition"},
                {"code", {{"coding", Json::array({Json{{"system", kIcd10Cm}, {"code", code}}})}}}};
    if (*status != 0)
      one["clinicalStatus"]["coding"] = Json::array(
          {Json{{"system", "http://terminology.hl7.org/CodeSystem/condition-clinical"}, {"code", status}}});
    if (*onset != 0) one["onsetDateTime"] = onset;
    return one;
  };
  Json refuted = condition("I10", "", "");
  refuted["verificationStatus"]["coding"] = Json::array(
      {Json{{"system", "http://terminology.hl7.org/CodeSystem/condition-ver-status"}, {"code", "refuted"}}});
  const std::vector<Json> record = {condition("Z96.641", "active", "2026-03-02"),
                                    condition("M17.11", "resolved", ""),
                                    condition("M54.2", "", "2026"),
                                    condition("G20", "", "2027-01-01"),
                                    refuted,
                                    {{"resourceType", "Observation"}, {"code", {{"text", "no"}}}},
                                    Json(3)};
  const auto facts = facts_of(record, *fhir::day_of("2026-03-16"));
  ASSERT_THAT(facts, SizeIs(3));
  EXPECT_EQ(facts[0].codes[0].code, "Z96.641");
  EXPECT_EQ(facts[0].weeks, 2);
  EXPECT_FALSE(facts[1].weeks) << "a year is no day";
  EXPECT_FALSE(facts[2].weeks) << "a day to come is none";
}

}  // namespace
}  // namespace reprise::care
