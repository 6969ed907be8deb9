// SPDX-License-Identifier: Apache-2.0
#include "care/plan/request_terms.h"

#include <algorithm>

#include "care/plan/request_schedule.h"
#include "fhir/fields/days.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// Only an explicit "no helper" releases the patient to do it alone.
fhir::Why read_helper(const Json& request, RequestTerms& terms) {
  const auto parts = fhir::parts_of(request, fhir::kSupport, {"helper", "note"});
  if (!parts) return parts.error();
  if (!*parts) return {};
  if (const Json* helper = (*parts)->find("helper")) {
    const auto given = json::truth_of(*helper, "valueBoolean");
    if (!given) return std::string{fhir::kSupport} + " does not say whether a helper is needed";
    terms.helper = *given;
  }
  if (const Json* note = (*parts)->find("note")) terms.support_note = json::text_of(*note, "valueString");
  return {};
}

fhir::Why read_when(const Json& request, RequestTerms& terms) {
  const auto by = fhir::extensions(request, fhir::kAnswerBy);
  if (!by.empty()) terms.answer_by = json::text_of(*by.front(), "valueDate");
  if (by.size() > 1 || (!by.empty() && !fhir::day_of(terms.answer_by))) return "its due day is unreadable";
  const char* unreadable = "its schedule is unreadable: write a period in days or weeks";
  for (const char* other : {"occurrenceDateTime", "occurrencePeriod", "asNeededBoolean"}) {
    if (json::field(request, other) != nullptr) return unreadable;
  }
  const Json* timing = json::field(request, "occurrenceTiming");
  if (timing == nullptr) return {};
  const auto days = days_between(*timing);
  if (!days) return unreadable;
  terms.every_days = *days;
  return {};
}

bool has_unknown_extension(const Json& request, std::initializer_list<std::string_view> own) {
  const Json& all = json::list_of(request, "extension");
  return std::any_of(all.begin(), all.end(), [&](const Json& one) {
    const std::string_view url = json::text_of(one, "url");
    return url.substr(0, fhir::kOurs.size()) == fhir::kOurs && url != fhir::kSupport &&
           url != fhir::kAnswerBy && std::find(own.begin(), own.end(), url) == own.end();
  });
}

// The patient's own day of the newest value that this request asked for.
std::optional<fhir::Day> last_done(std::string_view request, std::span<const Json* const> observations) {
  std::optional<fhir::Day> last;
  for (const Json* value : observations) {
    const Json* period = json::field(*value, "effectivePeriod");
    if (period == nullptr || !is_result_of(*value, request)) continue;
    const auto day = fhir::local_day(json::text_of(*period, "start"));
    if (day && (!last || *day > *last)) last = day;
  }
  return last;
}

}  // namespace

bool has_order_category(const Json& request, std::string_view category) {
  const Json& categories = json::list_of(request, "category");
  return std::any_of(categories.begin(), categories.end(),
                     [&](const Json& one) { return fhir::has_coding(&one, fhir::kOrder, category); });
}

bool is_in_force(const Json& request) {
  const std::string_view intent = json::text_of(request, "intent");
  return json::text_of(request, "status") == "active" && intent != "proposal" && intent != "option";
}

std::string only_code(const Json& request, std::string_view system,
                      std::initializer_list<std::string_view> known) {
  const Json* code = json::field(request, "code");
  if (code == nullptr) return {};
  std::string found;
  for (const Json& coding : json::list_of(*code, "coding")) {
    if (json::text_of(coding, "system") != system) continue;
    if (!found.empty()) return {};
    found = json::text_of(coding, "code");
  }
  return std::find(known.begin(), known.end(), found) == known.end() ? std::string{} : found;
}

fhir::Why read_terms(const Json& request, std::string_view patient,
                     std::initializer_list<std::string_view> own, RequestTerms& terms) {
  if (json::field(request, "modifierExtension") != nullptr)
    return "it has a modifierExtension, which is not understood";
  if (json::truth_of(request, "doNotPerform").value_or(false))
    return "it is marked as not to be done (doNotPerform)";
  if (has_unknown_extension(request, own)) return "it has an extension of Reprise that is not understood";
  if (fhir::id_in(json::field(request, "subject"), "Patient") != patient) return "it is for another patient";
  if (fhir::Why why = read_helper(request, terms); !why.empty()) return why;
  return read_when(request, terms);
}

bool is_result_of(const Json& observation, std::string_view request) {
  const std::string_view status = json::text_of(observation, "status");
  if (status != "final" && status != "amended" && status != "corrected") return false;
  const Json& reasons = json::list_of(observation, "basedOn");
  return std::any_of(reasons.begin(), reasons.end(),
                     [&](const Json& one) { return fhir::id_in(&one, "ServiceRequest") == request; });
}

void find_done(const Json& request, std::span<const Json* const> observations, RequestTerms& terms) {
  terms.request = json::text_of(request, "id");
  terms.instruction = json::text_of(request, "patientInstruction");
  const auto last = last_done(terms.request, observations);
  if (!last) return;
  terms.last_done = fhir::date_of(*last);
  terms.done = terms.every_days == 0;
  if (!terms.done) terms.due = fhir::date_of(*last + terms.every_days);
}

void find_done(const Json& request, const fhir::AnswerIndex& record, RequestTerms& terms) {
  find_done(request, record.all("Observation"), terms);
}

}  // namespace reprise::care
