// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>

#include "engine/camera_gait/camera_strides.h"
#include "engine/camera_gait/followed_walk.h"
#include "engine/camera_gait/front_steps.h"
#include "engine/camera_gait/simulated_walker.h"
#include "engine/camera_gait/untangle_legs.h"
#include "engine/camera_gait/walking_passes.h"

namespace reprise::engine {
namespace {

using test::SimulatedWalker;

WalkingPassOptions picture() {
  WalkingPassOptions options;
  options.width_px = SimulatedWalker::kWidth;
  options.height_px = SimulatedWalker::kHeight;
  return options;
}

struct Walk {
  LegTracks tracks;
  std::vector<FootEvent> events;
  CameraStrides strides;
};

Walk walk_of(const std::vector<PoseFrame>& frames, int direction, bool travels = true) {
  const auto tracks = track_legs(frames, direction);
  EXPECT_TRUE(tracks);
  Walk walk{*tracks, {}, {}};
  walk.events = find_contacts(walk.tracks);
  walk.strides = find_camera_strides(walk.tracks, walk.events, travels);
  return walk;
}

TEST(WalkingPasses, FindsThePassAndItsDirection) {
  for (const bool to_right : {true, false}) {
    SimulatedWalker walker;
    walker.to_right = to_right;
    const auto found = find_walking_passes(walker.frames(), picture());
    ASSERT_EQ(found.passes.size(), 1U);
    EXPECT_EQ(found.passes[0].direction, to_right ? 1 : -1);
    EXPECT_EQ(found.passes[0].view, View::side);
    EXPECT_EQ(found.standing, 0U);
  }
}

TEST(WalkingPasses, SeesObliquelyWhoWalksAskew) {
  const SimulatedWalker walker;
  for (const double degrees : {0.0, 8.0, -8.0, 35.0, 45.0, -35.0, -45.0}) {
    const auto found = find_walking_passes(test::walk_turned(walker, degrees * kPi / 180), picture());
    ASSERT_FALSE(found.passes.empty()) << degrees;
    const View expected = std::abs(degrees) < 20 ? View::side : View::oblique;
    for (const WalkingPass& pass : found.passes) EXPECT_EQ(pass.view, expected) << degrees;
  }
  // Points that face square: the growing alone tells.
  auto frames = test::walk_turned(walker, 35 * kPi / 180);
  const auto square = walker.frames();
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].pose->world_m = square[i].pose->world_m;
  for (const WalkingPass& pass : find_walking_passes(frames, picture()).passes)
    EXPECT_EQ(pass.view, View::oblique);
}

TEST(WalkingPasses, EndsWhereAFootLeavesThePicture) {
  SimulatedWalker walker;
  walker.seconds = 7;  // 8.3 m through a picture of 7.3 m
  const auto frames = walker.frames();
  const auto found = find_walking_passes(frames, picture());
  ASSERT_EQ(found.passes.size(), 1U);
  EXPECT_GT(found.feet_outside, 10U);
  const Pose& last = *frames[found.passes[0].frames.end - 1].pose;
  EXPECT_LE((*last.image)[Landmark::right_hip].x_px, SimulatedWalker::kWidth);
}

TEST(WalkingPasses, IsEmptyForAPersonWhoStands) {
  SimulatedWalker walker;
  const PoseFrame one = walker.frame_at(1);
  std::vector<PoseFrame> frames(90, one);
  for (std::size_t i = 0; i < frames.size(); ++i) frames[i].time = Seconds{static_cast<double>(i) / 30};
  const auto found = find_walking_passes(frames, picture());
  EXPECT_TRUE(found.passes.empty());
  EXPECT_EQ(found.standing, 90U);
}

TEST(WalkingPasses, TurningRoundMakesTwo) {
  SimulatedWalker walker;
  walker.seconds = 3.5;
  auto frames = walker.frames();
  SimulatedWalker back = walker;
  back.to_right = false;
  back.start_m = SimulatedWalker::kWidth / walker.px_per_m - walker.start_m - 3.5 * walker.speed();
  for (PoseFrame frame : back.frames()) {
    frame.time += Seconds{3.5};
    frames.push_back(frame);
  }
  const auto found = find_walking_passes(frames, picture());
  ASSERT_EQ(found.passes.size(), 2U);
  EXPECT_EQ(found.passes[0].direction, 1);
  EXPECT_EQ(found.passes[1].direction, -1);
}

// The known contacts: left at whole strides, right half a stride later. The heel's speed reaches that of the
// hips some hundredths before it stands still; the filter rounds the corner.
TEST(CameraContacts, AreWhereTheFeetLand) {
  const SimulatedWalker walker;
  const Walk walk = walk_of(walker.frames(), 1);
  ASSERT_GE(walk.strides.contacts.size(), 6U);
  for (const FootEvent& contact : walk.strides.contacts) {
    const double cycle = contact.time.value() / walker.stride_s - (contact.side == Side::left ? 0 : 0.5);
    EXPECT_NEAR((cycle - std::round(cycle)) * walker.stride_s, 0, 0.04) << contact.time.value();
  }
  for (const CameraStride& stride : walk.strides.strides) {
    EXPECT_NEAR(stride.duration().value(), 1.1, 0.02);
    ASSERT_TRUE(stride.length);
    EXPECT_NEAR(*stride.length * walk.tracks.leg / walker.px_per_m, walker.stride_m, 0.02);
    ASSERT_TRUE(stride.foot_angle);
    EXPECT_NEAR(stride.foot_angle->value(), walker.toes_up, 0.15);  // it falls within 0.09 s
    if (stride.foot_off) {
      EXPECT_NEAR(*stride.stance_share(), 0.62, 0.05);
    }
  }
  for (const double share : double_support_shares(walk.strides, walk.events)) EXPECT_NEAR(share, 0.24, 0.08);
}

TEST(CameraContacts, ByGroundSpeedLieNearTheSameTimes) {
  const SimulatedWalker walker;
  const auto tracks = track_legs(walker.frames(), 1);
  ASSERT_TRUE(tracks);
  ContactOptions options;
  options.method = ContactMethod::ground_speed;
  int contacts = 0;
  for (const FootEvent& event : find_contacts(*tracks, options)) {
    if (!event.is_contact || event.time < Seconds{0.5} || event.time > Seconds{3.5}) continue;
    const double cycle = event.time.value() / walker.stride_s - (event.side == Side::left ? 0 : 0.5);
    EXPECT_NEAR((cycle - std::round(cycle)) * walker.stride_s, 0, 0.06);
    ++contacts;
  }
  EXPECT_GE(contacts, 4);
}

TEST(CameraContacts, ShorterStanceOfOneFootShows) {
  SimulatedWalker walker;
  walker.left_stance = 0.55;
  walker.right_stance = 0.68;
  const Walk walk = walk_of(walker.frames(), 1);
  for (const CameraStride& stride : walk.strides.strides) {
    if (!stride.foot_off) continue;
    EXPECT_NEAR(*stride.stance_share(), stride.side == Side::left ? 0.55 : 0.68, 0.05);
  }
}

TEST(UntangleLegs, UndoesExchangesWhereTheLegsPass) {
  const SimulatedWalker walker;
  const auto frames = walker.frames();
  auto tangled = frames;
  for (std::size_t i = 20; i < tangled.size(); ++i) {
    if (i % 17 < 4) exchange_legs(*tangled[i].pose);
  }
  const auto untangled = untangle_legs(tangled);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ((*untangled[i].pose->image)[Landmark::left_heel].x_px,
              (*frames[i].pose->image)[Landmark::left_heel].x_px)
        << i;
  }
}

