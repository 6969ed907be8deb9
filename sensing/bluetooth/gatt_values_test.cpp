// SPDX-License-Identifier: Apache-2.0
#include "sensing/bluetooth/gatt_values.h"

#include <gmock/gmock.h>

namespace reprise::sensing {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;
using Bytes = std::vector<std::uint8_t>;

TEST(HeartRateMeasurement, GivesRateContactAndEveryInterval) {
  // Flags: contact told and good, intervals.
  const auto value = parse_heart_rate(Bytes{0x16, 72, 0x00, 0x04, 0x33, 0x03});
  ASSERT_TRUE(value) << to_string(value.error());
  EXPECT_EQ(value->rate_bpm, 72);
  EXPECT_EQ(value->contact, SkinContact::good);
  ASSERT_THAT(value->rr, SizeIs(2));
  EXPECT_DOUBLE_EQ(value->rr[0].value(), 1.0);
  EXPECT_DOUBLE_EQ(value->rr[1].value(), 819.0 / 1024);
}

TEST(HeartRateMeasurement, AStrapThatCannotTellOfContactHasNotLostIt) {
  EXPECT_EQ(parse_heart_rate(Bytes{0x00, 60})->contact, SkinContact::unknown);
  EXPECT_EQ(parse_heart_rate(Bytes{0x02, 60})->contact, SkinContact::unknown);
  EXPECT_EQ(parse_heart_rate(Bytes{0x04, 60})->contact, SkinContact::lost);
}

TEST(HeartRateMeasurement, ReadsWideRatesAndSkipsEnergy) {
  EXPECT_EQ(parse_heart_rate(Bytes{0x01, 0xFF, 0xFF})->rate_bpm, 0);
  const auto value = parse_heart_rate(Bytes{0x19, 0x2C, 0x01, 0xFF, 0xFF, 0x00, 0x02});
  ASSERT_TRUE(value);
  EXPECT_EQ(value->rate_bpm, 300);
  ASSERT_THAT(value->rr, SizeIs(1));
  EXPECT_DOUBLE_EQ(value->rr[0].value(), 0.5);
}

TEST(HeartRateMeasurement, AnIntervalOfNothingIsNone) {
  EXPECT_THAT(parse_heart_rate(Bytes{0x10, 60, 0, 0})->rr, IsEmpty());
}

TEST(HeartRateMeasurement, BytesThatEndTooEarlyAreAnError) {
  for (const Bytes& bytes : {Bytes{}, Bytes{0x00}, Bytes{0x01, 60}, Bytes{0x08, 60, 1}, Bytes{0x10, 60, 1}}) {
    const auto value = parse_heart_rate(bytes);
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().code, ErrorCode::corrupt);
  }
  EXPECT_FALSE(parse_heart_rate(Bytes(kMostAttributeBytes + 1)));
}

TEST(Oxygen, IsReadAsPercentOrNotAtAll) {
  const auto value = parse_oxygen(Bytes{0x00, 97, 0x00, 64, 0x00});
  ASSERT_TRUE(value);
  EXPECT_EQ(value->saturation_percent, 97);
  EXPECT_EQ(value->pulse_bpm, 64);
  const auto tenths = parse_oxygen(Bytes{0x01, 0xCD, 0xF3, 64, 0x00});  // 973 tenths
  EXPECT_DOUBLE_EQ(*tenths->saturation_percent, 97.3);
  const auto none = parse_oxygen(Bytes{0x00, 0xFF, 0x07, 0xFF, 0x07});  // not a number
  ASSERT_TRUE(none);
  EXPECT_EQ(none->saturation_percent, std::nullopt);
  EXPECT_EQ(none->pulse_bpm, std::nullopt);
  EXPECT_EQ(parse_oxygen(Bytes{0x00, 120, 0, 64, 0})->saturation_percent, std::nullopt);
  EXPECT_FALSE(parse_oxygen(Bytes{0x00, 97, 0x00, 64}));
}

TEST(BloodPressure, IsInMillimetersOfMercuryWhateverTheDeviceSends) {
  const auto value = parse_blood_pressure(Bytes{0x00, 128, 0x00, 82, 0x00, 97, 0x00});
  ASSERT_TRUE(value);
  EXPECT_EQ(value->systolic_mmhg, 128);
  EXPECT_EQ(value->diastolic_mmhg, 82);
  EXPECT_EQ(value->pulse_bpm, std::nullopt);
  // 17.1 and 10.9 kPa, with a time stamp and a pulse of 71.
  const auto kilopascals = parse_blood_pressure(
      Bytes{0x07, 0xAB, 0xF0, 0x6D, 0xF0, 0x82, 0xF0, 0xEA, 0x07, 3, 2, 10, 0, 0, 71, 0x00});
  ASSERT_TRUE(kilopascals);
  EXPECT_NEAR(kilopascals->systolic_mmhg, 128.3, 0.05);
  EXPECT_NEAR(kilopascals->diastolic_mmhg, 81.8, 0.05);
  EXPECT_EQ(kilopascals->pulse_bpm, 71);
  EXPECT_EQ(kilopascals->taken, "2026-03-02T10:00:00");
  EXPECT_EQ(value->taken, "");
}

TEST(BloodPressure, ACuffThatFailedMeasuredNothing) {
  const auto failed = parse_blood_pressure(Bytes{0x00, 0xFF, 0x07, 0xFF, 0x07, 0xFF, 0x07});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::nothing_measured);
  EXPECT_FALSE(parse_blood_pressure(Bytes{0x00, 80, 0, 120, 0, 97, 0}));       // upside down
  EXPECT_FALSE(parse_blood_pressure(Bytes{0x00, 0xFF, 0x11, 120, 0, 97, 0}));  // 5110 mmHg
  EXPECT_EQ(parse_blood_pressure(Bytes{0x02, 128, 0, 82, 0, 97, 0}).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace reprise::sensing
