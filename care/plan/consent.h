// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "fhir/fields/answer_index.h"
#include "fhir/fields/fields.h"

namespace reprise::care {

/// What a patient is asked to agree to. The page provides the wording.
enum class ConsentKind : std::uint8_t {
  app_use,             ///< what the app does, and what happens with the results
  movement_recording,  ///< movement as points, never pictures, kept for the clinic
  video_visit,         ///< seeing and hearing the clinic by video, never recorded
  posture_photo,       ///< photos of a posture that was measured, kept in the record
};

/// The code of a kind in `urn:reprise:consent`, such as "posture-photo".
[[nodiscard]] std::string_view consent_code(ConsentKind kind);

/// The patient's answer.
struct GivenConsent {
  std::string id;  ///< UUID in lower case, assigned once
  std::string patient;
  ConsentKind kind = ConsentKind::app_use;
  bool permits = false;
  std::string when;      ///< a FHIR dateTime with its zone
  std::string language;  ///< of the text, such as "de"
  std::string words;     ///< the whole text shown, and the answer
  bool simulated = false;
};

/// Builds the record's transaction: a Consent of scope `treatment` with the text. It does not control access
/// to the record. Sending it twice changes nothing. Errors: invalid_argument.
[[nodiscard]] Result<Json> consent_bundle(const GivenConsent& given);

/// Returns the patient's last answer: the newest active Consent of this kind, and of equally new ones a
/// denial.
/// A permission with conditions does not count. Empty if there is no answer.
[[nodiscard]] std::optional<bool> consented(const fhir::AnswerIndex& record, std::string_view patient,
                                            ConsentKind kind);

}  // namespace reprise::care
