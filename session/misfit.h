// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/inverse_kinematics/body_fit.h"
#include "engine/kinematics/measure.h"
#include "session/document.h"

namespace reprise::session {

/// What a fitted body that does not follow its landmarks adds to the deviation of a measure at frame `i`,
/// radians: a well visible landmark of the measure that lies off by more than its pixels waver turns its
/// segment by so much. 0 where the body follows, or was not fitted as one movement.
[[nodiscard]] double misfit_deviation(const engine::FittedBody& fitted, std::size_t i,
                                      engine::Measure measure, engine::Side side);

/// Names the joints that the fitted body does not follow in many frames although they are well seen: the fit
/// may have settled in a wrong posture there. Empty where it follows.
[[nodiscard]] std::optional<Warning> misfit_warning(const engine::FittedBody& fitted);

}  // namespace reprise::session
