// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_scaling.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/multibody/body_scaling.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/xml_edits.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

using Eigen::Vector3d;

constexpr const char* kScaling = "scaling an OpenSim model";
// What lies beyond is a wrong unit. Unsourced defaults.
constexpr double kLeastFactor = 0.01, kMostFactor = 100, kMostMassKg = 10'000;

class ModelScaler {
 public:
  ModelScaler(const XmlElement& model, const OpenSimModel& read, const ModelScaling& scaling)
      : model_(model), read_(read.model), unread_constraints_(read.unread_constraints), scaling_(scaling) {}

  [[nodiscard]] Result<EditedModel> scale(std::string_view text) {
    if (auto ok = check(); !ok) return tl::unexpected(ok.error());
    for (auto step : {&ModelScaler::scale_masses, &ModelScaler::scale_bodies, &ModelScaler::scale_joints,
                      &ModelScaler::scale_points}) {
      if (auto ok = (this->*step)(); !ok) return tl::unexpected(ok.error());
    }
    if (resized_) warn_about_rest();
    return EditedModel{edits_.applied_to(text), std::move(warnings_)};
  }

 private:
  [[nodiscard]] static tl::unexpected<Error> refused(std::string cause, const char* remedy) {
    return fail(ErrorCode::invalid_argument, kScaling, std::move(cause), remedy);
  }

  [[nodiscard]] Result<void> check() {
    for (const auto& [body, factors] : scaling_.factors) {
      if (!read_.body(body)) {
        return refused("the model has no body '" + shown(body) + "'",
                       "name a body of the model in MeasurementSet and ScaleSet");
      }
      if (!(factors.allFinite() && factors.minCoeff() >= kLeastFactor && factors.maxCoeff() <= kMostFactor)) {
        return refused("'" + shown(body) + "' has the scale factors " + vector_text(factors) +
                           "; each must lie between 0.01 and 100",
                       "check the units of model and recording, and factors that are given");
      }
      if (factors != Vector3d::Ones()) resized_ = true;
    }
    if (scaling_.mass_kg && !(*scaling_.mass_kg > 0 && *scaling_.mass_kg <= kMostMassKg)) {
      return refused(
          "the mass is " + number_list({*scaling_.mass_kg}) + " kg; it must be above 0 and at most 10000 kg",
          "give the person's mass in kilograms");
    }
    return {};
  }

  [[nodiscard]] Vector3d factors_of(std::string_view body) const {
    const auto found = scaling_.factors.find(std::string{body});
    return found == scaling_.factors.end() ? Vector3d::Ones().eval() : found->second;
  }

  /// Multiplies three numbers of a child; one that is missing or empty is 0.
  [[nodiscard]] Result<void> multiply(const XmlElement& owner, std::string_view child,
                                      const Vector3d& factors) {
    const XmlElement* element = owner.child(child);
    if (factors == Vector3d::Ones() || element == nullptr || element->text.empty()) return {};
    const auto value = vector_or_zero(owner, child);
    if (!value) return tl::unexpected(value.error());
    edits_.set_content(*element, vector_text(value->cwiseProduct(factors)));
    return {};
  }

  /// Sets numbers of a child, which is added if it is missing.
  void set(const XmlElement& owner, const std::string& child, const std::vector<double>& values) {
    const XmlElement* element = owner.child(child);
    const std::string text = number_list(values);
    const std::string whole = "<" + child + ">" + text + "</" + child + ">";
    if (element == nullptr) {
      edits_.insert(owner.content_end, whole);
    } else if (element->content_begin == element->end) {
      edits_.replace(element->begin, element->end, whole);
    } else {
      edits_.set_content(*element, text);
    }
  }

  [[nodiscard]] Result<void> scale_masses() {
    std::vector<engine::RigidBody> scaled;
    double total = 0;
    for (const engine::RigidBody& body : read_.bodies) {
      scaled.push_back(engine::scaled_body(body, factors_of(body.name), !scaling_.keep_mass_shares));
      if (body.name == "ground") scaled.back().mass_kg = 0;
      total += scaled.back().mass_kg;
    }
    if (scaling_.mass_kg && total <= 0)
      return refused("no body of the model has a mass", "give a model with masses, or no mass");
    const double wanted = scaling_.mass_kg ? *scaling_.mass_kg / total : 1;
    // Files are rounded: a mass that is the wanted one already stays as it is written.
    const double to_mass = std::abs(wanted - 1) < 1e-12 ? 1 : wanted;
    for (const XmlElement& element : objects_of(model_, "BodySet")) {
      const auto index = element.name == "Body" ? read_.body(element.attribute("name")) : std::nullopt;
      if (!index || *index == 0) continue;
      const engine::RigidBody& body = scaled[*index];
      if (factors_of(body.name) == Vector3d::Ones() && to_mass == 1) continue;
      set_inertia(element, to_mass * body.mass_kg, to_mass * body.inertia_kgm2, read_.bodies[*index]);
    }
    return {};
  }

