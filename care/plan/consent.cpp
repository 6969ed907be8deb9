// SPDX-License-Identifier: Apache-2.0
#include "care/plan/consent.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/base64.h"
#include "base/text.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 4> kConsentCodes = {"app-use", "movement-recording", "video-visit",
                                                           "posture-photo"};
constexpr std::array<std::string_view, 4> kConsentWords = {
    "Using the app", "Recorded movement, without pictures", "Video visits, never recorded",
    "Photos of posture, kept in the record"};
constexpr std::size_t kMostWords = 20'000;

Result<void> check_consent(const GivenConsent& given) {
  const auto refuse = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, "documenting a consent", std::move(cause),
                "correct it; reprise.d.mts explains each field");
  };
  constexpr std::size_t kDate = 10;
  if (!is_uuid(given.id)) return refuse("the id is not a UUID in lower case");
  if (!fhir::is_id(given.patient)) return refuse("the patient is not an id");
  if (!fhir::is_date_time(given.when) || given.when.size() <= kDate)
    return refuse("its time is not a dateTime with a zone");
  if (given.language.size() != 2) return refuse("the language is not a code of two letters");
  if (fhir::clean_text(given.words).empty() || given.words.size() > kMostWords)
    return refuse("the text agreed to is empty or over 20,000 bytes");
  return {};
}

Json consent_of(const GivenConsent& given) {
  Json consent = Json::object();
  consent["resourceType"] = "Consent";
  fhir::mark(consent, given.simulated);
  consent["identifier"] = Json::array({Json{{"system", fhir::kUuid}, {"value", "urn:uuid:" + given.id}}});
  consent["status"] = "active";
  // Scope patient-privacy would control access to the record.
  consent["scope"] = fhir::codeable(fhir::kConsentScope, "treatment", "Treatment");
  consent["category"] = Json::array({fhir::codeable(fhir::kConsentCategory, consent_code(given.kind),
                                                    kConsentWords[static_cast<std::size_t>(given.kind)])});
  consent["patient"] = fhir::reference_to("Patient", given.patient);
  consent["dateTime"] = given.when;
  consent["performer"] = Json::array({fhir::reference_to("Patient", given.patient)});
  consent["sourceAttachment"] = {{"contentType", "text/plain; charset=utf-8"},
                                 {"language", given.language},
                                 {"data", to_base64(fhir::clean_text(given.words))},
                                 {"title", "The text shown, and the answer"}};
  consent["policyRule"] = {{"text", "The words that are attached, as the app showed them."}};
  consent["provision"] = {{"type", given.permits ? "permit" : "deny"}};
  return consent;
}

std::int64_t moment_of_consent(const Json& consent) {
  const auto when = fhir::interval_of(json::text_of(consent, "dateTime"));
  return when && when->start_ms ? *when->start_ms : std::numeric_limits<std::int64_t>::min();
}

// A permission with conditions does not count.
bool permits(const Json& consent) {
  const Json* provision = json::field(consent, "provision");
  return provision != nullptr && json::text_of(*provision, "type") == "permit" && provision->size() == 1;
}

}  // namespace

std::string_view consent_code(ConsentKind kind) {
  return kConsentCodes[static_cast<std::size_t>(kind)];
}

Result<Json> consent_bundle(const GivenConsent& given) {
  if (const auto right = check_consent(given); !right) return tl::unexpected(right.error());
  fhir::Transaction transaction;
  transaction.create(consent_of(given), fhir::kUuid, "urn:uuid:" + given.id);
  return std::move(transaction).take();
}

std::optional<bool> consented(const fhir::AnswerIndex& record, std::string_view patient, ConsentKind kind) {
  std::optional<bool> answer;
  std::int64_t newest = std::numeric_limits<std::int64_t>::min();
  for (const Json* consent : record.all("Consent")) {
    const Json& categories = json::list_of(*consent, "category");
    const bool about = std::any_of(categories.begin(), categories.end(), [&](const Json& category) {
      return fhir::has_coding(&category, fhir::kConsentCategory, consent_code(kind));
    });
    if (!about || json::text_of(*consent, "status") != "active" ||
        fhir::id_in(json::field(*consent, "patient"), "Patient") != patient) {
      continue;
    }
    const std::int64_t when = moment_of_consent(*consent);
    const bool yes = permits(*consent);
    if (!answer || when > newest) answer = yes;
    if (when == newest) answer = *answer && yes;
    newest = std::max(newest, when);
  }
  return answer;
}

}  // namespace reprise::care
