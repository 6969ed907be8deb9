// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace reprise::wasm {

/// The automatic points of a photo, a PosturePhoto as text. Returns a PosturePointsFound (reprise.d.mts).
/// Errors: invalid_argument with the field, those of engine::automatic_points.
[[nodiscard]] Result<std::string> posture_points_text(std::string_view photo);

/// Measures photos, a PosturePhotos as text. Returns a PostureResult. Errors: invalid_argument with the
/// field, those of session::measure_posture, corrupt (`earlier` is no measurement document).
[[nodiscard]] Result<std::string> posture_text(std::string_view photos);

/// Compares two posture documents, `{"now": …, "earlier": …}` with measurement.json each. Returns the list
/// of PostureResult.changes; empty where they have no value in common. Errors: invalid_argument with the
/// field, corrupt (no measurement document).
[[nodiscard]] Result<std::string> posture_changes_text(std::string_view documents);

}  // namespace reprise::wasm