  void set_inertia(const XmlElement& element, double mass_kg, const Eigen::Matrix3d& i,
                   const engine::RigidBody& before) {
    if (mass_kg != before.mass_kg) set(element, "mass", {mass_kg});
    if (i == before.inertia_kgm2) return;
    const std::vector<double> values = {i(0, 0), i(1, 1), i(2, 2), i(0, 1), i(0, 2), i(1, 2)};
    if (element.child("inertia") != nullptr) return set(element, "inertia", values);
    constexpr std::array kNames = {"inertia_xx", "inertia_yy", "inertia_zz",
                                   "inertia_xy", "inertia_xz", "inertia_yz"};
    for (std::size_t k = 0; k < kNames.size(); ++k) {
      if (values[k] != 0 || element.child(kNames[k]) != nullptr) set(element, kNames[k], {values[k]});
    }
  }

  [[nodiscard]] Result<void> scale_bodies() {
    for (const XmlElement& element : objects_of(model_, "BodySet")) {
      if (element.name != "Body") continue;
      const Vector3d factors = factors_of(element.attribute("name"));
      if (factors == Vector3d::Ones()) continue;
      if (auto ok = multiply(element, "mass_center", factors); !ok) return ok;
      if (const XmlElement* shape = element.child("VisibleObject"); shape != nullptr) {
        if (auto ok = multiply(*shape, "scale_factors", factors); !ok) return ok;
      }
      const XmlElement* geometry = element.child("attached_geometry");
      for (const XmlElement& mesh : geometry == nullptr ? std::vector<XmlElement>{} : geometry->children) {
        if (auto ok = multiply(mesh, "scale_factors", factors); !ok) return ok;
      }
    }
    return {};
  }

  [[nodiscard]] Result<void> scale_joints() {
    for (const XmlElement& joint : objects_of(model_, "JointSet")) {
      if (joint.name == "groups") continue;
      const std::string parent = body_of_frame(joint, "parent"), child = body_of_frame(joint, "child");
      for (const XmlElement& frame : objects_of(joint, "frames")) {
        if (auto ok = multiply(frame, "translation", factors_of(base_of(frame))); !ok) return ok;
      }
      if (auto ok = scale_motions(joint, factors_of(parent), factors_of(child)); !ok) return ok;
    }
    for (const XmlElement& body : objects_of(model_, "BodySet")) {
      const XmlElement* holder = body.name == "Body" ? body.child("Joint") : nullptr;
      if (holder == nullptr || holder->children.empty()) continue;
      const XmlElement& joint = holder->children.front();
      const Vector3d parent = factors_of(joint.text_of("parent_body"));
      const Vector3d child = factors_of(body.attribute("name"));
      if (auto ok = multiply(joint, "location_in_parent", parent); !ok) return ok;
      if (auto ok = multiply(joint, "location", child); !ok) return ok;
      if (auto ok = scale_motions(joint, parent, child); !ok) return ok;
    }
    return {};
  }

  [[nodiscard]] static std::string base_of(const XmlElement& frame) {
    std::string_view path = frame.text_of("socket_parent");
    if (path.empty()) path = frame.text_of("socket_parent_connectee_name");
    return std::string{last_of_path(path)};
  }

  [[nodiscard]] static std::string body_of_frame(const XmlElement& joint, const std::string& role) {
    std::string_view path = joint.text_of("socket_" + role + "_frame");
    if (path.empty()) path = joint.text_of("socket_" + role + "_frame_connectee_name");
    for (const XmlElement& frame : objects_of(joint, "frames")) {
      if (frame.attribute("name") == last_of_path(path)) return base_of(frame);
    }
    return std::string{last_of_path(path)};
  }

  [[nodiscard]] Result<void> scale_motions(const XmlElement& joint, const Vector3d& parent,
                                           const Vector3d& child) {
    if (auto ok = multiply(joint, "radii_x_y_z", parent); !ok) return ok;
    if (auto ok = multiply(joint, "thoracic_ellipsoid_radii_x_y_z", parent); !ok) return ok;
    const XmlElement* winging = joint.child("scapula_winging_axis_origin");
    if (winging != nullptr && child != Vector3d::Ones()) {
      const auto origin = numbers_of(joint, "scapula_winging_axis_origin");
      if (!origin) return tl::unexpected(origin.error());
      edits_.set_content(*winging, number_list({(*origin)[0] * child.x(), (*origin)[1] * child.y()}));
    }
    const XmlElement* transform = joint.child("SpatialTransform");
    if (transform == nullptr || parent == Vector3d::Ones()) return {};
    for (const XmlElement& axis : transform->children) {
      if (!axis.attribute("name").starts_with("translation")) continue;
      if (auto ok = scale_translation(axis, parent); !ok) return ok;
    }
    return {};
  }

