// SPDX-License-Identifier: Apache-2.0
#include "sensing/bluetooth/gatt_values.h"

#include <gmock/gmock.h>

namespace reprise::sensing {
namespace {

using ::testing::ElementsAre;
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
  const auto value = parse_oxygen(Bytes{0x00, 97, 0x00, 64, 0x00}, OxygenReading::spot_check);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->saturation_percent, 97);
  EXPECT_EQ(value->pulse_bpm, 64);
  const auto tenths =
      parse_oxygen(Bytes{0x00, 0xCD, 0xF3, 64, 0x00}, OxygenReading::spot_check);  // 973 tenths
  EXPECT_DOUBLE_EQ(*tenths->saturation_percent, 97.3);
  const auto none =
      parse_oxygen(Bytes{0x00, 0xFF, 0x07, 0xFF, 0x07}, OxygenReading::spot_check);  // not a number
  ASSERT_TRUE(none);
  EXPECT_EQ(none->saturation_percent, std::nullopt);
  EXPECT_EQ(none->pulse_bpm, std::nullopt);
  EXPECT_EQ(parse_oxygen(Bytes{0x00, 120, 0, 64, 0}, OxygenReading::spot_check)->saturation_percent,
            std::nullopt);
  EXPECT_FALSE(parse_oxygen(Bytes{0x00, 97, 0x00, 64}, OxygenReading::spot_check));
}

// Continuous: fast and slow pairs before the two fields of status.
Bytes continuous(unsigned measurement, unsigned sensor) {
  return {0x0F,
          97,
          0x00,
          64,
          0x00,
          96,
          0x00,
          65,
          0x00,
          98,
          0x00,
          63,
          0x00,
          static_cast<std::uint8_t>(measurement),
          static_cast<std::uint8_t>(measurement >> 8U),
          static_cast<std::uint8_t>(sensor),
          static_cast<std::uint8_t>(sensor >> 8U),
          0x00};
}

TEST(Oxygen, AValueThatTheDeviceDoubtsIsNone) {
  struct Case {
    unsigned measurement, sensor;
    DeviceNotice notice;
  };
  for (const auto& [measurement, sensor, notice] : {Case{1U << 15U, 0, DeviceNotice::poor_signal},
                                                    {1U << 14U, 0, DeviceNotice::poor_signal},
                                                    {1U << 13U, 0, DeviceNotice::poor_signal},
                                                    {1U << 12U, 0, DeviceNotice::not_ready},
                                                    {1U << 11U, 0, DeviceNotice::not_live},
                                                    {1U << 10U, 0, DeviceNotice::not_live},
                                                    {1U << 9U, 0, DeviceNotice::not_live},
                                                    {1U << 6U, 0, DeviceNotice::not_ready},
                                                    {0, 1U << 1U, DeviceNotice::faulty},
                                                    {0, 1U << 4U, DeviceNotice::poor_signal},
                                                    {0, 1U << 11U, DeviceNotice::not_worn},
                                                    {0, 1U << 13U, DeviceNotice::not_worn},
                                                    {0, 1U << 14U, DeviceNotice::faulty},
                                                    {0, 1U << 15U, DeviceNotice::not_worn}}) {
    const auto value = parse_oxygen(continuous(measurement, sensor), OxygenReading::continuous);
    ASSERT_TRUE(value) << measurement << ' ' << sensor;
    EXPECT_THAT(value->notices, ElementsAre(notice)) << measurement << ' ' << sensor;
    EXPECT_EQ(value->saturation_percent, std::nullopt);
    EXPECT_EQ(value->pulse_bpm, std::nullopt);
  }
}

