// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/sensor_message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace reprise::sensing {
namespace {

using ::testing::HasSubstr;

constexpr const char* kTopic = "reprise/v1/strap-7/samples";

std::string cause_of(std::string_view payload, std::string_view topic = kTopic) {
  const auto message = parse_sensor_message(topic, payload);
  return message ? "accepted" : message.error().cause;
}

TEST(SensorMessage, ReadsEverything) {
  const auto message = parse_sensor_message(kTopic, R"({"stream": "b3f2", "first": 1200, "oldest": 1100,
    "rate_hz": 250, "battery_percent": 87, "channels": [
      {"name": "lead", "as": "ecg", "unit": "mV", "samples": [0.25, -1e-3, null]},
      {"name": "acc_x", "samples": [1, 2, 3]}]})");
  ASSERT_TRUE(message) << to_string(message.error());
  EXPECT_EQ(message->sensor, "strap-7");
  EXPECT_EQ(message->stream, "b3f2");
  EXPECT_EQ(message->first, 1200U);
  EXPECT_EQ(message->oldest, 1100U);
  EXPECT_EQ(message->rate->value(), 250);
  EXPECT_EQ(message->battery_percent, 87);
  ASSERT_EQ(message->size(), 3U);
  EXPECT_EQ(message->channels[0], (LiveChannel{"lead", "ecg", "mV"}));
  EXPECT_EQ(message->channels[1], (LiveChannel{"acc_x", "", ""}));
  EXPECT_EQ(message->samples[0][1], -1e-3);
  EXPECT_FALSE(message->samples[0][2]);
}

TEST(SensorMessage, KeepsNothingBeforeTheFirstSampleUnlessItSaysSo) {
  const auto message = parse_sensor_message(
      kTopic, R"({"stream":"a","first":7,"rate_hz":50,"channels":[{"name":"x","samples":[1]}]})");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->oldest, 7U);
}

TEST(SensorMessage, HasNoRateForIntervalsBetweenHeartbeats) {
  const char* intervals =
      R"({"stream":"a","first":0,%"channels":[{"name":"rr","as":"rr_interval","unit":"ms","samples":[812]}]})";
  const auto with = [&](const std::string& rate) {
    std::string text = intervals;
    return text.replace(text.find('%'), 1, rate);
  };
  EXPECT_TRUE(parse_sensor_message(kTopic, with("")));
  EXPECT_THAT(cause_of(with("\"rate_hz\":1,")), HasSubstr("stands beside intervals"));
}

TEST(SensorMessage, SensorsAreNamedByTheirTopic) {
  EXPECT_EQ(sensor_of_topic("reprise/v1/left_foot-1/samples"), "left_foot-1");
  for (const char* wrong : {"", "reprise/v1//samples", "reprise/v1/samples", "reprise/v1/a/b/samples",
                            "reprise/v1/../samples", "reprise/v1/a.b/samples", "reprise/v1/-a/samples",
                            "reprise/v1/a/ack", "reprise/v2/a/samples", "reprise/v1/\xc3\xa4/samples"})
    EXPECT_FALSE(sensor_of_topic(wrong)) << wrong;
  EXPECT_FALSE(sensor_of_topic("reprise/v1/" + std::string(65, 'a') + "/samples"));
  EXPECT_THAT(cause_of("{}", "reprise/v1/a\nb/samples"), HasSubstr("a?b"));
}

TEST(SensorMessage, SaysWhatIsWrong) {
  const auto with = [](const std::string& fields) {
    return R"({"stream":"a","first":0,"rate_hz":50,)" + fields + "}";
  };
  const std::string good = R"("channels":[{"name":"x","samples":[1]}])";
  EXPECT_EQ(cause_of(with(good)), "accepted");
  EXPECT_THAT(cause_of(""), HasSubstr("not JSON"));
  EXPECT_THAT(cause_of("[]"), HasSubstr("no group of fields"));
  EXPECT_THAT(cause_of(with(good + R"(,"frist":1)")), HasSubstr("\"frist\" is no field"));
  EXPECT_THAT(cause_of(with(good + R"(,"first":1)")), HasSubstr("twice"));
  EXPECT_THAT(cause_of(with(good + R"(,"oldest":1)")), HasSubstr("\"oldest\" is above"));
  EXPECT_THAT(cause_of(with(good + R"(,"battery_percent":101)")), HasSubstr("\"battery_percent\" is 101"));
  EXPECT_THAT(cause_of(with(R"("channels":[])")), HasSubstr("\"channels\""));
  EXPECT_THAT(cause_of(with(R"("channels":[1])")), HasSubstr("\"channels/0\""));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"a,b","samples":[1]}])")),
              HasSubstr("\"channels/0.name\""));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"sample","samples":[1]}])")), HasSubstr("is 'sample'"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":[]}])")), HasSubstr("a list of 0"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":["1"]}])")), HasSubstr("samples/0"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":[1e13]}])")), HasSubstr("is 1e+13"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":[1e999]}])")), HasSubstr("too large"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","as":"pulse","samples":[1]}])")),
              HasSubstr("\"pulse\""));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","unit":"furlong","samples":[1]}])")),
              HasSubstr("furlong"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":[1]},{"name":"y","samples":[1,2]}])")),
              HasSubstr("the first channel has 1"));
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":[1]},{"name":"x","samples":[1]}])")),
              HasSubstr("'x' twice"));
  EXPECT_THAT(cause_of(R"({"stream":"../a","first":0})"), HasSubstr("\"stream\""));
  EXPECT_THAT(cause_of(R"({"stream":"a","first":-1})"), HasSubstr("\"first\" is -1"));
  EXPECT_THAT(cause_of(R"({"stream":"a","first":9007199254740992})"), HasSubstr("\"first\""));
  EXPECT_THAT(cause_of(R"({"stream":"a","first":0,"rate_hz":0})"), HasSubstr("\"rate_hz\" is 0"));
  EXPECT_THAT(cause_of(R"({"stream":"a","first":0,)" + good + "}"), HasSubstr("\"rate_hz\" is missing"));
  EXPECT_THAT(cause_of(std::string(kMaxMessageBytes + 1, ' ')), HasSubstr("the limit is 262144"));
  std::string many = "1";
  for (std::size_t i = 0; i < kMaxMessageSamples; ++i) many += ",1";
  EXPECT_THAT(cause_of(with(R"("channels":[{"name":"x","samples":[)" + many + "]}]")),
              HasSubstr("the limit is 10000"));
  EXPECT_THAT(cause_of("[[[[[[]]]]]]"), HasSubstr("nested"));
}

TEST(SensorMessage, AcknowledgementsAreReadAsTheyWereWritten) {
  const Acknowledgement written{"strap-7", "b3f2", 1210};
  EXPECT_EQ(acknowledgement_topic(written), "reprise/v1/strap-7/ack");
  EXPECT_EQ(acknowledgement_text(written), R"({"stream":"b3f2","next":1210})");
  const auto read = parse_acknowledgement("strap-7", acknowledgement_text(written));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->stream, "b3f2");
  EXPECT_EQ(read->next, 1210U);
  EXPECT_FALSE(parse_acknowledgement("strap-7", "{"));
  EXPECT_FALSE(parse_acknowledgement("strap-7", R"({"stream":"b3f2"})"));
}

}  // namespace
}  // namespace reprise::sensing
