// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/multibody/bounded_step.h"
#include "engine/multibody/multibody_kinematics.h"

namespace reprise::engine {

struct MarkerTarget {
  std::size_t marker = 0;  ///< of MultibodyModel::markers
  double weight = 1;
};

struct CoordinateTarget {
  std::size_t coordinate = 0;
  double weight = 1;
};

struct MarkerFitOptions {
  std::vector<MarkerTarget> markers;
  std::vector<CoordinateTarget> coordinates;
  double tolerance = 1e-7;   ///< rad or m: the last step is shorter. Unsourced default
  int max_iterations = 200;  ///< Unsourced default
};

/// Coupled points farther apart (m) are not together. Unsourced default.
inline constexpr double kPointsApartM = 1e-4;

struct MarkerFitFrame {
  std::vector<double> coordinates;  ///< rad or m, one for each of the model
  /// Where each target's marker of the model came to lie, in the ground.
  std::vector<Eigen::Vector3d> fitted_m;
  std::vector<std::optional<double>> errors_m;  ///< distances from the markers seen; empty: not seen
  double rms_error_m = 0;                       ///< of the markers seen, without weights
  double worst_error_m = 0;
  std::size_t worst_target = 0;
  int iterations = 0;
  bool converged = false;  ///< also: coupled points are together, within kPointsApartM
  double apart_m = 0;      ///< the largest distance of coupled points
  std::size_t worst_coupling = 0;
  /// Coordinates that the markers seen do not determine, although all markers of the targets would: their
  /// values are those of the frame before.
  std::vector<std::size_t> undetermined;
};

/// The coordinates that bring a model's markers nearest to those seen, frame by frame: the least sum of
/// weighted squared distances over the sum of weights, plus weighted squared differences of coordinates from
/// given values (halved both: the goal of OpenSim's tool). Clamped coordinates stay in their range, locked
/// and prescribed ones where they are, coupled ones follow; coupled points stay together where the
/// bounds let them. Gauss-Newton steps
/// with Levenberg's and Marquardt's damping and analytic slopes, each frame begun at the one before. The
/// first also tries half turns about the axes of the joint at the ground, because a person may walk in any
/// direction. A frame is tried again from the model's default pose where it may have ended beside the best
/// pose: a coordinate comes to rest at its bound, an angle jumps by more than a radian, or the distances do.
class MarkerFit {
 public:
  /// The model must outlive it; one sorted by `sorted_model`. Errors: invalid_argument (no marker, an index
  /// that is none, a weight that is negative or not finite).
  [[nodiscard]] static Result<MarkerFit> create(const MultibodyModel& model, MarkerFitOptions options);
  static Result<MarkerFit> create(MultibodyModel&&, MarkerFitOptions) = delete;

  /// `observed`: positions in the ground (m), one for each marker target; empty: not seen. `wanted`: one for
  /// each coordinate target. Errors: invalid_argument (counts, a number that is not finite), nothing_measured
  /// (no marker with a weight was seen).
  [[nodiscard]] Result<MarkerFitFrame> solve(Seconds time,
                                             std::span<const std::optional<Eigen::Vector3d>> observed,
                                             std::span<const std::optional<double>> wanted = {});

  /// The coordinates that are solved for, though the targets do not determine them even if every marker is
  /// seen. Empty before the first frame.
  [[nodiscard]] const std::vector<std::size_t>& never_determined() const { return never_determined_; }

 private:
  /// One frame's input.
  struct Frame {
    Seconds time;
    std::span<const std::optional<Eigen::Vector3d>> observed;
    std::span<const std::optional<double>> wanted;
    double total_weight = 0;  ///< of the markers seen
  };
  MarkerFit(const MultibodyModel& model, MarkerFitOptions options);

  void settle(std::vector<double>& q, Seconds time) const;
  [[nodiscard]] Eigen::Vector3d distance(const PointCoupling& coupling) const;
  double merit(const Frame& frame, const std::vector<double>& q);
  void bring_together(std::vector<double>& q, Seconds time);
  void linearize(const Frame& frame, const std::vector<double>& q);
  bool improve(const Frame& frame, std::vector<double>& q, double& value, double& damping, double& longest);
  [[nodiscard]] std::vector<std::vector<double>> starts(Seconds time) const;
  MarkerFitFrame descend(const Frame& frame, std::vector<double> q, double& value);
  void describe(const Frame& frame, MarkerFitFrame& out) const;
  [[nodiscard]] bool is_at_bound(std::size_t coordinate, const std::vector<double>& q) const;
  enum class Doubt : std::uint8_t { none, near_by, anywhere };
  [[nodiscard]] Doubt doubt_of(const MarkerFitFrame& found, double value) const;
  void retry(const Frame& frame, Doubt doubt, MarkerFitFrame& best, double& value);
  void note_undetermined(const Frame& frame, MarkerFitFrame& out);

  MarkerFitOptions options_;
  MultibodyKinematics kinematics_;
  std::vector<std::size_t> free_;  ///< the coordinates that are solved for
  std::optional<std::vector<double>> last_;
  double last_value_ = 0;  ///< the goal of the frame before
  int frames_since_retry_ = 0;
  std::vector<bool> last_seen_;  ///< the markers of the frame before
  std::vector<std::size_t> never_determined_, last_loose_;
  Eigen::MatrixXd slopes_;  ///< of all residuals by all coordinates
  Eigen::VectorXd residuals_;
  BoundedProblem problem_;
  Eigen::VectorXd multipliers_;
};

}  // namespace reprise::engine
