// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/landmark_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/bad_input.h"
#include "tests/support/landmark_fixture.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::HasSubstr;

/// [point, point, ...] of `count` equal points.
std::string points(const std::string& point, std::size_t count = engine::kLandmarkCount) {
  std::string text = "[";
  for (std::size_t i = 0; i < count; ++i) text += (i > 0 ? "," : "") + point;
  return text + "]";
}

std::string frame(const std::string& members) {
  return R"({"landmarks":[{)" + members + "}]}";
}

TEST(LandmarkJson, RoundTripsEveryDouble) {
  const LandmarkRecording original = made_recording();
  const std::string text = to_landmark_json(original);
  EXPECT_TRUE(nlohmann::json::accept(text));
  const auto read = parse_landmark_json(text);
  ASSERT_TRUE(read) << to_string(read.error());
  expect_same(*read, original);
  EXPECT_EQ(read->source.rate->value(), 30.0);
  EXPECT_EQ(read->source.picture->height_px, 1280);
  EXPECT_TRUE(read->source.warnings.empty());
}

TEST(LandmarkJson, NamesTheNetworksThatMeasured) {
  LandmarkRecording original = made_recording();
  original.source.networks = {{"detector \"1\".tflite", std::string(64, 'a')},
                              {"landmarks.tflite", std::string(64, '0')}};
  const auto read = parse_landmark_json(to_landmark_json(original));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->source.networks, original.source.networks);
}

TEST(LandmarkJson, RefusesNetworksThatAreNone) {
  const auto cause_of = [](const std::string& networks) {
    const auto read = parse_landmark_json(R"({"source":{"networks":)" + networks + R"(},"landmarks":[]})");
    return read ? "" : read.error().cause;
  };
  const std::string sha256 = R"("sha256":")" + std::string(64, 'a') + '"';
  EXPECT_THAT(cause_of(R"([{"name":"a"}])"), HasSubstr("lacks its name or sha256"));
  EXPECT_THAT(cause_of("[{" + sha256 + "}]"), HasSubstr("lacks its name or sha256"));
  EXPECT_THAT(cause_of(R"([{"name":"",)" + sha256 + "}]"), HasSubstr("name is empty or too long"));
  EXPECT_THAT(cause_of(R"([{"name":")" + std::string(201, 'a') + "\"}]"),
              HasSubstr("name is empty or too long"));
  EXPECT_THAT(cause_of(R"([{"name":"a","sha256":"AB"}])"), HasSubstr("64 hexadecimal digits"));
  EXPECT_THAT(cause_of(R"(["a"])"), HasSubstr("there is a text where something else is expected"));
  std::string nine;
  for (int i = 0; i < 9; ++i) nine += std::string(i > 0 ? "," : "") + R"({"name":"a",)" + sha256 + "}";
  EXPECT_THAT(cause_of("[" + nine + "]"), HasSubstr("more than 8 networks"));
  // What a later version may add.
  EXPECT_THAT(cause_of(R"([{"name":"a","layers":[1],"by":{"a":"b"},)" + sha256 + "}]"),
              testing::Not(HasSubstr("network")));
}

TEST(LandmarkJson, ReadsLandmarksInsideAnotherDocument) {
  const std::string text =
      R"({"schema":"reprise.session/1","repetitions":[{"landmarks":[1,2]}],"summary":{"a":[null]},
      "landmarks":[{"time_s":0.5,"world_m":)" +
      points("[1,2,3]") + R"(,"visibility":)" + points("0.5") + R"(,"more":{"time_s":9}},{"time_s":1}]})";
  const auto read = parse_landmark_json(text);
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->frames.size(), 2U);
  EXPECT_EQ(read->frames[0].time, Seconds{0.5});
  EXPECT_FALSE(read->frames[0].pose->image);
  EXPECT_EQ(read->frames[0].pose->visibility[engine::Landmark::nose], 0.5);
  EXPECT_FALSE(read->frames[1].pose);
}

