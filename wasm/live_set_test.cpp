// SPDX-License-Identifier: Apache-2.0
#include "wasm/live_set.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "engine/synthesis/generate.h"
#include "exercises/catalog_files.h"
#include "session/document_json.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "tests/support/gesturing.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::wasm {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

const exercises::CatalogExercise& squat() {
  return **exercises::find(shipped(), "squat");
}

std::vector<engine::PoseFrame> filmed(int repetitions) {
  const auto movement =
      engine::generate(squat().movement.correct, {.repetitions = repetitions, .noise = Meters{0.005}});
  if (!movement) throw std::runtime_error(to_string(movement.error()));
  return movement->frames;
}

std::vector<engine::CoachEvent> show(LiveSet& set, std::span<const engine::PoseFrame> frames) {
  std::vector<engine::CoachEvent> events;
  for (const engine::PoseFrame& frame : frames) {
    set.next_frame() = frame_numbers(*frame.pose);
    auto said = set.step(frame.time, Seen::and_image).value();
    events.insert(events.end(), said.begin(), said.end());
  }
  return events;
}

TEST(LiveSet, SaysWhatTheSamePassesSayOfTheWholeRecording) {
  const std::vector<engine::PoseFrame> frames = filmed(3);
  LiveSet set{squat(), {}};
  auto events = show(set, frames);
  const auto last = set.finish();
  events.insert(events.end(), last.begin(), last.end());
  EXPECT_EQ(set.coach().complete_count(), 3);

  session::PassInput input;
  input.definition = squat().definition;
  input.exercise = session::facts_of(squat());
  input.source.kind = session::SourceKind::simulated;
  input.source.name = "camera";
  input.source.duration = frames.back().time;
  const session::SessionDocument whole = session::run_passes(input, frames);
  ASSERT_EQ(events.size(), whole.exercise.events.size());
  for (std::size_t i = 0; i < events.size(); ++i) {
    EXPECT_EQ(events[i].kind, whole.exercise.events[i].kind) << i;
    EXPECT_EQ(events[i].time, whole.exercise.events[i].time) << i;
  }
  set.mark_simulated();
  SetFacts facts;
  facts.source.name = "camera";
  EXPECT_EQ(set.session(facts).value(), session::to_session_json(whole).value());
}

/// A squat, then an arm held out for `held`, then the arm down.
std::vector<engine::PoseFrame> squat_then_arm_out(Seconds held) {
  auto movement = squat().movement.correct;
  const Seconds squatting = movement.duration;
  movement.duration = squatting + held + Seconds{3};
  for (engine::Keyframe& keyframe : movement.keyframes) keyframe.at *= squatting / movement.duration;
  const auto arm = engine::test::arms_in(engine::Gesture::arm_out, engine::Side::right);
  const auto at = [&](Seconds after) { return (squatting + after) / movement.duration; };
  movement.keyframes.push_back({at(Seconds{1}), {}});
  movement.keyframes.push_back({at(Seconds{1.5}), arm});
  movement.keyframes.push_back({at(held + Seconds{1.5}), arm});
  movement.keyframes.push_back({1, {}});
  const auto made = engine::generate(movement, {.repetitions = 1, .noise = Meters{0.005}});
  if (!made) throw std::runtime_error(to_string(made.error()));
  return made->frames;
}

TEST(LiveSet, AnArmHeldOutAsksForAPause) {
  LiveSet set{squat(), {}};
  std::optional<engine::GestureState> most;
  for (const engine::PoseFrame& frame : squat_then_arm_out(Seconds{2})) {
    set.next_frame() = frame_numbers(*frame.pose);
    ASSERT_TRUE(set.step(frame.time, Seen::and_image));
    if (set.gesture() && (!most || set.gesture()->held > most->held)) most = set.gesture();
  }
  ASSERT_TRUE(most);
  EXPECT_EQ(most->asked, engine::Asked::pause);
  EXPECT_TRUE(most->given);
  EXPECT_EQ(set.coach().complete_count(), 1);
}

