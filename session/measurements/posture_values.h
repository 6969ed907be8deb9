// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "engine/posture/posture_definitions.h"
#include "session/measurements/signal_measure.h"

namespace reprise::session {

[[nodiscard]] SignalMeasure signal_measure_of(engine::PostureMeasure measure);

/// The smallest change between two pictures of one person that the method itself detects, with 95 %: radians,
/// meters, shares of 1. Of rendered people photographed again (docs/accuracy.md, "Posture"); 0: not measured.
[[nodiscard]] double repeatable_change(SignalMeasure measure);

}  // namespace reprise::session
