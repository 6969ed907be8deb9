// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/signal_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/activity/timestamp.h"

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

std::vector<std::string> codes(const SignalRecording& recording) {
  std::vector<std::string> out;
  for (const auto& finding : recording.findings) out.push_back(finding.code);
  return out;
}

SignalTextOptions at_rate(double rate_hz) {
  SignalTextOptions options;
  options.rate = Hertz{rate_hz};
  return options;
}

TEST(SignalText, ReadsNamesAndUnitsOfAForcePlate) {
  const auto read =
      parse_signal_text("Time[s]\tFx[N]\tMx[Nm]\tCOPx[cm]\n0.01\t1\t2\t3\n0.02\t4\t5\t6\n0.03\t7\t8\t9\n");
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_THAT(read->groups, SizeIs(1));
  EXPECT_EQ(read->groups[0].rate.value(), 100);
  EXPECT_DOUBLE_EQ(read->groups[0].start.value(), 0.01);
  const auto& channels = read->groups[0].channels;
  ASSERT_THAT(channels, SizeIs(3));
  EXPECT_EQ(channels[0].name, "Fx");
  EXPECT_EQ(channels[0].unit, "N");
  EXPECT_EQ(channels[1].unit, "N.m");
  EXPECT_EQ(channels[2].unit, "cm");
  EXPECT_THAT(channels[2].values, ElementsAre(3, 6, 9));
  EXPECT_THAT(read->findings, IsEmpty());
}

