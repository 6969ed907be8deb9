// SPDX-License-Identifier: Apache-2.0
#include "sensing/bluetooth/live_stream.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace reprise::sensing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using Bytes = std::vector<std::uint8_t>;

Bytes bytes_of(std::string_view text) {
  return {text.begin(), text.end()};
}

constexpr std::string_view kInertial = R"({"rate_hz": 100, "channels": [
  {"as": "left_thigh.acceleration_x", "unit": "g", "scale": 0.001},
  {"as": "left_thigh.acceleration_y", "unit": "g", "scale": 0.001},
  {"as": "left_thigh.acceleration_z", "unit": "g", "scale": 0.001},
  {"as": "left_thigh.angular_velocity_x", "unit": "deg/s", "scale": 0.1}]})";
constexpr std::string_view kForce =
    R"({"rate_hz": 50, "channels": [{"as": "right_foot.force", "unit": "N", "scale": 0.5}]})";

LiveStream stream_of(std::string_view text) {
  return LiveStream{parse_stream_description(bytes_of(text)).value()};
}

/// A packet of one channel.
Bytes packet(std::uint32_t number, const std::vector<int>& samples) {
  Bytes bytes;
  for (int i = 0; i < 4; ++i) bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  for (const int one : samples) {
    bytes.push_back(static_cast<std::uint8_t>(one & 0xff));
    bytes.push_back(static_cast<std::uint8_t>((one >> 8) & 0xff));
  }
  return bytes;
}

TEST(LiveStream, ReadsPlaceRateAndUnits) {
  const auto description = parse_stream_description(bytes_of(kInertial)).value();
  EXPECT_EQ(description.place, "left_thigh");
  EXPECT_EQ(description.rate, Hertz{100});
  EXPECT_NEAR(description.channels[0].scale, 0.00980665, 1e-12);
  EXPECT_NEAR(description.channels[3].scale, 0.1 * kPi / 180, 1e-12);
  EXPECT_THAT(description.channels_of(StreamQuantity::acceleration), ElementsAre(0, 1, 2));
  EXPECT_THAT(description.channels_of(StreamQuantity::angular_velocity), IsEmpty()) << "y and z are missing";
}

TEST(LiveStream, TakesTheTerminatingZeroOfAText) {
  Bytes bytes = bytes_of(kForce);
  bytes.push_back(0);
  EXPECT_TRUE(parse_stream_description(bytes).has_value());
}

struct BadDescription {
  const char* name;
  std::string_view text;
  const char* says;
};
class RefusedDescription : public ::testing::TestWithParam<BadDescription> {};
TEST_P(RefusedDescription, IsRefusedWithTheField) {
  const auto read = parse_stream_description(bytes_of(GetParam().text));
  ASSERT_FALSE(read.has_value());
  EXPECT_THAT(read.error().cause, HasSubstr(GetParam().says));
  EXPECT_NE(read.error().remedy, "");
}
INSTANTIATE_TEST_SUITE_P(
    LiveStream, RefusedDescription,
    ::testing::Values(
        BadDescription{"NoJson", "IMU v2", ""},
        BadDescription{"NoChannel", R"({"rate_hz": 100, "channels": []})", "channels"},
        BadDescription{"OneHertz", R"({"rate_hz": 1, "channels": [{"as": "emg", "unit": "V", "scale": 1}]})",
                       "rate_hz"},
        BadDescription{
            "OtherQuantity",
            R"({"rate_hz": 100, "channels": [{"as": "left_thigh.heat", "unit": "K", "scale": 1}]})", "as"},
        BadDescription{"OtherPlace",
                       R"({"rate_hz": 100, "channels": [{"as": "left_ear.emg", "unit": "V", "scale": 1}]})",
                       "as"},
        BadDescription{
            "WrongUnit",
            R"({"rate_hz": 100, "channels": [{"as": "acceleration_x", "unit": "deg/s", "scale": 1}]})",
            "unit"},
        BadDescription{"ScaleOfZero",
                       R"({"rate_hz": 100, "channels": [{"as": "emg", "unit": "V", "scale": 0}]})", "scale"},
        BadDescription{"TwoPlaces",
                       R"({"rate_hz": 100, "channels": [
                         {"as": "left_foot.force", "unit": "N", "scale": 1},
                         {"as": "right_foot.emg", "unit": "V", "scale": 1}]})",
                       "place"},
        BadDescription{"Twice",
                       R"({"rate_hz": 100, "channels": [
                         {"as": "emg", "unit": "V", "scale": 1}, {"as": "emg", "unit": "V", "scale": 1}]})",
                       "no other"}),
    [](const auto& one) { return one.param.name; });

