// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/even_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace reprise::sensing {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

struct Gridded {
  Result<std::vector<SignalGroup>> groups;
  std::vector<std::string> codes;
};

Gridded grid_of(const std::vector<double>& times, const std::vector<double>& values,
                const EvenGridOptions& options = {}) {
  std::vector<SignalFinding> findings;
  Gridded out{even_groups(times, {{"a", "", "", "", values, {}}}, options, findings), {}};
  for (const auto& finding : findings) out.codes.push_back(finding.code);
  return out;
}

TEST(EvenGrid, KeepsSamplesWhoseTimesAreOnlyRounded) {
  // 204.8 Hz with times in whole milliseconds: the median step, 5 ms, would be 200 Hz.
  std::vector<double> times, values;
  for (int i = 0; i < 2000; ++i) {
    times.push_back(std::round(1000 * i / 204.8) / 1000);
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups) << to_string(gridded.groups.error());
  EXPECT_NEAR((*gridded.groups)[0].rate.value(), 204.8, 0.02);
  EXPECT_EQ((*gridded.groups)[0].channels[0].values, values);
  EXPECT_THAT(gridded.codes, IsEmpty());
}

TEST(EvenGrid, InterpolatesJitteringTimes) {
  // A browser's 60 Hz with up to 6 ms of jitter; a straight line must stay one.
  std::vector<double> times, values;
  for (int i = 0; i < 600; ++i) {
    times.push_back(i / 60.0 + 0.006 * std::sin(i * 1.7));
    values.push_back(3 * times.back());
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  const SignalGroup& group = (*gridded.groups)[0];
  EXPECT_NEAR(group.rate.value(), 60, 0.1);
  for (std::size_t i = 0; i < group.size(); ++i) {
    const double t = group.start.value() + static_cast<double>(i) / group.rate.value();
    EXPECT_NEAR(group.channels[0].values[i], 3 * t, 1e-9);
  }
  EXPECT_THAT(gridded.codes, Contains("uneven_times"));
}

TEST(EvenGrid, FillsShortGapsAndLeavesLongOnesMissing) {
  std::vector<double> times, values;
  for (int i = 0; i < 100; ++i) {
    if (i == 10 || (i >= 30 && i < 50)) continue;
    times.push_back(i / 50.0);
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  const SignalChannel& channel = (*gridded.groups)[0].channels[0];
  ASSERT_EQ(channel.values.size(), 100U);
  EXPECT_DOUBLE_EQ(channel.values[10], 10);
  EXPECT_THAT(channel.missing, ElementsAre(engine::SampleRange{30, 50}));
  EXPECT_DOUBLE_EQ(channel.values[50], 50);
  EXPECT_THAT(gridded.codes, Contains("gaps"));
  EXPECT_THAT(gridded.codes, Contains("samples_interpolated"));
}

TEST(EvenGrid, BeginsANewGroupAfterHours) {
  std::vector<double> times, values;
  for (int i = 0; i < 200; ++i) {
    times.push_back(i * 0.01 + (i >= 100 ? 9 * 3600 : 0));
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  ASSERT_THAT(*gridded.groups, SizeIs(2));
  EXPECT_EQ((*gridded.groups)[1].size(), 100U);
  EXPECT_NEAR((*gridded.groups)[1].start.value(), 9 * 3600 + 1, 1e-9);
  EXPECT_EQ((*gridded.groups)[1].channels[0].values[0], 100);
  EXPECT_THAT(gridded.codes, Contains("recording_split"));
}

TEST(EvenGrid, BoundsTheMemoryOfGaps) {
  // Each gap is just short enough to stay in the group; together they would take gigabytes.
  std::vector<double> times, values;
  double t = 0;
  for (int i = 0; i < 600; ++i) {
    times.push_back(t += i % 3 == 0 ? 5 * 3600 : 0.001);
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  std::size_t samples = 0;
  for (const auto& group : *gridded.groups) samples += group.size();
  EXPECT_LT(samples, 200000U);
}

TEST(EvenGrid, DropsRepeatedTimes) {
  const auto gridded = grid_of({0, 0.1, 0.1, 0.2, 0.3, 0.4, 0.5}, {0, 1, 99, 2, 3, 4, 5});
  ASSERT_TRUE(gridded.groups);
  EXPECT_THAT((*gridded.groups)[0].channels[0].values, ElementsAre(0, 1, 2, 3, 4, 5));
  EXPECT_THAT(gridded.codes, ElementsAre("doubled_times"));
}

TEST(EvenGrid, SpreadsTimesThatAreCoarserThanTheSamples) {
  std::vector<double> times, values;
  for (int i = 0; i < 300; ++i) {
    times.push_back(std::floor(i / 30.0));
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  EXPECT_EQ((*gridded.groups)[0].rate.value(), 30);
  EXPECT_EQ((*gridded.groups)[0].channels[0].values, values);
  EXPECT_THAT(gridded.codes, ElementsAre("coarse_times"));
}

TEST(EvenGrid, GoesOnWhereTheClockIsSetBack) {
  std::vector<double> times, values;
  for (int i = 0; i < 200; ++i) {
    times.push_back(i * 0.01 - (i >= 100 ? 3600 : 0));
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  ASSERT_THAT(*gridded.groups, SizeIs(1));
  EXPECT_EQ((*gridded.groups)[0].channels[0].values, values);
  EXPECT_THAT(gridded.codes, ElementsAre("clock_set_back"));
}

TEST(EvenGrid, LeavesSingleRowsOutOfOrderOut) {
  std::vector<double> times, values;
  for (int i = 0; i < 50; ++i) {
    times.push_back(i == 20 ? 0.05 : i * 0.01);
    values.push_back(i);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  EXPECT_EQ((*gridded.groups)[0].size(), 50U);
  EXPECT_NEAR((*gridded.groups)[0].channels[0].values[20], 20, 1e-9);
  EXPECT_THAT(gridded.codes, Contains("times_out_of_order"));
}

TEST(EvenGrid, SaysThatTheRateDrifts) {
  std::vector<double> times, values;
  double t = 0;
  for (int i = 0; i < 5000; ++i) {
    times.push_back(t += 0.01 * (1 + 0.05 * i / 5000));
    values.push_back(t);
  }
  const auto gridded = grid_of(times, values);
  ASSERT_TRUE(gridded.groups);
  EXPECT_THAT(gridded.codes, Contains("rate_drift"));
  const SignalGroup& group = (*gridded.groups)[0];
  const double end_s = group.start.value() + static_cast<double>(group.size() - 1) / group.rate.value();
  EXPECT_NEAR(group.channels[0].values.back(), end_s, 1e-9);
}

TEST(EvenGrid, KeepsDataOfOneSampleASecond) {
  const auto gridded = grid_of({0, 1, 2, 4, 5, 6, 7, 8}, {60, 61, 62, 64, 65, 66, 67, 68});
  ASSERT_TRUE(gridded.groups);
  const SignalGroup& group = (*gridded.groups)[0];
  EXPECT_EQ(group.rate.value(), 1);
  EXPECT_THAT(group.channels[0].missing, ElementsAre(engine::SampleRange{3, 4}));
}

TEST(EvenGrid, LeavesRowsWithoutATimeOut) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const auto gridded = grid_of({0, 0.1, nan, 0.2, 0.3}, {0, 1, 9, 2, 3});
  ASSERT_TRUE(gridded.groups);
  EXPECT_THAT((*gridded.groups)[0].channels[0].values, ElementsAre(0, 1, 2, 3));
  EXPECT_THAT(gridded.codes, ElementsAre("times_missing"));
}

TEST(EvenGrid, RefusesTimesWithoutAnyStep) {
  EXPECT_EQ(grid_of({}, {}).groups.error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(grid_of({5}, {1}).groups.error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(grid_of({5, 5, 5}, {1, 2, 3}).groups.error().code, ErrorCode::nothing_measured);
}

TEST(EvenGrid, RefusesTimesOfManyLongGaps) {
  std::vector<double> times;
  for (int i = 0; i < 30000; ++i)
    times.push_back((times.empty() ? 0 : times.back()) + (i % 2 == 0 ? 7 * 3600 : 0.01));
  EXPECT_EQ(grid_of(times, times).groups.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::sensing
