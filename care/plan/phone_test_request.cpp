// SPDX-License-Identifier: Apache-2.0
#include "care/plan/phone_test_request.h"

#include "care/plan/request_terms.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// A course in a flat or along a street. Unsourced defaults.
constexpr double kShortestCourseM = 2;
constexpr double kLongestCourseM = 100;

bool is_walk(std::string_view test) {
  return test == "walk_10_m" || test == "walk_6_min";
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

fhir::Why read_test(const Json& request, std::string_view patient, PhoneTestRequest& asked) {
  if (fhir::Why why = read_terms(request, patient, {fhir::kCourse}, asked); !why.empty()) return why;
  asked.test = only_code(
      request, fhir::kPhoneTest,
      {"timed_up_and_go", "sit_to_stand_5", "sit_to_stand_30", "walk_10_m", "walk_6_min", "standing_still"});
  if (asked.test.empty()) return "it names no known test (code)";
  if (!read_walkway_length(request, asked)) return std::string{fhir::kCourse} + " is missing or impossible";
  return {};
}

}  // namespace

bool is_phone_test(const Json& request) {
  return has_order_category(request, "phone-test");
}

std::optional<PhoneTestRequest> read_phone_test(const Json& request, const fhir::AnswerIndex& record,
                                                std::string_view patient) {
  if (!is_phone_test(request) || !is_in_force(request)) return {};
  PhoneTestRequest asked;
  asked.problem = read_test(request, patient, asked);
  find_done(request, record, asked);
  return asked;
}

}  // namespace reprise::care