TEST(LiveSet, NothingIsCorrectedWhileAGestureIsHeld) {
  const auto told = [](const engine::MovementDefinition& movement, bool holds) {
    const auto made = engine::generate(movement, {.repetitions = 3, .range_scale = 0.3});
    if (!made) throw std::runtime_error(to_string(made.error()));
    LiveSet set{squat(), {}};
    int judged = 0;
    for (const engine::PoseFrame& frame : made->frames) {
      set.next_frame() = frame_numbers(*frame.pose);
      const auto events = set.step(frame.time, Seen::and_image);
      if (!events) throw std::runtime_error(to_string(events.error()));
      for (const engine::CoachEvent& event : *events)
        judged += event.kind == engine::CoachEventKind::fell_short;
      if (frame.time > Seconds{0.5} && set.gesture().has_value() != holds) return -1;
    }
    return judged;
  };
  auto movement = squat().movement.correct;
  EXPECT_EQ(told(movement, false), 3) << "each squat falls short";
  const auto arm = engine::test::arms_in(engine::Gesture::arm_out, engine::Side::right);
  for (engine::Keyframe& keyframe : movement.keyframes) {
    std::erase_if(keyframe.angles, [&](const engine::DofValue& value) {
      return std::any_of(arm.begin(), arm.end(), [&](const auto& one) { return one.dof == value.dof; });
    });
    keyframe.angles.insert(keyframe.angles.end(), arm.begin(), arm.end());
  }
  EXPECT_EQ(told(movement, true), 0);
}

TEST(LiveSet, APauseByAGestureLeavesNothingInTheSet) {
  LiveSet set{squat(), {}};
  Seconds now{0};
  // Until the gesture is given; then a pause in which the patient squats, and holds the arm out again.
  for (const engine::PoseFrame& frame : squat_then_arm_out(Seconds{2})) {
    if (set.gesture() && set.gesture()->given) break;
    set.next_frame() = frame_numbers(*frame.pose);
    ASSERT_TRUE(set.step(frame.time, Seen::and_image));
    now = frame.time;
  }
  const std::size_t before = set.frames().size();
  ASSERT_EQ(set.coach().complete_count(), 1);
  const auto paused = squat_then_arm_out(Seconds{2});
  bool released = false;
  std::size_t i = 0;
  for (; i < paused.size(); ++i) {
    set.next_frame() = frame_numbers(*paused[i].pose);
    ASSERT_TRUE(set.step_paused(now + Seconds{0.05} + paused[i].time, Seen::and_image));
    const bool given = set.gesture() && set.gesture()->given;
    released = released || !given;
    if (released && given) break;
  }
  ASSERT_LT(i, paused.size()) << "it is heard in the pause, too";
  EXPECT_EQ(set.frames().size(), before);
  EXPECT_EQ(set.coach().complete_count(), 1);

  // It goes on: the arm is still out, and comes down.
  for (++i; i < paused.size(); ++i) {
    set.next_frame() = frame_numbers(*paused[i].pose);
    ASSERT_TRUE(set.step(now + Seconds{0.05} + paused[i].time, Seen::and_image));
    if (set.gesture()) {
      EXPECT_EQ(set.frames().size(), before) << "frames wait for the arm";
    }
  }
  EXPECT_GT(set.frames().size(), before) << "and then belong to the set";
  EXPECT_EQ(set.coach().complete_count(), 1);
}

// Patient findings 6 and 24
TEST(LiveSet, SaysWhoIsMissingAndForHowLong) {
  LiveSet set{squat(), {}};
  const auto frames = filmed(1);
  (void)show(set, frames);
  EXPECT_EQ(set.state().problem, std::nullopt);
  const Seconds left = frames.back().time;
  for (int i = 1; i <= 30; ++i) (void)set.step(left + Seconds{0.1 * i}, Seen::no_person, 0);
  EXPECT_EQ(set.state().problem, engine::SetProblem::no_person);
  EXPECT_NEAR(set.state().lasted.value(), 2, 0.2);
  for (int i = 31; i <= 50; ++i) (void)set.step(left + Seconds{0.1 * i}, Seen::no_person, 2);
  EXPECT_EQ(set.state().problem, engine::SetProblem::several_people);
  LiveSet helped{squat(), {}, true};
  helped.next_frame() = frame_numbers(*frames.front().pose);
  for (int i = 0; i <= 50; ++i) (void)helped.step(Seconds{0.1 * i}, Seen::and_image, 2);
  EXPECT_EQ(helped.state().problem, std::nullopt);
}

