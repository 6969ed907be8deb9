// SPDX-License-Identifier: Apache-2.0
#include "care/plan/phone_test_request.h"

#include <algorithm>
#include <array>

#include "care/plan/request_schedule.h"
#include "fhir/fields/days.h"
#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 6> kPhoneTests = {
    "timed_up_and_go", "sit_to_stand_5", "sit_to_stand_30", "walk_10_m", "walk_6_min", "standing_still"};
// A course in a flat or along a street. Unsourced defaults.
constexpr double kShortestCourseM = 2;
constexpr double kLongestCourseM = 100;

bool is_walk(std::string_view test) {
  return test == "walk_10_m" || test == "walk_6_min";
}

std::string test_named(const Json& request) {
  const Json* code = json::field(request, "code");
  if (code == nullptr) return {};
  std::string found;
  for (const Json& coding : json::list_of(*code, "coding")) {
    if (json::text_of(coding, "system") != fhir::kPhoneTest) continue;
    if (!found.empty()) return {};
    found = json::text_of(coding, "code");
  }
  return std::find(kPhoneTests.begin(), kPhoneTests.end(), found) == kPhoneTests.end() ? std::string{}
                                                                                       : found;
}

// Reads the length of the course; false if it is missing, impossible, or not for this test.
bool read_walkway_length(const Json& request, PhoneTestRequest& asked) {
  const auto found = fhir::extensions(request, fhir::kCourse);
  if (found.empty() || !is_walk(asked.test)) return found.empty() && !is_walk(asked.test);
  const Json* quantity = json::field(*found.front(), "valueQuantity");
  if (found.size() > 1 || quantity == nullptr || json::text_of(*quantity, "system") != fhir::kUnits ||
      json::text_of(*quantity, "code") != "m" || json::field(*quantity, "comparator") != nullptr)
    return false;
  asked.course_m = json::number_of(*quantity, "value");
  return asked.course_m && *asked.course_m >= kShortestCourseM && *asked.course_m <= kLongestCourseM;
}

// Only an explicit "no helper" releases the patient to do it alone.
fhir::Why read_helper(const Json& request, PhoneTestRequest& asked) {
  const auto parts = fhir::parts_of(request, fhir::kSupport, {"helper", "note"});
  if (!parts) return parts.error();
  if (!*parts) return {};
  if (const Json* helper = (*parts)->find("helper")) {
    const auto given = json::truth_of(*helper, "valueBoolean");
    if (!given) return std::string{fhir::kSupport} + " does not say whether a helper is needed";
    asked.helper = *given;
  }
  if (const Json* note = (*parts)->find("note")) asked.support_note = json::text_of(*note, "valueString");
  return {};
}

fhir::Why read_when(const Json& request, PhoneTestRequest& asked) {
  const auto by = fhir::extensions(request, fhir::kAnswerBy);
  if (!by.empty()) asked.answer_by = json::text_of(*by.front(), "valueDate");
  if (by.size() > 1 || (!by.empty() && !fhir::day_of(asked.answer_by))) return "its due day is unreadable";
  const char* unreadable = "its schedule is unreadable: write a period in days or weeks";
  for (const char* other : {"occurrenceDateTime", "occurrencePeriod", "asNeededBoolean"}) {
    if (json::field(request, other) != nullptr) return unreadable;
  }
  const Json* timing = json::field(request, "occurrenceTiming");
  if (timing == nullptr) return {};
  const auto days = days_between(*timing);
  if (!days) return unreadable;
  asked.every_days = *days;
  return {};
}

bool has_unknown_test_extension(const Json& request) {
  const Json& all = json::list_of(request, "extension");
  return std::any_of(all.begin(), all.end(), [](const Json& one) {
    const std::string_view url = json::text_of(one, "url");
    return url.substr(0, fhir::kOurs.size()) == fhir::kOurs && url != fhir::kCourse &&
           url != fhir::kSupport && url != fhir::kAnswerBy;
  });
}

fhir::Why read_test(const Json& request, std::string_view patient, PhoneTestRequest& asked) {
  if (json::field(request, "modifierExtension") != nullptr)
    return "it has a modifierExtension, which is not understood";
  if (json::truth_of(request, "doNotPerform").value_or(false))
    return "it is marked as not to be done (doNotPerform)";
  if (has_unknown_test_extension(request)) return "it has an extension of Reprise that is not understood";
  if (fhir::id_in(json::field(request, "subject"), "Patient") != patient) return "it is for another patient";
  asked.test = test_named(request);
  if (asked.test.empty()) return "it names no known test (code)";
  if (!read_walkway_length(request, asked)) return std::string{fhir::kCourse} + " is missing or impossible";
  if (fhir::Why why = read_helper(request, asked); !why.empty()) return why;
  return read_when(request, asked);
}

// The patient's own day of the newest value that this request asked for.
std::optional<fhir::Day> last_done(std::string_view request, const fhir::AnswerIndex& record) {
  std::optional<fhir::Day> last;
  for (const Json* value : record.all("Observation")) {
    const std::string_view status = json::text_of(*value, "status");
    if (status != "final" && status != "amended" && status != "corrected") continue;
    const Json& reasons = json::list_of(*value, "basedOn");
    const bool asked = std::any_of(reasons.begin(), reasons.end(), [&](const Json& one) {
      return fhir::id_in(&one, "ServiceRequest") == request;
    });
    const Json* period = json::field(*value, "effectivePeriod");
    if (!asked || period == nullptr) continue;
    const auto day = fhir::local_day(json::text_of(*period, "start"));
    if (day && (!last || *day > *last)) last = day;
  }
  return last;
}

}  // namespace

bool is_phone_test(const Json& request) {
  const Json& categories = json::list_of(request, "category");
  return std::any_of(categories.begin(), categories.end(), [](const Json& category) {
    return fhir::has_coding(&category, fhir::kOrder, "phone-test");
  });
}

std::optional<PhoneTestRequest> read_phone_test(const Json& request, const fhir::AnswerIndex& record,
                                                std::string_view patient) {
  const std::string_view intent = json::text_of(request, "intent");
  if (!is_phone_test(request) || json::text_of(request, "status") != "active" || intent == "proposal" ||
      intent == "option")
    return {};
  PhoneTestRequest asked;
  asked.request = json::text_of(request, "id");
  asked.instruction = json::text_of(request, "patientInstruction");
  asked.problem = read_test(request, patient, asked);
  if (const auto last = last_done(asked.request, record)) {
    asked.last_done = fhir::date_of(*last);
    asked.done = asked.every_days == 0;
    if (!asked.done) asked.due = fhir::date_of(*last + asked.every_days);
  }
  return asked;
}

}  // namespace reprise::care
