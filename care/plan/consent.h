#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "fhir/fields/answer_index.h"
#include "fhir/fields/fields.h"

namespace reprise::care {

/// What a patient is asked to agree to; which words say so is the page's to know.
enum class ConsentKind : std::uint8_t {
  app_use,             ///< what the app does, and what becomes of the results
  movement_recording,  ///< movement as points, never pictures, kept for the clinic
  video_visit,         ///< seeing and hearing the clinic by video, never recorded
};

/// An answer to that.
struct GivenConsent {
  std::string id;  ///< UUID in small letters, made once
  std::string patient;
  ConsentKind kind = ConsentKind::app_use;
  bool permits = false;
  std::string when;      ///< as FHIR writes times, with the zone
  std::string language;  ///< of the words, such as "de"
  std::string words;     ///< all that was shown and answered
  bool simulated = false;
};

/// The answer as a transaction for the record: a Consent of scope `treatment`, which holds the words. It says
/// nothing about who may see the record. Sent twice, it changes nothing. Errors: invalid_argument.
[[nodiscard]] Result<Json> consent_bundle(const GivenConsent& given);

/// What the patient answered last: the newest active Consent of this kind decides, a denial among equally new
/// ones. A permission with conditions is none. Nothing: there is no answer.
[[nodiscard]] std::optional<bool> consented(const fhir::AnswerIndex& record, std::string_view patient,
                                            ConsentKind kind);

}  // namespace reprise::care
