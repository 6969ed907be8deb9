// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "engine/multibody/multibody_model.h"
#include "sensing/files/xml_tree.h"

namespace reprise::sensing {

/// A model of more coordinates is refused: time and memory of the solvers grow with their square.
inline constexpr std::size_t kMaxCoordinates = 2000;

/// Whether an element is a joint of OpenSim's that can be read: WeldJoint, PinJoint, SliderJoint,
/// UniversalJoint, BallJoint, GimbalJoint, PlanarJoint, FreeJoint, EllipsoidJoint, ScapulothoracicJoint,
/// CustomJoint.
[[nodiscard]] bool is_known_joint(const XmlElement& element);

/// Adds a joint and its coordinates to a model that has its bodies. Of OpenSim 3 (`child` is the body that
/// owns it) or of OpenSim 4 (`child` empty: frames by name, offset frames in the joint). Errors: corrupt,
/// unsupported (another type, reversed, above kMaxCoordinates, a frame that is neither a body nor one of the
/// joint's own, a function of several coordinates), each with the joint's name.
[[nodiscard]] Result<void> add_joint(const XmlElement& element, std::string_view child,
                                     engine::MultibodyModel& model);

}  // namespace reprise::sensing
