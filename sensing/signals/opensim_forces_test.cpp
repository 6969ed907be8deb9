// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/opensim_forces.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sensing/signals/ground_forces.h"
#include "sensing/signals/read_signals.h"
#include "tests/support/test_files.h"

namespace reprise::sensing {
namespace {

constexpr const char* kForces =
    "walk\nnRows=4\nnColumns=7\nendheader\n"
    "time\tground_force_vx\tground_force_vy\tground_force_px\tground_force_py\tground_force_pz\tl_ground_"
    "force_vy\n"
    "0.00\t10\t700\t0.10\t-0.01\t0.2\t0\n0.01\t11\t690\t0.11\t-0.01\t0.2\t5\n"
    "0.02\t12\t680\t0.12\t-0.01\t0.2\t9\n0.03\t13\t670\t0.13\t-0.01\t0.2\t20\n";

TEST(OpenSimForces, AreKnownByTheirLabels) {
  const auto read = read_signal_text(kForces, "walk.mot", {});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->format, "OpenSim");
  const auto forces = ground_forces(*read, {.meaning = {{{"ground_force", "right_foot"}}}});
  ASSERT_TRUE(forces) << to_string(forces.error());
  EXPECT_TRUE(forces->findings.empty());
  ASSERT_EQ(forces->forces.size(), 2U);
  const GroundForce& right = forces->forces[0];
  EXPECT_EQ(right.place, "right_foot");
  EXPECT_EQ(*right.force_n[1], 690);
  EXPECT_NEAR(right.centers[1]->ap_m, 0.11, 1e-12);
  EXPECT_NEAR(right.centers[1]->ml_m, 0.2, 1e-12);
  EXPECT_EQ(forces->forces[1].place, "left");
  EXPECT_EQ(*forces->forces[1].force_n[3], 20);
}

TEST(OpenSimForces, LeaveAnotherTableAsItIs) {
  EXPECT_TRUE(table_of_opensim("time,ground_force_vy\n0,1\n").empty());
  EXPECT_TRUE(table_of_opensim("walk\nendheader").empty());
  const auto read = read_signal_text("time,acc_x\n0,1\n0.01,2\n0.02,3\n", "walk.csv", {});
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(read->format, "text table");
}

}  // namespace
}  // namespace reprise::sensing
