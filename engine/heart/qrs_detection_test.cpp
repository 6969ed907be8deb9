// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/qrs_detection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "engine/heart/qrs_template.h"
#include "engine/heart/synthetic_ecg.h"
#include "engine/signal/test_noise.h"

namespace reprise::engine {
namespace {

constexpr Hertz kRate{360};
constexpr Seconds kDuration{60};

/// Every beat found within `tolerance_s`, and nothing else.
void expect_beats(const QrsDetection& found, std::span<const double> truth_s, Hertz rate,
                  double tolerance_s) {
  const auto times_s = beat_times_s(found.beats, rate);
  ASSERT_EQ(times_s.size(), truth_s.size());
  for (std::size_t i = 0; i < truth_s.size(); ++i) EXPECT_NEAR(times_s[i], truth_s[i], tolerance_s) << i;
}

TEST(QrsDetection, FindsEachRPeakAtAnyRate) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  for (const double rate : {100.0, 128.0, 250.0, 360.0, 500.0, 1000.0, 2000.0}) {
    const auto found = detect_qrs(synthetic_ecg(truth_s, Hertz{rate}, kDuration), Hertz{rate});
    ASSERT_TRUE(found);
    SCOPED_TRACE(rate);
    expect_beats(*found, truth_s, Hertz{rate}, 0.003);
    EXPECT_TRUE(found->unusable.empty());
  }
}

TEST(QrsDetection, FindsSlowAndFastHearts) {
  for (const double rr_s : {0.32, 0.5, 1.2, 1.6}) {
    const auto truth_s = steady_beats(0.6, 59.5, rr_s, 0.02);
    const auto found = detect_qrs(synthetic_ecg(truth_s, kRate, kDuration), kRate);
    SCOPED_TRACE(rr_s);
    expect_beats(*found, truth_s, kRate, 0.003);
  }
}

TEST(QrsDetection, FindsBeatsOfAnInvertedLead) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  for (double& v : ecg) v = -v;
  expect_beats(*detect_qrs(ecg, kRate), truth_s, kRate, 0.003);
}

TEST(QrsDetection, LooksThroughMainsHumAndBaselineWander) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  for (const double mains_hz : {50.0, 60.0}) {
    auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
    for (std::size_t i = 0; i < ecg.size(); ++i) {
      const double t = static_cast<double>(i) / kRate.value();
      ecg[i] += 0.5 * std::sin(2 * kPi * mains_hz * t) + 2 * std::sin(2 * kPi * 0.3 * t) + 0.01 * t;
    }
    SCOPED_TRACE(mains_hz);
    expect_beats(*detect_qrs(ecg, kRate), truth_s, kRate, 0.006);
  }
}

TEST(QrsDetection, LooksThroughNoiseOfAQuarterOfItsPower) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  std::mt19937 random(7);
  test::NormalNoise noise(0, 0.09);
  for (double& v : ecg) v += noise(random);
  expect_beats(*detect_qrs(ecg, kRate), truth_s, kRate, 0.015);
}

TEST(QrsDetection, TellsComplexesFromMuscleByTheirShape) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  // A second of muscle in each three, of half the QRS complexes' height.
  std::mt19937 random(3);
  test::NormalNoise noise(0, 0.35);
  for (std::size_t i = 0; i < ecg.size(); ++i) {
    const double muscle = noise(random);
    if (i / 360 % 3 == 2) ecg[i] += muscle;
  }
  const auto times_s = beat_times_s(detect_qrs(ecg, kRate)->beats, kRate);
  const auto unlike = [](std::span<const double> some, std::span<const double> others) {
    return std::count_if(some.begin(), some.end(), [&](double t) {
      return std::none_of(others.begin(), others.end(), [&](double o) { return std::abs(t - o) <= 0.15; });
    });
  };
  EXPECT_LE(unlike(truth_s, times_s), 2);
  EXPECT_LE(unlike(times_s, truth_s), 2);
}

TEST(QrsDetection, KeepsEarlyWideBeatsOfAnyShapeInQuiet) {
  const auto steady_s = steady_beats(0.6, 59.5, 0.8, 0.02);
  std::vector<double> narrow_s, wide_s;
  for (std::size_t i = 0; i < steady_s.size(); ++i) {
    if (i % 7 == 5) {
      wide_s.push_back(steady_s[i] - 0.4);  // 0.4 s after the beat before
    } else {
      narrow_s.push_back(steady_s[i]);
    }
  }
  auto ecg = synthetic_ecg(narrow_s, kRate, kDuration);
  for (std::size_t i = 0; i < ecg.size(); ++i) {
    for (const double wide : wide_s) {
      const double z = (static_cast<double>(i) / kRate.value() - wide) / 0.03;
      ecg[i] -= 1.3 * std::exp(-z * z / 2);
    }
  }
  auto truth_s = narrow_s;
  truth_s.insert(truth_s.end(), wide_s.begin(), wide_s.end());
  std::sort(truth_s.begin(), truth_s.end());
  expect_beats(*detect_qrs(ecg, kRate), truth_s, kRate, 0.01);
}

