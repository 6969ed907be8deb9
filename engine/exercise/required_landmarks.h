// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/exercise/definition.h"

namespace reprise::engine {

/// The landmarks that must be in the picture for an exercise: those under its primary measure, its gates and
/// what tells the side; and the nose, because the network finds a person by the face (Bazarevsky et al.
/// 2020). Left out are gates that only forbid something of the feet (arms raised while walking), so that an
/// arm can be shown from head to hips: a gate that cannot be measured holds. Form rules are left out, too:
/// without its points a rule is not judged, no more. `working`: of a sided exercise, the side that does it;
/// empty: either or both.
[[nodiscard]] PerLandmark<bool> required_landmarks(const ExerciseDefinition& definition,
                                                   std::optional<Side> working);

/// The landmark that most keeps the primary signal from being measured; empty where all that it needs has a
/// visibility of `least` or more, or where no pose shows that signal (muscle activity). Where either side
/// would do, the better seen one is looked at.
[[nodiscard]] std::optional<Landmark> hidden_landmark(const ExerciseDefinition& definition, const Pose& pose,
                                                      std::optional<Side> working, double least);

/// Whether the feet are among the needed points; then Reach counts from the ankles, else from the hips.
[[nodiscard]] bool needs_feet(const PerLandmark<bool>& needed);

}  // namespace reprise::engine
