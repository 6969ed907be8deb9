// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/body_scale_fit.h"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "engine/multibody/marker_fit.h"

namespace reprise::engine {
namespace {

using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

constexpr double kLeastErrorM = 1e-5;      // markers are not known better
constexpr double kLeast = 0.3, kMost = 3;  // factors of people; what lies beyond is no fit
constexpr double kPoseDamping = 1e-9;      // of directions that no marker shows

/// A translation that is a coordinate of its own has no length of a body.
bool slides_freely(const JointMotion& motion) {
  const auto at = motion.amount.at(0);
  return motion.coordinate && at.value == 0 && at.slope == 1 && motion.amount.at(1).value == 1;
}

/// How markers move with the factors of bodies, at placed poses.
class LengthSlopes {
 public:
  explicit LengthSlopes(const MultibodyModel& model) : model_(model), joint_of_(model.bodies.size()) {
    for (std::size_t j = 0; j < model.joints.size(); ++j) joint_of_[model.joints[j].child] = j;
  }

  /// Three rows, a column for each body. `placed`: the model with lengths times `factors`.
  [[nodiscard]] Eigen::Matrix3Xd of(const ModelMarker& marker, const MultibodyKinematics& placed,
                                    std::span<const double> factors) const {
    Eigen::Matrix3Xd slopes = Eigen::Matrix3Xd::Zero(3, static_cast<Eigen::Index>(model_.bodies.size()));
    const auto add = [&](std::size_t body, const Vector3d& v) {
      slopes.col(static_cast<Eigen::Index>(body)) += v;
    };
    add(marker.body, placed.body(marker.body).in_ground.rotation * marker.position_m);
    for (std::size_t body = marker.body; body != 0;) {
      const MultibodyJoint& joint = model_.joints[joint_of_[body]];
      const RigidTransform& child = placed.body(body).in_ground;
      const RigidTransform& parent = placed.body(joint.parent).in_ground;
      const Vector3d in_child = child.rotation * joint.in_child.position_m;
      const Vector3d in_parent = parent.rotation * joint.in_parent.position_m;
      add(body, -in_child);
      add(joint.parent, in_parent);
      const bool free =
          std::any_of(joint.motions.begin(), joint.motions.end(), [](const JointMotion& motion) {
            return motion.kind == JointMotion::Kind::translation && slides_freely(motion);
          });
      const double of_parent = factors[joint.parent];
      if (!free) {
        add(joint.parent,
            (child.position_m + factors[body] * in_child - parent.position_m - of_parent * in_parent) /
                of_parent);
      }
      body = joint.parent;
    }
    slopes.col(0).setZero();  // the ground stays
    return slopes;
  }

