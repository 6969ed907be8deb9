// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "engine/multibody/multibody_model.h"

namespace reprise::engine {

/// Where a body is and how it moves, along the axes of the ground.
struct BodyMotion {
  RigidTransform in_ground;
  Eigen::Vector3d angular_velocity_radps = Eigen::Vector3d::Zero();
  Eigen::Vector3d velocity_mps = Eigen::Vector3d::Zero();  ///< of the body's origin
  Eigen::Vector3d angular_acceleration_radps2 = Eigen::Vector3d::Zero();
  Eigen::Vector3d acceleration_mps2 = Eigen::Vector3d::Zero();
};

/// What one coordinate does to all that its joint carries: turns about an axis through a point, or shifts,
/// per unit of the coordinate.
struct CoordinateEffect {
  std::size_t coordinate = 0;
  bool rotation = true;
  Eigen::Vector3d direction = Eigen::Vector3d::Zero();  ///< in the ground; its length is the joint's slope
  Eigen::Vector3d point_m = Eigen::Vector3d::Zero();    ///< on the axis, in the ground
};

/// Forward kinematics of a model. Rates of the coordinates are those of time, not the angular velocities that
/// other programs use for ball joints. The model must outlive it; one sorted by `sorted_model`.
class MultibodyKinematics {
 public:
  explicit MultibodyKinematics(const MultibodyModel& model);
  explicit MultibodyKinematics(MultibodyModel&&) = delete;

  /// Places all bodies. Precondition: one value for each coordinate.
  void place(std::span<const double> coordinates);
  /// Places them with velocities and accelerations.
  void move(std::span<const double> coordinates, std::span<const double> rates,
            std::span<const double> accelerations);

  [[nodiscard]] const BodyMotion& body(std::size_t index) const { return bodies_[index]; }
  /// The effects of the joint that leads to a body.
  [[nodiscard]] std::span<const CoordinateEffect> effects(std::size_t body_index) const {
    return std::span{effects_}.subspan(first_effect_[body_index], effect_count_[body_index]);
  }
  /// The bodies from one towards the ground, itself first, the ground left out.
  [[nodiscard]] std::span<const std::size_t> path(std::size_t body_index) const { return paths_[body_index]; }
  [[nodiscard]] const MultibodyModel& model() const { return *model_; }

  /// Adds to `slopes` (3 rows, a column for each coordinate) how a point of a body, given in the ground,
  /// moves with the coordinates, times `factor`.
  void add_point_slopes(std::size_t body_index, const Eigen::Vector3d& point_m, double factor,
                        Eigen::Ref<Eigen::MatrixXd> slopes) const;

 private:
  template <bool kMoving>
  void place_all(std::span<const double> q, std::span<const double> rates, std::span<const double> bends);

  const MultibodyModel* model_;
  std::vector<BodyMotion> bodies_;
  std::vector<CoordinateEffect> effects_;
  std::vector<std::size_t> first_effect_, effect_count_;
  std::vector<std::vector<std::size_t>> paths_;
};

}  // namespace reprise::engine