TEST(SignalText, ReadsSensorsOfATwoRowHeader) {
  const std::string text =
      "sensor,left_sensor,right_sensor,left_sensor\naxis,acc_x,acc_x,acc_y\n0,1,2,3\n1,4,5,6\n2,7,8,9\n";
  const auto read = parse_signal_text(text, at_rate(204.8));
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_THAT(read->groups, SizeIs(2));
  EXPECT_EQ(read->groups[0].name, "left_sensor");
  EXPECT_EQ(read->groups[0].rate.value(), 204.8);
  ASSERT_THAT(read->groups[0].channels, SizeIs(2));
  EXPECT_THAT(read->groups[0].channels[1].values, ElementsAre(3, 6, 9));
  EXPECT_THAT(read->groups[1].channels[0].values, ElementsAre(2, 5, 8));
  // A counter of samples is no clock.
  const auto without = parse_signal_text(text);
  EXPECT_EQ(without.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(without.error().cause, HasSubstr("neither"));
}

TEST(SignalText, ReadsAHeaderWithARowOfUnits) {
  const auto read = parse_signal_text(
      "sep=\t\nTime\tAccel_X\tGyro_X\nCAL\tCAL\tCAL\nms\tm/(s^2)\tdeg/s\n"
      "0\t1\t2\n20\t3\t4\n40\t5\t6\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 50);
  EXPECT_EQ(read->groups[0].channels[1].name, "Gyro_X");
  EXPECT_EQ(read->groups[0].channels[1].unit, "deg/s");
}

TEST(SignalText, ReadsATableWithoutAHeader) {
  const auto read = parse_signal_text("1E-3,0\r\n0.002,-0.5\r\n0.003,0.25\r\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 1000);
  EXPECT_EQ(read->groups[0].channels[0].name, "column_2");
  EXPECT_THAT(read->groups[0].channels[0].values, ElementsAre(0, -0.5, 0.25));
  EXPECT_THAT(codes(*read), Contains("time_guessed"));
}

TEST(SignalText, ReadsRateUnitsAndLabelsOfComments) {
  const auto read = parse_signal_text(
      "# Simple Text Format\n# Sampling Rate (Hz):= 100.00\n# Units:= m/s^2\n# Labels:= acc_x\tacc_y\n"
      "0.1\t-0.9\n0.2\t-0.8\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 100);
  EXPECT_EQ(read->groups[0].channels[1].name, "acc_y");
  EXPECT_EQ(read->groups[0].channels[1].unit, "m/s2");
  const auto open_signals = parse_signal_text(
      "# OpenSignals\n# {\"00:07\": {\"column\": [\"nSeq\", \"A1\"], \"sampling rate\": 1000}}\n# "
      "EndOfHeader\n"
      "0\t510\n1\t511\n2\t512\n");
  ASSERT_TRUE(open_signals) << to_string(open_signals.error());
  EXPECT_EQ(open_signals->groups[0].rate.value(), 1000);
  ASSERT_THAT(open_signals->groups[0].channels, SizeIs(1));
  EXPECT_EQ(open_signals->groups[0].channels[0].name, "A1");
}

TEST(SignalText, PassesOverProseAndRulesBeforeTheHeader) {
  const auto read = parse_signal_text(
      "From a journal,\nwith "
      "permission.\n\nTime\t\tRaw\t\tAccel\n-----------\n0.00\t1\t2\n0.02\t3\t4\n0.04\t5\t6\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 50);
  EXPECT_EQ(read->groups[0].channels[0].name, "Raw");
}

TEST(SignalText, ReadsDecimalCommas) {
  const auto read = parse_signal_text("Zeit;a\n0,00;1,5\n0,01;2,5\n0,02;3,5\n");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 100);
  EXPECT_THAT(read->groups[0].channels[0].values, ElementsAre(1.5, 2.5, 3.5));
}

TEST(SignalText, ReadsDatesAndEpochs) {
  const auto dates = parse_signal_text(
      "timestamp,hr\n2024-05-01T10:00:00Z,70\n2024-05-01T10:00:01Z,71\n2024-05-01T10:00:02Z,72\n");
  ASSERT_TRUE(dates) << to_string(dates.error());
  EXPECT_EQ(dates->groups[0].rate.value(), 1);
  EXPECT_EQ(dates->groups[0].start.value(), 0);
  EXPECT_EQ(dates->recorded_at, "2024-05-01T10:00:00.000Z");
  const auto epoch = parse_signal_text("t,a\n1714557600000,1\n1714557600040,2\n1714557600080,3\n");
  ASSERT_TRUE(epoch) << to_string(epoch.error());
  EXPECT_EQ(epoch->groups[0].rate.value(), 25);
  EXPECT_EQ(epoch->recorded_at, "2024-05-01T10:00:00.000Z");
  const auto clock = parse_signal_text("time,a\n10:00:00.00,1\n10:00:00.50,2\n10:00:01.00,3\n");
  ASSERT_TRUE(clock) << to_string(clock.error());
  EXPECT_EQ(clock->groups[0].rate.value(), 2);
}

TEST(SignalText, SpellsTimestampsInUtc) {
  EXPECT_EQ(parse_timestamp("1970-01-02T00:00:01Z"), 86401);
  EXPECT_EQ(parse_timestamp("1970-01-02 01:00:00+01:00"), 86400);
  EXPECT_EQ(parse_timestamp("00:01:00.5"), 60.5);
  EXPECT_FALSE(parse_timestamp("1970-13-02T00:00:01Z"));
  EXPECT_FALSE(parse_timestamp("12:61:00"));
  EXPECT_FALSE(parse_timestamp("left"));
}

TEST(SignalText, TakesNonsenseCellsAsMissing) {
  std::string text = "time,a,b\n";
  for (int i = 0; i < 100; ++i)
    text += std::to_string(i * 10) + "e-3," + (i < 50 ? "" : "1") + "," +
            (i == 7   ? "NaN"
             : i == 9 ? "x"
                      : "2") +
            "\n";
  const auto read = parse_signal_text(text);
  ASSERT_TRUE(read) << to_string(read.error());
  const auto& channels = read->groups[0].channels;
  EXPECT_THAT(channels[0].missing, ElementsAre(engine::SampleRange{0, 50}));
  EXPECT_THAT(channels[1].missing, IsEmpty());  // single ones are interpolated
  EXPECT_EQ(channels[1].values[7], 2);
  EXPECT_THAT(codes(*read), Contains("unreadable_cells"));
}

TEST(SignalText, LeavesColumnsOfTextOut) {
  const auto read = parse_signal_text("time,foot,a\n0.0,left,1\n0.1,left,2\n0.2,right,3\n");
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_THAT(read->groups[0].channels, SizeIs(1));
  EXPECT_EQ(read->groups[0].channels[0].name, "a");
}

TEST(SignalText, SaysThatTheFileIsCutOff) {
  const auto read = parse_signal_text("time,a,b\n0.0,1,2\n0.1,2,3\n0.2,3,4\n0.3,4");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].size(), 3U);
  EXPECT_THAT(codes(*read), ElementsAre("cut_off"));
}

TEST(SignalText, FollowsADescriptionOfTheColumns) {
  const auto description = parse_column_description(
      R"({"rate_hz": 50, "columns": [{"name": "u", "as": "acceleration_x", "sensor": "left_foot", "unit": "g"}]})");
  ASSERT_TRUE(description) << to_string(description.error());
  SignalTextOptions options;
  options.description = *description;
  const auto read = parse_signal_text("u,v\n1,2\n3,4\n", options);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].rate.value(), 50);
  EXPECT_EQ(read->groups[0].name, "left_foot");
  EXPECT_EQ(read->groups[0].channels[0].unit, "g");
  EXPECT_EQ(read->groups[0].channels[0].meaning, "acceleration_x");
  const auto other = parse_signal_text("w,v\n1,2\n3,4\n", options);
  EXPECT_EQ(other.error().code, ErrorCode::invalid_argument);
  EXPECT_THAT(other.error().cause, HasSubstr("'u'"));
}

