// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/edf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/signal_files.h"

namespace reprise::sensing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::vector<std::string> codes_of_edf(const SignalRecording& recording) {
  std::vector<std::string> codes;
  for (const auto& finding : recording.findings) codes.push_back(finding.code);
  return codes;
}

TEST(Edf, GivesPhysicalValuesAtTheRateOfTheRecords) {
  for (const bool bdf : {false, true}) {
    EdfFixture fixture;
    fixture.bdf = bdf;
    fixture.physical_min = "-50";
    fixture.physical_max = "50";
    const auto read = parse_edf(edf_bytes(fixture));
    ASSERT_TRUE(read) << to_string(read.error());
    EXPECT_EQ(read->format, bdf ? "BDF" : "EDF+");
    EXPECT_EQ(read->recorded_at, "2024-03-02T10:20:30");
    ASSERT_EQ(read->groups.size(), 1U);
    EXPECT_EQ(read->groups[0].rate.value(), 4);
    const SignalChannel& channel = read->groups[0].channels[0];
    EXPECT_EQ(channel.name, "ECG");
    EXPECT_EQ(channel.unit, "mV");
    ASSERT_EQ(channel.values.size(), 12U);
    for (std::size_t i = 0; i < 12; ++i) EXPECT_DOUBLE_EQ(channel.values[i], 0.5 * static_cast<double>(i));
    EXPECT_THAT(read->findings, IsEmpty());
  }
}

TEST(Edf, ReadsNegativeSamples) {
  EdfFixture fixture;
  std::string bytes = edf_bytes(fixture);
  bytes[256 * 3] = static_cast<char>(0x9C);  // -100
  bytes[256 * 3 + 1] = static_cast<char>(0xFF);
  const auto read = parse_edf(bytes);
  ASSERT_TRUE(read);
  EXPECT_DOUBLE_EQ(read->groups[0].channels[0].values[0], -100);
}

TEST(Edf, ReadsAnnotationsAndTheirTimes) {
  EdfFixture fixture;
  fixture.lists[1] = std::string{"+1\x14\x14"} + '\0' + "+1.5\x15" + "2\x14" + "Lights off\x14" + "Door\x14";
  const auto read = parse_edf(edf_bytes(fixture));
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_THAT(read->annotations, SizeIs(2));
  EXPECT_EQ(read->annotations[0].time.value(), 1.5);
  EXPECT_EQ(read->annotations[0].label, "Lights off");
  EXPECT_EQ(read->annotations[1].label, "Door");
}

TEST(Edf, LeavesGapsOfADiscontinuousFileMissing) {
  EdfFixture fixture;
  fixture.lists[2] = "+4.5\x14\x14";
  const auto read = parse_edf(edf_bytes(fixture));
  ASSERT_TRUE(read) << to_string(read.error());
  const SignalChannel& channel = read->groups[0].channels[0];
  EXPECT_THAT(channel.missing, ElementsAre(engine::SampleRange{8, 18}));
  EXPECT_EQ(channel.values.size(), 22U);
  EXPECT_EQ(channel.values[18], 8);
  EXPECT_THAT(codes_of_edf(*read), ElementsAre("gaps"));
}

TEST(Edf, KeepsTheWholeRecordsOfAFileThatEndsEarly) {
  std::string bytes = edf_bytes({});
  bytes.resize(bytes.size() - 5);
  const auto read = parse_edf(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->groups[0].size(), 8U);
  EXPECT_THAT(codes_of_edf(*read), ElementsAre("cut_off"));
}

TEST(Edf, RefusesLyingHeaders) {
  const auto code = [](const EdfFixture& fixture) { return parse_edf(edf_bytes(fixture)).error().code; };
  EdfFixture equal_range, no_number, no_time, back_in_time, no_samples, far;
  equal_range.digital_max = "-100";
  EXPECT_EQ(code(equal_range), ErrorCode::corrupt);
  no_number.physical_min = "low";
  EXPECT_EQ(code(no_number), ErrorCode::corrupt);
  no_time.duration_s = 0;
  EXPECT_EQ(code(no_time), ErrorCode::corrupt);
  back_in_time.lists[2] = "+0.5\x14\x14";
  EXPECT_EQ(code(back_in_time), ErrorCode::unsupported);
  far.lists[2] = "+999999\x14\x14";
  EXPECT_EQ(code(far), ErrorCode::unsupported);
  no_samples.records = no_samples.declared_records = 0;
  EXPECT_EQ(code(no_samples), ErrorCode::nothing_measured);
  EXPECT_EQ(parse_edf("0").error().code, ErrorCode::corrupt);
  EXPECT_EQ(parse_edf(edf_bytes({}).substr(0, 400)).error().code, ErrorCode::corrupt);
  std::string many = edf_bytes({});
  many.replace(252, 4, "9999");
  EXPECT_EQ(parse_edf(many).error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::sensing
