// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/posture/automatic_points.h"
#include "engine/posture/posture_measures.h"
#include "session/measurements/measurement_builder.h"

namespace reprise::session {

// Posture in photos: angles, offsets from the plumb line and asymmetry of a person who stands
// (docs/reference/posture.md).

/// Its rows are the points of all pictures: where they are, and where the networks saw them. Equal:
/// automatic; different: moved; without the latter: placed.
inline constexpr std::string_view kPointsTable = "points";

struct PhotographedPosture {
  engine::PosturePicture picture;
  std::vector<engine::FramedPart> outside;  ///< of the body, beyond the picture's edge
  std::optional<Radians> turned;            ///< from the view; empty: not known
};

/// One document of all pictures. The part of a value is its view, or view and part: "back", "back_ear".
/// Errors: nothing_measured (no picture, or no value in any), invalid_argument (a view twice), those of
/// engine::measure_posture.
[[nodiscard]] Result<MeasurementDocument> measure_posture(const MeasurementInput& input,
                                                          std::span<const PhotographedPosture> pictures);

/// How a value differs from the earlier one, in the engine's unit.
struct PostureChange {
  SignalMeasure measure = SignalMeasure::head_tilt;
  std::string part;
  std::optional<Side> side;
  double now = 0;
  double earlier = 0;
  double least = 0;                      ///< smallest detectable change
  std::string now_words, earlier_words;  ///< with their ±, as "1.2 ±0.9 °"

  [[nodiscard]] double change() const { return now - earlier; }
  [[nodiscard]] bool is_certain() const { return change() > least || change() < -least; }
};

/// The values that both have with their ±: the change, held against the smallest detectable one, 1.96
/// standard deviations of the difference of both and at least that of rendered people (docs/accuracy.md,
/// "Posture"). Errors: invalid_argument (one is no posture, none in common).
[[nodiscard]] Result<std::vector<PostureChange>> posture_changes(const MeasurementDocument& now,
                                                                 const MeasurementDocument& earlier);

/// Adds each of `posture_changes` to `now` as a finding. Errors: those of `posture_changes`.
[[nodiscard]] Result<void> compare_posture(MeasurementDocument& now, const MeasurementDocument& earlier);

}  // namespace reprise::session
