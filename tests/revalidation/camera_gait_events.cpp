// SPDX-License-Identifier: Apache-2.0
// Prints contacts and foot off of a walk from a file of landmarks, by each method: "from_hips left
// contact 1.234". Behind camera_gait.mjs.
//
//   reprise_camera_gait_events FILE.landmarks.json
#include <fmt/format.h>

#include <cstdio>

#include "engine/camera_gait/followed_walk.h"
#include "engine/camera_gait/walking_passes.h"
#include "engine/kinematics/measure.h"
#include "sensing/landmarks/landmark_recording.h"

int main(int argc, char** argv) {
  using namespace reprise;
  const auto recording = sensing::read_landmarks(argc > 1 ? argv[1] : "");
  if (!recording) {
    fmt::print(stderr, "{}\n", to_string(recording.error()));
    return 1;
  }
  engine::WalkingPassOptions search;
  if (recording->source.picture) {
    search.width_px = recording->source.picture->width_px;
    search.height_px = recording->source.picture->height_px;
  }
  const std::span<const engine::PoseFrame> frames = recording->frames;
  for (const engine::WalkingPass& pass : engine::find_walking_passes(frames, search).passes) {
    for (const auto method : {engine::ContactMethod::from_hips, engine::ContactMethod::ground_speed}) {
      engine::ContactOptions options;
      options.method = method;
      const auto walk =
          engine::follow_walk(frames.subspan(pass.frames.begin, pass.frames.end - pass.frames.begin),
                              pass.direction, pass.speed > 0, !recording->source.networks.empty(), options);
      if (!walk) continue;
      for (const engine::FootEvent& event : walk->events) {
        fmt::print("{} {} {} {:.4f}\n",
                   method == engine::ContactMethod::from_hips ? "from_hips" : "ground_speed",
                   engine::name(event.side), event.is_contact ? "contact" : "foot_off", event.time.value());
      }
    }
  }
  return 0;
}
