// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "session/measurements/visit_movements.h"

namespace reprise::session {

/// Whether a movement was one of the whole body, as a squat, a lunge or a step, and so measures no joint: the
/// hips sank or rose, or, where no helper can hide legs, knees bent or feet moved more than the gates of the
/// test's exercise allow, each against where it was just before and after. Of a leg's test the other leg
/// counts. Limits that the exercise does not set, and those of a movement without a test, are unsourced
/// defaults. `smooth`: the patient's landmarks without delay.
[[nodiscard]] bool is_of_whole_body(const RecognizedMovement& movement, const FilmedVisit& visit,
                                    std::span<const engine::PoseFrame> smooth);

}  // namespace reprise::session
