// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/npy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "tests/support/bad_input.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A .npy file as numpy.save writes it.
std::string npy(const std::string& type, const std::string& shape, const std::vector<double>& values,
                const std::string& fortran = "False", int version = 1) {
  std::string header =
      "{'descr': '" + type + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }";
  const std::size_t before = version == 1 ? 10 : 12;
  header.resize((before + header.size() + 1 + 63) / 64 * 64 - before - 1, ' ');
  header += '\n';
  std::string out = "\x93NUMPY";
  out += static_cast<char>(version);
  out += '\0';
  for (std::size_t i = 0; i < before - 8; ++i) out += static_cast<char>(header.size() >> (8 * i) & 0xFF);
  out += header;
  for (const double value : values) {
    std::string bytes;
    if (type.ends_with("f4")) {
      const auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
      for (int i = 0; i < 4; ++i) bytes += static_cast<char>(bits >> (8 * i) & 0xFF);
    } else {
      const auto bits = std::bit_cast<std::uint64_t>(value);
      for (int i = 0; i < 8; ++i) bytes += static_cast<char>(bits >> (8 * i) & 0xFF);
    }
    if (type[0] == '>') bytes = {bytes.rbegin(), bytes.rend()};
    out += bytes;
  }
  return out;
}

TEST(Npy, ReadsBothWidthsByteOrdersAndVersions) {
  for (const char* type : {"<f4", ">f4", "<f8", ">f8"}) {
    for (const int version : {1, 2, 3}) {
      const auto read = parse_npy(npy(type, "(2, 3)", {0.5, -1.25, 3, 1e10, 0, -0.0625}, "False", version));
      ASSERT_TRUE(read) << type << to_string(read.error());
      EXPECT_THAT(read->shape, ElementsAre(2U, 3U));
      EXPECT_THAT(read->values, ElementsAre(0.5, -1.25, 3, 1e10, 0, -0.0625));
    }
  }
  EXPECT_EQ(parse_npy(npy("<f8", "()", {7}))->values[0], 7);
  EXPECT_THAT(parse_npy(npy("<f8", "(1,)", {7}))->shape, ElementsAre(1U));
}

class NpyErrors : public testing::TestWithParam<BadInput> {};

TEST_P(NpyErrors, SayWhatCannotBeRead) {
  expect_refused(parse_npy(GetParam().bytes), GetParam());
}

INSTANTIATE_TEST_SUITE_P(
    Bad, NpyErrors,
    testing::Values(
        BadInput{"", ErrorCode::corrupt, "does not begin"},
        BadInput{"PK\x03\x04 a zip of arrays", ErrorCode::corrupt, "does not begin"},
        BadInput{npy("<f4", "(2,)", {1, 2}).substr(0, 40), ErrorCode::corrupt, "ends in its header"},
        BadInput{npy("<f4", "(3,)", {1, 2}), ErrorCode::corrupt, "needs 12 bytes, the file holds 8"},
        BadInput{npy("<f4", "(1,)", {1, 2}), ErrorCode::corrupt, "needs 4 bytes, the file holds 8"},
        BadInput{npy("<i8", "(1,)", {1}), ErrorCode::unsupported, "type '<i8'"},
        BadInput{npy("|O", "(1,)", {1}), ErrorCode::unsupported, "type '|O'"},
        BadInput{npy("<f4", "(1, 1)", {1}, "True"), ErrorCode::unsupported, "Fortran"},
        BadInput{npy("<f4", "(-1,)", {1}), ErrorCode::corrupt, "shape is '-1,'"},
        BadInput{npy("<f4", "(99999999999,)", {1}), ErrorCode::unsupported, "limit"},
        BadInput{npy("<f4", "(10000000, 10000000)", {1}), ErrorCode::unsupported, "more than"}));

/// Two frames of points that fill a picture of 720 by 1280, the second of them empty.
std::vector<double> pixels(double scale_x = 720, double scale_y = 1280) {
  std::vector<double> values;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    values.push_back(scale_x * (0.1 + 0.02 * static_cast<double>(i)));
    values.push_back(scale_y * (0.05 + 0.025 * static_cast<double>(i)));
    values.push_back(static_cast<double>(i) - 16);
  }
  values.resize(2 * 3 * engine::kLandmarkCount, 0.0);
  return values;
}

