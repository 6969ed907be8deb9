// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/body_scale_fit.h"

#include <gtest/gtest.h>

#include <random>

#include "engine/multibody/multibody_kinematics.h"

namespace reprise::engine {
namespace {

JointMotion moves(JointMotion::Kind kind, const Eigen::Vector3d& axis, std::size_t coordinate) {
  return {kind, axis, coordinate, {}, PiecewisePolynomial::polynomial(std::vector{1.0, 0.0})};
}

/// A pelvis that moves freely, and a leg of two rods; four markers at the pelvis, and few on the leg.
MultibodyModel leg() {
  MultibodyModel model;
  model.bodies = {{.name = "ground"}, {.name = "pelvis"}, {.name = "thigh"}, {.name = "shank"}};
  MultibodyJoint root{"root", 0, 1}, hip{"hip", 1, 2}, knee{"knee", 2, 3};
  const auto add = [&](MultibodyJoint& joint, JointMotion::Kind kind, int axis, const char* name) {
    joint.motions.push_back(moves(kind, Eigen::Vector3d::Unit(axis), model.coordinates.size()));
    MultibodyCoordinate c;
    c.name = name, c.rotational = kind == JointMotion::Kind::rotation;
    model.coordinates.push_back(c);
  };
  for (const int axis : {0, 1, 2})
    add(root, JointMotion::Kind::translation, axis, axis == 0 ? "tx" : axis == 1 ? "ty" : "tz");
  for (const int axis : {0, 1, 2})
    add(root, JointMotion::Kind::rotation, axis, axis == 0 ? "rx" : axis == 1 ? "ry" : "rz");
  for (const int axis : {2, 0, 1})
    add(hip, JointMotion::Kind::rotation, axis, axis == 2 ? "flexion" : axis == 0 ? "adduction" : "rotation");
  add(knee, JointMotion::Kind::rotation, 2, "knee");
  hip.in_parent.position_m = {-0.07, -0.07, 0.08};
  knee.in_parent.position_m = {0, -0.4, 0};
  model.joints = {root, hip, knee};
  model.markers = {{"asis_r", 1, {0.02, 0.03, 0.12}}, {"asis_l", 1, {0.02, 0.03, -0.12}},
                   {"sacrum", 1, {-0.16, 0.04, 0}},   {"thigh", 2, {0.05, -0.2, 0.05}},
                   {"knee", 2, {0, -0.4, 0.05}},      {"tibia", 3, {0.04, -0.1, 0}},
                   {"ankle", 3, {0, -0.38, 0.04}}};
  return *sorted_model(std::move(model));
}

using Frames = std::vector<std::vector<std::optional<Eigen::Vector3d>>>;

Frames frames_of(const MultibodyModel& person, double noise_m) {
  std::mt19937 random{3};
  std::normal_distribution<double> noise{0, noise_m > 0 ? noise_m : 1};
  MultibodyKinematics placed{person};
  Frames frames;
  for (int f = 0; f < 10; ++f) {
    const double t = 0.1 * f;
    placed.place(std::vector{0.1 * t, 0.9, 0.0, 0.1 * t, 0.3, 0.1, 0.8 * t, 0.2 * t, 0.1, -1.2 * t});
    auto& seen = frames.emplace_back();
    for (const ModelMarker& marker : person.markers) {
      Eigen::Vector3d at = placed.body(marker.body).in_ground * marker.position_m;
      if (noise_m > 0) at += Eigen::Vector3d{noise(random), noise(random), noise(random)};
      seen.emplace_back(at);
    }
  }
  return frames;
}

TEST(FitBodyScales, FindsTheFactorsThatMadeTheMarkers) {
  const MultibodyModel model = leg();
  const std::vector<double> factors = {1, 1.08, 1.15, 0.93};
  const auto fit = fit_body_scales(model, frames_of(with_scaled_lengths(model, factors), 0));
  ASSERT_TRUE(fit) << to_string(fit.error());
  EXPECT_TRUE(fit->converged);
  EXPECT_LT(fit->rms_error_m, 1e-4);
  for (std::size_t b = 1; b < 4; ++b) {
    EXPECT_NEAR(fit->factors[b] / factors[b], 1, 1e-3) << b;
    EXPECT_GT(fit->told[b], 0.99) << b;
  }
}

TEST(FitBodyScales, RefusesMarkersInAnotherUnit) {
  const MultibodyModel model = leg();
  for (const double unit : {0.001, 1000.0}) {
    Frames frames = frames_of(model, 0);
    for (auto& frame : frames)
      for (auto& marker : frame) *marker *= unit;
    const auto fit = fit_body_scales(model, frames);
    ASSERT_FALSE(fit) << unit;
    EXPECT_NE(fit.error().cause.find("no factor between 0.3 and 3"), std::string::npos);
  }
}

TEST(FitBodyScales, StaysNearWithNoise) {
  const MultibodyModel model = leg();
  const std::vector<double> factors = {1, 1.08, 1.15, 0.93};
  const auto fit = fit_body_scales(model, frames_of(with_scaled_lengths(model, factors), 0.005));
  ASSERT_TRUE(fit) << to_string(fit.error());
  for (std::size_t b = 1; b < 4; ++b) EXPECT_NEAR(fit->factors[b], factors[b], 0.05) << b;
}

TEST(FitBodyScales, GivesABodyWithoutMarkersTheMeanOfAll) {
  MultibodyModel model = leg();
  model.markers.resize(3);  // the pelvis alone
  const auto fit =
      fit_body_scales(model, frames_of(with_scaled_lengths(model, std::vector{1.0, 1.1, 1.3, 1.3}), 0));
  ASSERT_TRUE(fit) << to_string(fit.error());
  for (std::size_t b = 1; b < 4; ++b) EXPECT_NEAR(fit->factors[b], 1.1, 1e-3) << b;
  EXPECT_GT(fit->told[1], 0.99);
  EXPECT_LT(fit->told[2], 0.1);
  EXPECT_FALSE(fit_body_scales(model, {}));
}

}  // namespace
}  // namespace reprise::engine
