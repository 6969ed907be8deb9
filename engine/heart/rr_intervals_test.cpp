// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/rr_intervals.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/heart/synthetic_ecg.h"
#include "engine/heart/test_intervals.h"

namespace reprise::engine {
namespace {

std::size_t count_kind(std::span<const RrInterval> intervals, RrKind kind) {
  return static_cast<std::size_t>(std::count_if(
      intervals.begin(), intervals.end(), [&](const RrInterval& interval) { return interval.kind == kind; }));
}

TEST(RrIntervals, AreNormalInASteadyHeart) {
  const auto intervals = rr_from_beats(steady_beats(0, 120, 0.8));
  ASSERT_TRUE(intervals);
  EXPECT_EQ(count_kind(*intervals, RrKind::normal), intervals->size());
  EXPECT_DOUBLE_EQ(usable_share(*intervals), 1);
  // A heart without any variability has no quartile deviation.
  const auto constant = rr_from_beats(steady_beats(0, 120, 0.8, 0));
  EXPECT_EQ(count_kind(*constant, RrKind::normal), constant->size());
}

TEST(RrIntervals, MarkBothSidesOfAnEctopicBeatAndMoveIt) {
  auto beats_s = steady_beats(0, 120, 0.8);
  const double before_s = beats_s[49], after_s = beats_s[51];
  beats_s[50] -= 0.3;
  const auto intervals = rr_from_beats(beats_s);
  EXPECT_EQ((*intervals)[49].kind, RrKind::ectopic);
  EXPECT_EQ((*intervals)[50].kind, RrKind::ectopic);
  EXPECT_EQ(count_kind(*intervals, RrKind::normal), intervals->size() - 2);
  const auto nn = nn_intervals(*intervals);
  ASSERT_EQ(nn.size(), intervals->size());
  EXPECT_TRUE(nn[49].corrected);
  EXPECT_NEAR(nn[49].end.value(), (before_s + after_s) / 2, 1e-9);
  EXPECT_NEAR(nn[50].end.value(), after_s, 1e-9);
}

TEST(RrIntervals, PutAMissedBeatIn) {
  auto beats_s = steady_beats(0, 120, 0.8);
  const std::size_t whole = beats_s.size() - 1;
  beats_s.erase(beats_s.begin() + 60);
  const auto intervals = rr_from_beats(beats_s);
  EXPECT_EQ((*intervals)[59].kind, RrKind::artefact);
  EXPECT_EQ(count_kind(*intervals, RrKind::artefact), 1u);
  EXPECT_EQ(nn_intervals(*intervals).size(), whole);
}

TEST(RrIntervals, TakeAnInventedBeatOut) {
  auto beats_s = steady_beats(0, 120, 0.8);
  const std::size_t whole = beats_s.size() - 1;
  beats_s.insert(beats_s.begin() + 61, (beats_s[60] + beats_s[61]) / 2 - 0.1);
  const auto intervals = rr_from_beats(beats_s);
  EXPECT_NE((*intervals)[60].kind, RrKind::normal);
  EXPECT_NE((*intervals)[61].kind, RrKind::normal);
  EXPECT_EQ(nn_intervals(*intervals).size(), whole);
}

TEST(RrIntervals, InventNoBeatInAGapOfSeconds) {
  auto beats_s = steady_beats(0, 120, 0.8);
  const auto removed = [](double t) { return t > 40 && t < 52; };
  beats_s.erase(std::remove_if(beats_s.begin(), beats_s.end(), removed), beats_s.end());
  const auto intervals = rr_from_beats(beats_s);
  EXPECT_EQ(count_kind(*intervals, RrKind::gap), 1u);
  EXPECT_NEAR(usable_share(*intervals), 1 - 12.5 / 120, 0.01);
  const auto nn = nn_intervals(*intervals);
  EXPECT_EQ(nn.size(), intervals->size() - 1);
  EXPECT_EQ(std::count_if(nn.begin(), nn.end(), [](const NnInterval& i) { return i.after_break; }), 2);
  for (const NnInterval& interval : nn) EXPECT_FALSE(removed(interval.end.value() - 1e-9));
}

TEST(RrIntervals, BreakWhereNoWholeNumberOfBeatsFits) {
  auto intervals = normal_rr(std::vector<double>{0.8, 0.8, 0.45, 0.8, 0.8});
  intervals[2].kind = RrKind::artefact;
  const auto nn = nn_intervals(intervals);
  ASSERT_EQ(nn.size(), 4u);
  EXPECT_TRUE(nn[2].after_break);
}

TEST(RrIntervals, FollowTheLabelsOfAnEcgProgram) {
  const std::vector<double> beats_s{0, 0.8, 1.3, 2.4, 3.2, 4.0};
  using enum BeatLabel;
  const std::vector<BeatLabel> labels{normal, normal, ectopic, normal, not_a_beat, normal};
  const auto intervals = rr_from_labeled_beats(beats_s, labels);
  const RrKind expected[] = {RrKind::normal, RrKind::ectopic, RrKind::ectopic, RrKind::artefact,
                             RrKind::artefact};
  for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ((*intervals)[i].kind, expected[i]) << i;
  EXPECT_FALSE(rr_from_labeled_beats(beats_s, std::vector<BeatLabel>{normal}));
}

TEST(RrIntervals, OfAStrapHaveAGapWhereItWasSilent) {
  std::vector<double> rr_s(200, 0.8), received_s;
  double clock_s = 1000;
  for (std::size_t i = 0; i < rr_s.size(); ++i) {
    clock_s += rr_s[i] + (i == 100 ? 10 : 0);
    received_s.push_back(std::ceil(clock_s));  // a packet each second
  }
  const auto intervals = rr_from_strap(rr_s, received_s);
  ASSERT_TRUE(intervals);
  ASSERT_EQ(count_kind(*intervals, RrKind::gap), 1u);
  EXPECT_EQ((*intervals)[100].kind, RrKind::gap);
  EXPECT_NEAR((*intervals)[100].duration.value(), 10, 1);
  EXPECT_NEAR(intervals->back().end.value(), clock_s, 1.5);
  EXPECT_EQ(count_kind(*rr_from_strap(rr_s), RrKind::gap), 0u);
}

TEST(RrIntervals, RefuseWhatTheyCannotUse) {
  EXPECT_FALSE(rr_from_beats(std::vector<double>{0, 1, 1}));
  EXPECT_FALSE(rr_from_beats(std::vector<double>{0, std::numeric_limits<double>::infinity()}));
  EXPECT_TRUE(rr_from_beats({})->empty());
  EXPECT_FALSE(rr_from_strap(std::vector<double>{0.8, 0}));
  EXPECT_FALSE(rr_from_strap(std::vector<double>{0.8, 0.8}, std::vector<double>{1}));
  EXPECT_FALSE(rr_from_strap(std::vector<double>{0.8, 0.8}, std::vector<double>{2, 1}));
  EXPECT_DOUBLE_EQ(usable_share({}), 0);
  EXPECT_TRUE(nn_intervals({}).empty());
}

}  // namespace
}  // namespace reprise::engine