TEST(QrsDetection, KeepsAPrematureWideBeat) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8, 0);
  // An ectopic beat between the 20th and the 21st, twice as wide and inverted; the 21st does not follow.
  const double ectopic_s = truth_s[19] + 0.5;
  auto without = truth_s;
  without.erase(without.begin() + 20);
  auto ecg = synthetic_ecg(without, kRate, kDuration);
  for (std::size_t i = 0; i < ecg.size(); ++i) {
    const double z = (static_cast<double>(i) / kRate.value() - ectopic_s) / 0.028;
    ecg[i] -= 1.4 * std::exp(-z * z / 2);
  }
  const auto found = detect_qrs(ecg, kRate);
  ASSERT_EQ(found->beats.size(), truth_s.size());
  EXPECT_NEAR(found->beats[20].position / kRate.value(), ectopic_s, 0.003);
}

TEST(QrsDetection, InventsNoBeatOnADetachedElectrode) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  const std::size_t from = 20 * 360, to = 35 * 360;
  std::fill(ecg.begin() + from, ecg.begin() + to, 0.3);
  const auto found = detect_qrs(ecg, kRate);
  ASSERT_EQ(found->unusable.size(), 1u);
  EXPECT_NEAR(static_cast<double>(found->unusable[0].begin), from, 2);
  EXPECT_NEAR(static_cast<double>(found->unusable[0].end), to, 2);
  for (const EcgBeat& beat : found->beats) EXPECT_TRUE(beat.sample < from || beat.sample >= to);
  const auto outside =
      std::count_if(truth_s.begin(), truth_s.end(), [](double t) { return t < 20 || t > 35.5; });
  EXPECT_NEAR(static_cast<double>(found->beats.size()), static_cast<double>(outside), 1);
  const auto first_after = std::find_if(found->beats.begin(), found->beats.end(),
                                        [&](const EcgBeat& beat) { return beat.sample >= to; });
  EXPECT_TRUE(first_after->after_lost_contact);
}

TEST(QrsDetection, FindsNothingOnAFlatLineOrInHum) {
  const std::vector<double> flat(3600, 0.2);
  const auto found = detect_qrs(flat, kRate);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->beats.empty());
  ASSERT_EQ(found->unusable.size(), 1u);
  EXPECT_EQ(found->unusable[0], (SampleRange{0, 3600}));
  std::vector<double> hum(7200);
  for (std::size_t i = 0; i < hum.size(); ++i) hum[i] = std::sin(2 * kPi * 50 * static_cast<double>(i) / 360);
  EXPECT_TRUE(detect_qrs(hum, kRate)->beats.empty());
}

TEST(QrsDetection, InventsNoBeatWhereAnElectrodePicksUpNoiseOnly) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  std::mt19937 random(5);
  test::NormalNoise noise(0, 0.3);
  for (std::size_t i = 20 * 360; i < 40 * 360; ++i) ecg[i] = noise(random);
  const auto found = detect_qrs(ecg, kRate);
  ASSERT_EQ(found->unusable.size(), 1u);
  EXPECT_NEAR(static_cast<double>(found->unusable[0].begin) / 360, 20, 4);
  EXPECT_NEAR(static_cast<double>(found->unusable[0].end) / 360, 40, 3);
  const auto inside = std::count_if(found->beats.begin(), found->beats.end(), [](const EcgBeat& beat) {
    return beat.sample > 20 * 360 && beat.sample < 39 * 360;
  });
  EXPECT_LE(inside, 8);
  for (double& v : ecg) v = noise(random);
  EXPECT_TRUE(detect_qrs(ecg, kRate)->beats.empty());
}

TEST(QrsDetection, ReportsASaturatedStretch) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  std::fill(ecg.begin() + 7200, ecg.begin() + 7200 + 360, 5.0);
  const auto found = detect_qrs(ecg, kRate);
  ASSERT_EQ(found->unusable.size(), 1u);
  EXPECT_EQ(found->unusable[0], (SampleRange{7200, 7560}));
  // The second itself, and the time that the edges take to settle, have no beat.
  EXPECT_GE(found->beats.size() + 3, truth_s.size());
  EXPECT_LE(found->beats.size() + 1, truth_s.size());
}

TEST(QrsDetection, LeavesAGapInTheIntervalsOverAnUnusableStretch) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  std::fill(ecg.begin() + 7200, ecg.begin() + 7200 + 180, 5.0);
  const auto intervals = rr_from_ecg(*detect_qrs(ecg, kRate), kRate);
  ASSERT_TRUE(intervals);
  const auto gaps = std::count_if(intervals->begin(), intervals->end(),
                                  [](const RrInterval& i) { return i.kind == RrKind::gap; });
  EXPECT_EQ(gaps, 1);
  EXPECT_FALSE(rr_from_ecg({}, Hertz{0}));
}

