// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/muscle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/muscle/emg_test_signals.h"

namespace reprise::session {
namespace {

TEST(MeasureMuscles, AFlatChannelDoesNotVoidTheOthers) {
  MuscleRecording loose, fastened;
  loose.part = "triceps";
  loose.samples_v.assign(10'000, 1e-4);
  fastened.part = "biceps";
  fastened.samples_v = engine::testing::simulated_emg(10, 5e-6, 5e-5, {{1, 4}, {5.5, 8.8}});
  const auto d = measure_muscles({}, std::vector{loose, fastened});
  ASSERT_TRUE(d) << to_string(d.error());
  ASSERT_FALSE(d->values.empty());
  for (const MeasuredValue& value : d->values) EXPECT_EQ(value.part, "biceps");
  EXPECT_THAT(d->not_measured, testing::Contains(testing::HasSubstr("triceps: the signal is flat")));
  EXPECT_EQ(measure_muscles({}, std::vector{loose, loose}).error().code, ErrorCode::nothing_measured);
}

}  // namespace
}  // namespace reprise::session
