// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

namespace reprise::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// A body that stands before the camera, seen from `azimuth`.
std::vector<PoseFrame> standing(Degrees azimuth, int frames = 30) {
  const BodyFigure body = draw_body({}, {}, {});
  VirtualCamera camera;
  camera.azimuth = azimuth;
  const Pose pose = take_picture(body.landmarks, {}, camera, middle_of(body.landmarks));
  std::vector<PoseFrame> out;
  for (int i = 0; i < frames; ++i) out.push_back({Seconds{i / 30.0}, pose});
  return out;
}

constexpr int kWidth = VirtualCamera{}.width_px;
constexpr int kHeight = VirtualCamera{}.height_px;

std::vector<PoseFrame> turned(std::vector<PoseFrame> frames, Degrees clockwise) {
  const double c = std::cos(Radians{clockwise}.value());
  const double s = std::sin(Radians{clockwise}.value());
  for (PoseFrame& frame : frames) {
    for (ImagePoint& p : *frame.pose->image) {
      const double x = p.x_px - kWidth / 2.0;
      const double y = p.y_px - kHeight / 2.0;
      p.x_px = kWidth / 2.0 + c * x - s * y;
      p.y_px = kHeight / 2.0 + s * x + c * y;
    }
  }
  return frames;
}

TEST(Framing, AWholeBodyInThePictureLacksNothing) {
  const auto frames = standing(Degrees{0});
  EXPECT_THAT(parts_outside(frames, kWidth, kHeight), IsEmpty());
  EXPECT_EQ(quarter_turns(frames), 0);
  EXPECT_FALSE(tilt(frames));
  EXPECT_THAT(absences(frames), IsEmpty());
}

TEST(Framing, NamesWhatIsCutOffMostOfTheTime) {
  auto frames = standing(Degrees{0});
  const double knee = (*frames[0].pose->image)[Landmark::left_knee].y_px;
  EXPECT_THAT(parts_outside(frames, kWidth, static_cast<int>(knee) - 20),
              ElementsAre(FramedPart::knees, FramedPart::feet));
  for (std::size_t i = 0; i < frames.size() / 2; ++i) {
    for (ImagePoint& p : *frames[i].pose->image) p.y_px -= knee;
  }
  EXPECT_THAT(parts_outside(frames, kWidth, kHeight), IsEmpty()) << "half of the time is not most";
}

TEST(Framing, TellsQuarterTurnsFromTilt) {
  for (const double azimuth_deg : {0.0, 90.0, 180.0}) {
    const auto frames = standing(Degrees{azimuth_deg});
    for (const int turns : {1, 2, 3}) EXPECT_EQ(quarter_turns(turned(frames, Degrees{90.0 * turns})), turns);
    for (const double tilt_deg : {-15.0, 15.0}) {
      const auto tilted = turned(frames, Degrees{tilt_deg});
      EXPECT_EQ(quarter_turns(tilted), 0);
      const auto found = tilt(tilted);
      ASSERT_TRUE(found) << azimuth_deg << ' ' << tilt_deg;
      // A body seen from the side may stand a few degrees off the vertical itself.
      EXPECT_NEAR(to_degrees(*found).value(), tilt_deg, 4) << azimuth_deg;
    }
    EXPECT_FALSE(tilt(turned(frames, Degrees{5})));
  }
}

TEST(Framing, ABentBodyTellsNoTilt) {
  Posture posture;
  posture[Dof::left_knee_flexion] = Degrees{70};
  posture[Dof::right_knee_flexion] = Degrees{70};
  const BodyFigure body = draw_body({}, posture, {});
  VirtualCamera camera;
  camera.azimuth = Degrees{90};
  const Pose pose = take_picture(body.landmarks, {}, camera, middle_of(body.landmarks));
  EXPECT_FALSE(tilt(turned(std::vector<PoseFrame>(20, {Seconds{0}, pose}), Degrees{15})));
}

TEST(Framing, NamesAbsencesOfASecond) {
  auto frames = standing(Degrees{0}, 150);
  for (std::size_t i = 30; i < 75; ++i) frames[i].pose.reset();
  for (std::size_t i = 90; i < 105; ++i) frames[i].pose.reset();  // half a second
  const auto away = absences(frames);
  ASSERT_EQ(away.size(), 1U);
  EXPECT_NEAR(away[0].from.value(), 29 / 30.0, 1e-9);
  EXPECT_NEAR(away[0].until.value(), 75 / 30.0, 1e-9);
}

}  // namespace
}  // namespace reprise::engine
