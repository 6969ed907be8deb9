// SPDX-License-Identifier: Apache-2.0
#include "sensing/opensim/model_joints.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/units.h"
#include "sensing/files/number_text.h"
#include "sensing/opensim/model_functions.h"
#include "sensing/opensim/xml_values.h"

namespace reprise::sensing {
namespace {

using Eigen::Vector3d;
using engine::JointMotion;
using Kind = engine::JointMotion::Kind;

constexpr const char* kReadingJoints = "reading an OpenSim model";

/// How many coordinates each type has; CustomJoint: any number.
constexpr std::array<std::pair<std::string_view, std::size_t>, 10> kJointTypes = {
    {{"WeldJoint", 0},
     {"PinJoint", 1},
     {"SliderJoint", 1},
     {"UniversalJoint", 2},
     {"BallJoint", 3},
     {"GimbalJoint", 3},
     {"PlanarJoint", 3},
     {"EllipsoidJoint", 3},
     {"ScapulothoracicJoint", 4},
     {"FreeJoint", 6}}};

constexpr std::array<const char*, 6> kTransformAxes = {"translation1", "translation2", "translation3",
                                                       "rotation1",    "rotation2",    "rotation3"};

/// Whether a turn is the coordinate itself. One by a curve of it makes the coordinate "coupled", which
/// OpenSim leaves in its own unit in files.
bool is_the_angle(const engine::PiecewisePolynomial& function) {
  constexpr std::array kPlaces = {-1.0, 0.0, 1.0};
  return std::all_of(kPlaces.begin(), kPlaces.end(),
                     [&](double x) { return std::abs(function.at(x).slope) == 1; });
}

class JointReader {
 public:
  JointReader(const XmlElement& element, engine::MultibodyModel& model) : element_(element), model_(model) {}

  [[nodiscard]] Result<void> read(std::string_view child) {
    joint_.name = name_of(element_);
    const auto reversed = flag_or(element_, "reverse", false);
    if (!reversed) return tl::unexpected(reversed.error());
    if (*reversed) return unsupported("is reversed");
    if (auto ok = child.empty() ? read_frames() : read_nested_frames(child); !ok) return ok;
    if (auto ok = read_coordinates(); !ok) return ok;
    if (auto ok = read_motions(); !ok) return ok;
    model_.joints.push_back(std::move(joint_));
    return {};
  }

 private:
  [[nodiscard]] tl::unexpected<Error> unsupported(const std::string& what) const {
    return fail(ErrorCode::unsupported, kReadingJoints,
                shown(element_.name) + " '" + shown(joint_.name) + "' " + what,
                "replace the joint, or remove it with all that hangs on it");
  }
  [[nodiscard]] tl::unexpected<Error> corrupt(const std::string& what) const {
    return fail(ErrorCode::corrupt, kReadingJoints,
                shown(element_.name) + " '" + shown(joint_.name) + "' " + what, "correct the model");
  }

  [[nodiscard]] static Result<engine::RigidTransform> transform_of(const XmlElement& owner,
                                                                   std::string_view location,
                                                                   std::string_view orientation) {
    const auto position = vector_or_zero(owner, location);
    if (!position) return tl::unexpected(position.error());
    const auto angles = vector_or_zero(owner, orientation);
    if (!angles) return tl::unexpected(angles.error());
    return engine::RigidTransform{engine::body_fixed_xyz(*angles), *position};
  }

  /// OpenSim 3: the joint stands in its child body.
  [[nodiscard]] Result<void> read_nested_frames(std::string_view child) {
    const auto parent = model_.body(element_.text_of("parent_body"));
    if (!parent)
      return corrupt("has a parent '" + shown(element_.text_of("parent_body")) + "' that is no body");
    joint_.parent = *parent;
    joint_.child = *model_.body(child);
    auto in_parent = transform_of(element_, "location_in_parent", "orientation_in_parent");
    if (!in_parent) return tl::unexpected(in_parent.error());
    auto in_child = transform_of(element_, "location", "orientation");
    if (!in_child) return tl::unexpected(in_child.error());
    joint_.in_parent = *in_parent;
    joint_.in_child = *in_child;
    return {};
  }

  /// OpenSim 4: frames by name.
  [[nodiscard]] Result<void> read_frames() {
    if (auto ok = read_frame("parent", joint_.parent, joint_.in_parent); !ok) return ok;
    return read_frame("child", joint_.child, joint_.in_child);
  }

  [[nodiscard]] Result<void> read_frame(const std::string& role, std::size_t& body,
                                        engine::RigidTransform& transform) const {
    std::string_view path = element_.text_of("socket_" + role + "_frame");
    if (path.empty()) path = element_.text_of("socket_" + role + "_frame_connectee_name");
    for (const XmlElement& frame : objects_of(element_, "frames")) {
      if (frame.attribute("name") != last_of_path(path)) continue;
      const auto offset = transform_of(frame, "translation", "orientation");
      if (!offset) return tl::unexpected(offset.error());
      transform = *offset;
      path = frame.text_of("socket_parent");
      if (path.empty()) path = frame.text_of("socket_parent_connectee_name");
      break;
    }
    const auto found = model_.body(last_of_path(path));
    if (!found)
      return unsupported("has a " + role + " frame '" + shown(path) +
                         "' that is neither a body nor an offset frame of the joint");
    body = *found;
    return {};
  }

