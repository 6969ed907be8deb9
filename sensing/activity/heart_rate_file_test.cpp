// SPDX-License-Identifier: Apache-2.0
#include "sensing/activity/heart_rate_file.h"

#include <gmock/gmock.h>

#include "sensing/activity/timestamp.h"

namespace reprise::sensing {
namespace {

using testing::HasSubstr;

const double kNoon = *parse_timestamp("2024-05-01T12:00:00Z");

std::string tcx_file() {
  std::string text = "<?xml version=\"1.0\"?><!-- <Trackpoint> --><TrainingCenterDatabase><Track>";
  for (int i = 0; i < 60; ++i) {
    text += "<Trackpoint><Time>2024-05-01T12:00:" + std::string(i < 10 ? "0" : "") + std::to_string(i) +
            "Z</Time><HeartRateBpm><Value>" + std::to_string(100 + i) +
            "</Value></HeartRateBpm></Trackpoint>";
  }
  return text + "</Track></TrainingCenterDatabase>";
}

// Newest first, as two apps write beside each other; the type definition and a source with '>' before.
std::string apple_file() {
  std::string text =
      "<?xml version=\"1.0\"?><!DOCTYPE HealthData [\n<!ELEMENT HealthData (Record*)>\n]>\n<HealthData>";
  for (int i = 59; i >= 0; --i) {
    const std::string at =
        "2024-05-01 14:00:" + std::string(i < 10 ? "0" : "") + std::to_string(i) + " +0200";
    text +=
        "<Record type=\"HKQuantityTypeIdentifierHeartRate\" device=\"a > b\" unit=\"count/min\" "
        "startDate=\"" +
        at + "\" value=\"" + std::to_string(100 + i) +
        "\"/>\n<Record type=\"HKQuantityTypeIdentifierStepCount\""
        " unit=\"count\" startDate=\"" +
        at + "\" value=\"7\"/>";
  }
  return text + "</HealthData>";
}

Result<HeartRatesOfFile> read_in_pieces(std::string_view bytes, std::size_t piece, double from_s,
                                        double to_s) {
  HeartRateFile file{from_s, to_s};
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    if (auto taken = file.take(bytes.substr(at, piece)); !taken) return tl::unexpected(taken.error());
  }
  return file.finish();
}

TEST(HeartRateFile, ReadsTheSameHoweverItIsCut) {
  // Longer than the bytes it waits for to recognize the format.
  const std::string padding(25'000, ' ');
  for (const std::string& text : {tcx_file() + padding, apple_file() + padding}) {
    for (const std::size_t piece : {1U, 7U, 1000U, 100'000U}) {
      const auto read = read_in_pieces(text, piece, kNoon, kNoon + 60);
      ASSERT_TRUE(read) << to_string(read.error());
      ASSERT_EQ(read->rates.size(), 60U) << piece;
      EXPECT_EQ(read->count, 60U);
      for (std::size_t i = 0; i < 60; ++i) {
        EXPECT_DOUBLE_EQ(read->rates[i].time_s, kNoon + static_cast<double>(i));
        EXPECT_DOUBLE_EQ(read->rates[i].rate_bpm, 100 + static_cast<double>(i));
      }
    }
  }
}

TEST(HeartRateFile, KeepsWhatIsInTheRangeAndKnowsTheRest) {
  const auto read = read_in_pieces(apple_file(), 64, kNoon + 10, kNoon + 19);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->format, "Apple Health");
  EXPECT_EQ(read->rates.size(), 10U);
  EXPECT_EQ(read->count, 60U);
  EXPECT_DOUBLE_EQ(read->first_s, kNoon);
  EXPECT_DOUBLE_EQ(read->last_s, kNoon + 59);
  const auto elsewhere = read_in_pieces(tcx_file(), 64, kNoon + 1e6, kNoon + 2e6);
  ASSERT_TRUE(elsewhere) << "a file of another day is read, and says so";
  EXPECT_EQ(elsewhere->rates.size(), 0U);
  EXPECT_EQ(elsewhere->count, 60U);
}

TEST(HeartRateFile, OneMomentHasOneHeartRate) {
  std::string twice = apple_file();
  const std::size_t from = twice.find("<Record");
  twice.insert(from, twice.substr(from, twice.rfind("</HealthData>") - from));
  const auto read = read_in_pieces(twice, 500, kNoon, kNoon + 60);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->rates.size(), 60U);
}

TEST(HeartRateFile, OneSourceAndOneHeartRateASecondAreTaken) {
  std::string text = "<HealthData>";
  const auto record = [&](const char* source, int second, int rate) {
    text += "<Record type=\"HKQuantityTypeIdentifierHeartRate\" sourceName=\"" + std::string(source) +
            "\" unit=\"count/min\" startDate=\"2024-05-01 12:00:" + std::to_string(second) +
            " +0000\" value=\"" + std::to_string(rate) + "\"/>";
  };
  for (int second = 10; second < 40; second += 5) record("Watch", second, 90);
  for (int second = 10; second < 40; ++second) record("Strap", second, 140);
  text += "</HealthData>";
  const auto read = read_in_pieces(text, 500, kNoon, kNoon + 60);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->rates.size(), 30U);
  for (const FileHeartRate& one : read->rates) EXPECT_EQ(one.rate_bpm, 140);

  std::string dense = "<TrainingCenterDatabase>";
  for (int i = 10; i < 100; ++i)
    dense += "<Trackpoint><Time>2024-05-01T12:00:01." + std::to_string(i) +
             "Z</Time><HeartRateBpm><Value>100</Value></HeartRateBpm></Trackpoint>";
  const auto thinned = read_in_pieces(dense + "</TrainingCenterDatabase>", 500, kNoon, kNoon + 60);
  ASSERT_TRUE(thinned) << to_string(thinned.error());
  EXPECT_EQ(thinned->rates.size(), 1U);
}

TEST(HeartRateFile, ATimeWithoutAZoneIsRefused) {
  std::string local = tcx_file();
  for (std::size_t at = local.find("Z</Time>"); at != std::string::npos; at = local.find("Z</Time>"))
    local.erase(at, 1);
  EXPECT_EQ(read_in_pieces(local, 500, kNoon, kNoon + 60).error().code, ErrorCode::unsupported);
}

TEST(HeartRateFile, NamesWhatIsWrong) {
  EXPECT_EQ(read_in_pieces("", 1, 0, 1).error().code, ErrorCode::unsupported);
  EXPECT_EQ(read_in_pieces("PK\x03\x04" + std::string(30'000, 'x'), 1000, 0, 1).error().code,
            ErrorCode::unsupported);
  EXPECT_EQ(read_in_pieces("<TrainingCenterDatabase></TrainingCenterDatabase>", 9, 0, 1).error().code,
            ErrorCode::nothing_measured);
  std::string cut = tcx_file();
  cut.resize(cut.size() - 30);
  EXPECT_EQ(read_in_pieces(cut, 100, 0, 1).error().code, ErrorCode::corrupt);
  EXPECT_EQ(
      read_in_pieces(std::string{"\x0E\x10\x00\x00\xFF\x00\x00\x00.FIT\x00\x00", 14}, 14, 0, 1).error().code,
      ErrorCode::corrupt);
  const std::string endless = "<HealthData><Record a=\"" + std::string(3'000'000, 'a');
  EXPECT_EQ(read_in_pieces(endless, 100'000, 0, 1).error().code, ErrorCode::corrupt);
  const std::string blank = "<HealthData>" + std::string(3'000'000, 'a');
  EXPECT_EQ(read_in_pieces(blank, 100'000, 0, 1).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace reprise::sensing
