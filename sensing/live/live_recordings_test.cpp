// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/live_recordings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/signals/read_signals.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

SensorMessage two_channels(std::uint64_t first, std::vector<std::optional<double>> x) {
  SensorMessage message;
  message.sensor = "back";
  message.stream = "s1";
  message.first = first;
  message.rate = Hertz{50};
  message.channels = {{"acc_x", "lower_back.acceleration_x", "m/s2"}, {"note", "", ""}};
  message.samples = {x, std::vector<std::optional<double>>(x.size(), 0.5)};
  return message;
}

TEST(LiveRecordings, AreReadAsRecordingsOfSignals) {
  const TemporaryFolder folder;
  auto recordings = LiveRecordings::open(folder.path());
  ASSERT_TRUE(recordings) << to_string(recordings.error());
  const SensorMessage message = two_channels(3, {9.81, std::nullopt, 9.5});
  const auto next = (*recordings)->open_stream(message);
  ASSERT_TRUE(next) << to_string(next.error());
  EXPECT_FALSE(*next);
  (*recordings)->append(message, {0, 0, 3});
  EXPECT_GT((*recordings)->unwritten_bytes(), 0U);
  ASSERT_TRUE((*recordings)->flush());
  EXPECT_EQ((*recordings)->unwritten_bytes(), 0U);
  EXPECT_EQ(get_file(folder / "back/s1.csv"), "sample,acc_x,note\n3,9.81,0.5\n4,,0.5\n5,9.5,0.5\n");
  const auto read = read_signals(folder / "back/s1.csv");
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->groups.size(), 1U);
  EXPECT_EQ(read->groups[0].rate.value(), 50);
  ASSERT_EQ(read->groups[0].channels.size(), 2U);
  EXPECT_EQ(read->groups[0].channels[0].meaning, "lower_back.acceleration_x");
  EXPECT_EQ(read->groups[0].channels[0].unit, "m/s2");
  EXPECT_THAT(read->groups[0].channels[1].values, ElementsAre(0.5, 0.5, 0.5));
}

TEST(LiveRecordings, GoOnWhereTheyEndedAndCutATornLineOff) {
  const TemporaryFolder folder;
  const SensorMessage message = two_channels(0, {1, 2, 3});
  {
    auto recordings = LiveRecordings::open(folder.path());
    ASSERT_TRUE(recordings && (*recordings)->open_stream(message));
    (*recordings)->append(message, {0, 0, 3});
    ASSERT_TRUE((*recordings)->flush());
  }
  const std::string whole = get_file(folder / "back/s1.csv");
  for (const char* torn : {"", "3", "3,1.", "3,1.5,0.5"}) {
    put_file(folder / "back/s1.csv", whole + torn);
    auto recordings = LiveRecordings::open(folder.path());
    ASSERT_TRUE(recordings);
    const auto next = (*recordings)->open_stream(message);
    ASSERT_TRUE(next) << to_string(next.error());
    EXPECT_EQ(*next, 3U) << torn;
    EXPECT_EQ(get_file(folder / "back/s1.csv"), whole);
  }
}

TEST(LiveRecordings, BeginAnewAfterATornOrEmptyHeader) {
  const TemporaryFolder folder;
  const SensorMessage message = two_channels(0, {1});
  for (const char* begun : {"", "sam", "sample,acc_x,note\n"}) {
    std::filesystem::create_directories(folder / "back");
    put_file(folder / "back/s1.csv", begun);
    auto recordings = LiveRecordings::open(folder.path());
    ASSERT_TRUE(recordings);
    const auto next = (*recordings)->open_stream(message);
    ASSERT_TRUE(next) << to_string(next.error());
    EXPECT_FALSE(*next);
    (*recordings)->append(message, {0, 0, 1});
    ASSERT_TRUE((*recordings)->flush());
    EXPECT_EQ(get_file(folder / "back/s1.csv"), "sample,acc_x,note\n0,1,0.5\n");
  }
}

TEST(LiveRecordings, RefuseOtherChannelsInAStreamAndFilesOfOthers) {
  const TemporaryFolder folder;
  SensorMessage message = two_channels(0, {1});
  auto recordings = LiveRecordings::open(folder.path());
  ASSERT_TRUE(recordings && (*recordings)->open_stream(message) && (*recordings)->flush());
  message.rate = Hertz{100};
  const auto other = (*recordings)->open_stream(message);
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::invalid_argument);
  message.rate = Hertz{50};
  const std::vector<std::pair<const char*, ErrorCode>> files = {
      {"something else\n", ErrorCode::invalid_argument},
      {"sample,acc_x,note\n0,1,0.5\nsomething else\n", ErrorCode::corrupt}};
  for (const auto& [strange, code] : files) {
    put_file(folder / "back/s1.csv", strange);
    const auto refused = (*recordings)->open_stream(message);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, code);
    EXPECT_EQ(get_file(folder / "back/s1.csv"), strange);
  }
}

TEST(LiveRecordings, DescribeTheirColumnsAgainWhereACrashLeftThatIncomplete) {
  const TemporaryFolder folder;
  const SensorMessage message = two_channels(0, {1});
  std::string whole;
  for (const std::size_t kept : {std::string::npos, std::size_t{0}, std::size_t{20}}) {
    if (kept != std::string::npos) put_file(folder / "back/s1.columns.json", whole.substr(0, kept));
    auto recordings = LiveRecordings::open(folder.path());
    ASSERT_TRUE(recordings && (*recordings)->open_stream(message) && (*recordings)->flush());
    if (whole.empty()) whole = get_file(folder / "back/s1.columns.json");
    EXPECT_EQ(get_file(folder / "back/s1.columns.json"), whole);
  }
  EXPECT_THAT(whole, HasSubstr(R"("rate_hz":50.0)"));
}

TEST(LiveRecordings, BelongToOneProcess) {
  const TemporaryFolder folder;
  const auto first = LiveRecordings::open(folder / "recordings");
  ASSERT_TRUE(first);
  const auto second = LiveRecordings::open(folder / "recordings");
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_EQ(std::filesystem::status(folder / "recordings").permissions(), std::filesystem::perms::owner_all);
}

TEST(LiveRecordings, SayThatTheyCannotBeWritten) {
  const TemporaryFolder folder;
  put_file(folder / "file", "");
  const auto inside_a_file = LiveRecordings::open(folder / "file/recordings");
  ASSERT_FALSE(inside_a_file);
  EXPECT_EQ(inside_a_file.error().code, ErrorCode::unwritable);
  const SensorMessage message = two_channels(0, {1});
  auto recordings = LiveRecordings::open(folder / "recordings");
  ASSERT_TRUE(recordings && (*recordings)->open_stream(message));
  (*recordings)->append(message, {0, 0, 1});
  std::filesystem::create_directory(folder / "recordings/back/s1.csv");  // in the file's way
  const auto written = (*recordings)->flush();
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::unwritable);
  EXPECT_THAT(written.error().cause, HasSubstr("s1.csv"));
}

}  // namespace
}  // namespace reprise::sensing
