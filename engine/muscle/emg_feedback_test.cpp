// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_feedback.h"

#include <gtest/gtest.h>

#include <cmath>

namespace reprise::engine {
namespace {

/// A 100 Hz tone whose envelope (mean rectified value) is `share` of the reference 1.
double toned(int i, double share) {
  return share * kPi / 2 * std::sin(2 * kPi * 100 * (i + 0.5) / 1000);
}

EmgFeedback feedback_for(double low, double high, double hysteresis) {
  EmgFeedbackOptions options;
  options.reference = 1;
  options.target_low = low;
  options.target_high = high;
  options.hysteresis = hysteresis;
  return *EmgFeedback::create(Hertz{1000}, options);
}

TEST(EmgFeedback, ShowsTheShareOfTheReference) {
  auto feedback = feedback_for(0.2, 0.4, 0.02);
  EmgFeedbackState state;
  for (int i = 0; i < 3000; ++i) state = feedback.step(toned(i, 0.3));
  EXPECT_NEAR(state.share, 0.3, 0.01);
  EXPECT_EQ(state.target, EmgTarget::inside);
  EXPECT_TRUE(state.settled);
  EXPECT_FALSE(state.signal_lost);
  for (int i = 3000; i < 6000; ++i) state = feedback.step(toned(i, 0.6));
  EXPECT_EQ(state.target, EmgTarget::above);
  for (int i = 6000; i < 9000; ++i) state = feedback.step(toned(i, 0.05));
  EXPECT_EQ(state.target, EmgTarget::below);
}

TEST(EmgFeedback, DoesNotFlickerAtAnEdge) {
  auto feedback = feedback_for(0.2, 0.4, 0.03);
  for (int i = 0; i < 3000; ++i) feedback.step(toned(i, 0.3));
  int changes = 0;
  auto last = EmgTarget::inside;
  for (int i = 3000; i < 13000; ++i) {
    const double share = 0.2 + 0.015 * std::sin(2 * kPi * 0.5 * i / 1000.0);
    const auto state = feedback.step(toned(i, share));
    changes += state.target != last ? 1 : 0;
    last = state.target;
  }
  EXPECT_EQ(changes, 0);
}

TEST(EmgFeedback, SaysThatTheSignalIsLost) {
  auto feedback = feedback_for(0.2, 0.4, 0.02);
  EmgFeedbackState state;
  for (int i = 0; i < 2000; ++i) state = feedback.step(toned(i, 0.3));
  for (int i = 0; i < 250; ++i) state = feedback.step(std::nullopt);
  EXPECT_TRUE(state.signal_lost);
  EXPECT_EQ(state.target, EmgTarget::inside) << "a dropout keeps the state";
  state = feedback.step(toned(2250, 0.3));
  EXPECT_FALSE(state.signal_lost);
  for (int i = 0; i < 250; ++i) state = feedback.step(0.7);
  EXPECT_TRUE(state.signal_lost) << "a flat line";
  for (int i = 0; i < 250; ++i) state = feedback.step(NAN);
  EXPECT_TRUE(std::isfinite(state.share));
}

TEST(EmgFeedback, IsNotDisturbedByHum) {
  auto feedback = feedback_for(0.2, 0.4, 0.02);
  EmgFeedbackState state;
  for (int i = 0; i < 8000; ++i) {
    const double phase = 2 * kPi * 50 * i / 1000.0;
    state = feedback.step(2 * std::sin(phase) + toned(i, 0));
  }
  EXPECT_LT(state.share, 0.05) << "hum twice the reference";
  EXPECT_EQ(state.target, EmgTarget::below);
}

TEST(EmgFeedback, RefusesBadOptions) {
  EmgFeedbackOptions options;
  EXPECT_EQ(EmgFeedback::create(Hertz{1000}, options).error().code, ErrorCode::invalid_argument);
  options.reference = 1;
  EXPECT_EQ(EmgFeedback::create(Hertz{200}, options).error().code, ErrorCode::unsupported);
  options.target_high = options.target_low;
  EXPECT_EQ(EmgFeedback::create(Hertz{1000}, options).error().code, ErrorCode::invalid_argument);
  options.target_high = 0.4;
  options.hysteresis = 0.1;
  EXPECT_EQ(EmgFeedback::create(Hertz{1000}, options).error().code, ErrorCode::invalid_argument);
}

}  // namespace
}  // namespace reprise::engine
