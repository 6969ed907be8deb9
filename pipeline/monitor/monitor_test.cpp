// SPDX-License-Identifier: Apache-2.0
#include "pipeline/monitor/monitor.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/test_files.h"

namespace reprise::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string topic_of(const std::string& sensor) {
  return "reprise/v1/" + sensor + "/samples";
}

std::string payload(const std::string& stream, int first, int count, int oldest = 0) {
  std::string samples;
  for (int i = 0; i < count; ++i) samples += (i == 0 ? "" : ",") + std::to_string(first + i);
  return R"({"stream":")" + stream + R"(","first":)" + std::to_string(first) + R"(,"oldest":)" +
         std::to_string(oldest) + R"(,"rate_hz":50,"channels":[{"name":"x","samples":[)" + samples + "]}]}";
}

class MonitorTest : public ::testing::Test {
 protected:
  static Monitor monitor(const MonitorOptions& options = {}) {
    auto made = Monitor::create(options);
    if (!made) throw std::runtime_error(to_string(made.error()));
    return std::move(*made);
  }
  /// "SENSOR/STREAM NEXT" of each acknowledgement.
  std::vector<std::string> acknowledged(Monitor& monitor) const {
    const auto due = monitor.flush(now_);
    std::vector<std::string> texts;
    if (!due) return {to_string(due.error())};
    for (const auto& one : *due)
      texts.push_back(one.sensor + "/" + one.stream + " " + std::to_string(one.next));
    return texts;
  }
  MonitorTime now_;
};

TEST_F(MonitorTest, AcknowledgesEachStreamOnceForAllItSent) {
  Monitor one = monitor();
  ASSERT_TRUE(one.receive(topic_of("b"), payload("s", 0, 10), now_));
  ASSERT_TRUE(one.receive(topic_of("b"), payload("s", 10, 10), now_));
  ASSERT_TRUE(one.receive(topic_of("a"), payload("t", 5, 10, 5), now_));
  EXPECT_EQ(acknowledged(one), (std::vector<std::string>{"a/t 15", "b/s 20"}));
  EXPECT_THAT(acknowledged(one), IsEmpty());
  ASSERT_TRUE(one.receive(topic_of("b"), payload("s", 0, 10), now_));
  EXPECT_EQ(acknowledged(one), std::vector<std::string>{"b/s 20"})
      << "a repeated message is acknowledged again";
  ASSERT_TRUE(one.receive(topic_of("b"), payload("s", 30, 10), now_));
  EXPECT_EQ(acknowledged(one), std::vector<std::string>{"b/s 20"}) << "a gap asks for its samples";
  const auto sensors = one.sensors(now_);
  ASSERT_EQ(sensors.size(), 2U);
  EXPECT_EQ(sensors[1].samples, 20U);
  EXPECT_EQ(sensors[1].repeated, 10U);
  EXPECT_EQ(sensors[1].ahead, 10U);
}

TEST_F(MonitorTest, AcknowledgesNothingBesideAnother) {
  Monitor beside = monitor({.acknowledge = false});
  ASSERT_TRUE(beside.receive(topic_of("a"), payload("s", 0, 10), now_));
  EXPECT_THAT(acknowledged(beside), IsEmpty());
  EXPECT_EQ(beside.sensors(now_)[0].samples, 10U);
}

TEST_F(MonitorTest, GoesOnFromTheRecordingAfterARestart) {
  const TemporaryFolder folder;
  {
    Monitor before = monitor({.record = folder.path()});
    ASSERT_TRUE(before.receive(topic_of("a"), payload("s", 0, 10), now_));
    EXPECT_EQ(acknowledged(before), std::vector<std::string>{"a/s 10"});
    ASSERT_TRUE(before.receive(topic_of("a"), payload("s", 10, 10), now_));
    // It ends without a flush: these ten were never acknowledged.
  }
  Monitor after = monitor({.record = folder.path()});
  ASSERT_TRUE(after.receive(topic_of("a"), payload("s", 5, 15), now_));
  EXPECT_EQ(acknowledged(after), std::vector<std::string>{"a/s 20"});
  std::string expected = "sample,x\n";
  for (int i = 0; i < 20; ++i) expected += std::to_string(i) + "," + std::to_string(i) + "\n";
  EXPECT_EQ(get_file(folder / "a/s.csv"), expected);
}