  /// A translation by a curve is multiplied; one that is the coordinate itself stays.
  [[nodiscard]] Result<void> scale_translation(const XmlElement& axis, const Vector3d& parent) {
    const XmlElement* wrapper = axis.child("function");
    const XmlElement* function =
        wrapper != nullptr && !wrapper->children.empty() ? &wrapper->children.front() : nullptr;
    for (const XmlElement& child : axis.children) {
      if (function == nullptr && child.attribute("name") == "function") function = &child;
    }
    if (function == nullptr) return {};
    if (function->name == "LinearFunction" && words_of(function->text_of("coefficients")).size() == 2) {
      const auto line = numbers_of(*function, "coefficients");
      if (!line) return tl::unexpected(line.error());
      if ((*line)[0] == 1 && (*line)[1] == 0) return {};
    }
    if (function->name == "Constant") {
      const auto value = number_or(*function, "value", 0);
      if (value && *value == 0) return {};
    }
    const auto direction = vector_or_zero(axis, "axis");
    if (!direction) return tl::unexpected(direction.error());
    // The length along the axis: of an axis of the body as in OpenSim, of an oblique one as a body grows.
    const double length = direction->norm();
    const double factor = length > 0 ? direction->cwiseProduct(parent).norm() / length : 1;
    if (std::abs(factor - 1) < 1e-12) return {};
    if (function->name == "MultiplierFunction") {
      const auto scale = number_or(*function, "scale", 1);
      if (!scale) return tl::unexpected(scale.error());
      set(*function, "scale", {*scale * factor});
      return {};
    }
    edits_.insert(function->begin, "<MultiplierFunction name=\"function\"><scale>" + number_list({factor}) +
                                       "</scale><function>");
    edits_.insert(function->end, "</function></MultiplierFunction>");
    return {};
  }

  [[nodiscard]] Result<void> scale_points() {
    for (const XmlElement& marker : objects_of(model_, "MarkerSet")) {
      const auto index = marker.name == "Marker" ? read_.marker(marker.attribute("name")) : std::nullopt;
      if (!index) continue;
      const Vector3d factors = factors_of(read_.bodies[read_.markers[*index].body].name);
      if (auto ok = multiply(marker, "location", factors); !ok) return ok;
    }
    for (const XmlElement& constraint : objects_of(model_, "ConstraintSet")) {
      if (constraint.name != "PointConstraint") continue;
      for (const std::string number : {"1", "2"}) {
        std::string_view path = constraint.text_of("body_" + number);
        if (path.empty()) path = constraint.text_of("socket_body_" + number);
        if (auto ok = multiply(constraint, "location_body_" + number, factors_of(last_of_path(path))); !ok)
          return ok;
      }
    }
    return {};
  }

  void warn_about_rest() {
    std::size_t muscles = 0, others = 0;
    for (const XmlElement& force : objects_of(model_, "ForceSet")) {
      if (force.name == "groups") continue;
      const bool path = force.child("GeometryPath") != nullptr || force.child("path") != nullptr;
      ++(path ? muscles : others);
    }
    if (muscles > 0) {
      warnings_.push_back("Muscles and ligaments (" + std::to_string(muscles) +
                          ") keep their points, fibers, tendons and wrapping as they were: "
                          "use the scaled model for kinematics and inverse dynamics, not for muscle forces.");
    }
    if (others > 0)
      warnings_.push_back("Other forces (" + std::to_string(others) + ") keep their places and sizes.");
    for (const std::string& constraint : unread_constraints_)
      warnings_.push_back("The constraint " + constraint + " keeps its places.");
  }

  const XmlElement& model_;
  const engine::MultibodyModel& read_;
  const std::vector<std::string>& unread_constraints_;
  const ModelScaling& scaling_;
  XmlEdits edits_;
  std::vector<std::string> warnings_;
  bool resized_ = false;  ///< a factor is not 1
};

}  // namespace

Result<EditedModel> scale_osim(std::string_view text, const ModelScaling& scaling) {
  const auto read = parse_osim(text);
  if (!read) return tl::unexpected(read.error());
  const auto root = parse_xml(text);
  if (!root) return tl::unexpected(root.error());
  const XmlElement* model = root->name == "Model" ? &*root : root->child("Model");
  return ModelScaler{*model, *read, scaling}.scale(text);
}

}  // namespace reprise::sensing
