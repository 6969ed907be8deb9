// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit_whole_body.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/filmed_side_lunge.h"
#include "tests/support/simulated_visit.h"

namespace reprise::session {
namespace {

using engine::Dof;
using engine::PoseFrame;
using simulated_visit::add_picture;
using simulated_visit::filmed;
using simulated_visit::found;
using simulated_visit::standing;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::SizeIs;

void expect_whole_body(const VisitFindings& findings) {
  EXPECT_THAT(findings.proposals, IsEmpty());
  EXPECT_THAT(findings.left_out, Contains(Field(&Unproposed::code, "whole_body")));
}

/// A stoop that folds at the hips and rounds the back. `knees`: both bend by so much.
engine::MovementDefinition stoop(Degrees knees) {
  const Degrees hips{60 + knees.value() / 2};
  return standing({{Dof::pelvis_tilt, Degrees{60}},
                   {Dof::trunk_flexion, Degrees{20}},
                   {Dof::left_hip_flexion, hips},
                   {Dof::right_hip_flexion, hips},
                   {Dof::left_knee_flexion, knees},
                   {Dof::right_knee_flexion, knees},
                   {Dof::left_shoulder_flexion, Degrees{80}},
                   {Dof::right_shoulder_flexion, Degrees{80}}});
}

TEST(VisitWholeBody, ATrunkThatBendsOverSoftKneesIsAProposal) {
  const auto frames = filmed(stoop(Degrees{20}), Degrees{-90});
  const VisitFindings findings = found(frames);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  EXPECT_EQ(findings.proposals[0].measured.test.id, "trunk_flexion");
}

TEST(VisitWholeBody, ATrunkThatBendsOverBentKneesIsOfTheWholeBody) {
  const auto frames = filmed(stoop(Degrees{70}), Degrees{-90});
  expect_whole_body(found(frames));
}

std::vector<PoseFrame> simulated(std::string_view exercise, engine::View view) {
  const auto* known = or_exit(exercises::find(shipped(), exercise));
  std::vector<PoseFrame> frames = or_exit(exercises::simulate(*known, view, 3)).frames;
  add_picture(frames);
  return frames;
}

TEST(VisitWholeBody, ASquatIsOfTheWholeBody) {
  const auto frames = simulated("squat", engine::View::side);
  const VisitFindings findings = found(frames);
  expect_whole_body(findings);
  EXPECT_THAT(findings.left_out, Each(Field(&Unproposed::test, "")))
      << "named after no joint: no angle should be looked for";
  const auto from_front = simulated("squat", engine::View::front);
  EXPECT_THAT(found(from_front).proposals, IsEmpty());
}

TEST(VisitWholeBody, ALungeIsNoHipFlexion) {
  const auto frames = simulated("forward_lunge", engine::View::side);
  expect_whole_body(found(frames));
}

TEST(VisitWholeBody, ARealSideLungeIsNoSideBend) {
  auto frames = filmed_side_lunge();
  add_picture(frames);
  const VisitFindings findings = found(frames);
  EXPECT_THAT(findings.proposals, IsEmpty());
  ASSERT_THAT(findings.left_out, SizeIs(1));
  EXPECT_EQ(findings.left_out[0].code, "whole_body");
}

TEST(VisitWholeBody, ALegThatIsLiftedLeavesTheWholeBodyWhereItIs) {
  const auto frames =
      filmed(standing({{Dof::right_hip_flexion, Degrees{90}}, {Dof::right_knee_flexion, Degrees{90}}}),
             Degrees{-90});
  const VisitFindings findings = found(frames);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  EXPECT_EQ(findings.proposals[0].measured.test.id, "hip_flexion");
}

}  // namespace
}  // namespace reprise::session