  [[nodiscard]] Result<void> read_coordinates() {
    const XmlElement* list = element_.child("coordinates");
    const auto& coordinates = list != nullptr ? list->children : objects_of(element_, "CoordinateSet");
    for (const XmlElement& element : coordinates) {
      if (element.name != "Coordinate") continue;
      if (model_.coordinates.size() >= kMaxCoordinates)
        return unsupported("brings the model to more than " + std::to_string(kMaxCoordinates) +
                           " coordinates");
      engine::MultibodyCoordinate c;
      c.name = name_of(element);
      if (c.name.empty() || model_.coordinate(c.name))
        return corrupt("has a coordinate '" + shown(c.name) + "' whose name is empty or not the only one");
      const auto initial = number_or(element, "default_value", 0);
      if (!initial) return tl::unexpected(initial.error());
      c.initial = *initial;
      const auto locked = flag_or(element, "locked", false);
      if (!locked) return tl::unexpected(locked.error());
      const auto clamped = flag_or(element, "clamped", false);
      if (!clamped) return tl::unexpected(clamped.error());
      const auto prescribed = flag_or(element, "prescribed", false);
      if (!prescribed) return tl::unexpected(prescribed.error());
      c.locked = *locked, c.clamped = *clamped;
      if (auto ok = read_range(element, c); !ok) return ok;
      if (*prescribed) {
        auto function = parse_owned_function(element, "prescribed_function");
        if (!function) return tl::unexpected(function.error());
        c.prescribed = std::move(*function);
      }
      said_[c.name] = element.text_of("motion_type");
      own_.push_back(model_.coordinates.size());
      model_.coordinates.push_back(std::move(c));
    }
    return {};
  }

  /// The range of a coordinate; infinite ends bound nothing.
  [[nodiscard]] Result<void> read_range(const XmlElement& element, engine::MultibodyCoordinate& c) const {
    const auto words = words_of(element.text_of("range"));
    if (words.empty()) {
      c.clamped = false;
      return {};
    }
    std::vector<double> ends;
    for (const std::string& word : words) {
      const auto end = parse_number(word);
      if (!end || std::isnan(*end)) {
        return corrupt("has the coordinate '" + shown(c.name) + "' whose range has '" + shown(word) +
                       "'; expected a number");
      }
      ends.push_back(*end);
    }
    if (ends.size() != 2 || ends[0] > ends[1])
      return corrupt("has the coordinate '" + shown(c.name) + "' whose range is not two numbers that rise");
    c.min = ends[0], c.max = ends[1];
    return {};
  }

  void turn(const Vector3d& axis, std::size_t own) {
    joint_.motions.push_back(
        {Kind::rotation, axis, own_[own], {}, engine::PiecewisePolynomial::polynomial(std::array{1.0, 0.0})});
  }
  void slide(const Vector3d& axis, std::size_t own) {
    turn(axis, own);
    joint_.motions.back().kind = Kind::translation;
    model_.coordinates[own_[own]].rotational = false;
  }
  void fixed(Kind kind, const Vector3d& axis, double amount) {
    joint_.motions.push_back(
        {kind, axis, {}, {}, engine::PiecewisePolynomial::polynomial(std::array{amount})});
  }
  void turn_xyz() {
    for (std::size_t i = 0; i < 3; ++i) turn(Vector3d::Unit(static_cast<Eigen::Index>(i)), i);
  }
  void ellipsoid(const Vector3d& half_axes) {
    joint_.motions.push_back({Kind::ellipsoid, half_axes, own_[0], own_[1], {}});
  }

  [[nodiscard]] Result<void> read_motions() {
    const std::string& type = element_.name;
    if (type == "CustomJoint") return read_spatial_transform();
    const auto known =
        std::find_if(kJointTypes.begin(), kJointTypes.end(), [&](const auto& t) { return t.first == type; });
    if (known == kJointTypes.end()) return unsupported("is of a type that is not known");
    if (own_.size() != known->second)
      return corrupt("has " + std::to_string(own_.size()) + " coordinates; expected " +
                     std::to_string(known->second));
    if (type == "PinJoint") turn(Vector3d::UnitZ(), 0);
    if (type == "SliderJoint") slide(Vector3d::UnitX(), 0);
    if (type == "UniversalJoint") turn(Vector3d::UnitX(), 0), turn(Vector3d::UnitY(), 1);
    if (type == "BallJoint" || type == "GimbalJoint") turn_xyz();
    if (type == "PlanarJoint") {
      slide(Vector3d::UnitX(), 1);
      slide(Vector3d::UnitY(), 2);
      turn(Vector3d::UnitZ(), 0);
    }
    if (type == "FreeJoint") {
      for (std::size_t i = 0; i < 3; ++i) slide(Vector3d::Unit(static_cast<Eigen::Index>(i)), 3 + i);
      turn_xyz();
    }
    if (type == "EllipsoidJoint") {
      const auto radii = vector_or_zero(element_, "radii_x_y_z");
      if (!radii) return tl::unexpected(radii.error());
      ellipsoid(*radii);
      turn_xyz();
    }
    return type == "ScapulothoracicJoint" ? read_scapulothoracic() : Result<void>{};
  }