 private:
  const MultibodyModel& model_;
  std::vector<std::size_t> joint_of_;
};

/// Normal equations of the factors' changes.
struct Equations {
  MatrixXd matrix;
  VectorXd right;
  double squares = 0;
  std::size_t markers = 0;
};

void add_frame(const MultibodyModel& model, const LengthSlopes& lengths, const MultibodyKinematics& placed,
               std::span<const std::optional<Vector3d>> seen, std::span<const double> factors,
               Equations& out) {
  const MultibodyModel& scaled = placed.model();
  const auto count = static_cast<Eigen::Index>(
      std::count_if(seen.begin(), seen.end(), [](const auto& p) { return p.has_value(); }));
  const auto coordinates = static_cast<Eigen::Index>(model.coordinates.size());
  MatrixXd by_length(3 * count, static_cast<Eigen::Index>(model.bodies.size()));
  MatrixXd by_pose = MatrixXd::Zero(3 * count, coordinates);
  VectorXd misses(3 * count);
  Eigen::Index row = 0;
  for (std::size_t m = 0; m < seen.size(); ++m) {
    if (!seen[m]) continue;
    const ModelMarker& marker = scaled.markers[m];
    const Vector3d at = placed.body(marker.body).in_ground * marker.position_m;
    misses.segment<3>(row) = *seen[m] - at;
    by_length.middleRows<3>(row) = lengths.of(model.markers[m], placed, factors);
    MatrixXd slopes = MatrixXd::Zero(3, coordinates);
    placed.add_point_slopes(marker.body, at, 1, slopes);
    by_pose.middleRows<3>(row) = slopes;
    row += 3;
  }
  for (Eigen::Index c = 0; c < coordinates; ++c)
    if (!model.coordinates[static_cast<std::size_t>(c)].is_free()) by_pose.col(c).setZero();
  out.squares += misses.squaredNorm();
  out.markers += static_cast<std::size_t>(count);
  // What a change of the pose would do as well counts for no length.
  MatrixXd normal = by_pose.transpose() * by_pose;
  normal.diagonal().array() += kPoseDamping;
  const Eigen::LDLT<MatrixXd> pose{normal};
  const MatrixXd rest = by_length - by_pose * pose.solve(by_pose.transpose() * by_length);
  out.matrix += by_length.transpose() * rest;
  out.right += rest.transpose() * misses;
}

}  // namespace

MultibodyModel with_scaled_lengths(const MultibodyModel& model, std::span<const double> factors) {
  MultibodyModel out = model;
  for (MultibodyJoint& joint : out.joints) {
    const double parent = factors[joint.parent];
    joint.in_parent.position_m *= parent;
    joint.in_child.position_m *= factors[joint.child];
    for (JointMotion& motion : joint.motions) {
      if (motion.kind == JointMotion::Kind::ellipsoid) motion.axis *= parent;
      if (motion.kind == JointMotion::Kind::translation && !slides_freely(motion))
        motion.amount = motion.amount.scaled(parent);
    }
  }
  for (ModelMarker& marker : out.markers) marker.position_m *= factors[marker.body];
  for (PointCoupling& coupling : out.couplings) {
    coupling.first_m *= factors[coupling.first_body];
    coupling.second_m *= factors[coupling.second_body];
  }
  return out;
}

Result<BodyScaleFit> fit_body_scales(const MultibodyModel& model,
                                     std::span<const std::vector<std::optional<Vector3d>>> frames,
                                     const BodyScaleOptions& options) {
  if (frames.empty())
    return fail(ErrorCode::nothing_measured, "fitting lengths of bodies", "there is no frame",
                "give a frame with markers");
  const auto bodies = static_cast<Eigen::Index>(model.bodies.size());
  BodyScaleFit out;
  out.factors.assign(model.bodies.size(), 1);
  out.told.assign(model.bodies.size(), 0);
  MarkerFitOptions how;
  for (std::size_t m = 0; m < model.markers.size(); ++m) how.markers.push_back({m, 1});
  const LengthSlopes lengths{model};
  for (out.rounds = 1; out.rounds <= options.max_rounds && !out.converged; ++out.rounds) {
    const MultibodyModel scaled = with_scaled_lengths(model, out.factors);
    auto fit = MarkerFit::create(scaled, how);
    if (!fit) return tl::unexpected(fit.error());
    MultibodyKinematics placed{scaled};
    Equations equations{MatrixXd::Zero(bodies, bodies), VectorXd::Zero(bodies)};
    for (const auto& seen : frames) {
      const auto pose = fit->solve(Seconds{0}, seen);
      if (!pose) return tl::unexpected(pose.error());
      placed.place(pose->coordinates);
      add_frame(model, lengths, placed, seen, out.factors, equations);
    }
    const double error =
        std::sqrt(equations.squares / static_cast<double>(std::max<std::size_t>(1, equations.markers)));
    out.rms_error_m = error;
    // Drawn to the mean of all bodies' factors, the ground's left out.
    const double pull =
        std::pow(std::max(error, kLeastErrorM) / options.spread, 2) * static_cast<double>(frames.size());
    MatrixXd drawn = MatrixXd::Identity(bodies, bodies) -
                     MatrixXd::Constant(bodies, bodies, 1.0 / static_cast<double>(bodies - 1));
    drawn.row(0).setZero(), drawn.col(0).setZero();
    const VectorXd now = Eigen::Map<const VectorXd>(out.factors.data(), bodies);
    MatrixXd matrix = equations.matrix + pull * drawn;
    matrix(0, 0) = 1;
    matrix.diagonal().array() += 1e-12;
    const VectorXd change = matrix.ldlt().solve(equations.right - pull * drawn * now);
    double largest = 0;
    for (Eigen::Index b = 1; b < bodies; ++b) {
      double& factor = out.factors[static_cast<std::size_t>(b)];
      const double next = std::clamp(factor + change[b], kLeast, kMost);
      largest = std::max(largest, std::abs(next - factor));
      factor = next;
    }
    const MatrixXd covariance = matrix.ldlt().solve(MatrixXd::Identity(bodies, bodies));
    for (Eigen::Index b = 1; b < bodies; ++b)
      out.told[static_cast<std::size_t>(b)] = std::clamp(1 - pull * covariance(b, b), 0.0, 1.0);
    out.converged = largest < options.tolerance;
  }
  --out.rounds;
  for (std::size_t b = 1; b < out.factors.size(); ++b) {
    if (out.factors[b] > kLeast && out.factors[b] < kMost) continue;
    return fail(ErrorCode::invalid_argument, "fitting lengths of bodies",
                "no factor between 0.3 and 3 brings '" + model.bodies[b].name + "' near its markers",
                "check the units of recording and model, and that markers have the same names on both");
  }
  return out;
}

}  // namespace reprise::engine
