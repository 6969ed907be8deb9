// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_limb.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/simulated_visit.h"

namespace reprise::session {
namespace {

using engine::Dof;
using engine::Measure;
using engine::PoseFrame;
using simulated_visit::filmed;
using simulated_visit::found;
using simulated_visit::standing;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using L = engine::Landmark;

constexpr Seconds kBendStart{5};  // simulated_visit::filmed stands still before
constexpr Seconds kBendExtreme{6.5};
constexpr Seconds kBendEnd{8};

const std::vector<PoseFrame>& bent_knee() {
  static const auto kFrames = filmed(standing({{Dof::right_knee_flexion, Degrees{100}}}), Degrees{-90});
  return kFrames;
}

/// Draws the ankle nearer to the knee in the picture: `share` of the length, between two times.
std::vector<PoseFrame> shortened(double share, Seconds from, Seconds until) {
  auto frames = bent_knee();
  for (PoseFrame& frame : frames) {
    if (frame.time < from || frame.time > until) continue;
    auto& image = *frame.pose->image;
    const auto& knee = image[L::right_knee];
    auto& ankle = image[L::right_ankle];
    ankle.x_px = knee.x_px + share * (ankle.x_px - knee.x_px);
    ankle.y_px = knee.y_px + share * (ankle.y_px - knee.y_px);
  }
  return frames;
}

LimbSight sight(const std::vector<PoseFrame>& patient, Measure measure = Measure::knee_flexion,
                Side side = Side::right) {
  return sight_of_limb(patient, measure, side, kBendStart, kBendExtreme, kBendEnd);
}

TEST(VisitLimb, ALowerLegOfItsLengthIsSeen) {
  EXPECT_FALSE(sight(bent_knee()).hidden);
  EXPECT_NEAR(sight(bent_knee()).off_picture.value(), 0, 0.15) << "rad; the figure's own perspective is none";
}

TEST(VisitLimb, OneSeenShortForAFifthOfTheMovementIsHidden) {
  EXPECT_TRUE(sight(shortened(0.7, Seconds{6}, Seconds{6.6})).hidden);
  EXPECT_FALSE(sight(shortened(0.7, Seconds{6}, Seconds{6.2})).hidden) << "a jump of the landmark";
  EXPECT_FALSE(sight(shortened(0.7, Seconds{2}, Seconds{3})).hidden) << "before the movement";
}

TEST(VisitLimb, AnAnkleThatTheNetworkDoubtsIsHidden) {
  auto frames = bent_knee();
  for (PoseFrame& frame : frames)
    if (frame.time > Seconds{6} && frame.time < Seconds{7}) frame.pose->visibility[L::right_ankle] = 0.4;
  EXPECT_TRUE(sight(frames).hidden);
  EXPECT_FALSE(sight(frames, Measure::knee_flexion, Side::left).hidden) << "the other leg";
  EXPECT_FALSE(sight(frames, Measure::elbow_flexion).hidden) << "another limb";
}

TEST(VisitLimb, AShorterOneAddsTheAngleAtWhichALegWouldLookSo) {
  const LimbSight seen = sight(shortened(0.9, kBendStart, kBendEnd));
  EXPECT_FALSE(seen.hidden);
  EXPECT_NEAR(seen.off_picture.value(), std::acos(0.9), 0.05);  // rad
}

TEST(VisitLimb, ThePlusMinusOfAProposalHoldsIt) {
  const auto in_sight = found(bent_knee());
  const auto shorter = found(shortened(0.9, kBendStart, kBendEnd));
  ASSERT_THAT(in_sight.proposals, SizeIs(1));
  ASSERT_THAT(shorter.proposals, SizeIs(1));
  EXPECT_GE(shorter.proposals[0].measured.trials.at(0).uncertainty.value(),
            std::hypot(in_sight.proposals[0].measured.trials.at(0).uncertainty.value(), 0.4));
}

TEST(VisitLimb, AHiddenLowerLegIsNotProposed) {
  const auto findings = found(shortened(0.7, kBendStart, kBendEnd));
  EXPECT_THAT(findings.proposals, IsEmpty());
  ASSERT_THAT(findings.left_out, SizeIs(1));
  EXPECT_EQ(findings.left_out[0].code, "limb_hidden");
  EXPECT_EQ(findings.left_out[0].test, "knee_flexion");
}

TEST(VisitLimb, WithoutAPictureNothingIsSaid) {
  auto frames = bent_knee();
  for (PoseFrame& frame : frames) frame.pose->image.reset();
  EXPECT_FALSE(sight(frames).hidden);
  EXPECT_EQ(sight(frames).off_picture.value(), 0);
}

}  // namespace
}  // namespace reprise::session