  /// The scapula glides on an ellipsoid of the thorax, and wings about an axis in its plane (A. Seth et al.,
  /// "A biomechanical model of the scapulothoracic joint", PLoS ONE 2016): abduction, elevation, upward
  /// rotation, winging. The ellipsoid's frame is turned by a quarter about z, and so are its half axes.
  [[nodiscard]] Result<void> read_scapulothoracic() {
    const auto radii = vector_or_zero(element_, "thoracic_ellipsoid_radii_x_y_z");
    if (!radii) return tl::unexpected(radii.error());
    const auto origin = numbers_of(element_, "scapula_winging_axis_origin");
    if (!origin) return tl::unexpected(origin.error());
    if (origin->size() != 2) return corrupt("has a winging axis whose origin is not two numbers");
    const auto direction = number_or(element_, "scapula_winging_axis_direction", 0);
    if (!direction) return tl::unexpected(direction.error());
    fixed(Kind::rotation, Vector3d::UnitZ(), kPi / 2);
    ellipsoid({radii->y(), radii->x(), radii->z()});
    turn_xyz();
    fixed(Kind::rotation, Vector3d::UnitZ(), -kPi / 2);
    const auto move = [&](double sign) {
      fixed(Kind::translation, Vector3d::UnitX(), sign * (*origin)[0]);
      fixed(Kind::translation, Vector3d::UnitY(), sign * (*origin)[1]);
    };
    move(1);
    turn({-std::sin(*direction), std::cos(*direction), 0}, 3);
    move(-1);
    return {};
  }

  /// Translations along axes of the parent's joint frame, and then three turns, each about an axis of the
  /// frame that the turn before made.
  [[nodiscard]] Result<void> read_spatial_transform() {
    const XmlElement* transform = element_.child("SpatialTransform");
    if (transform == nullptr) return corrupt("has no SpatialTransform");
    for (const std::size_t c : own_) model_.coordinates[c].rotational = false;
    for (const char* name : kTransformAxes) {
      const auto found = std::find_if(transform->children.begin(), transform->children.end(),
                                      [&](const auto& a) { return a.attribute("name") == name; });
      if (found == transform->children.end()) continue;
      const bool rotation = std::string_view{name}.starts_with("rot");
      if (auto ok = read_axis(*found, rotation ? Kind::rotation : Kind::translation); !ok) return ok;
    }
    for (const std::size_t c : own_) {
      // What the file says counts: a coordinate that is "coupled" is no angle for OpenSim.
      const std::string& said = said_[model_.coordinates[c].name];
      if (!said.empty()) model_.coordinates[c].rotational = said == "rotational";
    }
    return {};
  }

  [[nodiscard]] Result<void> read_axis(const XmlElement& axis, Kind kind) {
    const auto names = words_of(axis.text_of("coordinates"));
    const auto function = parse_owned_function(axis, "function");
    if (!function) return tl::unexpected(function.error());
    const bool constant = names.empty();
    if (constant && function->at(0).value == 0) return {};
    auto direction = vector_or_zero(axis, "axis");
    if (!direction) return tl::unexpected(direction.error());
    if (!(direction->norm() > 0)) return corrupt("has a TransformAxis without a direction");
    if (names.size() > 1) return unsupported("moves along an axis with more than one coordinate");
    JointMotion motion{kind, direction->normalized(), {}, {}, *function};
    if (!constant) {
      const auto own = std::find_if(own_.begin(), own_.end(), [&](std::size_t c) {
        return model_.coordinates[c].name == names.front();
      });
      if (own == own_.end()) return corrupt("moves with '" + shown(names.front()) + "', no coordinate of it");
      motion.coordinate = *own;
      if (kind == Kind::rotation && is_the_angle(*function)) model_.coordinates[*own].rotational = true;
    }
    joint_.motions.push_back(std::move(motion));
    return {};
  }

  const XmlElement& element_;
  engine::MultibodyModel& model_;
  engine::MultibodyJoint joint_;
  std::vector<std::size_t> own_;  ///< the joint's coordinates
  std::map<std::string, std::string> said_;
};

}  // namespace

bool is_known_joint(const XmlElement& element) {
  return element.name == "CustomJoint" ||
         std::any_of(kJointTypes.begin(), kJointTypes.end(),
                     [&](const auto& type) { return type.first == element.name; });
}

Result<void> add_joint(const XmlElement& element, std::string_view child, engine::MultibodyModel& model) {
  return JointReader{element, model}.read(child);
}

}  // namespace reprise::sensing
