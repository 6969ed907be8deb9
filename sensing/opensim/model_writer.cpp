// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_writer.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "base/markup.h"
#include "base/units.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/xml_edits.h"

namespace reprise::sensing {
namespace {

using engine::JointMotion;
using Kind = engine::JointMotion::Kind;

constexpr const char* kWritingModel = "writing an OpenSim model";

std::string xml_element(const std::string& name, const std::string& text) {
  return "<" + name + ">" + text + "</" + name + ">";
}

bool is_word(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-';
  });
}

/// The factor of a motion that is a coordinate times it; empty for another.
std::optional<double> factor_of(const JointMotion& motion) {
  const auto middle = motion.amount.at(0);
  for (const double x : {-1.0, 1.0}) {
    const auto at = motion.amount.at(x);
    if (at.value != x * middle.slope || at.slope != middle.slope) return std::nullopt;
  }
  return middle.slope;
}

class ModelWriter {
 public:
  explicit ModelWriter(const engine::MultibodyModel& model) : model_(model) {}

  [[nodiscard]] Result<std::string> write(const std::string& credits) {
    if (!model_.couplings.empty()) return unsupported("has coupled points");
    if (auto ok = check_names(); !ok) return tl::unexpected(ok.error());
    if (!finite()) {
      return fail(ErrorCode::invalid_argument, kWritingModel, "a number of the model is not finite",
                  "report this as a fault");
    }
    out_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSimDocument Version=\"40000\">\n<Model name=\"" +
           model_.name + "\">\n" + xml_element("credits", markup_escaped(credits)) + "\n" +
           xml_element("gravity", vector_text(model_.gravity_mps2)) +
           "\n<length_units>meters</length_units><force_units>N</force_units>\n<Ground name=\"ground\"/>\n"
           "<BodySet name=\"bodyset\"><objects>\n";
    for (std::size_t b = 1; b < model_.bodies.size(); ++b) add_body(model_.bodies[b]);
    out_ += "</objects></BodySet>\n<JointSet name=\"jointset\"><objects>\n";
    for (const engine::MultibodyJoint& joint : model_.joints) {
      if (auto ok = add_joint(joint); !ok) return tl::unexpected(ok.error());
    }
    out_ += "</objects></JointSet>\n<MarkerSet name=\"markerset\"><objects>\n";
    for (const engine::ModelMarker& marker : model_.markers) {
      out_ += "<Marker name=\"" + marker.name + "\">" +
              xml_element("socket_parent_frame", path_of(marker.body)) +
              xml_element("location", vector_text(marker.position_m)) + xml_element("fixed", "true") +
              "</Marker>\n";
    }
    out_ += "</objects></MarkerSet>\n</Model>\n</OpenSimDocument>\n";
    return std::move(out_);
  }

 private:
  [[nodiscard]] static tl::unexpected<Error> unsupported(const std::string& what) {
    return fail(ErrorCode::unsupported, kWritingModel, "the model " + what, "report this as a fault");
  }
  [[nodiscard]] bool finite() const {
    const auto placed = [](const engine::RigidTransform& at) {
      return at.rotation.allFinite() && at.position_m.allFinite();
    };
    return std::all_of(model_.bodies.begin(), model_.bodies.end(),
                       [](const engine::RigidBody& body) {
                         return std::isfinite(body.mass_kg) && body.mass_center_m.allFinite() &&
                                body.inertia_kgm2.allFinite();
                       }) &&
           std::all_of(
               model_.joints.begin(), model_.joints.end(),
               [&](const auto& joint) { return placed(joint.in_parent) && placed(joint.in_child); }) &&
           std::all_of(model_.coordinates.begin(), model_.coordinates.end(),
                       [](const auto& c) {
                         return std::isfinite(c.initial) && std::isfinite(c.min) && std::isfinite(c.max);
                       }) &&
           std::all_of(model_.markers.begin(), model_.markers.end(),
                       [](const auto& marker) { return marker.position_m.allFinite(); });
  }

  [[nodiscard]] Result<void> check_names() const {
    std::vector<std::string_view> names = {model_.name};
    for (const auto& body : model_.bodies) names.push_back(body.name);
    for (const auto& joint : model_.joints) names.push_back(joint.name);
    for (const auto& coordinate : model_.coordinates) names.push_back(coordinate.name);
    for (const auto& marker : model_.markers) names.push_back(marker.name);
    for (const std::string_view name : names) {
      if (is_word(name)) continue;
      return fail(ErrorCode::invalid_argument, kWritingModel, "the name '" + shown(name) + "' is no word",
                  "use letters, digits, points, hyphens and underscores");
    }
    return {};
  }

  [[nodiscard]] std::string path_of(std::size_t body) const {
    return body == 0 ? "/ground" : "/bodyset/" + model_.bodies[body].name;
  }

  void add_body(const engine::RigidBody& body) {
    const Eigen::Matrix3d& i = body.inertia_kgm2;
    out_ += "<Body name=\"" + body.name + "\">" + xml_element("mass", number_list({body.mass_kg})) +
            xml_element("mass_center", vector_text(body.mass_center_m)) +
            xml_element("inertia", number_list({i(0, 0), i(1, 1), i(2, 2), i(0, 1), i(0, 2), i(1, 2)})) +
            "</Body>\n";
  }

