// SPDX-License-Identifier: Apache-2.0
#include "care/outcome/function_scores.h"

#include <gmock/gmock.h>

#include "care/outcome/measurement_observations.h"
#include "fhir/profiles/vocabulary.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::care {
namespace {

using session::FunctionTest;
using session::SignalMeasure;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// What a measurement of one value leaves in the record, as the pages write it.
struct Done {
  session::MeasurementKind kind = session::MeasurementKind::timed_up_and_go;
  SignalMeasure measure = SignalMeasure::test_time;
  double value = 0;
  std::string day = "2026-03-02";
  std::string part = {};
  std::optional<engine::Side> side = std::nullopt;
  std::string method = "By one way.";
  std::optional<double> uncertainty = std::nullopt;
  std::optional<double> test_time_s = std::nullopt;  ///< another value of the same session
};

class Record {
 public:
  void add(const Done& done) {
    session::MeasurementDocument document;
    document.kind = done.kind;
    document.method = done.method;
    document.values.push_back(
        {done.measure, done.side, done.part, done.value, done.uncertainty, {}, 0, true});
    if (done.test_time_s)
      document.values.push_back(
          {SignalMeasure::test_time, done.side, done.part, *done.test_time_s, {}, {}, 0, true});
    std::string number = std::to_string(++sessions_);
    number.insert(0, 12 - number.size(), '0');
    auto bundle = measurement_bundle(document, {.id = "0b8e2a60-7c1f-4f6e-8d7a-" + number,
                                                .patient = "robin",
                                                .start = done.day + "T10:00:00Z",
                                                .end = done.day + "T10:06:00Z",
                                                .request = std::nullopt});
    ASSERT_TRUE(bundle) << to_string(bundle.error());
    for (Json& entry : (*bundle)["entry"]) {
      entry["resource"]["id"] = "o" + std::to_string(all_.size());
      all_.push_back(entry["resource"]);
    }
  }
  Json& last() { return all_.back(); }
  [[nodiscard]] FunctionScores scores() const {
    std::vector<const Json*> observations;
    for (const Json& one : all_) observations.push_back(&one);
    return function_scores(observations);
  }
  [[nodiscard]] std::vector<std::string> answers() const {
    std::vector<std::string> texts;
    for (const Json& one : all_) texts.push_back(one.dump());
    return texts;
  }

