// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/figure_painter.h"

#include <gtest/gtest.h>

#include <array>

#include "engine/synthesis/body.h"
#include "engine/synthesis/generate.h"

namespace reprise::engine {
namespace {

using Rgb = std::array<int, 3>;

Rgb at(const ImageView& image, double x, double y) {
  const std::uint8_t* p = image.pixels + static_cast<std::ptrdiff_t>(y) * image.stride_bytes +
                          std::ptrdiff_t{3} * static_cast<std::ptrdiff_t>(x);
  return {p[0], p[1], p[2]};
}
bool is_blue(const Rgb& c) {
  return c[2] > c[0] + 40;
}
bool is_orange(const Rgb& c) {
  return c[0] > c[2] + 60;
}

struct Painted {
  VirtualCamera camera;
  FigurePainter painter;
  PerLandmark<Vec3<World>> landmarks;
  Pose pose;
  ImageView picture;

  Painted(Degrees azimuth, const Posture& posture)
      : camera{.azimuth = azimuth},
        painter({}, camera, {0, 0, 0}),
        landmarks(draw_body({}, posture, {}).landmarks),
        pose(take_picture(landmarks, {}, camera, {0, 0, 0})),
        picture(painter.paint(landmarks)) {}
  [[nodiscard]] Rgb at_landmark(Landmark l) const {
    return at(picture, (*pose.image)[l].x_px, (*pose.image)[l].y_px);
  }
};

TEST(FigurePainter, LimbsAreWhereTheCameraSeesTheLandmarks) {
  Posture arms_out;
  arms_out[Dof::left_shoulder_abduction] = Degrees{80};
  arms_out[Dof::right_shoulder_abduction] = Degrees{80};
  const Painted front{Degrees{0}, arms_out};
  for (const Landmark l : {Landmark::left_elbow, Landmark::left_wrist, Landmark::left_knee}) {
    EXPECT_TRUE(is_blue(front.at_landmark(l))) << name(l);
    EXPECT_TRUE(is_orange(front.at_landmark(mirrored(l)))) << name(mirrored(l));
  }
  // Filmed from the front, the person's left is on the picture's right.
  EXPECT_GT((*front.pose.image)[Landmark::left_wrist].x_px, 700);
}

TEST(FigurePainter, TheNearLegCoversTheFarOne) {
  const Painted from_left{Degrees{90}, {}};
  EXPECT_TRUE(is_blue(from_left.at_landmark(Landmark::right_knee)));
  const Painted from_right{Degrees{-90}, {}};
  EXPECT_TRUE(is_orange(from_right.at_landmark(Landmark::left_knee)));
}

TEST(FigurePainter, SaysInEveryPictureThatNobodyWasFilmed) {
  const Painted painted{Degrees{0}, {}};
  // The first letter, S, top left: its upper bar and the blank below it.
  const int scale = painted.camera.height_px / 180;
  const int margin = 5 * scale;
  EXPECT_LT(at(painted.picture, margin + 2.5 * scale, margin + 0.5 * scale)[0], 60);
  EXPECT_GT(at(painted.picture, margin + 2.5 * scale, margin + 1.5 * scale)[0], 200);
  // All of it fits.
  EXPECT_LT(margin + Canvas::text_width(scale, kSimulatedWords), painted.camera.width_px);
}

TEST(FigurePainter, FeetStandOnTheFloorBeforeItsEdge) {
  const Painted painted{Degrees{0}, {}};
  const double feet = (*painted.pose.image)[Landmark::left_heel].y_px;
  const Rgb wall = at(painted.picture, 5, 300);
  const Rgb floor = at(painted.picture, 5, feet);
  EXPECT_GT(wall[0], floor[0]) << "the floor is darker than the wall";
}

TEST(Canvas, DrawsNothingOutsideThePicture) {
  Canvas canvas{20, 10};
  canvas.fill_rows(-5, 50, {9, 9, 9});
  canvas.limb({-50, -50, 10, 2, 0.1}, {80, 60, 10, 2, 0.1}, {255, 255, 255});
  canvas.limb({1e9, 1e9, 1e9, 2, 0.1}, {-1e9, 3, 1, 2, 0.1}, {255, 255, 255});
  canvas.text(-7, 6, 3, "AZ:?", {1, 2, 3});
  EXPECT_EQ(canvas.view().width, 20);
  EXPECT_NE(at(canvas.view(), 10, 5), (Rgb{9, 9, 9}));
}

TEST(GeneratedPostures, DrawTheSameFigureAgain) {
  // The clip is painted from the postures: what a stance filled in must not be filled in twice.
  MovementDefinition squat;
  squat.stance.stance_width = 0.2;
  squat.keyframes = {{0, {}},
                     {0.5,
                      {{Dof::left_hip_flexion, Degrees{80}},
                       {Dof::right_hip_flexion, Degrees{80}},
                       {Dof::left_knee_flexion, Degrees{95}},
                       {Dof::right_knee_flexion, Degrees{95}}}},
                     {1, {}}};
  const auto movement = generate(squat, {.repetitions = 1, .frame_rate = Hertz{5}});
  ASSERT_TRUE(movement);
  const Vec3<World> look_at = middle_of(figure_at(squat, 0)->landmarks);
  for (std::size_t i = 0; i < movement->frames.size(); ++i) {
    const auto landmarks = draw_body({}, movement->postures[i], squat.stance).landmarks;
    const Pose again = take_picture(landmarks, {}, {}, look_at);
    for (std::size_t l = 0; l < kLandmarkCount; ++l) {
      const ImagePoint& then = (*movement->frames[i].pose->image)[l];
      EXPECT_NEAR((*again.image)[l].x_px, then.x_px, 1e-6) << i << ' ' << l;
      EXPECT_NEAR((*again.image)[l].y_px, then.y_px, 1e-6) << i << ' ' << l;
    }
  }
}

}  // namespace
}  // namespace reprise::engine
