// SPDX-License-Identifier: Apache-2.0
#include "session/measurements/gait_norms.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/units.h"
#include "session/measurements/gait_norms_table.h"

namespace reprise::session {
namespace {

constexpr double kDegrees = 180 / kPi;

std::optional<GaitNorms> norms_of(int age, ReferenceSex sex, std::optional<double> speed = std::nullopt) {
  return gait_norms({age, sex}, speed);
}

double peak(const engine::GaitCycle& cycle) {
  return *std::max_element(cycle.begin(), cycle.end()) * kDegrees;
}

// Figures read again in the dataset's table, between the points that are kept.
TEST(GaitNorms, AreThoseOfTheDataset) {
  const auto men = norms_of(65, ReferenceSex::male);
  ASSERT_TRUE(men);
  EXPECT_NEAR(peak(men->knee.mean), 63.1, 0.1);
  EXPECT_NEAR(peak(men->hip.mean), 30.32, 0.1);
  EXPECT_NEAR(men->knee.mean[0] * kDegrees, 7.14, 0.06);
  EXPECT_NEAR(men->knee.mean[100] * kDegrees, 7.14, 0.06);
  EXPECT_NEAR(men->speed_mps, 1.249, 1e-9);
  EXPECT_EQ(men->group.from_age_years, 60);
  EXPECT_EQ(men->source, "GN1");
  const auto women = norms_of(70, ReferenceSex::female);
  ASSERT_TRUE(women);
  EXPECT_NEAR(peak(women->knee.mean), 63.86, 0.1);
  EXPECT_NEAR(peak(women->knee.sd), 9.78, 0.1);
}

TEST(GaitNorms, AreThoseOfTheNearerSpeed) {
  const auto slow = norms_of(45, ReferenceSex::male, 0.9);
  const auto comfortable = norms_of(45, ReferenceSex::male, 1.2);
  ASSERT_TRUE(slow);
  ASSERT_TRUE(comfortable);
  EXPECT_NEAR(slow->speed_mps, 0.897, 1e-9);
  EXPECT_NEAR(comfortable->speed_mps, 1.27, 1e-9);
  EXPECT_NEAR(peak(slow->knee.mean), 59.0, 0.1);
  EXPECT_GT(peak(comfortable->knee.mean), peak(slow->knee.mean));
}

TEST(GaitNorms, AreNoneForOthersThanWereMeasured) {
  NoGaitNorms why{};
  EXPECT_FALSE(gait_norms({}, 1.2, &why));
  EXPECT_EQ(why, NoGaitNorms::unknown_person);
  EXPECT_FALSE(gait_norms({40, std::nullopt}, 1.2, &why));
  EXPECT_EQ(why, NoGaitNorms::unknown_person);
  EXPECT_FALSE(gait_norms({12, ReferenceSex::female}, 1.2, &why));
  EXPECT_EQ(why, NoGaitNorms::no_such_age);
  EXPECT_FALSE(gait_norms({95, ReferenceSex::female}, 1.2, &why));
  EXPECT_EQ(why, NoGaitNorms::no_such_age);
  for (const double speed : {0.4, 1.6}) {
    EXPECT_FALSE(gait_norms({40, ReferenceSex::female}, speed, &why)) << speed;
    EXPECT_EQ(why, NoGaitNorms::other_speed);
  }
}

// A misread figure would stand out: each curve is smooth, also across its ends.
TEST(GaitNorms, HaveNoFigureThatStandsOut) {
  for (const GaitNormRow& row : kGaitNorms) {
    for (const GaitNormCurve& joint : row.joints) {
      for (const GaitNormPoints* points : {&joint.mean, &joint.sd}) {
        const std::size_t n = points->size();
        const auto at = [&](std::size_t i) { return double{1.0 * (*points)[i % n]}; };
        for (std::size_t i = 0; i < n; ++i) {
          const double third = at(i + 3) - 3 * at(i + 2) + 3 * at(i + 1) - at(i);
          EXPECT_LT(std::abs(third), 30) << row.from_age_years << " at " << 2 * (i % n) << " %";
        }
      }
    }
  }
}

}  // namespace
}  // namespace reprise::session
