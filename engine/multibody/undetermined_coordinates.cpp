// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/undetermined_coordinates.h"

#include <Eigen/Eigenvalues>
#include <cmath>

namespace reprise::engine {
namespace {

using Eigen::Index;

/// Directions in which the markers' sum of squares (m2 per rad2) grows by less are not determined: a lever of
/// 0.3 mm. Unsourced default.
constexpr double kLeastGrowth = 1e-7;

}  // namespace

Eigen::MatrixXd free_slopes(const MultibodyModel& model, std::span<const double> q,
                            std::span<const std::size_t> free, Eigen::MatrixXd& slopes) {
  for (std::size_t c = 0; c < q.size(); ++c) {
    const auto& coupling = model.coordinates[c].coupling;
    if (!coupling) continue;
    slopes.col(static_cast<Index>(coupling->independent)) +=
        coupling->function.at(q[coupling->independent]).slope * slopes.col(static_cast<Index>(c));
  }
  Eigen::MatrixXd open(slopes.rows(), static_cast<Index>(free.size()));
  for (std::size_t i = 0; i < free.size(); ++i)
    open.col(static_cast<Index>(i)) = slopes.col(static_cast<Index>(free[i]));
  return open;
}

std::vector<std::size_t> undetermined_coordinates(MultibodyKinematics& kinematics, std::span<const double> q,
                                                  std::span<const std::size_t> free, const Determining& by) {
  const MultibodyModel& model = kinematics.model();
  kinematics.place(q);
  const std::size_t points = by.markers.size() + model.couplings.size();
  Eigen::MatrixXd slopes = Eigen::MatrixXd::Zero(static_cast<Index>(3 * points + by.coordinates.size()),
                                                 static_cast<Index>(q.size()));
  Index row = 0;
  const auto add = [&](std::size_t body, const Eigen::Vector3d& at, double sign) {
    kinematics.add_point_slopes(body, kinematics.body(body).in_ground * at, sign, slopes.middleRows(row, 3));
  };
  for (const std::size_t m : by.markers) {
    add(model.markers[m].body, model.markers[m].position_m, 1);
    row += 3;
  }
  for (const PointCoupling& coupling : model.couplings) {
    add(coupling.first_body, coupling.first_m, 1);
    add(coupling.second_body, coupling.second_m, -1);
    row += 3;
  }
  for (const std::size_t c : by.coordinates) slopes(row++, static_cast<Index>(c)) = 1;
  const Eigen::MatrixXd open = free_slopes(model, q, free, slopes);
  std::vector<std::size_t> loose;
  if (free.empty() || !open.allFinite()) return loose;
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{open.transpose() * open};
  for (std::size_t i = 0; i < free.size(); ++i) {
    double part = 0;
    for (Index k = 0; k < open.cols() && solver.eigenvalues()[k] < kLeastGrowth; ++k)
      part += std::pow(solver.eigenvectors()(static_cast<Index>(i), k), 2);
    if (part > 1e-3) loose.push_back(free[i]);
  }
  return loose;
}

}  // namespace reprise::engine
