// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_file.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/model_functions.h"
#include "sensing/opensim/model_joints.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingModel = "reading an OpenSim model";

tl::unexpected<Error> corrupt_model(std::string cause) {
  return fail(ErrorCode::corrupt, kReadingModel, std::move(cause), "correct the model");
}

std::string described(const XmlElement& element) {
  return shown(element.name) + " '" + shown(element.attribute("name")) + "'";
}

Result<Eigen::Matrix3d> read_inertia(const XmlElement& element) {
  std::vector<double> values;  // xx yy zz xy xz yz
  if (element.child("inertia") != nullptr) {
    auto numbers = numbers_of(element, "inertia");
    if (!numbers) return tl::unexpected(numbers.error());
    values = std::move(*numbers);
  } else {
    for (const char* name :
         {"inertia_xx", "inertia_yy", "inertia_zz", "inertia_xy", "inertia_xz", "inertia_yz"}) {
      const auto number = number_or(element, name, 0);
      if (!number) return tl::unexpected(number.error());
      values.push_back(*number);
    }
  }
  if (values.size() != 6) return corrupt_model(described(element) + " has an inertia that is not 6 numbers");
  if (values[0] < 0 || values[1] < 0 || values[2] < 0)
    return corrupt_model(described(element) + " has a moment of inertia below 0");
  Eigen::Matrix3d inertia;
  inertia << values[0], values[3], values[4], values[3], values[1], values[5], values[4], values[5],
      values[2];
  return inertia;
}

class ModelReader {
 public:
  explicit ModelReader(const XmlElement& element) : element_(element) {}

  [[nodiscard]] Result<OpenSimModel> read() {
    out_.model.name = name_of(element_);
    if (element_.child("gravity") != nullptr) {
      const auto gravity = vector_or_zero(element_, "gravity");
      if (!gravity) return tl::unexpected(gravity.error());
      out_.model.gravity_mps2 = *gravity;
    }
    for (auto step : {&ModelReader::check_sets, &ModelReader::read_bodies, &ModelReader::read_joints,
                      &ModelReader::read_constraints, &ModelReader::read_markers, &ModelReader::read_forces,
                      &ModelReader::read_components}) {
      if (auto ok = (this->*step)(); !ok) return tl::unexpected(ok.error());
    }
    auto sorted = engine::sorted_model(std::move(out_.model));
    if (!sorted) return tl::unexpected(sorted.error());
    out_.model = std::move(*sorted);
    return std::move(out_);
  }

 private:
  /// Refuses sets that are too large, or in a file of their own, before anything is built.
  [[nodiscard]] Result<void> check_sets() {
    constexpr std::array<std::pair<const char*, std::size_t>, 5> kSets = {{{"BodySet", kMaxBodies},
                                                                           {"JointSet", kMaxBodies},
                                                                           {"ConstraintSet", kMaxConstraints},
                                                                           {"MarkerSet", kMaxMarkers},
                                                                           {"ForceSet", SIZE_MAX}}};
    for (const auto& [set, most] : kSets) {
      const XmlElement* found = element_.child(set);
      if (found != nullptr && !found->attribute("file").empty()) {
        return fail(ErrorCode::unsupported, kReadingModel,
                    std::string{set} + " is in the file '" + shown(found->attribute("file")) + "'",
                    "save the model again as one file");
      }
      const std::size_t count = objects_of(element_, set).size();
      if (count <= most) continue;
      return fail(ErrorCode::unsupported, kReadingModel,
                  std::string{set} + " holds " + std::to_string(count) + " parts; at most " +
                      std::to_string(most) + " are read",
                  "give a smaller model");
    }
    return {};
  }

  [[nodiscard]] tl::unexpected<Error> misplaced(const XmlElement& element, const char* place) const {
    return fail(ErrorCode::unsupported, kReadingModel,
                described(element) + " in " + place + " cannot be read",
                "move it to the BodySet or JointSet of the model, or remove it");
  }

