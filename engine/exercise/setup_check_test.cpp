// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/setup_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "engine/synthesis/generate.h"
#include "tests/support/degrees.h"

// A generated person stands still in front of a virtual camera, with a known defect of the picture.

namespace reprise::engine {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

ExerciseDefinition knee_bend() {
  ExerciseDefinition d;
  d.id = "squat";
  d.primary = {Measure::knee_flexion, Combine::mean};
  d.target = rad(90);
  d.views = {View::side, View::front};
  return d;
}

ExerciseDefinition elbow_bend() {
  ExerciseDefinition d;
  d.id = "elbow_flexion";
  d.primary = {Measure::elbow_flexion, Combine::larger};
  d.sided = true;
  d.target = rad(130);
  return d;
}

std::vector<PoseFrame> standing(VirtualCamera camera, Seconds length = Seconds{3}) {
  MovementDefinition still;
  still.keyframes = {{0, {}}, {1, {}}};
  GenerateOptions options{.repetitions = 0, .before = length};
  options.after = Seconds{0};
  options.camera = camera;
  options.noise = Meters{0.004};
  return generate(still, options).value().frames;
}

PictureFacts facts_of(const VirtualCamera& camera) {
  return {camera.width_px, camera.height_px, 1, 0.5};
}

ReadinessState checked(const ExerciseDefinition& definition, const VirtualCamera& camera,
                       Prescribed side = {}) {
  Readiness readiness(definition, side);
  ReadinessState last;
  for (const PoseFrame& frame : standing(camera)) last = readiness.step(frame, facts_of(camera));
  return last;
}

bool says(const ReadinessState& state, SetupObstacle obstacle) {
  return std::any_of(state.findings.begin(), state.findings.end(),
                     [&](const Finding& finding) { return finding.obstacle == obstacle; });
}

TEST(Readiness, APersonWellInViewBecomesGoodAtOnceAndStaysSo) {
  const VirtualCamera camera;
  const ReadinessState state = checked(knee_bend(), camera);
  EXPECT_TRUE(state.findings.empty());
  EXPECT_NEAR(state.good_for.value(), 3, 0.1);
  EXPECT_EQ(state.view, View::front);
  // A person of 1.7 m, 3.5 m from a focal length of 1000 px.
  ASSERT_TRUE(state.distance_share);
  EXPECT_NEAR(*state.distance_share, 1.7 * 1000 / 3.5 / 720, 0.04);
}

TEST(Readiness, TooNearTooFarAndCutOffAreToldApart) {
  VirtualCamera near;
  near.distance = Meters{1.5};
  EXPECT_EQ(checked(knee_bend(), near).findings.front(), Finding{SetupObstacle::too_near});
  VirtualCamera far;
  far.distance = Meters{7.5};
  EXPECT_EQ(checked(knee_bend(), far).findings, std::vector{Finding{SetupObstacle::too_far}});
  VirtualCamera high;  // the feet are below the picture
  high.height = Meters{1.6};
  EXPECT_EQ(checked(knee_bend(), high).findings,
            (std::vector{Finding{SetupObstacle::cut_off, BodyPart::foot}}));
}

TEST(Readiness, WhatTheExerciseDoesNotNeedMayBeCutOff) {
  VirtualCamera high;
  high.height = Meters{1.5};
  high.distance = Meters{2.2};
  EXPECT_TRUE(says(checked(knee_bend(), high), SetupObstacle::cut_off) ||
              says(checked(knee_bend(), high), SetupObstacle::too_near));
  EXPECT_TRUE(checked(elbow_bend(), high).findings.empty());
}

TEST(Readiness, NamesTheSideThatIsCutOffAndNeverTheOther) {
  // The camera looks past the person, so that one arm is out of the picture.
  for (const bool mirror : {false, true}) {
    VirtualCamera camera;
    std::vector<PoseFrame> frames = standing(camera);
    const double edge = camera.width_px / 2.0;  // through the middle of the body
    for (PoseFrame& frame : frames) {
      for (ImagePoint& point : *frame.pose->image) point.x_px += mirror ? edge - 40 : 40 - edge;
    }
    // Seen from in front, the person's right is on the left of the picture.
    const Side gone = mirror ? Side::left : Side::right;
    for (const Prescribed prescribed : {Prescribed{}, Prescribed{Side::left}, Prescribed{Side::right}}) {
      Readiness readiness(elbow_bend(), prescribed);
      ReadinessState last;
      for (const PoseFrame& frame : frames) last = readiness.step(frame, facts_of(camera));
      const bool bad = !prescribed || *prescribed == gone;
      EXPECT_EQ(says(last, SetupObstacle::cut_off), bad);
      for (const Finding& finding : last.findings) EXPECT_EQ(finding.side, gone);
    }
  }
}

TEST(Readiness, TheHiddenArmIsNamedWhereItIsTheOneThatWorks) {
  VirtualCamera camera;
  std::vector<PoseFrame> frames = standing(camera);
  for (PoseFrame& frame : frames) frame.pose->visibility[Landmark::left_wrist] = 0.2;
  const auto after = [&](Prescribed side) {
    Readiness readiness(elbow_bend(), side);
    ReadinessState last;
    for (const PoseFrame& frame : frames) last = readiness.step(frame, facts_of(camera));
    return last.findings;
  };
  EXPECT_EQ(after(Side::left), (std::vector{Finding{SetupObstacle::hidden, BodyPart::hand, Side::left}}));
  EXPECT_TRUE(after(Side::right).empty());
  EXPECT_TRUE(after({}).empty()) << "either arm will do";
}

TEST(Readiness, NothingIsHiddenOfASignalThatNoPoseShows) {
  ExerciseDefinition tensing = knee_bend();
  tensing.primary = {Measure::muscle_activity, Combine::larger};
  EXPECT_TRUE(checked(tensing, VirtualCamera{}).findings.empty());
}

TEST(Readiness, AnotherViewNamesTheBestOne) {
  VirtualCamera behind;
  behind.azimuth = Degrees{180};
  const ReadinessState state = checked(knee_bend(), behind);
  EXPECT_EQ(state.findings, (std::vector{Finding{SetupObstacle::other_view, {}, {}, View::side}}));
  EXPECT_EQ(state.view, View::back);
}

TEST(Readiness, DarknessAndCompanyAreToldInOrder) {
  const VirtualCamera camera;
  Readiness readiness(knee_bend());
  PictureFacts picture = facts_of(camera);
  picture.people = 2;
  picture.light = 0.05;
  const auto frames = standing(camera);
  EXPECT_EQ(readiness.step(frames.front(), picture).findings,
            (std::vector{Finding{SetupObstacle::several_people}, Finding{SetupObstacle::too_dark}}));
}

// Patient finding 24
TEST(Readiness, ASecondPersonIsOneFindingWhileTrackingComesAndGoes) {
  const VirtualCamera camera;
  Readiness readiness(knee_bend());
  PictureFacts picture = facts_of(camera);
  const Pose seen = *standing(camera).front().pose;
  for (int i = 0; i < 100; ++i) {
    const bool followed = i / 3 % 2 == 0;
    picture.people = followed ? 2 : i % 2;  // the newest look sometimes sees one of them, or none
    const PoseFrame frame{Seconds{0.1 * i}, followed ? std::optional{seen} : std::nullopt};
    ASSERT_EQ(readiness.step(frame, picture).findings.front(), Finding{SetupObstacle::several_people}) << i;
  }
  picture.people = 0;
  ReadinessState state;
  for (int i = 0; i < 30; ++i) state = readiness.step({Seconds{10 + 0.1 * i}, std::nullopt}, picture);
  EXPECT_EQ(state.findings, std::vector{Finding{SetupObstacle::no_person}});
}

TEST(Readiness, NothingFlickersAtALimit) {
  const VirtualCamera camera;
  Readiness readiness(knee_bend());
  PictureFacts picture = facts_of(camera);
  int changes = 0;
  bool dark = false;
  int i = 0;
  for (const PoseFrame& frame : standing(camera, Seconds{10})) {
    picture.light = 0.12 + 0.02 * (i++ % 2 == 0 ? 1 : -1);  // swings about the limit, frame by frame
    const bool now = says(readiness.step(frame, picture), SetupObstacle::too_dark);
    changes += now != dark ? 1 : 0;
    dark = now;
  }
  EXPECT_LE(changes, 1);
}

TEST(Readiness, AFrameOfNonsenseDoesNotEndWhatWasGood) {
  const VirtualCamera camera;
  Readiness readiness(knee_bend());
  ReadinessState last;
  int i = 0;
  for (PoseFrame frame : standing(camera)) {
    if (++i == 20) frame.pose.reset();
    if (i == 40) {
      for (auto& point : *frame.pose->image) point = {kNan, kNan, kNan};
      for (auto& point : frame.pose->world_m) point = {kNan, kNan, kNan};
    }
    last = readiness.step(frame, facts_of(camera));
  }
  EXPECT_TRUE(last.findings.empty());
  EXPECT_GT(last.good_for, Seconds{2.5});
  EXPECT_EQ(readiness.step({Seconds{1}, std::nullopt}, {}).good_for, last.good_for) << "time must rise";
  EXPECT_EQ(readiness.step({Seconds{30}, std::nullopt}, {}).findings, std::vector{Finding{}})
      << "long unwatched";
}

TEST(Readiness, WhatIsReachedOnTheWayMustFit) {
  ExerciseDefinition reaching = elbow_bend();
  VirtualCamera low;  // the head is near the upper edge
  low.height = Meters{0.55};
  EXPECT_TRUE(checked(reaching, low).findings.empty());
  reaching.reach = Reach{BodyPart::hand, 4.0, 2.6};  // in trunk lengths of about half a meter
  EXPECT_EQ(checked(reaching, low).findings, (std::vector{Finding{SetupObstacle::cut_off, BodyPart::hand}}));
}

TEST(Readiness, WhatIsReachedAlreadyNeedsNoMoreRoom) {
  VirtualCamera low;
  low.height = Meters{0.55};
  ExerciseDefinition standing_up = elbow_bend();
  standing_up.reach = Reach{BodyPart::head, 1.3, 0.9};  // who stands has done so
  EXPECT_TRUE(checked(standing_up, low).findings.empty());
  standing_up.reach = Reach{BodyPart::head, 4.0, 0};  // a person with longer legs than the body model
  EXPECT_TRUE(checked(standing_up, low).findings.empty());
}

TEST(Readiness, GatesThatOnlyForbidNeedNotBeSeen) {
  ExerciseDefinition gated = elbow_bend();
  gated.gates.push_back({{Measure::step_length, Combine::larger}, When::extreme, {std::nullopt, 0.4}});
  EXPECT_FALSE(needs_feet(required_landmarks(gated, {})));
  gated.gates.push_back({{Measure::hip_height, Combine::mean}, When::extreme, {0.5, std::nullopt}});
  EXPECT_TRUE(needs_feet(required_landmarks(gated, {})));
}

TEST(Readiness, WithoutAPictureOnlyWhatCanBeKnownIsJudged) {
  const VirtualCamera camera;
  Readiness readiness(knee_bend());
  ReadinessState last;
  for (PoseFrame frame : standing(camera)) {
    frame.pose->image.reset();
    last = readiness.step(frame, {});
  }
  EXPECT_TRUE(last.findings.empty());
  EXPECT_FALSE(last.distance_share);
}

TEST(Readiness, ARaisedHandStartsUnlessTheExerciseBeginsSo) {
  MovementDefinition wave;
  wave.keyframes = {{0, {{Dof::left_shoulder_flexion, Degrees{165}}}},
                    {1, {{Dof::left_shoulder_flexion, Degrees{165}}}}};
  const auto frames = generate(wave, {.repetitions = 1}).value().frames;
  for (const HandsUp hands : {HandsUp::never, HandsUp::moving, HandsUp::at_rest}) {
    ExerciseDefinition definition = knee_bend();
    definition.hands_up = hands;
    Readiness readiness(definition);
    std::optional<Side> raised;
    for (const PoseFrame& frame : frames) raised = readiness.step(frame, facts_of({})).raised_hand;
    EXPECT_EQ(raised, hands == HandsUp::at_rest ? std::nullopt : std::optional{Side::left});
  }
}

}  // namespace
}  // namespace reprise::engine
