// SPDX-License-Identifier: Apache-2.0
#include "engine/multibody/multibody_model.h"

#include <Eigen/Geometry>
#include <algorithm>

namespace reprise::engine {
namespace {

constexpr const char* kBuildingModel = "building the model";

tl::unexpected<Error> bad_model(std::string cause) {
  return fail(ErrorCode::invalid_argument, kBuildingModel, std::move(cause), "correct the model");
}

tl::unexpected<Error> unsupported_model(std::string cause) {
  return fail(ErrorCode::unsupported, kBuildingModel, std::move(cause),
              "use a model that is a tree of bodies, each with one joint towards the ground");
}

template <class Named>
std::optional<std::size_t> index_of(const std::vector<Named>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const Named& n) { return n.name == name; });
  if (found == all.end()) return std::nullopt;
  return static_cast<std::size_t>(found - all.begin());
}

Result<void> check_joint(const MultibodyModel& model, const MultibodyJoint& joint) {
  if (joint.parent >= model.bodies.size() || joint.child >= model.bodies.size())
    return bad_model("joint '" + joint.name + "' joins a body that does not exist");
  for (const JointMotion& motion : joint.motions) {
    const bool ellipsoid = motion.kind == JointMotion::Kind::ellipsoid;
    for (const auto& coordinate : {motion.coordinate, motion.second_coordinate}) {
      if (coordinate && *coordinate >= model.coordinates.size())
        return bad_model("joint '" + joint.name + "' moves with a coordinate that does not exist");
    }
    if (ellipsoid && !(motion.coordinate && motion.second_coordinate))
      return bad_model("joint '" + joint.name + "' has an ellipsoid without its two coordinates");
    if (!motion.axis.allFinite() || (!ellipsoid && std::abs(motion.axis.norm() - 1) > 1e-6))
      return bad_model("joint '" + joint.name + "' has an axis whose length is not 1");
  }
  return {};
}

Result<void> check_parts(const MultibodyModel& model) {
  if (model.bodies.empty()) return bad_model("there is no ground");
  for (const RigidBody& body : model.bodies) {
    if (!(body.mass_kg >= 0) || !body.mass_center_m.allFinite() || !body.inertia_kgm2.allFinite() ||
        (body.inertia_kgm2.diagonal().array() < 0).any())
      return bad_model("body '" + body.name + "' has a mass or inertia that is none");
  }
  for (const MultibodyJoint& joint : model.joints) {
    if (auto ok = check_joint(model, joint); !ok) return ok;
  }
  for (const MultibodyCoordinate& coordinate : model.coordinates) {
    if (!coordinate.coupling) continue;
    if (coordinate.coupling->independent >= model.coordinates.size())
      return bad_model("coordinate '" + coordinate.name + "' follows one that does not exist");
    if (model.coordinates[coordinate.coupling->independent].coupling)
      return unsupported_model("coordinate '" + coordinate.name + "' follows one that follows another");
  }
  for (const ModelMarker& marker : model.markers) {
    if (marker.body >= model.bodies.size() || !marker.position_m.allFinite())
      return bad_model("marker '" + marker.name + "' is on a body that does not exist, or nowhere");
  }
  for (const PointCoupling& coupling : model.couplings) {
    if (std::max(coupling.first_body, coupling.second_body) >= model.bodies.size())
      return bad_model("constraint '" + coupling.name + "' holds a body that does not exist");
  }
  return {};
}

}  // namespace

std::optional<std::size_t> MultibodyModel::body(std::string_view body_name) const {
  return index_of(bodies, body_name);
}
std::optional<std::size_t> MultibodyModel::coordinate(std::string_view coordinate_name) const {
  return index_of(coordinates, coordinate_name);
}
std::optional<std::size_t> MultibodyModel::marker(std::string_view marker_name) const {
  return index_of(markers, marker_name);
}

Result<MultibodyModel> sorted_model(MultibodyModel model) {
  if (auto ok = check_parts(model); !ok) return tl::unexpected(ok.error());
  std::vector<bool> led_to(model.bodies.size(), false);
  for (const MultibodyJoint& joint : model.joints) {
    if (joint.child == 0 || led_to[joint.child])
      return unsupported_model("body '" + model.bodies[joint.child].name +
                               "' is the child of more joints than one, or the ground is a child");
    led_to[joint.child] = true;
  }
  std::vector<MultibodyJoint> sorted;
  std::vector<bool> placed(model.bodies.size(), false);
  placed[0] = true;
  while (sorted.size() < model.joints.size()) {
    const std::size_t before = sorted.size();
    for (const MultibodyJoint& joint : model.joints) {
      if (!placed[joint.parent] || placed[joint.child]) continue;
      placed[joint.child] = true;
      sorted.push_back(joint);
    }
    if (sorted.size() == before) break;
  }
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    if (!placed[b])
      return unsupported_model("no joint leads from the ground to body '" + model.bodies[b].name + "'");
  }
  model.joints = std::move(sorted);
  return model;
}

Eigen::Matrix3d body_fixed_xyz(const Eigen::Vector3d& angles_rad) {
  using Eigen::AngleAxisd;
  using Eigen::Vector3d;
  return (AngleAxisd(angles_rad.x(), Vector3d::UnitX()) * AngleAxisd(angles_rad.y(), Vector3d::UnitY()) *
          AngleAxisd(angles_rad.z(), Vector3d::UnitZ()))
      .toRotationMatrix();
}

}  // namespace reprise::engine
