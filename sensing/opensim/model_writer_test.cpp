// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/units.h"
#include "engine/multibody/multibody_kinematics.h"
#include "sensing/opensim/model_file.h"
#include "sensing/opensim/test_osim.h"

namespace reprise::sensing {
namespace {

TEST(ToOsim, IsReadBackAsTheSameModel) {
  const auto read = parse_osim(arm_of_opensim_4());
  ASSERT_TRUE(read) << to_string(read.error());
  const auto text = to_osim(read->model, "two rods & a joint");
  ASSERT_TRUE(text) << to_string(text.error());
  const auto again = parse_osim(*text);
  ASSERT_TRUE(again) << to_string(again.error());
  ASSERT_EQ(again->model.bodies.size(), 3U);
  for (std::size_t b = 1; b < 3; ++b) {
    EXPECT_EQ(again->model.bodies[b].name, read->model.bodies[b].name);
    EXPECT_EQ(again->model.bodies[b].mass_kg, read->model.bodies[b].mass_kg);
    EXPECT_TRUE(again->model.bodies[b].inertia_kgm2.isApprox(read->model.bodies[b].inertia_kgm2));
  }
  EXPECT_TRUE(again->model.gravity_mps2.isApprox(read->model.gravity_mps2));
  // The wrist lies at the same place for each coordinate by its name.
  engine::MultibodyKinematics first{read->model}, second{again->model};
  const auto values = [](const engine::MultibodyModel& model) {
    std::vector<double> q(2);
    q[*model.coordinate("flexion")] = 0.7;
    q[*model.coordinate("elbow_flexion")] = -0.4;
    return q;
  };
  first.place(values(read->model));
  second.place(values(again->model));
  const auto wrist = [](const engine::MultibodyKinematics& placed) {
    const engine::ModelMarker& marker = placed.model().markers.front();
    return placed.body(marker.body).in_ground * marker.position_m;
  };
  EXPECT_LT((wrist(first) - wrist(second)).norm(), 1e-12);
  EXPECT_TRUE(again->model.coordinates[*again->model.coordinate("elbow_flexion")].clamped);
}

TEST(ToOsim, RefusesWhatOpenSimCouldNotRead) {
  auto model = parse_osim(arm_of_opensim_4())->model;
  model.bodies[1].name = "upper arm";
  auto refused = to_osim(model, "");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().cause, testing::HasSubstr("'upper arm' is no word"));
  model.bodies[1].name = "humerus";
  model.markers[0].position_m.x() = std::numeric_limits<double>::quiet_NaN();
  refused = to_osim(model, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::invalid_argument);
  model.markers[0].position_m.x() = 0;
  model.joints[0].motions[0].amount = engine::PiecewisePolynomial::polynomial(std::vector{1.0, 0.0, 0.0});
  refused = to_osim(model, "");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unsupported);
}

}  // namespace
}  // namespace reprise::sensing
