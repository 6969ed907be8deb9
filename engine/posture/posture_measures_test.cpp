// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/posture_measures.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

using enum PosturePoint;
using M = PostureMeasure;
constexpr double kPhotoWidth = 1200, kPhotoHeight = 1600;
constexpr double kExact = 1e-9;

struct At {
  PosturePoint point;
  double x, y;  ///< pixels from the middle of the picture to the right, and from its top
};

PosturePicture picture_of(PostureView view, const std::vector<At>& points) {
  PosturePicture picture{view, kPhotoWidth, kPhotoHeight};
  picture.roll = Radians{0};
  for (const At& one : points) picture.points.push_back({one.point, {kPhotoWidth / 2 + one.x, one.y}});
  return picture;
}

double degrees(const Result<PostureValue>& value) {
  return value ? to_degrees(Radians{value->value}).value() : std::nan("");
}

double mm(const Result<PostureValue>& value) {
  return value ? value->value * 1000 : std::nan("");
}

// A person of 1.6 m from the eyes down: 1497.6 px from eyes to heels at 0.936 are 1 mm a pixel.
PosturePicture from_behind() {
  PosturePicture p = picture_of(PostureView::back, {{left_ear, -60, 52.4},
                                                    {right_ear, 60, 52.4},
                                                    {left_shoulder, -200, 290},
                                                    {right_shoulder, 200, 310},
                                                    {left_hip, -100, 800},
                                                    {right_hip, 100, 800},
                                                    {left_knee, -100, 1150},
                                                    {right_knee, 100, 1150},
                                                    {left_ankle, -100, 1500},
                                                    {right_ankle, 100, 1500},
                                                    {left_heel, -90, 1550},
                                                    {right_heel, 110, 1550},
                                                    {left_waist, -150, 600},
                                                    {right_waist, 130, 600},
                                                    {natal_cleft, 10, 850},
                                                    {c7, 25, 250}});
  p.body_height = Meters{1.6};
  return p;
}

TEST(PostureMeasures, CraniovertebralAngleIsThatAboveTheHorizontal) {
  for (const auto& [view, ear, ahead] : {std::tuple{PostureView::right_side, right_ear, 1.0},
                                         std::tuple{PostureView::left_side, left_ear, -1.0}}) {
    const auto p = picture_of(view, {{c7, 0, 400}, {ear, 100 * ahead, 400 - 100 * std::tan(50 * kPi / 180)}});
    EXPECT_NEAR(degrees(measure_one(p, M::craniovertebral_angle)), 50, kExact);
  }
}

TEST(PostureMeasures, LevelsArePositiveWhereTheLeftIsHigher) {
  const auto behind = from_behind();
  EXPECT_NEAR(degrees(measure_one(behind, M::shoulder_level)), std::atan2(20, 400) * 180 / kPi, kExact);
  const auto front = picture_of(PostureView::front, {{left_shoulder, 200, 290}, {right_shoulder, -200, 310}});
  EXPECT_NEAR(degrees(measure_one(front, M::shoulder_level)), std::atan2(20, 400) * 180 / kPi, kExact);
  const auto pelvis = picture_of(PostureView::front, {{left_asis, 100, 820}, {right_asis, -100, 800}});
  EXPECT_NEAR(degrees(measure_one(pelvis, M::pelvic_level)), -std::atan2(20, 200) * 180 / kPi, kExact);
}

TEST(PostureMeasures, TheScaleComesFromTheHeightOrTheMarks) {
  auto p = from_behind();
  const auto scaled = measure_posture(p);
  ASSERT_TRUE(scaled.has_value());
  EXPECT_NEAR(*scaled->mm_per_px, 1, kExact);
  p.marks = MarkedDistance{{100, 100}, {100, 600}, Meters{1.0}};
  EXPECT_NEAR(*measure_posture(p)->mm_per_px, 2, kExact);
}

TEST(PostureMeasures, OffsetsGoFromTheMiddleOfTheHeelsToTheLeft) {
  const auto p = from_behind();  // the middle of the heels lies 10 px right of the picture's middle
  EXPECT_NEAR(mm(measure_one(p, M::plumb_offset, "ear")), 10, kExact);
  EXPECT_NEAR(mm(measure_one(p, M::plumb_offset, "c7")), -15, kExact);
  EXPECT_NEAR(mm(measure_one(p, M::trunk_shift, "c7")), -15, kExact);
  EXPECT_NEAR(mm(measure_one(p, M::trunk_shift)), 0, kExact);
}

