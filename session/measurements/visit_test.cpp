// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/visit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "session/measurements/visit_json.h"
#include "tests/support/simulated_visit.h"

namespace reprise::session {
namespace {

using engine::Dof;
using engine::PoseFrame;
using simulated_visit::filmed;
using simulated_visit::found;
using simulated_visit::kPixelsPerMeter;
using simulated_visit::standing;
using ::testing::Contains;
using ::testing::Each;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;
using L = engine::Landmark;

/// A helper who stands a meter away, one palm at a point of the patient in each frame, or both hands down.
std::vector<PoseFrame> helper_of(const std::vector<PoseFrame>& patient, std::optional<L> hand_at,
                                 double aside_px = kPixelsPerMeter) {
  std::vector<PoseFrame> helper = patient;
  for (std::size_t f = 0; f < helper.size(); ++f) {
    auto& image = *helper[f].pose->image;
    image = *patient.front().pose->image;
    for (auto& point : image) point.x_px += aside_px;
    if (!hand_at) continue;
    for (const L palm : {L::left_wrist, L::left_index}) image[palm] = (*patient[f].pose->image)[*hand_at];
  }
  return helper;
}

const engine::MovementDefinition& right_abduction() {
  static const auto kMovement = standing({{Dof::right_shoulder_abduction, Degrees{120}}});
  return kMovement;
}

TEST(Visit, ProposesTheJointThatMovedWithSideAngleAndUncertainty) {
  const auto frames = filmed(right_abduction());
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings findings = found(visit);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  const VisitProposal& p = findings.proposals.front();
  EXPECT_EQ(p.measured.test.id, "shoulder_abduction");
  EXPECT_EQ(p.side, Side::right);
  ASSERT_THAT(p.measured.trials, SizeIs(1));
  EXPECT_NEAR(to_degrees(p.measured.trials[0].angle).value(), 120, 6);  // degrees; the fit's own error
  EXPECT_TRUE(p.measured.trials[0].uncertainty);
}

TEST(Visit, TheOtherSideIsTheOtherSide) {
  const auto frames = filmed(engine::mirrored(right_abduction()));
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings findings = found(visit);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  EXPECT_EQ(findings.proposals.front().side, Side::left);
}

TEST(Visit, RepeatsAreTrialsOfOneProposal) {
  const auto frames = filmed(right_abduction(), Degrees{0}, 3);
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings findings = found(visit);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  EXPECT_THAT(findings.proposals.front().measured.trials, SizeIs(3));
}

TEST(Visit, MovementsOfTwoJointsAreNotGuessed) {
  const auto frames = filmed(
      standing({{Dof::right_shoulder_abduction, Degrees{90}}, {Dof::right_elbow_flexion, Degrees{110}}}));
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings findings = found(visit);
  EXPECT_THAT(findings.proposals, IsEmpty());
  ASSERT_THAT(findings.left_out, SizeIs(1));
  EXPECT_EQ(findings.left_out[0].code, "not_recognized");
}

TEST(Visit, ATurnedPatientIsNotMeasured) {
  const auto frames = filmed(right_abduction(), Degrees{28});
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings findings = found(visit);
  EXPECT_THAT(findings.proposals, IsEmpty());
  ASSERT_THAT(findings.left_out, SizeIs(1));
  EXPECT_EQ(findings.left_out[0].code, "out_of_plane");
}

TEST(Visit, AHandAtTheLimbMakesItPassive) {
  const auto frames = filmed(right_abduction());
  const auto helper = helper_of(frames, L::right_wrist);
  FilmedVisit visit;
  visit.patient = frames;
  visit.helper = helper;
  const VisitFindings findings = found(visit);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  EXPECT_EQ(findings.proposals.front().manner, Manner::passive);
}

TEST(Visit, AHelperWhoOnlyWatchesLeavesItActive) {
  const auto frames = filmed(right_abduction());
  const auto helper = helper_of(frames, std::nullopt);
  FilmedVisit visit;
  visit.patient = frames;
  visit.helper = helper;
  const VisitFindings findings = found(visit);
  ASSERT_THAT(findings.proposals, SizeIs(1));
  EXPECT_EQ(findings.proposals.front().manner, Manner::active);
}

TEST(Visit, WithoutAViewOfTheHelperNobodySaysWhoMovedTheLimb) {
  const auto frames = filmed(right_abduction());
  FilmedVisit visit;
  visit.patient = frames;
  visit.looked_for_others = true;
  visit.others = {{Seconds{0}, Seconds{2}}};
  EXPECT_EQ(found(visit).proposals.at(0).manner, Manner::unknown);
  visit.others.clear();
  EXPECT_EQ(found(visit).proposals.at(0).manner, Manner::active);
}

TEST(Visit, APatientWhoMayBeAnotherPersonIsNotProposed) {
  const auto frames = filmed(right_abduction());
  FilmedVisit visit;
  visit.patient = frames;
  visit.reacquired = {Seconds{2}};
  const VisitFindings findings = found(visit);
  EXPECT_THAT(findings.proposals, IsEmpty());
  EXPECT_THAT(findings.left_out, Each(Field(&Unproposed::code, "person_unsure")));
  EXPECT_THAT(findings.left_out, SizeIs(1));
}

TEST(Visit, PeopleInOnePlaceAreNotTakenApart) {
  const auto frames = filmed(right_abduction());
  const auto helper = helper_of(frames, std::nullopt, 10);
  FilmedVisit visit;
  visit.patient = frames;
  visit.helper = helper;
  const VisitFindings findings = found(visit);
  EXPECT_THAT(findings.proposals, IsEmpty());
  EXPECT_THAT(findings.left_out, Each(Field(&Unproposed::code, "person_unsure")));
}

TEST(Visit, APersonWhoJumpsToAnotherPlaceIsNotProposed) {
  auto frames = filmed(right_abduction());
  for (std::size_t f = frames.size() / 2; f < frames.size(); ++f)
    for (auto& point : *frames[f].pose->image) point.x_px += kPixelsPerMeter;
  FilmedVisit visit;
  visit.patient = frames;
  EXPECT_THAT(found(visit).proposals, IsEmpty());
}

TEST(Visit, ALimbThatWasNotSeenSteadilyIsNotProposed) {
  auto frames = filmed(right_abduction());
  const auto jumping = [&](std::size_t every) {
    auto seen = frames;
    for (std::size_t f = 0; f < seen.size(); f += every)
      (*seen[f].pose->image)[L::right_elbow].x_px += kPixelsPerMeter / 4;
    return seen;
  };
  FilmedVisit visit;
  const auto often = jumping(4);
  visit.patient = often;
  const VisitFindings hidden = found(visit);
  EXPECT_THAT(hidden.proposals, IsEmpty());
  ASSERT_THAT(hidden.left_out, SizeIs(1));
  EXPECT_EQ(hidden.left_out[0].code, "limb_hidden");
  EXPECT_THAT(hidden.left_out[0].text, StartsWith("Shoulder abduction, right: "));
  const auto rarely = jumping(20);
  visit.patient = rarely;
  EXPECT_THAT(found(visit).proposals, SizeIs(1));
}

TEST(Visit, AMovementOfTooFewPicturesIsNotProposed) {
  const auto frames = filmed(right_abduction());  // 30 a second
  const auto every = [&](std::size_t nth) {
    std::vector<PoseFrame> fewer;
    for (std::size_t f = 0; f < frames.size(); f += nth) fewer.push_back(frames[f]);
    return fewer;
  };
  FilmedVisit visit;
  const auto ten_a_second = every(3);
  visit.patient = ten_a_second;
  EXPECT_THAT(found(visit).proposals, SizeIs(1));
  const auto fewer = every(4);
  visit.patient = fewer;
  const VisitFindings findings = found(visit);
  EXPECT_THAT(findings.proposals, IsEmpty());
  ASSERT_THAT(findings.left_out, SizeIs(1));
  EXPECT_EQ(findings.left_out[0].code, "too_few_pictures");
  EXPECT_EQ(findings.left_out[0].test, "shoulder_abduction");
  EXPECT_EQ(findings.left_out[0].side, Side::right);
}

TEST(Visit, AFastMovementIsNoUnsteadyOne) {
  auto fast = right_abduction();
  fast.duration = Seconds{1};
  const auto frames = filmed(fast);
  FilmedVisit visit;
  visit.patient = frames;
  EXPECT_THAT(found(visit).left_out, Not(Contains(Field(&Unproposed::code, "limb_hidden"))));
  EXPECT_THAT(found(visit).proposals, SizeIs(1));
}

TEST(Visit, ExchangedSidesAreNotProposed) {
  auto frames = filmed(standing({{Dof::right_shoulder_flexion, Degrees{45}}}), Degrees{-90});
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings right = found(visit);
  ASSERT_THAT(right.proposals, SizeIs(1));
  EXPECT_EQ(right.proposals[0].side, Side::right);
  // As a network exchanges them: the raised arm is called left, and the raising an extension.
  for (PoseFrame& frame : frames) {
    const engine::Pose seen = *frame.pose;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i)
      frame.pose->world_m[i] = seen.world_m[engine::mirrored(static_cast<L>(i))];
  }
  const VisitFindings exchanged = found(visit);
  EXPECT_THAT(exchanged.proposals, IsEmpty());
  EXPECT_THAT(exchanged.left_out, Each(Field(&Unproposed::code, "side_unsure")));
  EXPECT_FALSE(exchanged.left_out.empty());
}

TEST(Visit, OthersAreNotedWhereTheDetectorLookedOrTheHelperWasSeen) {
  const auto seen_at = [](double time_s, int people, bool detected) {
    return engine::TrackedFrame{{Seconds{time_s}, std::nullopt}, people, detected, false, {}};
  };
  std::vector<engine::TimeRange> others;
  note_others(seen_at(0, 2, false), nullptr, others);
  note_others(seen_at(1, 1, true), nullptr, others);
  EXPECT_THAT(others, IsEmpty());
  note_others(seen_at(2, 2, true), nullptr, others);
  const PoseFrame helper{Seconds{3}, engine::Pose{}};
  note_others(seen_at(3, 1, false), &helper, others);
  ASSERT_THAT(others, SizeIs(1));
  EXPECT_EQ(others[0].from, Seconds{2});
  EXPECT_EQ(others[0].until, Seconds{3});
}

TEST(Visit, TheDocumentHoldsProposalsAndWhatWasLeftOut) {
  const auto frames = filmed(right_abduction());
  FilmedVisit visit;
  visit.patient = frames;
  VisitFindings findings = found(visit);
  findings.left_out.push_back({Seconds{1}, Seconds{2}, "not_seen", "Hidden.", "", "hip_flexion", Side::left});
  findings.left_out.push_back({Seconds{3}, Seconds{4}, "not_recognized", "Two.", "One.", "", std::nullopt});
  Source source;
  source.kind = SourceKind::simulated;
  source.name = "room";
  source.frame_rate = Hertz{29.97};
  const auto document = nlohmann::json::parse(visit_json(findings, source));
  EXPECT_EQ(document["schema"], "reprise.visit/1");
  EXPECT_EQ(document["simulated"], true);
  EXPECT_EQ(document["pictures_per_s"], 30.0);
  const auto& proposal = document["proposals"].at(0);
  EXPECT_EQ(proposal["test"], "shoulder_abduction");
  EXPECT_EQ(proposal["side"], "right");
  EXPECT_EQ(proposal["manner"], "unknown");
  EXPECT_NEAR(proposal["trials"].at(0)["angle_deg"].get<double>(), 120, 6);
  EXPECT_EQ(document["left_out"].at(0)["test"], "hip_flexion");
  EXPECT_EQ(document["left_out"].at(0)["side"], "left");
  EXPECT_FALSE(document["left_out"].at(1).contains("test"));
  EXPECT_FALSE(document["left_out"].at(1).contains("side"));
}

TEST(Visit, NobodyInThePictureIsAnError) {
  auto frames = filmed(right_abduction());
  for (PoseFrame& frame : frames) frame.pose.reset();
  FilmedVisit visit;
  visit.patient = frames;
  const auto findings = find_movements(visit, shipped_range_tests(), shipped());
  ASSERT_FALSE(findings);
  EXPECT_EQ(findings.error().code, ErrorCode::nothing_measured);
}

TEST(Visit, OnlyWhatIsAcceptedBecomesAMeasurement) {
  const auto frames = filmed(right_abduction());
  FilmedVisit visit;
  visit.patient = frames;
  const VisitFindings findings = found(visit);
  ASSERT_EQ(findings.proposals.at(0).manner, Manner::unknown);
  const AcceptedProposal unsaid{0, std::nullopt};
  EXPECT_FALSE(accept_proposals({}, findings, {}, {}));
  EXPECT_FALSE(accept_proposals({}, findings, std::array{unsaid}, {}));
  EXPECT_FALSE(accept_proposals({}, findings, std::array{AcceptedProposal{5, Manner::active}}, {}));
  const AcceptedProposal passive{0, Manner::passive};
  EXPECT_FALSE(accept_proposals({}, findings, std::array{passive, passive}, {}));
  const auto document = or_exit(accept_proposals({}, findings, std::array{passive}, {}));
  ASSERT_FALSE(document.values.empty());
  EXPECT_EQ(document.values[0].part, "shoulder_abduction_passive");
  EXPECT_EQ(document.values[0].side, Side::right);
  EXPECT_THAT(document.warnings, Contains(Field(&Warning::code, "passive_by_camera")));
}

}  // namespace
}  // namespace reprise::session
