// SPDX-License-Identifier: Apache-2.0
#include "sensing/video/timestamps.h"

#include <gtest/gtest.h>

#include <vector>

namespace reprise::sensing {
namespace {

constexpr double kMissing = -1e9;

struct Stamped {
  const char* name;
  std::vector<double> file_s;
  std::vector<double> expected_s;
  int repaired;
};

class Timestamps : public testing::TestWithParam<Stamped> {};

TEST_P(Timestamps, AreRepairedOnlyWhereTheyMustBe) {
  TimestampRepair repair{Seconds{0.04}};
  for (std::size_t i = 0; i < GetParam().file_s.size(); ++i) {
    const double t = GetParam().file_s[i];
    const Seconds got = repair.next(t == kMissing ? std::nullopt : std::optional{Seconds{t}});
    EXPECT_NEAR(got.value(), GetParam().expected_s[i], 1e-9) << "frame " << i;
  }
  EXPECT_EQ(repair.repaired(), GetParam().repaired);
}

INSTANTIATE_TEST_SUITE_P(
    Of, Timestamps,
    testing::Values(Stamped{"AnEvenRecording", {5, 5.04, 5.08}, {0, 0.04, 0.08}, 0},
                    Stamped{"AVariableRate", {0, 0.033, 0.2, 0.21, 5.2}, {0, 0.033, 0.2, 0.21, 5.2}, 0},
                    Stamped{"NegativeTimes", {-0.08, -0.04, 0}, {0, 0.04, 0.08}, 0},
                    Stamped{"ARepeatedTime", {0, 0.04, 0.04, 0.12}, {0, 0.04, 0.06, 0.12}, 1},
                    Stamped{"AStepBack", {0, 0.04, 0.02, 0.12}, {0, 0.04, 0.06, 0.12}, 1},
                    Stamped{"MissingTimes", {0, kMissing, kMissing, 0.12}, {0, 0.04, 0.08, 0.12}, 2},
                    Stamped{"AMissingStart", {kMissing, kMissing, 7, 7.04}, {0, 0.04, 0.08, 0.12}, 2},
                    Stamped{"NoTimesAtAll", {kMissing, kMissing, kMissing}, {0, 0.04, 0.08}, 3},
                    Stamped{"AJumpBack", {100, 100.04, 0, 0.05}, {0, 0.04, 0.08, 0.13}, 1},
                    Stamped{"AJumpAhead", {0, 0.04, 90000, 90000.05}, {0, 0.04, 0.08, 0.13}, 1}),
    [](const auto& one) { return std::string{one.param.name}; });

}  // namespace
}  // namespace reprise::sensing
