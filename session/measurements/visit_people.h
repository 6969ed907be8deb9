// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>

#include "engine/kinematics/measure.h"
#include "session/measurements/visit.h"

namespace reprise::session {

/// Why a stretch of time may show another person, or the sides exchanged; the times are those of the stretch.
/// Empty: nothing speaks against it. `smooth`: the patient's landmarks without delay.
[[nodiscard]] std::optional<Unproposed> doubt_of(const FilmedVisit& visit,
                                                 std::span<const engine::PoseFrame> smooth, Seconds start,
                                                 Seconds end);

/// Whether the ends of the limb that a measure rests on jumped about during a movement, as where hands or
/// arms of another person hid them. Its angle then is not to be trusted, and neither is its ±.
[[nodiscard]] bool is_unsteady(std::span<const engine::PoseFrame> patient, engine::Measure measure,
                               std::optional<Side> side, Seconds start, Seconds end);

/// Whether another person's hand was at the limb that a measure is of: passive where it was during most of
/// the time, active where it stayed clear of it or no one else was in the picture, else unknown.
[[nodiscard]] Manner manner_of(const FilmedVisit& visit, engine::Measure measure, std::optional<Side> side,
                               Seconds start, Seconds end);

}  // namespace reprise::session
