// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/body_scaling.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr double kEqual = 1e-9;  // relative; factors closer than this are the same

/// The moments of a solid cylinder along `axis` whose radius and length are those that the moments tell.
Eigen::Vector3d cylinder_moments(const Eigen::Vector3d& moments, double mass_kg, Eigen::Index axis,
                                 const Eigen::Vector3d& factors, double scaled_mass_kg) {
  const Eigen::Index across = axis == 0 ? 1 : 0;  // OpenSim asks one of the other two
  const double radius_squared = std::max(0.0, 2 * moments[axis] / mass_kg);
  const double length_squared = std::max(0.0, 12 * (moments[across] / mass_kg - radius_squared / 4));
  const double radius_scaled = radius_squared * factors.prod() / factors[axis];
  const double length_scaled = length_squared * factors[axis] * factors[axis];
  Eigen::Vector3d out = Eigen::Vector3d::Constant(scaled_mass_kg * (length_scaled / 12 + radius_scaled / 4));
  out[axis] = scaled_mass_kg * radius_scaled / 2;
  return out;
}

Eigen::Index least_moment(const Eigen::Vector3d& m) {
  if (m[0] <= m[1]) return m[0] <= m[2] ? 0 : 2;
  return m[1] <= m[2] ? 1 : 2;
}

}  // namespace

RigidBody scaled_body(const RigidBody& body, const Eigen::Vector3d& factors, bool scale_mass) {
  RigidBody out = body;
  const double mass_factor = scale_mass ? factors.prod() : 1;
  out.mass_kg *= mass_factor;
  out.mass_center_m = body.mass_center_m.cwiseProduct(factors);
  if (body.mass_kg <= 0) {
    out.inertia_kgm2.setZero();
  } else if (factors.maxCoeff() - factors.minCoeff() <= kEqual * factors.maxCoeff()) {
    out.inertia_kgm2 *= mass_factor * factors[0] * factors[0];
  } else {
    const Eigen::Vector3d moments = body.inertia_kgm2.diagonal();
    out.inertia_kgm2 =
        mass_factor * body.inertia_kgm2.cwiseProduct(Eigen::Matrix3d{factors * factors.transpose()});
    out.inertia_kgm2.diagonal() =
        cylinder_moments(moments, body.mass_kg, least_moment(moments), factors, out.mass_kg);
  }
  return out;
}

}  // namespace reprise::engine
