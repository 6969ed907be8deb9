// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/picture_angle.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

/// SIMULATED: a person across the view, whose trunk leans forward and whose arm is raised; the far points are
/// the near ones. `towards`: 1 where the person faces right in the picture, -1 left.
Pose across(double towards, Degrees lean, Degrees flexion) {
  Pose pose;
  PerLandmark<ImagePoint> image;
  const double tilt = Radians{lean}.value();
  const double arm = Radians{flexion}.value() - tilt;  // from straight down, forward
  const auto put = [&](Landmark landmark, double forward, double down) {
    image[landmark].x_px = 300 + towards * forward;
    image[landmark].y_px = 200 + down;
  };
  for (const Landmark shoulder : {Landmark::left_shoulder, Landmark::right_shoulder}) put(shoulder, 0, 0);
  for (const Landmark hip : {Landmark::left_hip, Landmark::right_hip})
    put(hip, -100 * std::sin(tilt), 100 * std::cos(tilt));
  for (const Landmark elbow : {Landmark::left_elbow, Landmark::right_elbow})
    put(elbow, 60 * std::sin(arm), 60 * std::cos(arm));
  pose.image = image;
  return pose;
}

TEST(ShoulderFlexionInPicture, IsTheArmAgainstTheTrunk) {
  for (const double towards : {-1.0, 1.0}) {
    for (const double lean : {-10.0, 0.0, 15.0}) {
      for (const double flexion : {-50.0, 0.0, 90.0, 170.0, 185.0}) {
        const auto found = shoulder_flexion_in_picture(across(towards, Degrees{lean}, Degrees{flexion}),
                                                       Side::left, Radians{Degrees{90 * towards}});
        ASSERT_TRUE(found);
        EXPECT_NEAR(to_degrees(*found).value(), flexion, 1e-9) << towards << " " << lean;
      }
    }
  }
}

TEST(ShoulderFlexionInPicture, NeedsPicturePositionsThatDiffer) {
  EXPECT_FALSE(shoulder_flexion_in_picture(Pose{}, Side::left, Radians{Degrees{90}}));
  Pose pose;
  pose.image = PerLandmark<ImagePoint>{};
  EXPECT_FALSE(shoulder_flexion_in_picture(pose, Side::right, Radians{Degrees{90}}));
}

}  // namespace
}  // namespace reprise::engine
