// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/raised_hand.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

enum class Arms { left, right, both };

/// Two seconds up, from 1 s on; the arm moves for half a second before and after.
std::vector<PoseFrame> signal_film(Arms arms, GenerateOptions options = {}, Seconds up_for = Seconds{2}) {
  std::vector<DofValue> up;
  if (arms != Arms::right) up.push_back({Dof::left_shoulder_flexion, Degrees{165}});
  if (arms != Arms::left) up.push_back({Dof::right_shoulder_flexion, Degrees{165}});
  MovementDefinition m;
  m.duration = up_for + Seconds{1};
  const double moving = Seconds{0.5} / m.duration;
  m.keyframes = {{0, {}}, {moving, up}, {1 - moving, up}, {1, {}}};
  options.repetitions = 1;
  options.before = Seconds{0.5};
  return generate(m, options).value().frames;
}

/// Seconds during which the signal is given, by side.
std::array<double, 2> given_s(const std::vector<PoseFrame>& frames) {
  RaisedHand hand;
  std::array<double, 2> sum{};
  for (const PoseFrame& frame : frames) {
    if (const auto side = hand.step(frame)) sum[static_cast<std::size_t>(*side)] += 1.0 / 30;
  }
  return sum;
}

TEST(RaisedHand, OneHandUpForASecondIsTheSignalOfThatSide) {
  for (const double azimuth : {0.0, 45.0, 90.0, 180.0, -90.0}) {
    for (const Arms arms : {Arms::left, Arms::right}) {
      GenerateOptions options;
      options.camera.azimuth = Degrees{azimuth};
      options.noise = Meters{0.01};
      const auto given = given_s(signal_film(arms, options));
      const auto side = static_cast<std::size_t>(arms == Arms::left ? Side::left : Side::right);
      EXPECT_GT(given[side], 1.0) << azimuth;
      EXPECT_LT(given[side], 2.0) << azimuth;
      EXPECT_EQ(given[1 - side], 0) << azimuth;
    }
  }
}

TEST(RaisedHand, MirroredPeopleGiveMirroredSignals) {
  GenerateOptions mirrored;
  mirrored.mirror = true;
  const auto given = given_s(signal_film(Arms::right, mirrored));
  EXPECT_GT(given[static_cast<std::size_t>(Side::left)], 1.0);
  EXPECT_EQ(given[static_cast<std::size_t>(Side::right)], 0);
}

TEST(RaisedHand, BothHandsOrAShortWaveAreNone) {
  const std::array<double, 2> none{};
  EXPECT_EQ(given_s(signal_film(Arms::both)), none);
  EXPECT_EQ(given_s(signal_film(Arms::left, {}, Seconds{0.5})), none);
}

TEST(RaisedHand, BothHandsOfUnlikeHeightAreNone) {
  // As in squats with the arms held up: one hand above the line, the other one just below it.
  auto frames = signal_film(Arms::both);
  for (PoseFrame& frame : frames) frame.pose->world_m[Landmark::right_wrist].v.y() += 0.25;
  EXPECT_EQ(given_s(frames), (std::array<double, 2>{}));
}

TEST(RaisedHand, SurvivesShortGapsAndEndsWithLongOnes) {
  GenerateOptions options;
  options.drop_out_probability = 0.2;
  EXPECT_GT(given_s(signal_film(Arms::left, options))[0], 0.8);

  RaisedHand hand;
  const auto frames = signal_film(Arms::left, {}, Seconds{4});
  std::optional<Side> last;
  for (const PoseFrame& frame : frames) {
    if (frame.time < Seconds{3}) last = hand.step(frame);
  }
  EXPECT_EQ(last, Side::left);
  EXPECT_EQ(hand.step({Seconds{3.2}, std::nullopt}), Side::left);
  EXPECT_EQ(hand.step({Seconds{3.4}, std::nullopt}), std::nullopt);
}

TEST(RaisedHand, AHandThatIsNotSeenIsNotUp) {
  auto frames = signal_film(Arms::left);
  for (PoseFrame& frame : frames) frame.pose->visibility[Landmark::left_wrist] = 0.1;
  EXPECT_EQ(given_s(frames), (std::array<double, 2>{}));
}

}  // namespace
}  // namespace reprise::engine