TEST(PostureMeasures, OffsetsOfTheSideGoForwardFromTheAnkle) {
  auto p = picture_of(
      PostureView::left_side,
      {{left_ear, -80, 100}, {left_ankle, 0, 1500}, {left_hip, -30, 800}, {left_shoulder, 5, 300}});
  p.marks = MarkedDistance{{100, 100}, {100, 600}, Meters{0.5}};
  EXPECT_NEAR(mm(measure_one(p, M::plumb_offset, "ear")), 80, kExact);
  EXPECT_NEAR(degrees(measure_one(p, M::trunk_inclination)), -std::atan2(35, 500) * 180 / kPi, kExact);
}

TEST(PostureMeasures, VarusIsPositiveOnBothSides) {
  const auto p = picture_of(PostureView::front, {{left_hip, 90, 800},
                                                 {right_hip, -90, 800},
                                                 {left_knee, 110, 1150},
                                                 {right_knee, -110, 1150},
                                                 {left_ankle, 90, 1500},
                                                 {right_ankle, -90, 1500}});
  const double varus = 2 * std::atan2(20, 350) * 180 / kPi;
  EXPECT_NEAR(degrees(measure_one(p, M::knee_alignment, {}, Side::left)), varus, kExact);
  EXPECT_NEAR(degrees(measure_one(p, M::knee_alignment, {}, Side::right)), varus, kExact);
}

TEST(PostureMeasures, AsymmetryIsTheShareOfBothDistances) {
  const auto value = measure_one(from_behind(), M::trunk_asymmetry, "waist");
  ASSERT_TRUE(value.has_value());
  EXPECT_NEAR(value->value, (160.0 - 120.0) / 280.0, kExact);
}

TEST(PostureMeasures, AKnownRollLevelsThePicture) {
  auto p = from_behind();
  const auto level = measure_posture(p);
  const Radians roll{Degrees{7}};
  for (PlacedPoint& one : p.points) {
    const double x = one.at.x_px - kPhotoWidth / 2, y = one.at.y_px - kPhotoHeight / 2;
    // A camera turned clockwise: the picture's content turns the other way.
    one.at = {kPhotoWidth / 2 + x * std::cos(roll.value()) + y * std::sin(roll.value()),
              kPhotoHeight / 2 - x * std::sin(roll.value()) + y * std::cos(roll.value())};
  }
  p.roll = roll;
  const auto turned = measure_posture(p);
  ASSERT_TRUE(level.has_value() && turned.has_value());
  ASSERT_EQ(level->values.size(), turned->values.size());
  for (std::size_t i = 0; i < level->values.size(); ++i)
    EXPECT_NEAR(level->values[i].value, turned->values[i].value, kExact);
}

TEST(PostureMeasures, AMirroredPictureIsTurnedBack) {
  auto p = from_behind();
  const auto plain = measure_posture(p);
  for (PlacedPoint& one : p.points) one.at.x_px = kPhotoWidth - one.at.x_px;
  const auto refused = measure_posture(p);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
  p.mirrored = true;
  const auto turned = measure_posture(p);
  ASSERT_TRUE(plain.has_value() && turned.has_value());
  for (std::size_t i = 0; i < plain->values.size(); ++i)
    EXPECT_NEAR(plain->values[i].value, turned->values[i].value, kExact);
}

TEST(PostureMeasures, UncertaintyIsThatOfPointsAndRoll) {
  auto p = picture_of(PostureView::front, {{left_shoulder, 200, 300}, {right_shoulder, -200, 300}});
  PostureErrors errors;
  errors.placed = {0.005, 0.005};  // of a picture without head and feet: of its height, 8 px
  errors.known_roll = Degrees{0};
  const auto points = measure_posture(p, errors);
  ASSERT_TRUE(points.has_value());
  EXPECT_NEAR(points->values.front().uncertainty, 1.645 * std::sqrt(2.0) * 8 / 400, 1e-6);
  errors.placed = {};
  errors.known_roll = Degrees{1};
  EXPECT_NEAR(measure_posture(p, errors)->values.front().uncertainty, 1.645 * kPi / 180, 1e-6);
  p.roll.reset();
  EXPECT_NEAR(measure_posture(p, errors)->values.front().uncertainty, 1.645 * 2 * kPi / 180, 1e-6);
}

