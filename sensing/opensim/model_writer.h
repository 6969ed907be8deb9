// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.h"
#include "engine/multibody/multibody_model.h"

namespace reprise::sensing {

/// Writes a model as OpenSim 4 reads it (.osim): bodies, joints as CustomJoints, coordinates, markers.
/// `credits`: a line about its origin. A joint moves by at most three translations and then three
/// rotations, each by one coordinate of its own times a factor. Errors: unsupported (another joint, a
/// coordinate that follows another or the time, coupled points), invalid_argument (a name that is empty or no
/// word, a number that is not finite; the cause names it).
[[nodiscard]] Result<std::string> to_osim(const engine::MultibodyModel& model, const std::string& credits);

}  // namespace reprise::sensing
