// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/gait/timed_up_and_go.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

/// Adds the phases of the Timed Up and Go test: a row, a stretch in the plots and a time each, and the angle
/// of the turn. `bound_error_s`: half width of a phase's start or end.
void add_walk_phases(MeasurementDocument& document, const engine::TimedUpAndGo& test, double bound_error_s);

}  // namespace reprise::session
