// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/automatic_points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "engine/posture/posture_measures.h"
#include "engine/synthesis/body.h"
#include "engine/synthesis/camera.h"

namespace reprise::engine {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr int kWidth = 1000;
constexpr int kHeight = 1400;

Pose standing(Degrees azimuth) {
  const BodyFigure body = draw_body({}, {}, {});
  VirtualCamera camera;
  camera.azimuth = azimuth;
  camera.width_px = kWidth;
  camera.height_px = kHeight;
  return take_picture(body.landmarks, {}, camera, middle_of(body.landmarks));
}

Pose turned(Pose pose, Degrees clockwise) {
  const double c = std::cos(Radians{clockwise}.value()), s = std::sin(Radians{clockwise}.value());
  for (ImagePoint& p : *pose.image) {
    const double x = p.x_px - kWidth / 2.0, y = p.y_px - kHeight / 2.0;
    p.x_px = kWidth / 2.0 + c * x - s * y;
    p.y_px = kHeight / 2.0 + s * x + c * y;
  }
  return pose;
}

struct ViewFrom {
  PostureView view;
  Degrees azimuth;
};
const ViewFrom kViews[] = {{PostureView::front, Degrees{0}},
                           {PostureView::back, Degrees{180}},
                           {PostureView::left_side, Degrees{90}},
                           {PostureView::right_side, Degrees{-90}}};

TEST(AutomaticPoints, AStandingBodyIsUprightInEachView) {
  for (const auto& [view, azimuth] : kViews) {
    const auto found = automatic_points(standing(azimuth), {view, kWidth, kHeight, true});
    ASSERT_TRUE(found.has_value()) << name(view) << found.error().cause;
    EXPECT_THAT(found->outside, IsEmpty());
    PosturePicture picture{view, kWidth, kHeight, Radians{0}};
    picture.body_height = Meters{1.75};
    picture.points = found->points;
    const auto posture = measure_posture(picture);
    ASSERT_TRUE(posture.has_value()) << name(view) << posture.error().cause;
    for (const PostureValue& value : posture->values) {
      // A neutral body stands straight; the camera's perspective and the eyes ahead of the ankles remain.
      if (!is_side(view) && value.measure != PostureMeasure::knee_alignment) {
        EXPECT_NEAR(value.value, 0, 0.005) << name(view) << ' ' << name(value.measure) << value.part;
      }
    }
  }
}

TEST(AutomaticPoints, GivesOnlyWhatTheViewShowsAndNetworksKnow) {
  const auto found = automatic_points(standing(Degrees{90}), {PostureView::left_side, kWidth, kHeight, true});
  ASSERT_TRUE(found.has_value());
  for (const PlacedPoint& one : found->points) {
    EXPECT_TRUE(is_automatic(one.point)) << name(one.point);
    EXPECT_TRUE(name(one.point).starts_with("left_")) << name(one.point);
    EXPECT_EQ(one.origin, PointOrigin::automatic);
  }
}

TEST(AutomaticPoints, RefusesAnotherView) {
  for (const auto& [view, azimuth] : kViews) {
    for (const auto& [other, other_azimuth] : kViews) {
      const auto found = automatic_points(standing(azimuth), {other, kWidth, kHeight, true});
      EXPECT_EQ(found.has_value(), view == other) << name(view) << " as " << name(other);
      if (!found) {
        EXPECT_EQ(found.error().code, ErrorCode::unsupported);
      }
    }
  }
}

TEST(AutomaticPoints, RefusesATiltedPictureWithoutRoll) {
  const Pose tilted = turned(standing(Degrees{0}), Degrees{12});
  const auto refused = automatic_points(tilted, {PostureView::front, kWidth, kHeight, false});
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  EXPECT_TRUE(automatic_points(tilted, {PostureView::front, kWidth, kHeight, true}).has_value());
}

TEST(AutomaticPoints, NamesWhatIsCutOff) {
  Pose pose = standing(Degrees{0});
  const double knee = (*pose.image)[Landmark::left_knee].y_px;
  const auto found = automatic_points(pose, {PostureView::front, kWidth, knee - 20, true});
  ASSERT_TRUE(found.has_value());
  EXPECT_THAT(found->outside, ElementsAre(FramedPart::knees, FramedPart::feet));
  for (const PlacedPoint& one : found->points) EXPECT_LE(one.at.y_px, knee - 20);
}

TEST(AutomaticPoints, WantsPicturePositions) {
  Pose pose = standing(Degrees{0});
  pose.image.reset();
  EXPECT_EQ(automatic_points(pose, {PostureView::front, kWidth, kHeight, true}).error().code,
            ErrorCode::nothing_measured);
}

TEST(AutomaticPoints, OfAMirroredPictureAreThoseOfThePerson) {
  for (const auto& [view, azimuth] : kViews) {
    const Pose pose = standing(azimuth);
    // A network takes the mirror image for a person whose left is the other side.
    Pose mirror = pose;
    for (std::size_t i = 0; i < kLandmarkCount; ++i) {
      const auto l = static_cast<Landmark>(i);
      (*mirror.image)[l] = (*pose.image)[mirrored(l)];
      (*mirror.image)[l].x_px = kWidth - (*mirror.image)[l].x_px;
      mirror.world_m[l] = pose.world_m[mirrored(l)];
      mirror.world_m[l].v.x() = -mirror.world_m[l].v.x();
      mirror.visibility[l] = pose.visibility[mirrored(l)];
    }
    const auto plain = automatic_points(pose, {view, kWidth, kHeight, true});
    const auto found = automatic_points(mirror, {view, kWidth, kHeight, true, true});
    ASSERT_TRUE(plain.has_value() && found.has_value()) << name(view);
    ASSERT_EQ(plain->points.size(), found->points.size());
    for (std::size_t i = 0; i < plain->points.size(); ++i) {
      EXPECT_EQ(plain->points[i].point, found->points[i].point);
      EXPECT_NEAR(plain->points[i].at.x_px, kWidth - found->points[i].at.x_px, 1e-9);
    }
  }
}

TEST(AutomaticPoints, TakesTheMeanOfAStillMoment) {
  std::vector<PoseFrame> frames(3, {Seconds{0}, standing(Degrees{0})});
  (*frames[0].pose->image)[Landmark::left_ear].x_px += 3;
  (*frames[2].pose->image)[Landmark::left_ear].x_px -= 3;
  const auto mean = still_pose(frames);
  ASSERT_TRUE(mean.has_value());
  EXPECT_NEAR((*mean->image)[Landmark::left_ear].x_px, (*frames[1].pose->image)[Landmark::left_ear].x_px,
              1e-9);
  for (ImagePoint& p : *frames[2].pose->image) p.x_px += 60;
  EXPECT_EQ(still_pose(frames).error().code, ErrorCode::unsupported);
  EXPECT_EQ(still_pose({}).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::engine
