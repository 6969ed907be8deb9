// SPDX-License-Identifier: Apache-2.0
#include "care/safety/endurance_limits.h"

#include <gmock/gmock.h>

namespace reprise::care {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

EnduranceLimits some_limits() {
  EnduranceLimits limits;
  limits.start_heart_rate = 100;
  limits.start_oxygen = 92;
  limits.start_systolic = 180;
  limits.start_diastolic = 100;
  limits.stop_heart_rate = 130;
  limits.stop_oxygen = 88;
  limits.stop_breathlessness = 7;
  return limits;
}

TEST(EnduranceLimits, WithoutALimitNothingIsPassedOrMissing) {
  const EnduranceSigns wild{250, 40, 260, 160, 10};
  EXPECT_TRUE(judge_start({}, {}).allowed());
  EXPECT_TRUE(judge_start({}, wild).allowed());
  EXPECT_THAT(passed_limits({}, wild), IsEmpty());
}

TEST(EnduranceLimits, WhatHasALimitMustBeMeasuredBeforeTheStart) {
  const EnduranceStart start = judge_start(some_limits(), {});
  EXPECT_FALSE(start.allowed());
  EXPECT_THAT(start.passed, IsEmpty());
  EXPECT_THAT(start.missing, ElementsAre(EnduranceSign::heart_rate, EnduranceSign::oxygen_saturation,
                                         EnduranceSign::systolic, EnduranceSign::diastolic));
}

TEST(EnduranceLimits, TheLimitItselfStillStarts) {
  EXPECT_TRUE(judge_start(some_limits(), {100, 92, 180, 100, 0}).allowed());
  EXPECT_THAT(judge_start(some_limits(), {101, 91, 181, 101, 0}).passed,
              ElementsAre(EnduranceSign::heart_rate, EnduranceSign::oxygen_saturation,
                          EnduranceSign::systolic, EnduranceSign::diastolic));
}

TEST(EnduranceLimits, WhoIsPastALimitForStoppingDoesNotStart) {
  EnduranceLimits limits;
  limits.stop_breathlessness = 7;
  limits.stop_heart_rate = 130;
  EXPECT_THAT(judge_start(limits, {131, {}, {}, {}, 7}).passed,
              ElementsAre(EnduranceSign::heart_rate, EnduranceSign::breathlessness));
  EXPECT_TRUE(judge_start(limits, {{}, {}, {}, {}, 6}).allowed());
}

TEST(EnduranceLimits, AStrapThatFailsStopsNothingByItself) {
  EXPECT_THAT(passed_limits(some_limits(), {}), IsEmpty());
  EXPECT_THAT(passed_limits(some_limits(), {130, 88, {}, {}, 6}), IsEmpty());
  EXPECT_THAT(passed_limits(some_limits(), {131, 87, {}, {}, 7}),
              ElementsAre(EnduranceSign::heart_rate, EnduranceSign::oxygen_saturation,
                          EnduranceSign::breathlessness));
}

}  // namespace
}  // namespace reprise::care