TEST_F(MonitorTest, RefusesWhatItCannotUseAndGoesOn) {
  Monitor one = monitor({.max_sensors = 2});
  ASSERT_TRUE(one.receive(topic_of("a"), "\xff\x00{", now_));
  EXPECT_EQ(one.refused_messages(), 1U);
  ASSERT_TRUE(one.receive("reprise/v1/../samples", payload("s", 0, 10), now_));
  ASSERT_TRUE(one.receive(topic_of("a"), payload("s", 0, 10), now_));
  ASSERT_TRUE(one.receive(topic_of("b"), payload("s", 0, 10), now_));
  ASSERT_TRUE(one.receive(topic_of("c"), payload("s", 0, 10), now_));
  EXPECT_THAT(one.last_refusal()->cause, HasSubstr("reprise/v1/c/samples: there are more than 2 sensors"));
  std::string other = payload("s", 10, 10);
  other.replace(other.find("50"), 2, "60");
  ASSERT_TRUE(one.receive(topic_of("a"), other, now_));
  EXPECT_THAT(one.last_refusal()->cause, HasSubstr("rate have changed"));
  for (const char* stream : {"t", "u", "v", "w"})
    ASSERT_TRUE(one.receive(topic_of("a"), payload(stream, 0, 10), now_));
  EXPECT_THAT(one.last_refusal()->cause, HasSubstr("more than 4 streams"));
  EXPECT_EQ(one.refused_messages(), 5U);
  EXPECT_EQ(acknowledged(one), (std::vector<std::string>{"a/s 10", "a/t 10", "a/u 10", "a/v 10", "b/s 10"}));
}

TEST_F(MonitorTest, MakesRoomForNewStreamsOfASensorOnceOldOnesAreSilent) {
  Monitor one = monitor();
  for (const char* stream : {"s", "t", "u", "v"}) {
    now_ += std::chrono::minutes{11};
    ASSERT_TRUE(one.receive(topic_of("a"), payload(stream, 0, 10), now_));
    ASSERT_EQ(acknowledged(one).size(), 1U);
  }
  ASSERT_TRUE(one.receive(topic_of("a"), payload("w", 0, 10), now_));
  EXPECT_EQ(one.refused_messages(), 0U);
  now_ += std::chrono::hours{5};
  (void)acknowledged(one);
  EXPECT_EQ(one.sensors(now_).size(), 1U) << "a silent sensor stays in the list";
}

TEST_F(MonitorTest, ShowsNoValueOfASilentSensor) {
  Monitor one = monitor();
  const std::string rate =
      R"({"stream":"s","first":0,"rate_hz":1,"channels":[{"name":"hr","samples":[70]}]})";
  ASSERT_TRUE(one.receive(topic_of("a"), rate, now_));
  EXPECT_EQ(one.sensors(now_ + std::chrono::seconds{9})[0].values.heart_rate_per_min, 70);
  const auto later = one.sensors(now_ + std::chrono::seconds{11});
  EXPECT_FALSE(later[0].values.heart_rate_per_min);
  EXPECT_EQ(later[0].values.remarks, std::vector<std::string>{"silent"});
}

TEST_F(MonitorTest, EndsWhereItCannotRecord) {
  const TemporaryFolder folder;
  Monitor one = monitor({.record = folder / "recordings"});
  put_file(folder / "recordings/a", "a file where the sensor's folder belongs");
  const auto received = one.receive(topic_of("a"), payload("s", 0, 10), now_);
  ASSERT_FALSE(received);
  EXPECT_EQ(received.error().code, ErrorCode::unwritable);
  EXPECT_THAT(acknowledged(one), IsEmpty());
}

}  // namespace
}  // namespace reprise::pipeline
