// SPDX-License-Identifier: Apache-2.0
#include "report/charts/chart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

#include "report/charts/trace.h"
#include "tests/support/page_text.h"

namespace reprise::report {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Values = std::vector<std::optional<double>>;

const std::optional<double> kGap;

std::vector<Seconds> frames(std::size_t count, double rate_hz = 30) {
  std::vector<Seconds> times;
  for (std::size_t i = 0; i < count; ++i) times.emplace_back(static_cast<double>(i) / rate_hz);
  return times;
}

TEST(Traces, GapsBreakTheLine) {
  const auto times = frames(7);
  const Values values = {1.0, 2.0, kGap, 3.0, std::numeric_limits<double>::quiet_NaN(), 4.0, 5.0};
  const auto out = traces(times, values, {times.front(), times.back()});
  ASSERT_EQ(out.size(), 3U);
  EXPECT_THAT(out[0].values, ElementsAre(1, 2));
  EXPECT_THAT(out[1].values, ElementsAre(3));
  EXPECT_THAT(out[2].values, ElementsAre(4, 5));
}

TEST(Traces, ALongStepBetweenFramesBreaksTheLine) {
  const std::vector<Seconds> times = {Seconds{0}, Seconds{0.1}, Seconds{3}, Seconds{3.1}};
  EXPECT_EQ(traces(times, Values{1.0, 1.0, 2.0, 2.0}, {Seconds{0}, Seconds{4}}).size(), 2U);
}

TEST(Traces, ThinningKeepsEveryExtreme) {
  const std::size_t n = 20000;
  const auto times = frames(n);
  Values values(n, 1.0);
  values[7777] = 9.0;  // one frame each
  values[15001] = -9.0;
  const TraceOptions options{times.front(), times.back(), 400, Seconds{1}};
  const auto out = traces(times, values, options);
  ASSERT_EQ(out.size(), 1U);
  EXPECT_LE(out[0].values.size(), 4U * 401U);
  EXPECT_EQ(*std::max_element(out[0].values.begin(), out[0].values.end()), 9.0);
  EXPECT_EQ(*std::min_element(out[0].values.begin(), out[0].values.end()), -9.0);
  EXPECT_TRUE(std::is_sorted(out[0].times_s.begin(), out[0].times_s.end()));
  EXPECT_DOUBLE_EQ(out[0].times_s.front(), times.front().value());
  EXPECT_DOUBLE_EQ(out[0].times_s.back(), times.back().value());
}

TEST(Traces, ShortRecordingsAreDrawnWhole) {
  const auto times = frames(100);
  const auto out = traces(times, Values(100, 1.0), {times.front(), times.back(), 400, Seconds{1}});
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].values.size(), 100U);
}

TEST(AxisMarks, AreRoundInDegreesAndElsewhere) {
  EXPECT_THAT(axis_marks(-3, 107, 6, true), ElementsAre(0, 30, 60, 90));
  EXPECT_THAT(axis_marks(0, 28.5, 8, false), ElementsAre(0, 5, 10, 15, 20, 25));
  EXPECT_THAT(axis_marks(0, 0, 5, true), ElementsAre()) << "nothing to divide";
  EXPECT_THAT(axis_marks(std::numeric_limits<double>::quiet_NaN(), 1, 5, true), ElementsAre());
  EXPECT_LE(axis_marks(-1e6, 1e6, 6, true).size(), 8U);
}

std::string drawn(const session::SessionDocument& d, const Chart& chart) {
  Html html;
  draw_chart(html, Words{"en"}, d, chart);
  return html.take();
}

session::SessionDocument still(std::size_t count) {
  session::SessionDocument d;
  d.exercise.times = frames(count);
  d.source.frame_rate = Hertz{30};
  return d;
}

TEST(DrawChart, DrawsOneLineForEachStretch) {
  const session::SessionDocument d = still(6);
  const Values values = {0.1, 0.2, kGap, kGap, 0.3, 0.4};
  Chart chart;
  chart.lines = {{"left", "main", values}};
  EXPECT_EQ(occurrences(drawn(d, chart), "<polyline"), 2U);
}

TEST(DrawChart, BreaksLongRecordingsIntoStrips) {
  const session::SessionDocument d = still(30 * 300);
  const Values values(d.exercise.times.size(), 0.5);
  Chart chart;
  chart.lines = {{"left", "main", values}};
  EXPECT_EQ(occurrences(drawn(d, chart), "class=\"strip\""), 1U);
  chart.most_strips = 12;
  EXPECT_EQ(occurrences(drawn(d, chart), "class=\"strip\""), 5U) << "a minute each";
}

TEST(DrawChart, SurvivesNothingAndNonsense) {
  Chart chart;
  EXPECT_THAT(drawn(session::SessionDocument{}, chart), Not(HasSubstr("nan")));
  session::SessionDocument d = still(3);
  d.exercise.times[2] = Seconds{std::numeric_limits<double>::quiet_NaN()};
  const Values values = {std::numeric_limits<double>::infinity(), 1e300, kGap};
  chart.lines = {{"left", "main", values}};
  chart.levels = {{std::numeric_limits<double>::quiet_NaN(), "target", "target"}};
  session::RecordedRepetition backwards;
  backwards.start = Seconds{5};
  backwards.end = Seconds{1};
  d.exercise.repetitions = {backwards};
  const std::string html = drawn(d, chart);
  EXPECT_THAT(html, Not(HasSubstr("nan")));
  EXPECT_THAT(html, Not(HasSubstr("inf")));
}

}  // namespace
}  // namespace reprise::report
