// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/leg_swaps.h"

#include <gtest/gtest.h>

#include "engine/cameras/fuse.h"
#include "engine/cameras/simulated_rig.h"

namespace reprise::engine {
namespace {

struct Seen {
  RigRays rig;
  std::vector<Seconds> times;
};

/// The simulated walker from the left and from half in front, 30 pictures a second.
Seen seen() {
  const std::vector<CameraModel> cameras = {simulated_camera(Degrees{90}), simulated_camera(Degrees{45})};
  std::vector<std::vector<PoseFrame>> frames;
  std::vector<CameraTrack> tracks;
  for (const CameraModel& camera : cameras)
    frames.push_back(simulated_frames(camera, Hertz{30}, 0, 3, Seconds{0}, 2));
  for (std::size_t v = 0; v < cameras.size(); ++v) tracks.push_back({cameras[v], frames[v]});
  Seen out;
  for (const PoseFrame& frame : frames[0]) out.times.push_back(frame.time);
  out.rig = fuse(tracks, out.times).rig;
  return out;
}

TEST(ExchangedLegs, FindsNoneWhereLegsAreRight) {
  const Seen walk = seen();
  for (const auto& frame : exchanged_legs(walk.rig, walk.times))
    EXPECT_EQ(frame, (std::vector<bool>{false, false}));
}

TEST(ExchangedLegs, FindsTheFramesInWhichTheSideViewErrs) {
  Seen walk = seen();
  const auto errs = [](std::size_t i) { return (i > 10 && i < 25) || (i > 40 && i < 70); };
  for (std::size_t i = 0; i < walk.times.size(); ++i)
    if (errs(i)) walk.rig.frames[i][0] = with_legs_exchanged(walk.rig.frames[i][0]);
  const auto found = exchanged_legs(walk.rig, walk.times);
  int wrong = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    EXPECT_FALSE(found[i][1]);
    wrong += found[i][0] != errs(i) ? 1 : 0;
  }
  EXPECT_LE(wrong, 4);  // where the legs pass each other, both are nearly alike
}

}  // namespace
}  // namespace reprise::engine