TEST(Oxygen, GoodAndOngoingValuesOfContinuousMeasuringCount) {
  constexpr unsigned kOngoingValidatedQualified = (1U << 5U) | (1U << 7U) | (1U << 8U);
  const auto value = parse_oxygen(continuous(kOngoingValidatedQualified, 1), OxygenReading::continuous);
  ASSERT_TRUE(value);
  EXPECT_EQ(value->saturation_percent, 97) << "the normal pair, not the fast one";
  EXPECT_THAT(value->notices, IsEmpty());
  // Of a spot check the same bit says that the value is not final.
  const auto spot = parse_oxygen(Bytes{0x02, 97, 0, 64, 0, 0x20, 0x00}, OxygenReading::spot_check);
  ASSERT_TRUE(spot);
  EXPECT_THAT(spot->notices, ElementsAre(DeviceNotice::not_ready));
  EXPECT_EQ(spot->saturation_percent, std::nullopt);
}

TEST(Oxygen, AColdFingerIsSaidAndTheValueCounts) {
  const auto value = parse_oxygen(continuous(0, 1U << 5U), OxygenReading::continuous);
  ASSERT_TRUE(value);
  EXPECT_THAT(value->notices, ElementsAre(DeviceNotice::low_perfusion));
  EXPECT_EQ(value->saturation_percent, 97);
}

TEST(Oxygen, SkipsTheTimeOfASpotCheckBeforeItsStatus) {
  const auto value =
      parse_oxygen(Bytes{0x07, 97, 0, 64, 0, 0xEA, 0x07, 3, 2, 10, 0, 0, 0x00, 0x80, 0, 0x08, 0},
                   OxygenReading::spot_check);
  ASSERT_TRUE(value);
  EXPECT_THAT(value->notices, ElementsAre(DeviceNotice::not_worn, DeviceNotice::poor_signal));
  EXPECT_EQ(parse_oxygen(Bytes{0x04, 97, 0, 64, 0, 0}, OxygenReading::spot_check).error().code,
            ErrorCode::corrupt)
      << "the status that the flags promise is missing";
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
  EXPECT_NEAR(kilopascals->systolic_mmhg.value_or(0), 128.3, 0.05);
  EXPECT_NEAR(kilopascals->diastolic_mmhg.value_or(0), 81.8, 0.05);
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

TEST(BloodPressure, AReadingThatTheCuffSpoiledIsNone) {
  // With a pulse and a user before the status.
  const auto with = [](std::uint8_t status) {
    return parse_blood_pressure(Bytes{0x1C, 128, 0, 82, 0, 97, 0, 71, 0, 1, status, 0});
  };
  for (const auto& [status, notice] : {std::pair{0x01, DeviceNotice::body_movement},
                                       {0x02, DeviceNotice::cuff_loose},
                                       {0x20, DeviceNotice::wrong_position}}) {
    const auto value = with(static_cast<std::uint8_t>(status));
    ASSERT_TRUE(value);
    EXPECT_THAT(value->notices, ElementsAre(notice));
    EXPECT_EQ(value->systolic_mmhg, std::nullopt);
    EXPECT_EQ(value->diastolic_mmhg, std::nullopt);
    EXPECT_EQ(value->pulse_bpm, std::nullopt);
  }
  const auto irregular = with(0x04);
  ASSERT_TRUE(irregular);
  EXPECT_THAT(irregular->notices, ElementsAre(DeviceNotice::irregular_pulse));
  EXPECT_EQ(irregular->systolic_mmhg, 128);
  EXPECT_THAT(with(0x18)->notices, IsEmpty()) << "the pulse rate's range is no fault of the cuff";
  // A cuff that failed and says why.
  const auto failed = parse_blood_pressure(Bytes{0x10, 0xFF, 0x07, 0xFF, 0x07, 0xFF, 0x07, 0x03, 0});
  ASSERT_TRUE(failed);
  EXPECT_THAT(failed->notices, ElementsAre(DeviceNotice::cuff_loose, DeviceNotice::body_movement));
  EXPECT_EQ(parse_blood_pressure(Bytes{0x10, 128, 0, 82, 0, 97, 0, 0}).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace reprise::sensing
