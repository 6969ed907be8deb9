// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/leg_swaps.h"

#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <span>

#include "engine/cameras/fuse.h"
#include "engine/cameras/simulated_rig.h"

namespace reprise::engine {
namespace {

struct Seen {
  RigRays rig;
  std::vector<Seconds> times;
};

/// The simulated walker before cameras at these azimuths, 30 pictures a second. 2 pixels are 1 cm.
Seen seen(std::span<const double> azimuths_deg, double noise_px = 2) {
  std::vector<CameraModel> cameras;
  std::vector<std::vector<PoseFrame>> frames;
  std::vector<CameraTrack> tracks;
  for (const double azimuth : azimuths_deg) {
    cameras.push_back(simulated_camera(Degrees{azimuth}));
    frames.push_back(simulated_frames(cameras.back(), Hertz{30}, 0, 3, Seconds{0}, noise_px, cameras.size()));
  }
  for (std::size_t v = 0; v < cameras.size(); ++v) tracks.push_back({cameras[v], frames[v]});
  Seen out;
  for (const PoseFrame& frame : frames[0]) out.times.push_back(frame.time);
  out.rig = fuse(tracks, out.times).rig;
  return out;
}

constexpr std::array kSideAndOblique = {90.0, 45.0};
constexpr std::array kSideAndFront = {90.0, 0.0};
constexpr std::array kBothSides = {90.0, -90.0, 0.0};

/// Exchanges legs in one view between two frames, the last one left out.
void exchange(Seen& walk, std::size_t view, std::size_t from, std::size_t to) {
  for (std::size_t i = from; i < to; ++i)
    walk.rig.frames[i][view] = with_legs_exchanged(walk.rig.frames[i][view]);
}

/// How many views of frames are found otherwise than `wanted`.
int wrong(const Seen& walk, const std::function<bool(std::size_t frame, std::size_t view)>& wanted) {
  const auto found = exchanged_legs(walk.rig, walk.times);
  int count = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    for (std::size_t v = 0; v < found[i].size(); ++v) count += found[i][v] != wanted(i, v) ? 1 : 0;
  return count;
}

bool never(std::size_t /*frame*/, std::size_t /*view*/) {
  return false;
}

TEST(ExchangedLegs, FindsNoneWhereLegsAreRight) {
  EXPECT_EQ(wrong(seen(kSideAndOblique), never), 0);
  EXPECT_EQ(wrong(seen(kSideAndFront), never), 0);
  EXPECT_EQ(wrong(seen(kBothSides), never), 0);
  EXPECT_EQ(wrong(seen(kSideAndOblique, 5), never), 0);
}

TEST(ExchangedLegs, FindsTheFramesInWhichTheSideViewErrs) {
  for (const auto& azimuths : {kSideAndOblique, kSideAndFront}) {
    Seen walk = seen(azimuths);
    exchange(walk, 0, 11, 25);
    exchange(walk, 0, 41, 70);
    // Where the legs pass each other, both are nearly alike.
    EXPECT_LE(
        wrong(walk, [](auto i, auto v) { return v == 0 && ((i > 10 && i < 25) || (i > 40 && i < 70)); }), 4);
  }
}

TEST(ExchangedLegs, FindsTheFramesInWhichTheObliqueViewErrs) {
  Seen walk = seen(kSideAndOblique);
  exchange(walk, 1, 30, 40);
  EXPECT_LE(wrong(walk, [](auto i, auto v) { return v == 1 && i >= 30 && i < 40; }), 2);
}

TEST(ExchangedLegs, FindsTwoCamerasThatErrAtOtherTimes) {
  Seen walk = seen(kSideAndOblique);
  exchange(walk, 0, 15, 30);
  exchange(walk, 1, 55, 62);
  EXPECT_LE(
      wrong(walk,
            [](auto i, auto v) { return (v == 0 && i >= 15 && i < 30) || (v == 1 && i >= 55 && i < 62); }),
      4);
}

TEST(ExchangedLegs, FindsBothSideViewsErringAtOnceBesideAThirdCamera) {
  Seen walk = seen(kBothSides);
  exchange(walk, 0, 20, 45);
  exchange(walk, 1, 30, 50);
  EXPECT_LE(
      wrong(walk,
            [](auto i, auto v) { return (v == 0 && i >= 20 && i < 45) || (v == 1 && i >= 30 && i < 50); }),
      4);
}

TEST(ExchangedLegs, FindsThemAgainAfterLegsWereOutOfSight) {
  Seen walk = seen(kSideAndOblique);
  for (std::size_t i = 30; i < 45; ++i)
    for (SeenSlopes& view : walk.rig.frames[i])
      for (std::size_t l = 0; l < kLandmarkCount; ++l) view.visibility[l] = 0;
  exchange(walk, 0, 45, 60);
  EXPECT_LE(wrong(walk, [](auto i, auto v) { return v == 0 && i >= 45 && i < 60; }), 3);
}

}  // namespace
}  // namespace reprise::engine
