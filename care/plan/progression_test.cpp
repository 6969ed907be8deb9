// SPDX-License-Identifier: Apache-2.0
#include "care/plan/progression.h"

#include <gmock/gmock.h>

#include "care/safety/patient_reported.h"
#include "fhir/profiles/vocabulary.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::care {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

const fhir::Day kToday = *fhir::day_of("2026-03-20");

PrescribedExercise squat() {
  PrescribedExercise prescribed;
  prescribed.request = "r";
  std::vector<json::Problem> problems;
  prescribed.exercise =
      *exercises::parse_exercise(*exercises::read_catalog_file(shipped_folder() / "squat.json"), problems);
  prescribed.dosage = prescribed.exercise.dosage;
  prescribed.dosage.sets = 2;
  prescribed.dosage.repetitions = 10;
  return prescribed;
}

DoneDay easy(fhir::Day day) {
  DoneDay done;
  done.day = day;
  done.counted = 20;
  done.share = 1;
  done.pain = 1;
  done.pain_rise = 0;
  done.effort = 4;
  done.quality = 80;
  return done;
}

std::vector<DoneDay> easy_days() {
  return {easy(kToday - 4), easy(kToday - 2), easy(kToday)};
}

std::optional<IntensityProposal> proposed(const std::vector<DoneDay>& days,
                                          const PrescribedExercise& exercise = squat()) {
  return propose_intensity(exercise, PainLimits{}, days, kToday);
}

TEST(ProposeIntensity, ThreeEasyDaysSpeakForMore) {
  const auto proposal = proposed(easy_days());
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->change, ProgressionChange::raise);
  EXPECT_EQ(proposal->request, "r");
  EXPECT_EQ(proposal->dosage.repetitions, 12);
  EXPECT_EQ(proposal->dosage.sets, 2);
  EXPECT_THAT(proposal->days, SizeIs(3));
  EXPECT_FALSE(proposed({easy(kToday - 2), easy(kToday)})) << "two are too few";
  EXPECT_FALSE(proposed({easy(kToday - 40), easy(kToday - 39), easy(kToday - 38)})) << "long ago";
}

TEST(ProposeIntensity, WhatWasNotSaidOrWasHardKeepsItAsItIs) {
  const auto kept = [](void (*change)(DoneDay&)) {
    auto days = easy_days();
    change(days[1]);
    return !proposed(days);
  };
  EXPECT_TRUE(kept([](DoneDay& day) { day.share = 0.9; }));
  EXPECT_TRUE(kept([](DoneDay& day) { day.pain.reset(); }));
  EXPECT_TRUE(kept([](DoneDay& day) { day.pain = 4; }));
  EXPECT_TRUE(kept([](DoneDay& day) { day.pain_rise = 1; }));
  EXPECT_TRUE(kept([](DoneDay& day) { day.effort.reset(); }));
  EXPECT_TRUE(kept([](DoneDay& day) { day.effort = 6; }));
  EXPECT_TRUE(kept([](DoneDay& day) { day.quality = 40; }));
  EXPECT_FALSE(kept([](DoneDay& day) { day.quality.reset(); })) << "without a camera there is none";
}

TEST(ProposeIntensity, PainAndWhatIsTooMuchSpeakForLess) {
  const auto lowered = [](void (*change)(DoneDay&), IntensityReason reason) {
    auto days = easy_days();
    change(days[1]);
    change(days[2]);
    const auto proposal = proposed(days);
    return proposal && proposal->change == ProgressionChange::lower && proposal->dosage.sets == 1 &&
           proposal->reasons == std::vector{reason} && proposal->days.size() == 2;
  };
  EXPECT_TRUE(lowered([](DoneDay& day) { day.stopped_for_pain = true; }, IntensityReason::stopped_for_pain));
  EXPECT_TRUE(lowered([](DoneDay& day) { day.pain = 6; }, IntensityReason::pain_high));
  EXPECT_TRUE(lowered([](DoneDay& day) { day.pain_rise = 2; }, IntensityReason::pain_high));
  EXPECT_TRUE(lowered([](DoneDay& day) { day.share = 0.6; }, IntensityReason::little_done));
  EXPECT_TRUE(lowered([](DoneDay& day) { day.effort = 9; }, IntensityReason::effort_high));
  auto once = easy_days();
  once[2].share = 0.2;
  EXPECT_FALSE(proposed(once)) << "one bad day is none";
}