TEST(LandmarkJson, ANullPointIsMissing) {
  std::string world = points("[1,2,3]");
  world.replace(1, 7, "null");
  const auto read = parse_landmark_json(frame(R"("time_s":0,"image_px":null,"world_m":)" + world));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_TRUE(read->source.never_measured[engine::Landmark::nose]);
  EXPECT_EQ(read->frames[0].pose->visibility[engine::Landmark::nose], 0.0);
  EXPECT_EQ(read->frames[0].pose->visibility[engine::Landmark::left_knee], 1.0);
  EXPECT_FALSE(read->source.has_visibility);
  EXPECT_THAT(read->source.warnings, Contains(HasSubstr("Never measured: nose.")));
  // Nor is it there when written again.
  const auto again = parse_landmark_json(to_landmark_json(*read));
  ASSERT_TRUE(again);
  EXPECT_TRUE(again->source.never_measured[engine::Landmark::nose]);
}

/// A standing figure of pixels: shoulders at y 0, hips 250 below, knees 500, ankles 750; 200 wide.
std::string standing_px() {
  std::string text = "[";
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    const double x = i % 2 == 1 ? 100 : -100;
    double y = -100;
    if (i >= 11) y = 0;
    if (i >= 23) y = 250;
    if (i >= 25) y = 500;
    if (i >= 27) y = 750;
    text += (i > 0 ? ",[" : "[") + std::to_string(500 + x) + "," + std::to_string(300 + y) + ",20]";
  }
  return text + "]";
}

TEST(LandmarkJson, MakesNoMetresFromPixelsWithoutSayingSo) {
  const auto read =
      parse_landmark_json("[" + standing_px() + ",[]," + standing_px() + "]", {.rate = Hertz{5}});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->source.format, LandmarkFormat::json_points);
  EXPECT_TRUE(read->source.world_from_image);
  EXPECT_FALSE(read->source.has_world);
  EXPECT_THAT(read->source.warnings, Contains(HasSubstr("lengths and speeds in meters not")));
  ASSERT_EQ(read->frames.size(), 3U);
  EXPECT_EQ(read->frames[2].time, Seconds{0.4});
  EXPECT_FALSE(read->frames[1].pose);
  // Trunk + thigh + shank are 750 px, taken to be 1.25 m: 600 px to the meter, from the middle of the hips.
  const engine::Pose& pose = *read->frames[0].pose;
  EXPECT_NEAR(pose.world_m[engine::Landmark::left_knee].v.x(), 100.0 / 600, 1e-12);
  EXPECT_NEAR(pose.world_m[engine::Landmark::left_knee].v.y(), 250.0 / 600, 1e-12);
  EXPECT_NEAR(pose.world_m[engine::Landmark::left_knee].v.z(), 0, 1e-12);
  EXPECT_EQ((*pose.image)[engine::Landmark::left_knee].y_px, 800);
  // Written, the meters stay away, and the reader says the same again.
  const std::string text = to_landmark_json(*read);
  EXPECT_THAT(text, testing::Not(HasSubstr("world_m")));
  EXPECT_TRUE(parse_landmark_json(text)->source.world_from_image);
}

TEST(LandmarkJson, TakesMetresFromASecondFile) {
  const auto read =
      parse_landmark_json("[" + standing_px() + "]", {.rate = Hertz{5}}, "[" + points("[0.1,0.2,0.3]") + "]");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_TRUE(read->source.has_world);
  EXPECT_TRUE(read->source.has_image);
  EXPECT_EQ(read->frames[0].pose->world_m[engine::Landmark::nose].v, Eigen::Vector3d(0.1, 0.2, 0.3));
  const auto uneven = parse_landmark_json("[" + standing_px() + "]", {.rate = Hertz{5}}, "[]");
  ASSERT_FALSE(uneven);
  EXPECT_THAT(uneven.error().cause, HasSubstr("the world file has 0 frames of bare arrays, the pixels 1"));
}

TEST(LandmarkJson, KnowsBareMetresFromPixelsAndFromShares) {
  const auto meters = parse_landmark_json("[" + points("[0,0,0.01]") + "]", {.rate = Hertz{5}});
  ASSERT_TRUE(meters) << to_string(meters.error());
  EXPECT_TRUE(meters->source.has_world);
  EXPECT_FALSE(meters->source.has_image);
  const auto shares = parse_landmark_json("[" + points("[0.5,0.5,-0.2]") + "]", {.rate = Hertz{5}});
  ASSERT_FALSE(shares);
  EXPECT_EQ(shares.error().code, ErrorCode::unsupported);
  EXPECT_THAT(shares.error().cause, HasSubstr("shares of the picture's size"));
}

