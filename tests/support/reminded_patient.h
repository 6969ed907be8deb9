// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: a patient with one exercise, as resources without type and id.

#include "json/fields.h"

namespace reprise::test {

/// An exercise of Patient/a, on so many days a week.
inline Json squat_request(int days_a_week) {
  return {
      {"status", "active"},
      {"intent", "order"},
      {"subject", {{"reference", "Patient/a"}}},
      {"instantiatesCanonical", {"urn:reprise:exercise:squat|1"}},
      {"extension",
       {{{"url", "urn:reprise:dosage"}, {"extension", {{{"url", "sets"}, {"valuePositiveInt", 2}}}}}}},
      {"occurrenceTiming", {{"repeat", {{"frequency", days_a_week}, {"period", 1}, {"periodUnit", "wk"}}}}}};
}

/// The programme with ServiceRequest/squat.
inline Json squat_plan() {
  return {
      {"status", "active"},
      {"intent", "plan"},
      {"category", {{{"coding", {{{"system", "urn:reprise:care-plan"}, {"code", "exercise-programme"}}}}}}},
      {"subject", {{"reference", "Patient/a"}}},
      {"period", {{"start", "2026-01-01"}}},
      {"activity", {{{"reference", {{"reference", "ServiceRequest/squat"}}}}}}};
}

/// A Flag that holds all exercises.
inline Json hold_of_all() {
  return {{"status", "active"},
          {"code", {{"coding", {{{"system", "urn:reprise:flag"}, {"code", "red-flag"}}}}}},
          {"subject", {{"reference", "Patient/a"}}},
          {"extension",
           {{{"url", "urn:reprise:hold"}, {"extension", {{{"url", "until"}, {"valueCode", "clinician"}}}}}}}};
}

/// The patient's choice: 18:00 in Berlin, by mail.
inline Json six_in_berlin() {
  return Json::parse(R"({
    "status": "active",
    "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "treatment"}]},
    "category": [{"coding": [{"system": "urn:reprise:consent", "code": "reminders"}]}],
    "patient": {"reference": "Patient/a"}, "performer": [{"reference": "Patient/a"}],
    "policyRule": {"text": "The words that are attached."},
    "extension": [{"url": "urn:reprise:reminder-times", "extension": [
      {"url": "channel", "valueCode": "mail"}, {"url": "zone", "valueCode": "Europe/Berlin"},
      {"url": "time", "valueTime": "18:00:00"}]}],
    "provision": {"type": "permit"}})");
}

}  // namespace reprise::test