TEST(UntangleLegs, LeavesFramesWithoutAPersonAlone) {
  const SimulatedWalker walker;
  auto frames = walker.frames();
  for (std::size_t i = 40; i < 44; ++i) frames[i].pose.reset();
  const auto untangled = untangle_legs(frames);
  EXPECT_FALSE(untangled[41].pose);
  EXPECT_EQ((*untangled[60].pose->image)[Landmark::left_heel].x_px,
            (*frames[60].pose->image)[Landmark::left_heel].x_px);
}

TEST(FollowedWalk, TellsTheLegsApartWhereTheNetworkDoesNot) {
  const SimulatedWalker walker;
  auto frames = walker.frames();
  const auto plain = follow_walk(frames, 1, true);
  ASSERT_TRUE(plain);
  // Exchanged while one foot stands far ahead, and one picture with both feet at one place.
  for (std::size_t i = 50; i < 56; ++i) exchange_legs(*frames[i].pose);
  auto& blurred = *frames[57].pose->image;
  blurred[Landmark::right_heel] = blurred[Landmark::left_heel];
  blurred[Landmark::right_foot_index] = blurred[Landmark::left_foot_index];
  const auto walk = follow_walk(frames, 1, true);
  ASSERT_TRUE(walk);
  ASSERT_EQ(walk->strides.contacts.size(), plain->strides.contacts.size());
  for (std::size_t i = 0; i < walk->strides.contacts.size(); ++i) {
    EXPECT_EQ(walk->strides.contacts[i].side, plain->strides.contacts[i].side);
    EXPECT_NEAR(walk->strides.contacts[i].time.value(), plain->strides.contacts[i].time.value(), 0.04);
  }
  EXPECT_FALSE(follow_walk(std::span(frames).first(5), 1, true));
}

TEST(FrontSteps, AreCountedByTurns) {
  // Seen from in front: only heights change.
  const SimulatedWalker walker;
  const auto swings = find_front_swings(walker.frames());
  ASSERT_TRUE(swings);
  ASSERT_GE(swings->size(), 6U);
  for (std::size_t i = 1; i < swings->size(); ++i) {
    EXPECT_NE((*swings)[i].side, (*swings)[i - 1].side);
    EXPECT_NEAR(((*swings)[i].middle - (*swings)[i - 1].middle).value(), 0.55, 0.05);
  }
}

TEST(LegTracks, RefuseAPassOfFewPictures) {
  const SimulatedWalker walker;
  const auto frames = walker.frames();
  const auto tracks = track_legs(std::span(frames).first(5), 1);
  ASSERT_FALSE(tracks);
  EXPECT_EQ(tracks.error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine
