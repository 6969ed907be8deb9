// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "care/outcome/posture_photo.h"
#include "fhir/model/json.h"
#include "session/measurements/measurement_document.h"

namespace reprise::care {

/// Whose measurement it is, and when it was made.
struct MeasurementContext {
  std::string id;       ///< UUID in lower case, assigned once to this measurement
  std::string patient;  ///< id of the Patient
  std::string start;    ///< a FHIR dateTime with its zone
  std::string end;
  std::optional<std::string> request;  ///< id of the ServiceRequest that asked for it
  bool by_patient = false;             ///< the patient measured, and is named as the performer
  std::string practitioner = {};       ///< id of who measured, named as the performer; empty: not known
  std::string recording = {};  ///< id of the Binary that keeps the document with its signals; empty: not kept
  /// Of a posture; kept only by the patient's consent, which the server demands (server/consents).
  std::optional<PosturePhoto> photo = {};
};

/// Builds the record's transaction: an Observation of each value (docs/reference/programme.md), with its
/// unit, side, uncertainty, spread, number, method and device; with `recording` also the document itself,
/// whose plots hold the signals. Sending it twice changes nothing. A simulated document is tagged as such.
/// Days of walking give Observations of each day, whose period is that day as far as it was recorded, instead
/// of the means; a day that does not count only says how much was measured. Errors: invalid_argument
/// (impossible ids or times; days without dates; a photo that is no JPEG, or not of this posture);
/// nothing_measured (no values).
[[nodiscard]] Result<fhir::Json> measurement_bundle(const session::MeasurementDocument& document,
                                                    const MeasurementContext& context);

/// The same for a patient's page, whose patient measured: `measurement` is the argument of
/// Reprise.measurementBundle as JSON (reprise.d.mts). Errors: also those of session::parse_measurement_json.
[[nodiscard]] Result<std::string> measurement_bundle_text(std::string_view measurement);

}  // namespace reprise::care
