// SPDX-License-Identifier: Apache-2.0
#include "wasm/sensor_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "care/outcome/completed_set.h"
#include "session/document_json.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::wasm {
namespace {

using engine::CoachEventKind;
using engine::Side;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

exercises::CatalogExercise chair() {
  return *exercises::find(shipped(), "seated_knee_extension").value();
}

int count_of(const std::vector<engine::CoachEvent>& events, CoachEventKind kind) {
  int count = 0;
  for (const auto& event : events) count += event.kind == kind ? 1 : 0;
  return count;
}

std::string bundle_of(exercises::CatalogExercise exercise, session::SessionDocument document) {
  care::CompletedSet done;
  done.id = "00000000-0000-4000-8000-000000000001";
  done.session = "00000000-0000-4000-8000-000000000002";
  done.patient = "p";
  done.request = "r";
  done.exercise = std::move(exercise);
  done.side = Side::left;
  done.start = "2026-01-02T10:00:00+01:00";
  done.end = "2026-01-02T10:01:00+01:00";
  done.document = std::move(document);
  const auto bundle = care::set_bundle(done);
  EXPECT_TRUE(bundle) << bundle.error().cause;
  return bundle ? bundle->dump() : std::string{};
}

void append(std::vector<engine::CoachEvent>& all, const Result<std::vector<engine::CoachEvent>>& events) {
  ASSERT_TRUE(events);
  all.insert(all.end(), events->begin(), events->end());
}

/// A knee that straightens from 90 degrees and bends again, once in four seconds, at 50 Hz.
std::vector<engine::CoachEvent> straighten(SensorSet& set, int times, double to_degrees) {
  std::vector<engine::CoachEvent> all;
  for (int i = 0; i < (times * 4 + 2) * 50; ++i) {
    const double t = 0.02 * i;
    const double phase = t < 1 || t > 1 + times * 4 ? 0 : (1 - std::cos(2 * kPi * (t - 1) / 4)) / 2;
    const double degrees = 90 - (90 - to_degrees) * phase;
    append(all, set.step({Seconds{1000 + t}, Radians{Degrees{degrees}}.value()}));
  }
  for (auto& event : set.finish()) all.push_back(event);
  return all;
}

TEST(SensorSet, CountsWhatTheAngleDoes) {
  SensorSet set{chair(), {.side = Side::left}, Side::left, 0.09};
  const auto events = straighten(set, 3, 5);
  EXPECT_EQ(set.coach().complete_count(), 3);
  EXPECT_EQ(count_of(events, CoachEventKind::repetition), 3);
  EXPECT_EQ(count_of(events, CoachEventKind::not_seen), 0);
}

TEST(SensorSet, StopsAtTheCeiling) {
  // Straightening goes down: 40 degrees of flexion are as far as it may go.
  SensorSet set{chair(), {.side = Side::left, .ceiling = Radians{Degrees{40}}.value()}, Side::left, 0.09};
  EXPECT_EQ(count_of(straighten(set, 2, 5), CoachEventKind::ceiling), 2);
  const auto document = set.document("en", {"left_thigh", "left_shank"}).value();
  EXPECT_FALSE(document.exercise.summary.best_range) << "nothing rewards going far";
}

TEST(SensorSet, DocumentSaysHowItWasMeasuredAndWhatWasNot) {
  SensorSet set{chair(), {.side = Side::left}, Side::left, Radians{Degrees{5}}.value()};
  (void)straighten(set, 3, 5);
  auto document = set.document("en", {"left_thigh", "left_shank"}).value();
  EXPECT_EQ(document.source.kind, session::SourceKind::sensors);
  EXPECT_EQ(document.exercise.summary.repetitions_complete, 3);
  ASSERT_TRUE(document.exercise.summary.best_range);
  EXPECT_NEAR(document.exercise.summary.best_range->min, Radians{Degrees{5}}.value(), 0.02);
  EXPECT_NEAR(document.exercise.summary.best_range->uncertainty, Radians{Degrees{8.2}}.value(), 0.01);
  EXPECT_TRUE(document.exercise.definition.form.empty());
  EXPECT_GT(document.exercise.facts.not_measured.size(), 1U) << "the form rules";
  for (const auto& repetition : document.exercise.repetitions) {
    for (const auto& part : repetition.quality.parts)
      EXPECT_FALSE(part.of == engine::QualityPart::Of::form && part.points) << "form was not seen";
  }
  const auto text = session::to_session_json(document);
  ASSERT_TRUE(text) << text.error().cause;
  const auto read = session::parse_session_json(*text);
  ASSERT_TRUE(read) << read.error().cause;
  EXPECT_EQ(read->source.sensors, (std::vector<std::string>{"left_thigh", "left_shank"}));

  EXPECT_THAT(bundle_of(chair(), std::move(document)),
              HasSubstr("sensors worn at left thigh and left shank"));
}

TEST(SensorSet, SaysWhenNothingIsMeasured) {
  SensorSet set{chair(), {.side = Side::left}, Side::left, 0.09};
  int not_seen = 0;
  for (int i = 0; i < 100; ++i)
    not_seen += count_of(set.step({Seconds{0.02 * i}, {}}).value(), CoachEventKind::not_seen);
  EXPECT_EQ(not_seen, 1);
}

TEST(SensorSet, CountsHoldsOfAMuscle) {
  SensorSet set{with_muscle(chair(), {0.4, Seconds{3}}), {.side = Side::left}, Side::left, 0.06};
  set.mark_simulated();
  std::vector<engine::CoachEvent> all;
  for (int i = 0; i < 20 * 25; ++i) {
    const double t = 0.04 * i;
    const bool tensed = (t > 2 && t < 6.5) || (t > 9 && t < 13.5) || (t > 15 && t < 16.5);
    append(all, set.step({Seconds{t}, tensed ? 0.5 : 0.05}));
  }
  for (auto& event : set.finish()) all.push_back(event);
  EXPECT_EQ(set.coach().complete_count(), 2) << "the third one was let go";
  auto document = set.document("en", {"left_thigh"}).value();
  EXPECT_EQ(document.source.kind, session::SourceKind::simulated);
  EXPECT_FALSE(document.exercise.summary.best_range) << "more is not better";
  EXPECT_EQ(document.exercise.definition.primary.measure, engine::Measure::muscle_activity);
  const auto text = session::to_session_json(document);
  ASSERT_TRUE(text) << text.error().cause;
  // Rules and charts read ranges, holds and quality as those of the exercise itself.
  const std::string bundle = bundle_of(set.exercise(), std::move(document));
  for (const char* code : {"muscle-activity", "tension-time"}) EXPECT_THAT(bundle, HasSubstr(code));
  for (const char* code : {"mean-range", "best-range", "hold-time", "movement-quality"})
    EXPECT_THAT(bundle, Not(HasSubstr(code)));
}

TEST(SensorSet, FollowsAMuscleOfTheOtherSide) {
  SensorSet set{with_muscle(chair(), {0.4, Seconds{3}}), {.side = Side::left}, Side::right, 0.06};
  for (int i = 0; i < 10 * 25; ++i) {
    const double t = 0.04 * i;
    ASSERT_TRUE(set.step({Seconds{t}, t > 2 && t < 6.5 ? 0.5 : 0.05}));
    if (i == 100) {
      EXPECT_TRUE(set.coach().now().progress) << "the bar moves";
    }
  }
  (void)set.finish();
  EXPECT_EQ(set.coach().complete_count(), 1);
  auto document = set.document("en", {"right"}).value();
  EXPECT_EQ(document.exercise.prescribed_side, Side::left) << "of the exercise";
  ASSERT_EQ(document.exercise.repetitions.size(), 1U);
  EXPECT_EQ(document.exercise.repetitions[0].side, Side::right);
  ASSERT_TRUE(document.exercise.repetitions[0].range);
  EXPECT_EQ(document.exercise.repetitions[0].range->side, Side::right);
  EXPECT_THAT(bundle_of(set.exercise(), std::move(document)), HasSubstr("muscle-activity"));
}

TEST(SensorSet, APauseIsNotHeld) {
  SensorSet set{with_muscle(chair(), {0.4, Seconds{10}}), {.side = Side::left}, Side::left, 0.06};
  for (int i = 0; i < 2 * 25; ++i) ASSERT_TRUE(set.step({Seconds{0.04 * i}, 0.5}));
  for (int i = 0; i < 2 * 25; ++i) ASSERT_TRUE(set.step({Seconds{60 + 0.04 * i}, 0.5}));
  (void)set.finish();
  EXPECT_EQ(set.coach().complete_count(), 0);
  for (const auto& hold : set.coach().repetitions()) EXPECT_LT(hold.at_extreme.value(), 3);
}

TEST(SensorSet, RefusesWhatIsNoMoment) {
  SensorSet set{chair(), {.side = Side::left}, Side::left, 0.09};
  EXPECT_EQ(set.document("en", {}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(set.step({Seconds{std::nan("")}, 1.0}).error().code, ErrorCode::invalid_argument);
  (void)set.step({Seconds{5}, 1.0});
  EXPECT_TRUE(set.step({Seconds{5}, 1.0}).value().empty());
  EXPECT_EQ(set.step({Seconds{5 + 1900}, 1.0}).error().code, ErrorCode::unsupported);
  (void)set.finish();
  EXPECT_EQ(set.step({Seconds{6}, 1.0}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::wasm
