// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/posture.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "session/measurements/measurement_json.h"
#include "session/measurements/posture_request.h"
#include "tests/support/measured_values.h"

namespace reprise::session {
namespace {

using engine::PointOrigin;
using engine::PosturePoint;
using testing::Contains;
using testing::HasSubstr;

// 1 mm a pixel by the marks; shoulders 400 px apart, the left one `lift_px` higher.
engine::PosturePicture from_behind(double lift_px) {
  engine::PosturePicture picture{engine::PostureView::back, 1200, 1600, Radians{0}};
  picture.marks = engine::MarkedDistance{{100, 100}, {100, 1100}, Meters{1.0}};
  picture.points = {
      {PosturePoint::left_shoulder, {400, 300 - lift_px}, PointOrigin::moved, engine::PosturePixel{404, 300}},
      {PosturePoint::right_shoulder, {800, 300}, PointOrigin::automatic},
      {PosturePoint::left_heel, {550, 1500}, PointOrigin::automatic},
      {PosturePoint::right_heel, {650, 1500}, PointOrigin::automatic},
      {PosturePoint::c7, {612, 260}, PointOrigin::placed}};
  return picture;
}

MeasurementDocument measured(double lift_px) {
  const PhotographedPosture one{from_behind(lift_px), {}, Radians{0}};
  MeasurementInput input;
  input.source.kind = SignalSourceKind::camera;
  auto document = measure_posture(input, {&one, 1});
  EXPECT_TRUE(document.has_value());
  return document.value_or(MeasurementDocument{});
}

TEST(Posture, DocumentHasValuesPointsAndWhatIsMissing) {
  const auto d = measured(20);
  const MeasuredValue* level = value_of(d, SignalMeasure::shoulder_level, "back");
  ASSERT_NE(level, nullptr);
  EXPECT_NEAR(level->value, std::atan2(20, 400), 1e-9);
  EXPECT_GT(level->uncertainty.value_or(0), 0);
  const MeasuredValue* c7 = value_of(d, SignalMeasure::plumb_offset, "back_c7");
  ASSERT_NE(c7, nullptr);
  EXPECT_NEAR(c7->value, -0.012, 1e-9);
  EXPECT_THAT(d.not_measured, Contains("Pelvic level, back: place left PSIS and right PSIS."));
  EXPECT_THAT(d.not_measured, Contains(HasSubstr("From the side: craniovertebral angle")));
  ASSERT_EQ(d.tables.size(), 1U);
  const auto& moved = d.tables[0].rows[0];
  EXPECT_EQ(moved.part, "back_left_shoulder");
  EXPECT_THAT(moved.values, testing::ElementsAre(400, 280, 404, 300));
  EXPECT_FALSE(d.tables[0].rows[4].values[2]) << "C7 is never automatic";
}

TEST(Posture, DocumentSurvivesItsFile) {
  const auto text = to_measurement_json(measured(20));
  ASSERT_TRUE(text.has_value()) << text.error().cause;
  const auto read = parse_measurement_json(*text);
  ASSERT_TRUE(read.has_value()) << read.error().cause;
  EXPECT_EQ(read->kind, MeasurementKind::posture);
  EXPECT_EQ(to_measurement_json(*read).value_or(""), *text);
}

TEST(Posture, ChangesAreHeldAgainstTheSmallestDetectable) {
  auto now = measured(60);
  ASSERT_TRUE(compare_posture(now, measured(0)).has_value());
  const auto level = std::find_if(now.findings.begin(), now.findings.end(), [](const Finding& one) {
    return one.text.starts_with("Shoulder level, back: changed by +8.5");
  });
  ASSERT_NE(level, now.findings.end());
  EXPECT_TRUE(level->certain);
  auto same = measured(1);
  ASSERT_TRUE(compare_posture(same, measured(0)).has_value());
  for (const Finding& one : same.findings) {
    EXPECT_FALSE(one.certain) << one.text;
    EXPECT_EQ(one.code, "no_detectable_change");
  }
}

TEST(Posture, AValueWithoutItsErrorIsNotCompared) {
  MeasurementDocument earlier = measured(0);
  for (MeasuredValue& value : earlier.values) {
    if (value.part != "back_c7") value.uncertainty.reset();
  }
  const auto changes = posture_changes(measured(60), earlier);
  ASSERT_TRUE(changes.has_value());
  for (const PostureChange& one : *changes) EXPECT_EQ(one.part, "back_c7");
}

TEST(Posture, KeepsHowThePictureWasTaken) {
  PhotographedPosture one{from_behind(0), {}, std::nullopt};
  for (engine::PlacedPoint& point : one.picture.points) point.at.x_px = 1200 - point.at.x_px;
  one.picture.mirrored = true;
  one.picture.roll = Radians{Degrees{-1.5}};
  const auto d = measure_posture({}, {&one, 1});
  ASSERT_TRUE(d.has_value());
  EXPECT_THAT(d->method, HasSubstr("camera turned -1.5 degrees clockwise, mirror image"));
}

TEST(Posture, OnlyPosturesAreCompared) {
  auto now = measured(0);
  MeasurementDocument gait;
  EXPECT_EQ(compare_posture(now, gait).error().code, ErrorCode::invalid_argument);
  MeasurementDocument other = measured(0);
  for (MeasuredValue& value : other.values) value.part = "front";
  EXPECT_EQ(compare_posture(now, other).error().code, ErrorCode::invalid_argument);
}

TEST(Posture, AViewCountsOnceAndNothingIsRefused) {
  const PhotographedPosture one{from_behind(0), {}, std::nullopt};
  const std::vector<PhotographedPosture> twice = {one, one};
  EXPECT_EQ(measure_posture({}, twice).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(measure_posture({}, {}).error().code, ErrorCode::nothing_measured);
  PhotographedPosture lone = one;
  lone.picture.points.resize(1);
  EXPECT_EQ(measure_posture({}, {&lone, 1}).error().code, ErrorCode::nothing_measured);
}

TEST(Posture, WarnsOfWhatSpoilsAPicture) {
  PhotographedPosture one{from_behind(0), {engine::FramedPart::feet}, Radians{Degrees{15}}};
  one.picture.roll.reset();
  const auto d = measure_posture({}, {&one, 1});
  ASSERT_TRUE(d.has_value());
  std::vector<std::string> codes;
  for (const Warning& warning : d->warnings) codes.push_back(warning.code);
  EXPECT_THAT(codes, testing::ElementsAre("camera_level_unknown", "turned_from_view", "cut_off"));
}

TEST(Posture, HasNoKneeAlignmentOfWhoDoesNotStandOnBothLegs) {
  const auto measured = [](double knee_px) {
    PhotographedPosture one{from_behind(0), {}, Radians{0}};
    one.picture.points.push_back({PosturePoint::left_hip, {500, 800}, PointOrigin::placed});
    one.picture.points.push_back({PosturePoint::left_knee, {knee_px, 1100}, PointOrigin::placed});
    one.picture.points.push_back({PosturePoint::left_ankle, {500, 1400}, PointOrigin::placed});
    const auto d = measure_posture({}, {&one, 1});
    const auto says = [&](const Warning& warning) { return warning.code == "legs_not_straight"; };
    const auto knee = [](const auto& value) { return value.measure == SignalMeasure::knee_alignment; };
    return std::pair{d && std::any_of(d->warnings.begin(), d->warnings.end(), says),
                     d && std::any_of(d->values.begin(), d->values.end(), knee)};
  };
  EXPECT_EQ(measured(520), (std::pair{false, true}));
  EXPECT_EQ(measured(600), (std::pair{true, false})) << "37 degrees";
}

TEST(PostureRequest, SurvivesItsText) {
  const auto text = to_posture_points(from_behind(20));
  const auto read = parse_posture_points(text);
  ASSERT_TRUE(read.has_value()) << read.error().cause;
  EXPECT_EQ(to_posture_points(*read), text);
}

TEST(PostureRequest, NamesTheFieldThatIsWrong) {
  const auto cause = [](std::string_view text) {
    const auto read = parse_posture_points(text);
    return read ? std::string{} : read.error().cause;
  };
  EXPECT_THAT(cause("{}"), HasSubstr("view"));
  EXPECT_THAT(cause(R"({"view":"top","width_px":1,"height_px":1,"points":[]})"), HasSubstr("view"));
  EXPECT_THAT(
      cause(R"({"view":"back","width_px":1,"height_px":1,"points":[{"point":"c8","x_px":1,"y_px":1}]})"),
      HasSubstr("point"));
  EXPECT_THAT(cause(R"({"view":"back","width_px":"1","height_px":1,"points":[]})"), HasSubstr("width_px"));
  EXPECT_FALSE(cause("[").empty());
}

}  // namespace
}  // namespace reprise::session
