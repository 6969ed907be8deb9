// SPDX-License-Identifier: Apache-2.0
#include "engine/exercise/repetition_detector.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace reprise::engine {
namespace {

struct Outcome {
  std::vector<Excursion> ended;
  int returned = 0;
  int abandoned = 0;
  int too_quick = 0;
  std::optional<Excursion> open;
};

/// Feeds `progress(t)` at a rate and collects the detector's events.
Outcome run(const std::function<std::optional<double>(double)>& progress, double seconds, double rate = 30,
            DetectorOptions options = {}, bool expects_more = false) {
  RepetitionDetector detector{options};
  Outcome out;
  for (int i = 0; i <= static_cast<int>(seconds * rate); ++i) {
    const double t = i / rate;
    const DetectorEvent event = detector.step(Seconds{t}, progress(t));
    if (event == DetectorEvent::returned) {
      ++out.returned;
      if (expects_more) detector.expect(detector.excursion());
    }
    if (event == DetectorEvent::abandoned) ++out.abandoned;
    if (event == DetectorEvent::too_quick) ++out.too_quick;
    if (event == DetectorEvent::ended) out.ended.push_back(detector.excursion());
  }
  if (detector.under_way()) out.open = detector.excursion();
  return out;
}

/// Rest for a second, then a raised cosine of two seconds, and so on.
double one_every_three_seconds(double t) {
  const double in = std::fmod(t, 3.0) - 1.0;
  return in < 0 ? 0 : (1 - std::cos(kPi * in)) / 2;
}

TEST(RepetitionDetector, FindsStartExtremeAndEnd) {
  for (const double rate : {5.0, 30.0, 240.0}) {
    const Outcome out = run(one_every_three_seconds, 10, rate);
    ASSERT_EQ(out.ended.size(), 3U) << rate;
    const double frame = 1 / rate;
    for (std::size_t i = 0; i < 3; ++i) {
      const double begin = 3.0 * static_cast<double>(i) + 1;
      // The bell leaves the noise band of 0.025 after 0.1 s and comes within a tenth of rest 0.2 s before its
      // end.
      EXPECT_NEAR(out.ended[i].start.value(), begin + 0.1, 0.05 + frame);
      EXPECT_NEAR(out.ended[i].extreme.value(), begin + 1, frame);
      EXPECT_NEAR(out.ended[i].end.value(), begin + 1.8, 0.05 + frame);
      EXPECT_NEAR(out.ended[i].peak, 1, 0.1);
    }
  }
}

TEST(RepetitionDetector, FollowsThePersonsOwnSmallRange) {
  const Outcome out = run([](double t) { return 0.4 * one_every_three_seconds(t); }, 10);
  EXPECT_EQ(out.ended.size(), 3U);
}

TEST(RepetitionDetector, IgnoresWhatIsTooSmallOrTooQuick) {
  EXPECT_EQ(run([](double t) { return 0.2 * one_every_three_seconds(t); }, 10).ended.size(), 0U);
  const auto glitch = [](double t) { return std::fmod(t, 2.0) < 0.1 ? 1.0 : 0.0; };
  EXPECT_EQ(run(glitch, 10).ended.size(), 0U);
  EXPECT_EQ(run(glitch, 10).too_quick, 0) << "a glitch is no movement";
}

TEST(RepetitionDetector, FollowsThePersonsTempo) {
  // Raised cosines in 1.1, 0.9, 1.1, 1.1, 0.9 and 0.5 s. From leaving rest to being back takes about 0.8 of
  // that.
  const auto quicker = [](double t) {
    const auto bell = [&](double begin, double length) {
      const double in = (t - begin) / length;
      return in < 0 || in > 1 ? 0 : (1 - std::cos(2 * kPi * in)) / 2;
    };
    return bell(1, 1.1) + bell(3, 0.9) + bell(5, 1.1) + bell(7, 1.1) + bell(9, 0.9) + bell(11, 0.5);
  };
  const DetectorOptions options{.shortest = Seconds{0.8}};
  EXPECT_EQ(run(quicker, 13, 30, options).returned, 3);
  EXPECT_EQ(run(quicker, 13, 30, options).too_quick, 3);
  const Outcome followed = run(quicker, 13, 30, options, true);
  EXPECT_EQ(followed.returned, 4);
  EXPECT_EQ(followed.too_quick, 2) << "after one that counted, and in half the time";
}

TEST(RepetitionDetector, JitterAtRestAndAtTheExtremeIsNoRepetition) {
  const auto noisy = [](double t) { return one_every_three_seconds(t) + 0.02 * std::sin(40 * t); };
  EXPECT_EQ(run(noisy, 10).ended.size(), 3U);
}

TEST(RepetitionDetector, HoldAndPauseDoNotBreakTheCount) {
  // Up in one second, held for five, down in one, then ten seconds of rest: twice.
  const auto held = [](double t) {
    const double in = std::fmod(t, 17.0);
    if (in < 1) return (1 - std::cos(kPi * in)) / 2;
    if (in < 6) return 1.0 + 0.02 * std::sin(3 * t);
    if (in < 7) return (1 + std::cos(kPi * (in - 6))) / 2;
    return 0.03 * std::sin(t);
  };
  const Outcome out = run(held, 34);
  ASSERT_EQ(out.ended.size(), 2U);
  EXPECT_NEAR(out.ended[1].at_extreme.value(), 5.4, 0.3);  // plus the tenths on both slopes
}

TEST(RepetitionDetector, ABounceAtTheBottomIsOneRepetition) {
  const auto bounce = [](double t) {
    if (t < 1) return t;
    if (t < 1.3) return 1 - (t - 1);
    if (t < 1.6) return 0.7 + (t - 1.3);
    return std::max(0.0, 1 - (t - 1.6));
  };
  EXPECT_EQ(run(bounce, 5).ended.size(), 1U);
}

TEST(RepetitionDetector, WithoutFullRestBetweenStillCounts) {
  const auto pulsing = [](double t) { return 0.65 - 0.35 * std::cos(kPi * t) * (t < 10 ? 1 : 0); };
  EXPECT_EQ(run(pulsing, 10).returned + 0, 5);
}

TEST(RepetitionDetector, AShortGapIsBridgedAndALongOneGivesUp) {
  const auto with_gap = [](double from, double to) {
    return [=](double t) -> std::optional<double> {
      if (t >= from && t < to) return std::nullopt;
      return one_every_three_seconds(t);
    };
  };
  EXPECT_EQ(run(with_gap(1.7, 2.3), 10).ended.size(), 3U);
  const Outcome lost = run(with_gap(1.5, 2.9), 10);
  EXPECT_EQ(lost.ended.size(), 2U);
  EXPECT_EQ(lost.abandoned, 1);
}

TEST(RepetitionDetector, TheLastOneStaysOpenWhenTheRecordingEnds) {
  const Outcome out = run(one_every_three_seconds, 2.3);
  EXPECT_EQ(out.ended.size(), 0U);
  ASSERT_TRUE(out.open.has_value());
  EXPECT_NEAR(out.open->extreme.value(), 2, 0.05);
}

TEST(RepetitionDetector, ARecordingThatBeginsInTheMiddleSaysSo) {
  const Outcome out = run([](double t) { return one_every_three_seconds(t + 1.5); }, 8);
  ASSERT_FALSE(out.ended.empty());
  EXPECT_TRUE(out.ended[0].cut_start);
  EXPECT_NEAR(out.ended[0].size(), 1, 0.12) << "its size is known from the way back";
}

}  // namespace
}  // namespace reprise::engine