  [[nodiscard]] Result<void> read_bodies() {
    out_.model.bodies.push_back({.name = "ground"});
    for (const XmlElement& element : objects_of(element_, "BodySet")) {
      if (element.name == "groups") continue;
      if (element.name != "Body") return misplaced(element, "the BodySet");
      engine::RigidBody body{.name = name_of(element)};
      if (body.name == "ground") continue;
      if (body.name.empty() || out_.model.body(body.name))
        return corrupt_model("the name of " + described(element) + " is empty or not the only one");
      const auto mass = number_or(element, "mass", 0);
      if (!mass) return tl::unexpected(mass.error());
      const auto center = vector_or_zero(element, "mass_center");
      if (!center) return tl::unexpected(center.error());
      const auto inertia = read_inertia(element);
      if (!inertia) return tl::unexpected(inertia.error());
      body.mass_kg = *mass, body.mass_center_m = *center, body.inertia_kgm2 = *inertia;
      out_.model.bodies.push_back(std::move(body));
    }
    if (out_.model.bodies.size() < 2) return corrupt_model("there is no body besides the ground");
    return {};
  }

  [[nodiscard]] Result<void> read_joints() {
    for (const XmlElement& element : objects_of(element_, "JointSet")) {
      if (element.name == "groups") continue;
      if (auto ok = add_joint(element, {}, out_.model); !ok) return ok;
      note_joint(element);
    }
    for (const XmlElement& body : objects_of(element_, "BodySet")) {
      const XmlElement* joint = body.name == "Body" ? body.child("Joint") : nullptr;
      if (joint == nullptr || joint->children.empty()) continue;
      if (body.attribute("name") == "ground") return corrupt_model("the ground has a joint");
      if (auto ok = add_joint(joint->children.front(), body.attribute("name"), out_.model); !ok) return ok;
      note_joint(joint->children.front());
    }
    return {};
  }

  void note_joint(const XmlElement& element) {
    for (const char* type : {"BallJoint", "FreeJoint", "EllipsoidJoint", "ScapulothoracicJoint"})
      if (element.name == type) out_.angular_velocity_joints.push_back(described(element));
  }

  [[nodiscard]] Result<void> read_constraints() {
    for (const XmlElement& element : objects_of(element_, "ConstraintSet")) {
      if (element.name == "groups") continue;
      const auto enforced = is_enabled(element, "isEnforced");
      if (!enforced) return tl::unexpected(enforced.error());
      if (!*enforced) continue;
      if (element.name == "CoordinateCouplerConstraint") {
        if (auto ok = read_coupler(element); !ok) return ok;
      } else if (element.name == "PointConstraint") {
        if (auto ok = read_point_constraint(element); !ok) return ok;
      } else {
        out_.unread_constraints.push_back(described(element));
      }
    }
    return {};
  }

  [[nodiscard]] Result<void> read_coupler(const XmlElement& element) {
    const auto names = words_of(element.text_of("independent_coordinate_names"));
    if (names.size() != 1) {
      return fail(ErrorCode::unsupported, kReadingModel,
                  described(element) + " has " + std::to_string(names.size()) +
                      " independent coordinates; one can be read",
                  "couple to one coordinate");
    }
    const auto independent = out_.model.coordinate(names.front());
    const auto dependent = out_.model.coordinate(element.text_of("dependent_coordinate_name"));
    if (!independent || !dependent || *independent == *dependent)
      return corrupt_model(described(element) + " couples coordinates that do not exist");
    const auto function = parse_owned_function(element, "coupled_coordinates_function");
    if (!function) return tl::unexpected(function.error());
    const auto scale = number_or(element, "scale_factor", 1);
    if (!scale) return tl::unexpected(scale.error());
    if (out_.model.coordinates[*dependent].coupling) {
      return fail(ErrorCode::unsupported, kReadingModel,
                  described(element) + " is the second coupler of '" +
                      shown(out_.model.coordinates[*dependent].name) + "'",
                  "keep one of them");
    }
    out_.model.coordinates[*dependent].coupling = {*independent, function->scaled(*scale)};
    return {};
  }