TEST(QrsDetection, RefusesWhatItCannotUse) {
  const std::vector<double> ecg(720, 0.0);
  EXPECT_EQ(detect_qrs(ecg, Hertz{99}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(detect_qrs(ecg, Hertz{2001}).error().code, ErrorCode::invalid_argument);
  EXPECT_EQ(detect_qrs(std::vector<double>(700, 0.0), kRate).error().code, ErrorCode::nothing_measured);
  EXPECT_EQ(detect_qrs({}, kRate).error().code, ErrorCode::nothing_measured);
  auto broken = ecg;
  broken[10] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(detect_qrs(broken, kRate).error().code, ErrorCode::invalid_argument);
  QrsOptions options;
  options.min_height_mv = 0;
  EXPECT_EQ(detect_qrs(ecg, kRate, options).error().code, ErrorCode::invalid_argument);
}

TEST(QrsDetector, TellsOfEachBeatInOrderAndInTime) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  const auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  auto detector = QrsDetector::create(kRate);
  std::vector<EcgBeat> beats;
  for (std::size_t i = 0; i < ecg.size(); ++i) {
    const auto beat = detector->step(ecg[i]);
    if (!beat) continue;
    const double delay_s = static_cast<double>(i - beat->sample) / kRate.value();
    EXPECT_LE(delay_s, beat->sample < 3 * 360 ? QrsDetector::max_delay().value() : 0.35);
    EXPECT_TRUE(beats.empty() || beat->sample > beats.back().sample);
    beats.push_back(*beat);
  }
  for (const EcgBeat& beat : detector->finish()) beats.push_back(beat);
  ASSERT_EQ(beats.size(), truth_s.size());
  const auto offline = detect_qrs(ecg, kRate);
  for (std::size_t i = 0; i < beats.size(); ++i) EXPECT_EQ(beats[i].sample, offline->beats[i].sample);
}

TEST(QrsDetector, TakesMissingSamplesAsALostContact) {
  auto detector = QrsDetector::create(kRate);
  const auto ecg = synthetic_ecg(steady_beats(0.6, 9.5, 0.8), kRate, Seconds{10});
  for (const double v : ecg) (void)detector->step(v);
  EXPECT_FALSE(detector->contact_lost());
  for (int i = 0; i < 720; ++i) (void)detector->step(std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(detector->contact_lost());
}

TEST(QrsDetector, LearnsAnewWhenTheSignalShrinks) {
  const auto truth_s = steady_beats(0.6, 59.5, 0.8);
  auto ecg = synthetic_ecg(truth_s, kRate, kDuration);
  for (std::size_t i = 30 * 360; i < ecg.size(); ++i) ecg[i] *= 0.15;
  const auto found = detect_qrs(ecg, kRate);
  EXPECT_GE(found->beats.size() + 2, truth_s.size());
  EXPECT_LE(found->beats.size(), truth_s.size());
}

/// A bump of a width at the center of a shape, later by some steps.
QrsShape bump(double height, double width_steps, int later = 0) {
  QrsShape shape{};
  for (std::size_t i = 0; i < shape.size(); ++i) {
    const double z = (static_cast<double>(i) - 33 - later) / width_steps;
    shape[i] = -height * z * std::exp(-z * z / 2);
  }
  return shape;
}

TEST(QrsTemplate, FindsItselfAtAnyHeightAndNearbyTime) {
  QrsTemplate beats;
  for (int i = 0; i < 8; ++i) beats.push(bump(1, 3));
  const auto same = beats.compare(bump(0.4, 3, 10));
  EXPECT_NEAR(same.correlation, 1, 1e-6);
  EXPECT_NEAR(same.later_s, 0.05, 1e-9);
  EXPECT_LT(beats.compare(bump(-1, 3)).correlation, 0.7);
  EXPECT_EQ(beats.compare(QrsShape{}).correlation, 0);
}

TEST(QrsTemplate, StaysWhatMostBeatsLookLike) {
  QrsTemplate beats;
  for (int i = 0; i < 5; ++i) beats.push(bump(1, 3));
  for (int i = 0; i < 3; ++i) beats.push(bump(-2, 8));
  EXPECT_GT(beats.compare(bump(1, 3)).correlation, 0.95);
  for (int i = 0; i < 5; ++i) beats.push(bump(-2, 8));
  EXPECT_GT(beats.compare(bump(-2, 8)).correlation, 0.95);
}

TEST(QrsTemplate, HalfOfABigeminyIsAlikeAndNoiseIsNot) {
  const QrsShape narrow = bump(1, 3), wide = bump(-2, 8);
  const std::vector<QrsShape> bigeminy = {narrow, wide, narrow, wide, narrow, wide};
  EXPECT_TRUE(half_are_alike(bigeminy));
  EXPECT_FALSE(half_are_alike(std::span(bigeminy).first(4)));
  std::mt19937 random(11);
  test::NormalNoise noise;
  std::vector<QrsShape> shapes(8);
  for (QrsShape& shape : shapes) {
    for (double& v : shape) v = noise(random);
  }
  EXPECT_FALSE(half_are_alike(shapes));
}

}  // namespace
}  // namespace reprise::engine
