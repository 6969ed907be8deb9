// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "engine/pose/landmarks.h"
#include "engine/synthesis/body.h"
#include "exercises/catalog.h"
#include "session/document.h"

namespace reprise::session {

/// The drawn body at one instant of a recorded movement.
struct ReplayFigure {
  Seconds time{0};  ///< since the first one
  engine::BodyFigure figure;
};

struct ReplayOptions {
  Seconds from{0};  ///< of the recording; the part between both is drawn
  Seconds to{0};
  std::optional<engine::Side> side = {};  ///< that works, as drawn
  std::optional<double> ceiling = {};     ///< the programme's, rad or ratio
  bool network_landmarks = false;
};

/// The longest part that is drawn: a repetition, not a set. Unsourced default.
inline constexpr Seconds kLongestReplay{30};

/// Draws a part of a recording, as a body of the usual proportions: the joints' angles are those of the body
/// fitted to the points (engine/inverse_kinematics/body_fit.h), feet and supports stand as in the exercise's
/// own movement, whose direction it faces. `source`: of the pictures. At most 30 figures a second. Errors:
/// unsupported where a ceiling binds, so that nothing shows going farther as better, and of a part that is
/// too long; nothing_measured where too little of the person is seen, or the fitted body does not follow the
/// points.
[[nodiscard]] Result<std::vector<ReplayFigure>> replay(const exercises::CatalogExercise& exercise,
                                                       std::span<const engine::PoseFrame> frames,
                                                       const Source& source, const ReplayOptions& options);

}  // namespace reprise::session
