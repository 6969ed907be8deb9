// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "base/units.h"
#include "engine/posture/posture_points.h"
#include "fhir/fields/transaction.h"
#include "session/measurements/measurement_document.h"

namespace reprise::care {

struct MeasurementContext;

/// The photo of a posture that was measured, as the record keeps it with the patient's consent.
struct PosturePhoto {
  std::string id;      ///< UUID in lower case, made once; the Binary's
  std::string base64;  ///< a JPEG without metadata, at most 2 MiB
  engine::PostureView view = engine::PostureView::front;
  bool face_hidden = true;  ///< in the pixels
  /// Pixels of this photo for one pixel of the document's points: above 0, at most 1.
  double scale = 1;
  std::optional<Radians> roll = std::nullopt;  ///< of the camera, clockwise; empty: not known
  bool mirrored = false;
};

/// Adds the photo of `context` as a DocumentReference and its Binary. Errors: invalid_argument (no JPEG, one
/// with metadata or over 2 MiB, an impossible id, scale or roll, a document without points of its view).
[[nodiscard]] Result<void> keep_posture_photo(fhir::Transaction& transaction,
                                              const session::MeasurementDocument& document,
                                              const MeasurementContext& context);

}  // namespace reprise::care