TEST(LandmarkJson, NeedsARateForBareArrays) {
  const auto read = parse_landmark_json("[" + standing_px() + "]");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(read.error().remedy, HasSubstr("frame rate"));
}

class LandmarkJsonErrors : public testing::TestWithParam<BadInput> {};

TEST_P(LandmarkJsonErrors, NameThePlace) {
  expect_refused(parse_landmark_json(GetParam().bytes, {.rate = Hertz{30}}), GetParam());
}

const std::string kWorld = R"("time_s":0,"world_m":)";
INSTANTIATE_TEST_SUITE_P(
    Bad, LandmarkJsonErrors,
    testing::Values(
        BadInput{"", ErrorCode::corrupt, "not JSON"}, BadInput{"{", ErrorCode::corrupt, "not JSON"},
        BadInput{"7", ErrorCode::corrupt, "neither an array"},
        BadInput{"null", ErrorCode::corrupt, "neither an array"},
        BadInput{"{}", ErrorCode::corrupt, "no member 'landmarks'"},
        BadInput{R"({"landmarks":7})", ErrorCode::corrupt, "expected an array of frames"},
        BadInput{R"({"landmarks":[],"landmarks":[]})", ErrorCode::corrupt, "occurs twice"},
        BadInput{R"({"landmarks":[]})", ErrorCode::nothing_measured, "no frames"},
        BadInput{R"({"schema":"reprise.landmarks/2","landmarks":[]})", ErrorCode::unsupported,
                 "reprise.landmarks/2"},
        BadInput{R"({"landmark_names":["left_eye"],"landmarks":[]})", ErrorCode::corrupt, "expected 'nose'"},
        BadInput{"[" + points("[1,2,3]", 32) + "]", ErrorCode::corrupt,
                 "frame 0: there are 32 points; expected 33"},
        BadInput{"[" + points("[1,2,3]", 34) + "]", ErrorCode::corrupt, "more than 33 points"},
        BadInput{"[" + points("[1,2,3,4]") + "]", ErrorCode::corrupt, "more than 3 coordinates"},
        BadInput{"[" + points("[1]") + "]", ErrorCode::corrupt, "point 1 has 1 coordinates"},
        BadInput{"[" + points("[1,NaN,3]") + "]", ErrorCode::corrupt, "not JSON"},
        BadInput{"[" + points("[1,null,3]") + "]", ErrorCode::corrupt, "a coordinate is null"},
        BadInput{"[" + points("[1,1e999,3]") + "]", ErrorCode::corrupt, "a number is too large"},
        BadInput{"[" + points("[1,-1e30,3]") + "]", ErrorCode::corrupt, "picture position of nose is -1e+30"},
        BadInput{R"([{"nose":{"x":1}}])", ErrorCode::corrupt, "a frame is an object; expected 33 points"},
        BadInput{frame(R"("world_m":)" + points("[1,2,3]")), ErrorCode::corrupt, "'time_s' is missing"},
        BadInput{frame(kWorld + points("[1,2]")), ErrorCode::corrupt, "2 coordinates; expected 3"},
        BadInput{frame(kWorld + points("[1,2,3]", 3)), ErrorCode::corrupt,
                 "3 points in 'world_m'; expected 33"},
        BadInput{frame(kWorld + "{}"), ErrorCode::corrupt, "'world_m' is an object"},
        BadInput{frame(R"("time_s":"0")"), ErrorCode::corrupt, "'time_s' is a text"},
        BadInput{frame(R"("time_s":0,"visibility":)" + points("1", 32)), ErrorCode::corrupt,
                 "32 visibilities"},
        BadInput{frame(kWorld + points("[1,2,3]") + R"(,"visibility":)" + points("-1")), ErrorCode::corrupt,
                 "visibility (0 to 1) of nose is -1"},
        BadInput{R"({"landmarks":[{"time_s":1},{"time_s":1}]})", ErrorCode::corrupt,
                 "frame 1: the time does not rise"},
        BadInput{std::string(1000, '['), ErrorCode::corrupt, "where a number is expected"},
        BadInput{R"({"a":)" + std::string(1000, '['), ErrorCode::unsupported, "64 levels"}));

TEST(LandmarkJson, StopsAtTheLimitOfFrames) {
  std::string text = "[";
  for (std::size_t i = 0; i <= kMaxLandmarkFrames; ++i) text += "[],";
  const auto read = parse_landmark_json(text, {.rate = Hertz{30}});
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::sensing
