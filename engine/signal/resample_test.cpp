// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/resample.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <limits>

namespace reprise::engine {
namespace {

TimeSeries<double> series_of(const std::vector<double>& times_s,
                             const std::function<std::optional<double>(double)>& value) {
  TimeSeries<double> series;
  for (const double t : times_s) EXPECT_TRUE(series.push(Seconds{t}, value(t)));
  return series;
}

TEST(Interpolate, BothMethodsAreExactOnStraightLinesAndAtTheKnots) {
  const std::vector<double> t = {0, 0.3, 0.5, 1.1};
  std::vector<double> x;
  for (const double s : t) x.push_back(4 - 2 * s);
  const std::vector<double> at = {0, 0.1, 0.3, 0.77, 1.1};
  for (const auto method : {Interpolation::linear, Interpolation::pchip}) {
    const auto y = interpolate(t, x, at, method);
    ASSERT_TRUE(y);
    for (std::size_t i = 0; i < at.size(); ++i) EXPECT_NEAR((*y)[i], 4 - 2 * at[i], 1e-14);
  }
}

TEST(Interpolate, PchipNeverOvershootsAStep) {
  const std::vector<double> t = {0, 1, 2, 3, 4, 5};
  const std::vector<double> x = {0, 0, 0, 1, 1, 1};
  std::vector<double> at;
  for (int i = 0; i <= 500; ++i) at.push_back(i / 100.0);
  const auto y = interpolate(t, x, at, Interpolation::pchip);
  ASSERT_TRUE(y);
  for (std::size_t i = 1; i < at.size(); ++i) {
    EXPECT_GE((*y)[i], (*y)[i - 1] - 1e-15);
    EXPECT_LE((*y)[i], 1);
  }
  EXPECT_NEAR((*y)[250], 0.5, 1e-15) << "halfway by symmetry";
}

TEST(Interpolate, PchipSlopeIsTheWeightedHarmonicMean) {
  // h = 1, 2; secants 1, 4: w = 2*2+1, 2+2*1; slope = 9 / (5/1 + 4/4) = 1.5.
  const std::vector<double> t = {0, 1, 3};
  const std::vector<double> x = {0, 1, 9};
  EXPECT_NEAR(pchip_slopes(t, x)[1], 1.5, 1e-15);
}

TEST(Interpolate, RefusesWhatCannotBe) {
  const std::vector<double> t = {0, 1, 1};
  const std::vector<double> x = {0, 1, 2};
  const std::vector<double> at = {0.5};
  EXPECT_FALSE(interpolate(t, x, at, Interpolation::linear));
  EXPECT_FALSE(interpolate(std::vector<double>{0, 1}, x, at, Interpolation::linear));
  EXPECT_FALSE(interpolate(std::vector<double>{0}, std::vector<double>{1}, at, Interpolation::linear));
  const std::vector<double> outside = {1.5};
  EXPECT_FALSE(
      interpolate(std::vector<double>{0, 1}, std::vector<double>{0, 1}, outside, Interpolation::linear));
}

TEST(Resample, BringsUnevenTimesToAnEvenRate) {
  const auto series =
      series_of({1.0, 1.04, 1.11, 1.13, 1.2, 1.26, 1.31, 1.4}, [](double t) { return 10 * t; });
  const auto even = resample(series, Hertz{20}, {.method = Interpolation::linear});
  ASSERT_TRUE(even);
  ASSERT_EQ(even->values.size(), 9U) << "1.00 to 1.40 s in steps of 50 ms";
  for (std::size_t i = 0; i < even->values.size(); ++i) {
    ASSERT_TRUE(even->values[i]);
    EXPECT_NEAR(*even->values[i], 10 * (1.0 + 0.05 * static_cast<double>(i)), 1e-12);
  }
}

TEST(Resample, LeavesLongGapsMissingAndLetsNothingLeakAcross) {
  // A line before the gap, a constant after: each side must stay what it is.
  std::vector<double> times;
  for (int i = 0; i <= 10; ++i) times.push_back(0.1 * i);
  for (int i = 20; i <= 30; ++i) times.push_back(0.1 * i);
  const auto series = series_of(times, [](double t) { return t < 1.5 ? t : 7.0; });
  const auto even = resample(series, Hertz{10}, {.max_gap = Seconds{0.5}});
  ASSERT_TRUE(even);
  ASSERT_EQ(even->values.size(), 31U);
  const auto runs = valid_runs(even->values);
  ASSERT_EQ(runs.size(), 2U);
  EXPECT_EQ(runs[0], (SampleRange{0, 11}));
  EXPECT_EQ(runs[1], (SampleRange{20, 31}));
  for (const double v : run_values(even->values, runs[1])) EXPECT_DOUBLE_EQ(v, 7.0);
  EXPECT_NEAR(run_values(even->values, runs[0]).back(), 1.0, 1e-12);
}

TEST(Resample, JoinsOverMissingSamplesWithinTheLimit) {
  TimeSeries<double> series;
  for (int i = 0; i < 20; ++i) {
    const bool missing = i >= 5 && i < 8;
    ASSERT_TRUE(series.push(Seconds{0.1 * i}, missing ? std::nullopt : std::optional<double>(i)));
  }
  const auto joined = resample(series, Hertz{10}, {.max_gap = Seconds{0.4}});
  ASSERT_TRUE(joined);
  EXPECT_EQ(valid_runs(joined->values).size(), 1U) << "the gap lasts 0.4 s, exactly the limit";
  const auto apart = resample(series, Hertz{10}, {.max_gap = Seconds{0.39}});
  ASSERT_TRUE(apart);
  EXPECT_EQ(valid_runs(apart->values).size(), 2U);
}

TEST(Resample, ASingleSampleIsASeriesOfOne) {
  const auto even = resample(series_of({2.5}, [](double) { return 3.0; }), Hertz{30});
  ASSERT_TRUE(even);
  ASSERT_EQ(even->values.size(), 1U);
  EXPECT_EQ(even->values[0], 3.0);
  EXPECT_EQ(even->start, Seconds{2.5});
}

TEST(Resample, RefusesWhatCannotBe) {
  const auto nothing = series_of({0, 1}, [](double) { return std::nullopt; });
  EXPECT_EQ(resample(nothing, Hertz{30}).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(resample(TimeSeries<double>{}, Hertz{30}).error().code, ErrorCode::nothing_measured);
  const auto one = series_of({0, 1}, [](double) { return 1.0; });
  EXPECT_EQ(resample(one, Hertz{0}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(resample(one, Hertz{30}, {.max_gap = Seconds{0}}).error().code, ErrorCode::invalid_argument);
  const auto broken = series_of({0, 1}, [](double) { return std::numeric_limits<double>::quiet_NaN(); });
  EXPECT_EQ(resample(broken, Hertz{30}).error().code, ErrorCode::invalid_argument);
  const auto far = series_of({0, 1e12}, [](double) { return 1.0; });
  EXPECT_EQ(resample(far, Hertz{30}).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