  [[nodiscard]] Result<void> read_point_constraint(const XmlElement& element) {
    engine::PointCoupling coupling{.name = name_of(element)};
    for (const int side : {1, 2}) {
      const std::string number = std::to_string(side);
      std::string_view path = element.text_of("body_" + number);
      if (path.empty()) path = element.text_of("socket_body_" + number);
      const auto body = out_.model.body(last_of_path(path));
      if (!body) return corrupt_model(described(element) + " holds '" + shown(path) + "', which is no body");
      const auto location = vector_or_zero(element, "location_body_" + number);
      if (!location) return tl::unexpected(location.error());
      (side == 1 ? coupling.first_body : coupling.second_body) = *body;
      (side == 1 ? coupling.first_m : coupling.second_m) = *location;
    }
    out_.model.couplings.push_back(std::move(coupling));
    return {};
  }

  [[nodiscard]] Result<void> read_markers() {
    for (const XmlElement& element : objects_of(element_, "MarkerSet")) {
      if (element.name != "Marker") continue;
      const std::string_view path = marker_frame(element);
      const auto body = out_.model.body(last_of_path(path));
      if (!body) return corrupt_model(described(element) + " is on '" + shown(path) + "', which is no body");
      if (out_.model.marker(name_of(element)))
        return corrupt_model("there is more than one " + described(element));
      const auto location = vector_or_zero(element, "location");
      if (!location) return tl::unexpected(location.error());
      out_.model.markers.push_back({name_of(element), *body, *location});
    }
    return {};
  }

  [[nodiscard]] Result<void> read_forces() {
    for (const XmlElement& element : objects_of(element_, "ForceSet")) {
      if (element.name == "groups") continue;
      if (auto ok = note_force(element); !ok) return ok;
    }
    return {};
  }

  [[nodiscard]] Result<void> note_force(const XmlElement& element) {
    const auto applies = is_enabled(element, "appliesForce");
    if (!applies) return tl::unexpected(applies.error());
    const std::string_view type = element.name;
    if (!*applies) return {};
    if (type.find("Muscle") != std::string_view::npos) {
      out_.has_muscles = true;
    } else if (!type.ends_with("Actuator")) {  // an actuator without control exerts nothing
      out_.passive_forces.push_back(described(element));
    }
    return {};
  }

  /// OpenSim 4 lets any component hold others. Forces and constraints there count as those of the sets; a
  /// body or a joint there would be missing. A frame there is refused by what refers to it.
  [[nodiscard]] Result<void> read_components() { return read_components_of(element_); }

  [[nodiscard]] Result<void> read_components_of(const XmlElement& owner) {
    for (const XmlElement& child : owner.children) {
      if (child.name == "components") {
        for (const XmlElement& component : child.children) {
          if (auto ok = note_component(component); !ok) return ok;
        }
      }
      if (auto ok = read_components_of(child); !ok) return ok;
    }
    return {};
  }

  [[nodiscard]] Result<void> note_component(const XmlElement& component) {
    const std::string_view type = component.name;
    if (type == "Body" || type.ends_with("Joint")) return misplaced(component, "<components>");
    if (type.ends_with("Constraint")) {
      const auto enforced = is_enabled(component, "isEnforced");
      if (!enforced) return tl::unexpected(enforced.error());
      if (*enforced) out_.unread_constraints.push_back(described(component) + " in <components>");
      return {};
    }
    const bool force = type.ends_with("Force") || type.ends_with("Actuator") || type.ends_with("Ligament") ||
                       type.find("Muscle") != std::string_view::npos || type.ends_with("Spring");
    return force ? note_force(component) : Result<void>{};
  }

  const XmlElement& element_;
  OpenSimModel out_;
};

}  // namespace

Result<OpenSimModel> parse_osim(std::string_view text) {
  const auto root = parse_xml(text);
  if (!root) return tl::unexpected(root.error());
  const XmlElement* model = root->name == "Model" ? &*root : root->child("Model");
  if (model == nullptr) {
    return fail(ErrorCode::corrupt, kReadingModel, "there is no Model in '" + shown(root->name) + "'",
                "give a model (.osim), not a setup");
  }
  return ModelReader{*model}.read();
}

Result<OpenSimModel> read_osim(const std::filesystem::path& path) {
  constexpr std::size_t kMaxBytes = std::size_t{64} << 20;
  const auto text = read_file(path, kMaxBytes, kReadingModel);
  if (!text) return tl::unexpected(text.error());
  auto model = parse_osim(*text);
  if (!model) return tl::unexpected(error_in_file(model.error(), path));
  return model;
}

}  // namespace reprise::sensing