TEST(NpyLandmarks, AreReadInBothShapes) {
  for (const char* shape : {"(2, 33, 3)", "(2, 99)"}) {
    const TemporaryFolder folder;
    put_file(folder / "a.npy", npy("<f4", shape, pixels()));
    const auto read = read_landmarks(folder / "a.npy", {.rate = Hertz{25}});
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->source.format, LandmarkFormat::npy);
    EXPECT_TRUE(read->source.world_from_image);
    ASSERT_EQ(read->frames.size(), 2U);
    EXPECT_DOUBLE_EQ(read->frames[1].time.value(), 0.04);
    EXPECT_NEAR((*read->frames[0].pose->image)[engine::Landmark::left_eye_inner].y_px, 1280 * 0.075, 1e-4);
    EXPECT_FALSE(read->frames[1].pose) << "zeros are nobody";
  }
}

TEST(NpyLandmarks, NeedARateAndAKnownShape) {
  const auto array = parse_npy(npy("<f8", "(2, 99)", pixels()));
  EXPECT_EQ(landmarks_from_npy(*array).error().code, ErrorCode::invalid_argument);
  const auto other = landmarks_from_npy({{2, 17, 3}, std::vector<double>(102)}, {.rate = Hertz{30}});
  EXPECT_EQ(other.error().code, ErrorCode::unsupported);
  EXPECT_THAT(other.error().cause, HasSubstr("[2, 17, 3]"));
}

TEST(NpyLandmarks, TakeAPointWithoutANumberAsNotSeen) {
  std::vector<double> values = pixels();
  values[3 * static_cast<std::size_t>(engine::Landmark::left_wrist)] =
      std::numeric_limits<double>::quiet_NaN();
  const auto read = landmarks_from_npy({{2, 99}, values}, {.rate = Hertz{30}});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_TRUE(read->source.never_measured[engine::Landmark::left_wrist]);
}

TEST(NpyLandmarks, AreRefusedWhereProportionsAreLost) {
  EXPECT_THAT(landmarks_from_npy({{2, 99}, pixels(1, 1)}, {.rate = Hertz{30}}).error().cause,
              HasSubstr("shares"));
  std::vector<double> stretched;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    for (int axis = 0; axis < 3; ++axis)
      stretched.push_back(static_cast<double>(i) / (engine::kLandmarkCount - 1));
  }
  const auto lost = landmarks_from_npy({{1, 33, 3}, stretched}, {.rate = Hertz{30}});
  ASSERT_FALSE(lost);
  EXPECT_EQ(lost.error().code, ErrorCode::unsupported);
  EXPECT_THAT(lost.error().cause, HasSubstr("proportions"));
}

TEST(NpyLandmarks, OfTheCountingDataAreReadAsAnArrayOnly) {
  const auto path = shared_data("reps/poses/stu10_1.npy");
  REPRISE_NEEDS_DATA(path);
  const auto array = parse_npy(get_file(path));
  ASSERT_TRUE(array) << to_string(array.error());
  EXPECT_THAT(array->shape, ElementsAre(900U, 104U));  // as its header says
  const auto landmarks = read_landmarks(path, {.rate = Hertz{30}});
  ASSERT_FALSE(landmarks);
  EXPECT_EQ(landmarks.error().code, ErrorCode::unsupported);
  EXPECT_THAT(landmarks.error().cause, HasSubstr("104 columns"));
}

TEST(NpyPoints, ReadLayoutsWithoutAngles) {
  std::vector<double> values(2 * 104, 0.0);  // the second frame shows no person
  for (std::size_t i = 0; i < 104; ++i) values[i] = static_cast<double>(i) / 104;
  const auto array = parse_npy(npy("<f4", "(2, 104)", values));
  ASSERT_TRUE(array);
  const auto points = points_from_npy(*array);
  ASSERT_TRUE(points) << to_string(points.error());
  ASSERT_EQ(points->size(), 2U);
  ASSERT_TRUE((*points)[0]);
  EXPECT_NEAR((*(*points)[0])[engine::Landmark::left_eye_inner].x(), 3.0 / 104, 1e-6);
  EXPECT_FALSE((*points)[1]);
}

TEST(NpyPoints, TakeAFrameWithANaNForLost) {
  std::vector<double> values(99, 1.0);
  values[5] = std::numeric_limits<double>::quiet_NaN();
  const auto points = points_from_npy(*parse_npy(npy("<f8", "(1, 99)", values)));
  ASSERT_TRUE(points);
  EXPECT_FALSE((*points)[0]);
}

TEST(NpyPoints, RefuseOtherShapes) {
  const auto points = points_from_npy(*parse_npy(npy("<f8", "(1, 5)", {1, 2, 3, 4, 5})));
  ASSERT_FALSE(points);
  EXPECT_THAT(points.error().cause, HasSubstr("[1, 5]"));
}

}  // namespace
}  // namespace reprise::sensing