TEST(SignalText, RefusesWrongDescriptions) {
  const auto code = [](const char* text) { return parse_column_description(text).error().code; };
  EXPECT_EQ(code("{"), ErrorCode::corrupt);
  EXPECT_EQ(code("[]"), ErrorCode::invalid_argument);
  EXPECT_EQ(code(R"({"rate": 5})"), ErrorCode::invalid_argument);
  EXPECT_EQ(code(R"({"rate_hz": 0})"), ErrorCode::invalid_argument);
  EXPECT_EQ(code(R"({"rate_hz": "100"})"), ErrorCode::invalid_argument);
  EXPECT_EQ(code(R"({"columns": 5})"), ErrorCode::invalid_argument);
  EXPECT_EQ(code(R"({"columns": [{"as": "ecg"}]})"), ErrorCode::invalid_argument);
  EXPECT_EQ(code(R"({"columns": [{"name": "a", "unit": "furlong"}]})"), ErrorCode::invalid_argument);
}

TEST(SignalText, RefusesOtherFiles) {
  EXPECT_EQ(parse_signal_text("").error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(parse_signal_text("Dear patient,\nplease come.\n").error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(parse_signal_text(std::string{"a\0b", 3}).error().code, ErrorCode::unsupported);
  EXPECT_EQ(parse_signal_text("time\n0\n1\n2\n").error().code, ErrorCode::nothing_measured);
  std::string ragged = "time,a\n";
  for (int i = 0; i < 20; ++i) ragged += std::to_string(i) + (i % 3 == 2 ? "\n" : ",1\n");
  EXPECT_EQ(parse_signal_text(ragged).error().code, ErrorCode::corrupt);
  EXPECT_THAT(parse_signal_text(ragged).error().cause, HasSubstr("line 4"));
  std::string wide = "1";
  for (int i = 0; i < 2000; ++i) wide += ",1";
  EXPECT_EQ(parse_signal_text(wide + "\n" + wide + "\n", at_rate(1)).error().code, ErrorCode::unsupported);
}

TEST(SignalText, NoticesMissingNumbersOfACounter) {
  std::string text = "samples,a\n";
  for (int i = 0; i < 100; ++i) {
    if (i < 40 || i >= 60) text += std::to_string(i) + "," + std::to_string(i) + "\n";
  }
  const auto read = parse_signal_text(text, at_rate(100));
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->groups[0].size(), 100U);
  EXPECT_THAT(read->groups[0].channels[0].missing, ElementsAre(engine::SampleRange{40, 60}));
  EXPECT_EQ(read->groups[0].channels[0].values[60], 60);
  EXPECT_THAT(codes(*read), Contains("gaps"));
  EXPECT_THAT(codes(*read), Not(Contains("uneven_times")));
}

}  // namespace
}  // namespace reprise::sensing
