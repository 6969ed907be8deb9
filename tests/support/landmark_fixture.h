// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only.

#include <gtest/gtest.h>

#include <cmath>

#include "sensing/landmarks/landmark_recording.h"

namespace reprise {

/// A person of made-up but body-like numbers with many digits, seen in four of five frames at uneven times.
inline sensing::LandmarkRecording made_recording() {
  sensing::LandmarkRecording recording;
  for (int f = 0; f < 5; ++f) {
    engine::PoseFrame frame{Seconds{f / 30.0 + (f == 3 ? 0.004 : 0.0)}, std::nullopt};
    if (f != 2) {
      engine::Pose pose;
      pose.image.emplace();
      for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
        const double angle = 0.7 * static_cast<double>(i) + 0.1 * f;
        pose.world_m[i] =
            Vec3<Camera>{0.5 * std::sin(angle), 0.9 * std::cos(angle), 0.2 * std::sin(3 * angle)};
        (*pose.image)[i] = {360 + 300 * std::sin(angle), 640 + 500 * std::cos(angle),
                            100 * std::sin(3 * angle)};
        pose.visibility[i] = 0.5 + 0.5 * std::sin(angle);
      }
      frame.pose = pose;
    }
    recording.frames.push_back(frame);
  }
  recording.source.has_image = recording.source.has_world = recording.source.has_visibility = true;
  recording.source.rate = Hertz{30};
  recording.source.picture = sensing::PictureSize{720, 1280};
  return recording;
}

inline void expect_same(const sensing::LandmarkRecording& a, const sensing::LandmarkRecording& b,
                        double tolerance_m = 0) {
  ASSERT_EQ(a.frames.size(), b.frames.size());
  for (std::size_t f = 0; f < a.frames.size(); ++f) {
    EXPECT_NEAR(a.frames[f].time.value(), b.frames[f].time.value(), tolerance_m > 0 ? 5e-7 : 0);
    ASSERT_EQ(a.frames[f].pose.has_value(), b.frames[f].pose.has_value()) << "frame " << f;
    if (!a.frames[f].pose) continue;
    const engine::Pose& p = *a.frames[f].pose;
    const engine::Pose& q = *b.frames[f].pose;
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      EXPECT_LE((p.world_m[i].v - q.world_m[i].v).cwiseAbs().maxCoeff(), tolerance_m)
          << "frame " << f << " point " << i;
      if (a.source.has_visibility && b.source.has_visibility) {
        EXPECT_EQ(p.visibility[i], q.visibility[i]);
      }
      if (!p.image || !q.image) continue;
      EXPECT_EQ((*p.image)[i].x_px, (*q.image)[i].x_px);
      EXPECT_EQ((*p.image)[i].y_px, (*q.image)[i].y_px);
      EXPECT_EQ((*p.image)[i].z_px, (*q.image)[i].z_px);
    }
  }
}

}  // namespace reprise