TEST(LiveStream, RefusesADescriptionLongerThanAnAttribute) {
  EXPECT_EQ(parse_stream_description(Bytes(513, ' ')).error().code, ErrorCode::corrupt);
}

TEST(LiveStream, ScalesSamplesAndNumbersThem) {
  auto stream = stream_of(kForce);
  const auto first = stream.take(packet(7, {100, -200})).value();
  EXPECT_EQ(first.first, 7U);
  EXPECT_THAT(first.values, ElementsAre(50.0, -100.0));
  EXPECT_EQ(stream.take(packet(9, {2})).value().first, 9U);
}

TEST(LiveStream, SaysWhatWasLost) {
  auto stream = stream_of(kForce);
  (void)stream.take(packet(0, {1, 2}));
  const auto after = stream.take(packet(5, {3})).value();
  EXPECT_EQ(after.lost, 3U);
  EXPECT_EQ(after.first, 5U);
}

TEST(LiveStream, LeavesOutWhatCameTwice) {
  auto stream = stream_of(kForce);
  (void)stream.take(packet(0, {1, 2, 3}));
  const auto all = stream.take(packet(0, {1, 2, 3})).value();
  EXPECT_EQ(all.doubled, 3U);
  EXPECT_THAT(all.values, IsEmpty());
  const auto half = stream.take(packet(2, {3, 4})).value();
  EXPECT_EQ(half.doubled, 1U);
  EXPECT_THAT(half.values, ElementsAre(2.0));
  EXPECT_EQ(stream.take(packet(4, {5})).value().lost, 0U);
}

TEST(LiveStream, CountsOnWhereNumbersTurn) {
  auto stream = stream_of(kForce);
  (void)stream.take(packet(0xffffffffU, {1}));
  const auto turned = stream.take(packet(0, {2})).value();
  EXPECT_EQ(turned.first, 0x100000000U);
  EXPECT_EQ(turned.lost, 0U);
}

TEST(LiveStream, NoticesASensorThatBeganAnew) {
  auto stream = stream_of(kForce);
  (void)stream.take(packet(10'000, {1}));
  const auto anew = stream.take(packet(0, {2})).value();
  EXPECT_TRUE(anew.restarted);
  EXPECT_GT(anew.first, 10'001U);
  EXPECT_FALSE(stream.take(packet(1, {3})).value().restarted);
  EXPECT_TRUE(stream.take(packet(900'000, {3})).value().restarted) << "no one loses five hours";
}

TEST(LiveStream, LeavesOutMissingAndSaturatedNumbers) {
  auto stream = stream_of(kForce);
  const auto read = stream.take(packet(0, {-32768, 32767, -32767, 4})).value();
  EXPECT_THAT(read.values, ElementsAre(std::nullopt, std::nullopt, std::nullopt, 2.0));
  EXPECT_THAT(read.ends, ElementsAre(0, 1, -1, 0));
}

TEST(LiveStream, RefusesPacketsWithoutAWholeNumberOfSamples) {
  auto stream = stream_of(kInertial);
  for (const std::size_t size : {0U, 3U, 4U, 11U, 13U, 513U})
    EXPECT_EQ(stream.take(Bytes(size, 1)).error().code, ErrorCode::corrupt) << size;
}

}  // namespace
}  // namespace reprise::sensing