 private:
  std::vector<Json> all_;
  int sessions_ = 0;
};

Done stands(double count, const char* day) {
  return {.kind = session::MeasurementKind::sit_to_stand,
          .measure = SignalMeasure::repetitions,
          .value = count,
          .day = day,
          .part = "sit_to_stand_30"};
}

ScoreVerdict verdict_of(FunctionTest test, SignalMeasure measure, double first, double latest) {
  return score_change(test, measure, {0, "", first, {}}, {1, "", latest, {}}).verdict;
}

// The edges are those of docs/sources.md, FC1 to FC5.
TEST(FunctionScores, AChangeIsNamedOnlyBeyondWhatTheTestVariesByItself) {
  using enum ScoreVerdict;
  const auto chair = [](double a, double b) {
    return verdict_of(FunctionTest::sit_to_stand_30, SignalMeasure::repetitions, a, b);
  };
  EXPECT_EQ(chair(8, 10), same);
  EXPECT_EQ(chair(8, 11), better);
  EXPECT_EQ(chair(11, 8), worse);
  const auto walk = [](double a, double b) {
    return verdict_of(FunctionTest::walk_6_min, SignalMeasure::walking_distance, a, b);
  };
  EXPECT_EQ(walk(400, 481), same);
  EXPECT_EQ(walk(400, 482), better);
  const auto go = [](double a, double b) {
    return verdict_of(FunctionTest::timed_up_and_go, SignalMeasure::test_time, a, b);
  };
  EXPECT_EQ(go(20, 11.1), same) << "44.6 % of 20 s are 8.92 s, shown as 9.0";
  EXPECT_EQ(go(20, 10.9), better) << "less time is better";
  EXPECT_EQ(go(10, 14.6), worse);
  EXPECT_EQ(verdict_of(FunctionTest::sit_to_stand_5, SignalMeasure::test_time, 18, 10.2), same);
  EXPECT_EQ(verdict_of(FunctionTest::sit_to_stand_5, SignalMeasure::test_time, 18, 10.1), better);
  EXPECT_EQ(verdict_of(FunctionTest::walk_10_m, SignalMeasure::walking_speed, 0.8, 1.01), same);
  EXPECT_EQ(verdict_of(FunctionTest::walk_10_m, SignalMeasure::walking_speed, 0.8, 1.02), better);
  EXPECT_EQ(verdict_of(FunctionTest::single_leg_stance, SignalMeasure::stance_time, 4, 28.1), same);
  EXPECT_EQ(verdict_of(FunctionTest::single_leg_stance, SignalMeasure::stance_time, 4, 28.2), better);
}

TEST(FunctionScores, WithoutASourceNoChangeIsNamed) {
  const ScoreChange change = score_change(FunctionTest::functional_reach, SignalMeasure::reach_distance,
                                          {0, "", 10, 1}, {1, "", 40, 1});
  EXPECT_EQ(change.verdict, ScoreVerdict::unknown);
  EXPECT_EQ(change.by, 30);
  EXPECT_FALSE(change.least);
  EXPECT_EQ(change.source, "");
}

TEST(FunctionScores, ALargerUncertaintyOfTheMeasurementCounts) {
  const ScoreChange change =
      score_change(FunctionTest::sit_to_stand_30, SignalMeasure::repetitions, {0, "", 8, 3}, {1, "", 12, 4});
  EXPECT_EQ(change.verdict, ScoreVerdict::same) << "3 and 4 make 5";
  EXPECT_EQ(change.least, 5);
}

TEST(FunctionScores, AreReadAsThePagesWriteThem) {
  Record record;
  record.add(stands(12, "2026-05-02"));
  record.add(stands(8, "2026-03-02"));
  record.add({.value = 12.34, .day = "2026-04-02", .uncertainty = 0.2});
  const FunctionScores scores = record.scores();
  ASSERT_THAT(scores.tests, SizeIs(2));
  EXPECT_EQ(scores.tests[0].test, FunctionTest::timed_up_and_go);
  EXPECT_EQ(scores.tests[0].points.front().value, 12.3);
  EXPECT_EQ(scores.tests[0].points.front().uncertainty, 0.2);
  EXPECT_FALSE(scores.tests[0].change) << "one result is no change";
  EXPECT_EQ(scores.tests[1].test, FunctionTest::sit_to_stand_30);
  EXPECT_THAT(scores.tests[1].points,
              ElementsAre(Field(&ScorePoint::value, 8), Field(&ScorePoint::value, 12)));
  EXPECT_EQ(scores.tests[1].change->verdict, ScoreVerdict::better);
  EXPECT_THAT(scores.questionnaires, IsEmpty());
}

TEST(FunctionScores, OtherWaysOfMeasuringAreNotCompared) {
  Record record;
  record.add({.value = 30, .day = "2026-03-02", .method = "With a stopwatch."});
  record.add({.value = 10, .day = "2026-04-02"});
  const FunctionScores scores = record.scores();
  ASSERT_THAT(scores.tests, SizeIs(1));
  EXPECT_THAT(scores.tests[0].points, SizeIs(1));
  EXPECT_EQ(scores.tests[0].points[0].value, 10) << "the way of the latest";
  EXPECT_TRUE(scores.tests[0].otherwise);
  EXPECT_FALSE(scores.tests[0].change);
}

TEST(FunctionScores, LegsAreNotMixed) {
  Record record;
  Done stance{.kind = session::MeasurementKind::function_test,
              .measure = SignalMeasure::stance_time,
              .value = 3,
              .part = "single_leg_stance",
              .side = engine::Side::left};
  record.add(stance);
  stance.side = engine::Side::right;
  record.add(stance);
  const FunctionScores scores = record.scores();
  ASSERT_THAT(scores.tests, SizeIs(2));
  EXPECT_EQ(scores.tests[0].side, "left");
  EXPECT_EQ(scores.tests[1].side, "right");
}

TEST(FunctionScores, ASixMinuteWalkCountsIfItWasWalkedToItsEnd) {
  Record record;
  Done walk{.kind = session::MeasurementKind::walk_test,
            .measure = SignalMeasure::walking_distance,
            .value = 400,
            .test_time_s = 360};
  record.add(walk);
  EXPECT_THAT(record.scores().tests, SizeIs(1));
  walk.test_time_s = 200;
  walk.day = "2026-04-02";
  record.add(walk);
  EXPECT_THAT(record.scores().tests[0].points, SizeIs(1)) << "ended early";
  Record course;  // its length is no result
  course.add(
      {.kind = session::MeasurementKind::walk_test, .measure = SignalMeasure::walking_distance, .value = 10});
  EXPECT_THAT(course.scores().tests, IsEmpty());
}

TEST(FunctionScores, WhatDoesNotCountIsLeftOut) {
  Record record;
  record.add(stands(8, "2026-03-02"));
  record.last()["status"] = "entered-in-error";
  record.add(stands(9, "2026-03-03"));
  record.last()["valueQuantity"]["code"] = "s";
  record.add(stands(9, "2026-03-04"));
  record.last().erase("effectivePeriod");
  record.add(stands(9, "2026-03-05"));
  record.last()["valueQuantity"]["comparator"] = ">";
  record.add(stands(9, "2026-03-06"));
  record.last()["component"][0]["valueString"] = "live";
  EXPECT_THAT(record.scores().tests, IsEmpty());
}

Json scored(const char* system, const char* code, const char* category) {
  return {{"resourceType", "Observation"},
          {"id", code},
          {"status", "final"},
          {"category", Json::array({fhir::codeable(fhir::kObservationCategory, category, category)})},
          {"code", fhir::codeable(system, code, "Walking and stairs")},
          {"effectiveDateTime", "2026-03-02T10:00:00Z"},
          {"valueQuantity", fhir::quantity(31.26, "{score}", "{score}")}};
}

TEST(FunctionScores, ScoresOfQuestionnairesAreThoseOfOurCodeOrOfASurvey) {
  const std::vector<Json> all = {
      scored(fhir::kObservation, "score:stairs", "survey"), scored(fhir::kLoinc, "72514-3", "survey"),
      scored(fhir::kLoinc, "1234-5", "survey"), scored(fhir::kLoinc, "2345-6", "laboratory"),
      scored(fhir::kObservation, "effort", "survey")};
  std::vector<const Json*> observations;
  for (const Json& one : all) observations.push_back(&one);
  const auto scores = function_scores(observations).questionnaires;
  ASSERT_THAT(scores, ElementsAre(Field(&QuestionnaireScore::code, "1234-5"),
                                  Field(&QuestionnaireScore::code, "score:stairs")))
      << "neither pain, effort nor a blood test";
  EXPECT_EQ(scores[1].name, "Walking and stairs");
  EXPECT_EQ(scores[1].points[0].value, 31.3);
}

TEST(FunctionScores, CrossToThePage) {
  Record record;
  record.add(stands(8, "2026-03-02"));
  record.add(stands(12, "2026-05-02"));
  const auto text = function_scores_text(record.answers());
  ASSERT_TRUE(text) << to_string(text.error());
  const Json page = Json::parse(*text);
  EXPECT_EQ(page, Json::parse(R"({
    "tests": [{"test": "sit_to_stand_30", "side": null, "unit": "", "digits": 0,
      "points": [{"at": "2026-03-02T10:00:00Z", "value": 8.0}, {"at": "2026-05-02T10:00:00Z", "value": 12.0}],
      "otherwise": false,
      "change": {"verdict": "better", "by": 4.0, "least": 2.5, "source": "FC2"}}],
    "questionnaires": []})"));
  EXPECT_FALSE(function_scores_text(std::vector<std::string>{"{"}));
}

}  // namespace
}  // namespace reprise::care