TEST(PostureMeasures, LengthsBesideThePicturesMiddleAreLessSure) {
  PostureErrors errors;
  errors.placed = {};
  errors.known_roll = Degrees{0};
  errors.scale_by_marks = 0;
  const auto half_width = [&](double beside_px) {
    auto p = picture_of(PostureView::left_side, {{left_ear, beside_px, 100}, {left_ankle, 0, 1500}});
    p.marks = MarkedDistance{{100, 100}, {100, 1100}, Meters{1}};
    return measure_posture(p, errors)->values.front().uncertainty;
  };
  EXPECT_NEAR(half_width(0), 0, 1e-9);
  EXPECT_NEAR(half_width(-100), 1.645 * 0.02 * 0.1, 1e-6);
}

TEST(PostureMeasures, MarksThatAreCloseTogetherGiveALessSureScale) {
  PostureErrors errors;
  errors.perspective = 0;
  errors.known_roll = Degrees{0};
  const auto share = [&](double apart_px) {
    auto p = picture_of(PostureView::left_side, {{left_ear, 500, 100}, {left_ankle, 0, 1500}});
    p.marks = MarkedDistance{{100, 100}, {100, 100 + apart_px}, Meters{1}};
    const auto offset = measure_posture(p, errors)->values.front();
    return offset.uncertainty / std::abs(offset.value) / 1.645;
  };
  EXPECT_LT(share(1400), 0.02);
  EXPECT_GT(share(100), 0.04);
  EXPECT_GT(share(10), 0.4) << "ten pixels, where the hand is unsure by four";
}

TEST(PostureMeasures, MissingPointsAndScaleAreNamed) {
  const auto side = picture_of(PostureView::left_side, {{left_ear, 0, 100}, {left_ankle, 0, 1500}});
  const auto angle = measure_one(side, M::craniovertebral_angle);
  ASSERT_FALSE(angle.has_value());
  EXPECT_EQ(angle.error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(angle.error().remedy, "place C7");
  const auto offset = measure_one(side, M::plumb_offset, "ear");
  ASSERT_FALSE(offset.has_value());
  EXPECT_EQ(offset.error().remedy, "give the person's height or a marked distance");
}

TEST(PostureMeasures, AMeasureOfAnotherViewIsRefused) {
  const auto value = measure_one(picture_of(PostureView::left_side, {{left_ear, 0, 100}}), M::shoulder_level);
  ASSERT_FALSE(value.has_value());
  EXPECT_EQ(value.error().code, ErrorCode::unsupported);
}

TEST(PostureMeasures, RefusesPicturesThatCannotBe) {
  const auto code_of = [](const PosturePicture& p) { return measure_posture(p).error().code; };
  EXPECT_EQ(code_of(picture_of(PostureView::back, {})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(picture_of(PostureView::back, {{c7, 0, 1700}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(picture_of(PostureView::front, {{c7, 0, 100}})), ErrorCode::invalid_argument);
  EXPECT_EQ(code_of(picture_of(PostureView::back, {{c7, 0, 100}, {c7, 1, 100}})),
            ErrorCode::invalid_argument);
  auto p = from_behind();
  p.roll = Radians{Degrees{21}};
  EXPECT_EQ(code_of(p), ErrorCode::invalid_argument);
  p = from_behind();
  p.body_height = Meters{3};
  EXPECT_EQ(code_of(p), ErrorCode::invalid_argument);
  p = from_behind();
  p.points.back().origin = PointOrigin::automatic;  // C7
  EXPECT_EQ(code_of(p), ErrorCode::invalid_argument);
  p = picture_of(PostureView::back, {{left_ear, 50, 100}, {right_ear, -50, 100}});
  EXPECT_EQ(code_of(p), ErrorCode::unsupported) << "a head tilted by 180 degrees";
  p = picture_of(PostureView::left_side, {{left_ear, -50, 100}, {left_eye, 20, 100}});
  EXPECT_EQ(code_of(p), ErrorCode::unsupported);  // faces right: the right side, or mirrored
}

}  // namespace
}  // namespace reprise::engine
