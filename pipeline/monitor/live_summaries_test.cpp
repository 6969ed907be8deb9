// SPDX-License-Identifier: Apache-2.0
#include "pipeline/monitor/live_summaries.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "fhir/model/json.h"
#include "fhir/validation/validate.h"

namespace reprise::pipeline {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr std::int64_t kNoonMs = 1'772'452'800'000;  // 2026-03-02T12:00:00Z

SensorStatus strap(std::uint64_t samples, std::optional<double> rate_bpm) {
  SensorStatus status;
  status.sensor = "strap-7";
  status.stream = "a";
  status.rate = Hertz{10};
  status.samples = samples;
  status.battery_percent = 80;
  status.values.heart_rate_per_min = rate_bpm;
  return status;
}

LiveSummaries summaries() {
  return LiveSummaries{{{"strap-7", {"p1", true}}}, std::chrono::seconds{60}};
}

/// From `from_s` of the hour on, a look each second.
std::vector<LiveSummary> looked(LiveSummaries& all, int from_s, int to_s,
                                const std::function<SensorStatus(int)>& at) {
  std::vector<LiveSummary> found;
  for (int second = from_s; second < to_s; ++second) {
    for (auto& one : all.look({at(second)}, kNoonMs + 1000 * second + 20)) found.push_back(std::move(one));
  }
  return found;
}

fhir::Json observation(const LiveSummary& summary, std::size_t i) {
  return fhir::Json::parse(summary.bundle)["entry"][i]["resource"];
}

TEST(LiveSummaries, AWholeIntervalIsTheMeanOfItsValues) {
  LiveSummaries all = summaries();
  const auto found = looked(all, 30, 121, [](int second) {
    return strap(static_cast<std::uint64_t>(10 * second), second % 2 == 0 ? 70 : 74);
  });
  ASSERT_THAT(found, SizeIs(1)) << "the first interval was watched in part, the last one still runs";
  const fhir::Json bundle = fhir::Json::parse(found[0].bundle);
  EXPECT_THAT(fhir::validate(bundle), IsEmpty());
  const fhir::Json rate = observation(found[0], 0);
  EXPECT_EQ(rate["code"]["coding"][1]["code"], "8867-4");
  EXPECT_EQ(rate["subject"]["reference"], "Patient/p1");
  EXPECT_EQ(rate["effectivePeriod"]["start"], "2026-03-02T12:01:00.000Z");
  EXPECT_EQ(rate["effectivePeriod"]["end"], "2026-03-02T12:02:00.000Z");
  EXPECT_EQ(rate["valueQuantity"]["value"], 72);
  EXPECT_EQ(rate["meta"]["tag"][0]["code"], "simulated");
  EXPECT_THAT(rate["component"].dump(), HasSubstr(R"("valueString":"live")"));
  EXPECT_THAT(rate["component"].dump(), HasSubstr(R"("valueInteger":60)")) << "the number of values";
  EXPECT_THAT(rate["component"].dump(), Not(HasSubstr("uncertainty")));
  const fhir::Json device = observation(found[0], 1);
  EXPECT_EQ(device["code"]["coding"][0]["code"], "device-status");
  EXPECT_THAT(device["component"].dump(), HasSubstr("80"));
  EXPECT_THAT(found[0].bundle, Not(HasSubstr("strap-7"))) << "the name of one sensor";
}

TEST(LiveSummaries, ASensorOfTwoMeasuresTellsItsStateOnce) {
  LiveSummaries all = summaries();
  const auto found = looked(all, 30, 121, [](int second) {
    SensorStatus status = strap(static_cast<std::uint64_t>(10 * second), 70);
    status.values.cadence_per_min = 100;
    return status;
  });
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[0].bundle, HasSubstr("device-status"));
  EXPECT_THAT(found[1].bundle, Not(HasSubstr("device-status")));
}

TEST(LiveSummaries, TwoThatWatchTheSameMakeTheSameMeasurement) {
  const auto identifier = [](int from_s) {
    LiveSummaries all = summaries();
    const auto found = looked(all, from_s, 121,
                              [](int second) { return strap(static_cast<std::uint64_t>(10 * second), 70); });
    return found.empty() ? std::string{} : observation(found[0], 0)["identifier"].dump();
  };
  EXPECT_THAT(identifier(0), Not(IsEmpty()));
  EXPECT_EQ(identifier(3), identifier(40));
}

TEST(LiveSummaries, LessThanHalfOfAnIntervalIsNone) {
  LiveSummaries all = summaries();
  EXPECT_THAT(looked(all, 0, 121,
                     [](int second) {
                       return strap(static_cast<std::uint64_t>(10 * second),
                                    second % 60 < 29 ? std::optional{70.0} : std::nullopt);
                     }),
              IsEmpty());
}

TEST(LiveSummaries, SamplesThatComeLateHaveNoTime) {
  LiveSummaries all = summaries();
  EXPECT_THAT(
      looked(all, 0, 121, [](int second) { return strap(static_cast<std::uint64_t>(30 * second), 70); }),
      IsEmpty());
  EXPECT_EQ(all.late(), 1U);
  // A new stream begins to count anew.
  const auto found = looked(all, 121, 240, [](int second) {
    SensorStatus status = strap(static_cast<std::uint64_t>(10 * (second - 121)), 70);
    status.stream = "b";
    return status;
  });
  EXPECT_EQ(all.late(), 1U);
  EXPECT_THAT(found, SizeIs(1));
}

TEST(LiveSummaries, AClockThatJumpsAndAnUnknownSensorMakeNone) {
  LiveSummaries all = summaries();
  EXPECT_THAT(looked(all, 0, 70, [](int) { return strap(0, 70); }), SizeIs(0));
  EXPECT_THAT(all.look({strap(0, 70)}, kNoonMs + 3'600'000), IsEmpty()) << "an hour later";
  LiveSummaries other{{{"strap-8", {"p1"}}}, std::chrono::seconds{60}};
  EXPECT_THAT(looked(other, 0, 200, [](int) { return strap(0, 70); }), IsEmpty());
}

TEST(SensorWearers, AreReadOrRefused) {
  const auto read =
      parse_sensor_wearers(R"({"sensors":[{"sensor":"a","patient":"p1"},{"sensor":"b","patient":"p1",)"
                           R"("simulated":true}]})");
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_FALSE(read->at("a").simulated);
  EXPECT_TRUE(read->at("b").simulated);
  for (const char* wrong : {"", "{}", "[]", R"({"sensors":[]})", R"({"sensors":[{"sensor":"a"}]})",
                            R"({"sensors":[{"sensor":"../a","patient":"p1"}]})",
                            R"({"sensors":[{"sensor":"a","patient":"p/1"}]})",
                            R"({"sensors":[{"sensor":"a","patient":"p1"},{"sensor":"a","patient":"p2"}]})"})
    EXPECT_EQ(parse_sensor_wearers(wrong).error().code, ErrorCode::invalid_argument) << wrong;
}

}  // namespace
}  // namespace reprise::pipeline