// Patient finding 8
TEST(LiveSet, WhatFellShortIsInTheDocumentWithMeasureValueAndLimit) {
  LiveSet set{squat(), {}};
  (void)show(
      set, engine::generate(squat().movement.correct, {.repetitions = 3, .range_scale = 0.3}).value().frames);
  (void)set.finish();
  EXPECT_EQ(set.coach().complete_count(), 0);
  const auto document = session::parse_session_json(set.session({}).value());
  ASSERT_TRUE(document) << to_string(document.error());
  int told = 0;
  for (const engine::CoachEvent& event : document->exercise.events) {
    if (event.kind != engine::CoachEventKind::fell_short) {
      EXPECT_FALSE(event.value || event.limit);
      continue;
    }
    ++told;
    EXPECT_FALSE(event.detail.empty());
    EXPECT_TRUE(event.value && event.limit);
  }
  EXPECT_EQ(told, 3);
}

TEST(LiveSet, ASimulatedSetStaysOneWhateverIsSaidOfIt) {
  LiveSet set{squat(), {}};
  set.mark_simulated();
  (void)show(set, filmed(1));
  SetFacts facts;
  facts.source.kind = session::SourceKind::video;
  const auto document = session::parse_session_json(set.session(facts).value());
  ASSERT_TRUE(document) << to_string(document.error());
  EXPECT_EQ(document->source.kind, session::SourceKind::simulated);
}

TEST(LiveSet, ItsDocumentSpeaksTheLanguageOfWhoDidIt) {
  LiveSet set{squat(), {}};
  (void)show(set, filmed(1));
  for (const auto& [language, name] :
       {std::pair{"es", "Sentadilla"}, {"de-CH", "Kniebeuge"}, {"fr", "Squat"}}) {
    SetFacts facts;
    facts.language = language;
    const auto document = session::parse_session_json(set.session(facts).value());
    ASSERT_TRUE(document) << to_string(document.error());
    EXPECT_EQ(document->exercise.facts.name, name) << language;
  }
}

TEST(LiveSet, NumbersThatAreNotFiniteAreAPersonNotSeen) {
  FrameNumbers numbers = frame_numbers(*filmed(1).front().pose);
  EXPECT_TRUE(pose_from(numbers, Seen::and_image).has_value());
  EXPECT_FALSE(pose_from(numbers, Seen::no_person).has_value());
  EXPECT_FALSE(pose_from(numbers, Seen::world)->image.has_value());

  FrameNumbers bad = numbers;
  bad.world_m[50] = kNan;
  EXPECT_FALSE(pose_from(bad, Seen::world).has_value());
  bad = numbers;
  bad.visibility[32] = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(pose_from(bad, Seen::world).has_value());
  bad = numbers;
  bad.image_px[0] = kNan;
  EXPECT_FALSE(pose_from(bad, Seen::and_image).has_value());
  EXPECT_TRUE(pose_from(bad, Seen::world).has_value());
  numbers.visibility[0] = 1.5;
  EXPECT_EQ(pose_from(numbers, Seen::world)->visibility[engine::Landmark::nose], 1.0);
}

TEST(LiveSet, FramesThatCannotBeAreRefusedOrIgnored) {
  const std::vector<engine::PoseFrame> frames = filmed(1);
  LiveSet set{squat(), {}};
  EXPECT_EQ(set.session({}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(set.step(Seconds{kNan}, Seen::no_person).error().code, ErrorCode::invalid_argument);
  (void)show(set, frames);
  const std::string once = set.session({}).value();
  EXPECT_TRUE(set.step(frames.back().time, Seen::and_image).value().empty());
  EXPECT_TRUE(set.step(Seconds{0}, Seen::and_image).value().empty());
  EXPECT_EQ(set.session({}).value(), once) << "frames out of order are not kept";
  EXPECT_EQ(set.step(kLongestSet + Seconds{1}, Seen::no_person).error().code, ErrorCode::unsupported);
  EXPECT_EQ(set.session({}).value(), once) << "earlier frames stay";
  (void)set.finish();
  EXPECT_TRUE(set.finish().empty());
  EXPECT_EQ(set.step(Seconds{100}, Seen::no_person).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::wasm