  [[nodiscard]] std::string frame(const std::string& name, std::size_t body,
                                  const engine::RigidTransform& place) const {
    // Body-fixed turns about x, y, z.
    const Eigen::Matrix3d& r = place.rotation;
    const Eigen::Vector3d angles{std::atan2(-r(1, 2), r(2, 2)), std::asin(std::clamp(r(0, 2), -1.0, 1.0)),
                                 std::atan2(-r(0, 1), r(0, 0))};
    return "<PhysicalOffsetFrame name=\"" + name + "\">" + xml_element("socket_parent", path_of(body)) +
           xml_element("translation", vector_text(place.position_m)) +
           xml_element("orientation", vector_text(angles)) + "</PhysicalOffsetFrame>";
  }

  [[nodiscard]] static std::string coordinate(const engine::MultibodyCoordinate& c) {
    const double reach = c.rotational ? kPi : 100;
    const bool bounded = c.min < c.max;
    return "<Coordinate name=\"" + c.name + "\">" + xml_element("default_value", number_list({c.initial})) +
           xml_element("range", bounded ? number_list({c.min, c.max}) : number_list({-reach, reach})) +
           xml_element("clamped", c.clamped ? "true" : "false") +
           xml_element("locked", c.locked ? "true" : "false") + "</Coordinate>";
  }

  /// An axis that turns or shifts by a coordinate, or by nothing.
  [[nodiscard]] static std::string axis(const std::string& name, const std::string& moved_by,
                                        const Eigen::Vector3d& direction, double factor) {
    const std::string function =
        moved_by.empty() ? "<Constant name=\"function\">" + xml_element("value", "0") + "</Constant>"
                         : "<LinearFunction name=\"function\">" +
                               xml_element("coefficients", number_list({factor, 0})) + "</LinearFunction>";
    return "<TransformAxis name=\"" + name + "\">" + xml_element("coordinates", moved_by) +
           xml_element("axis", vector_text(direction)) + function + "</TransformAxis>";
  }

  [[nodiscard]] Result<void> add_joint(const engine::MultibodyJoint& joint) {
    std::vector<const JointMotion*> turns, shifts;
    std::string coordinates;
    for (const JointMotion& motion : joint.motions) {
      const bool turn = motion.kind == Kind::rotation;
      const auto factor = factor_of(motion);
      const bool in_order = turn || turns.empty();
      if (motion.kind == Kind::ellipsoid || !motion.coordinate || !factor || !in_order)
        return unsupported("has the joint '" + joint.name +
                           "', which moves otherwise than by one coordinate an axis");
      const engine::MultibodyCoordinate& c = model_.coordinates[*motion.coordinate];
      if (c.coupling || c.prescribed)
        return unsupported("has the coordinate '" + c.name + "', which follows another");
      coordinates += coordinate(c);
      (turn ? turns : shifts).push_back(&motion);
    }
    if (turns.size() > 3 || shifts.size() > 3)
      return unsupported("has the joint '" + joint.name + "' with too many axes");
    out_ += "<CustomJoint name=\"" + joint.name + "\">" +
            xml_element("socket_parent_frame", joint.name + "_parent") +
            xml_element("socket_child_frame", joint.name + "_child") +
            xml_element("coordinates", coordinates) + "<frames>" +
            frame(joint.name + "_parent", joint.parent, joint.in_parent) +
            frame(joint.name + "_child", joint.child, joint.in_child) + "</frames><SpatialTransform>";
    add_axes("rotation", turns);
    add_axes("translation", shifts);
    out_ += "</SpatialTransform></CustomJoint>\n";
    return {};
  }

  /// Three axes, those that nothing moves by chosen so that no two are parallel: OpenSim wants them so.
  void add_axes(const std::string& kind, const std::vector<const JointMotion*>& motions) {
    std::vector<Eigen::Vector3d> taken;
    for (std::size_t i = 0; i < 3; ++i) {
      const std::string name = kind + std::to_string(i + 1);
      if (i < motions.size()) {
        taken.push_back(motions[i]->axis);
        out_ += axis(name, model_.coordinates[*motions[i]->coordinate].name, motions[i]->axis,
                     *factor_of(*motions[i]));
        continue;
      }
      for (const Eigen::Index k : {0, 1, 2}) {
        const Eigen::Vector3d free = Eigen::Vector3d::Unit(k);
        const bool parallel = std::any_of(
            taken.begin(), taken.end(), [&](const auto& a) { return a.cross(free).norm() < 0.5 * a.norm(); });
        if (parallel) continue;
        taken.push_back(free);
        out_ += axis(name, "", free, 0);
        break;
      }
    }
  }

  const engine::MultibodyModel& model_;
  std::string out_;
};

}  // namespace

Result<std::string> to_osim(const engine::MultibodyModel& model, const std::string& credits) {
  return ModelWriter{model}.write(credits);
}

}  // namespace reprise::sensing