TEST(ProposeIntensity, WhereTheDosageHasNoRoomAnotherExerciseIsProposed) {
  PrescribedExercise full = squat();
  full.dosage.sets = 4;
  full.dosage.repetitions = 20;
  const auto harder = proposed(easy_days(), full);
  ASSERT_TRUE(harder);
  EXPECT_EQ(harder->instead, full.exercise.harder);
  EXPECT_EQ(harder->dosage.repetitions, 20);
  PrescribedExercise least = squat();
  least.dosage.sets = 1;
  least.dosage.repetitions = 2;
  auto days = easy_days();
  days[2].stopped_for_pain = true;
  const auto easier = proposed(days, least);
  ASSERT_TRUE(easier);
  EXPECT_EQ(easier->instead, least.exercise.easier);
}

Json procedure(const char* id, const char* start, const char* status = "completed") {
  return {{"resourceType", "Procedure"},
          {"id", id},
          {"status", status},
          {"subject", {{"reference", "Patient/p"}}},
          {"basedOn", Json::array({Json{{"reference", "ServiceRequest/r"}}})},
          {"performedPeriod", {{"start", start}}}};
}

Json counted(const char* id, const char* set, int repetitions) {
  return {{"resourceType", "Observation"},
          {"id", id},
          {"status", "final"},
          {"code", fhir::codeable(fhir::kObservation, "repetitions", "")},
          {"subject", {{"reference", "Patient/p"}}},
          {"valueInteger", repetitions},
          {"partOf", Json::array({Json{{"reference", std::string{"Procedure/"} + set}}})}};
}

Json with_id(Json resource, const char* id) {
  resource["id"] = id;
  return resource;
}

TEST(DoneDays, AreReadOutOfTheRecord) {
  const ReportContext by{"p", "", "2026-03-18T10:20:00+01:00", false};
  Json stopped = procedure("s3", "2026-03-19T23:50:00+01:00", "stopped");
  stopped["statusReason"] = fhir::codeable(fhir::kStopReason, "pain", "");
  Json other = procedure("other", "2026-03-18T10:00:00+01:00");
  other["basedOn"][0]["reference"] = "ServiceRequest/another";
  std::vector<std::string> answers;
  for (const Json& resource :
       {Json{{"resourceType", "ServiceRequest"}, {"id", "r"}, {"authoredOn", "2026-03-10"}},
        procedure("before", "2026-03-09T10:00:00+01:00"), procedure("s1", "2026-03-18T10:00:00+01:00"),
        procedure("s2", "2026-03-18T10:10:00+01:00"), stopped, other,
        procedure("ahead", "2027-03-18T10:00:00+01:00"), counted("c1", "s1", 10), counted("c2", "s2", 6),
        counted("c3", "s3", 4), counted("c4", "other", 50),
        with_id(pain_observation(by, Moment::before, 2), "p1"),
        with_id(pain_observation(by, Moment::during, 5), "p2"),
        with_id(pain_observation(by, Moment::next_morning, 9), "p3"),
        with_id(effort_observation(by, 7), "e")}) {
    answers.push_back(resource.dump());
  }
  const auto record = fhir::AnswerIndex::of(answers);
  ASSERT_TRUE(record) << to_string(record.error());
  const auto days = done_days(squat(), *record, kToday);
  ASSERT_THAT(days, SizeIs(2));
  EXPECT_EQ(fhir::date_of(days[0].day), "2026-03-18");
  EXPECT_EQ(days[0].counted, 16);
  EXPECT_DOUBLE_EQ(days[0].share, 0.8);
  EXPECT_EQ(days[0].pain, 5);
  EXPECT_EQ(days[0].pain_rise, 3);
  EXPECT_EQ(days[0].effort, 7);
  EXPECT_FALSE(days[0].quality);
  EXPECT_THAT(days[0].evidence, ElementsAre("Observation/c1", "Observation/c2"));
  EXPECT_EQ(fhir::date_of(days[1].day), "2026-03-19") << "by the patient's clock";
  EXPECT_TRUE(days[1].stopped_for_pain);
  EXPECT_FALSE(days[1].pain);
}

}  // namespace
}  // namespace reprise::care
