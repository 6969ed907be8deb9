// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "care/safety/patient_reported.h"
#include "fhir/fields/days.h"
#include "fhir/profiles/vocabulary.h"

// Resources of one patient, day by day, as the app writes them.
namespace reprise::care {

inline std::string at(fhir::Day day, const char* clock = "10:00:00+01:00") {
  return fhir::date_of(day) + "T" + clock;
}

inline std::int64_t noon_ms(fhir::Day day) {
  return day * kDayMs + kDayMs / 2;
}

class PatientDays {
 public:
  static constexpr const char* kPatient = "p1";

  PatientDays& programme(fhir::Day start, int days_a_week = 7) {
    add({{"resourceType", "CarePlan"},
         {"id", "plan"},
         {"status", "active"},
         {"intent", "plan"},
         {"category", Json::array({fhir::codeable(fhir::kPlanCategory, "exercise-programme", "programme")})},
         {"period", {{"start", fhir::date_of(start)}}}});
    request_ = {{"resourceType", "ServiceRequest"},
                {"id", "r1"},
                {"status", "active"},
                {"instantiatesCanonical", Json::array({"urn:reprise:exercise:heel_slide|1"})},
                {"occurrenceTiming",
                 {{"repeat", {{"frequency", days_a_week}, {"period", 1}, {"periodUnit", "wk"}}}}}};
    add(request_);
    return *this;
  }
  PatientDays& target(double degrees) {
    resources.back()["extension"] = Json::array({Json{
        {"url", fhir::kTarget},
        {"extension",
         Json::array({Json{{"url", "measure"}, {"valueCode", "knee_flexion"}},
                      Json{{"url", "value"}, {"valueQuantity", fhir::quantity(degrees, "deg", "deg")}}})}}});
    return *this;
  }
  PatientDays& session(fhir::Day day) {
    const std::string id = "s" + std::to_string(++count_);
    add({{"resourceType", "Procedure"},
         {"id", id},
         {"status", "completed"},
         {"code", fhir::codeable(fhir::kExercise, "heel_slide", "Heel slide")},
         {"bodySite", Json::array({fhir::codeable(fhir::kSnomed, fhir::kSnomedLeft, "left")})},
         {"performedPeriod", {{"start", at(day)}, {"end", at(day, "10:05:00+01:00")}}}});
    last_ = "Procedure/" + id;
    return *this;
  }
  PatientDays& pain(fhir::Day day, int value, const char* clock = "10:06:00+01:00") {
    return add(pain_observation({kPatient, {}, at(day, clock), false}, Moment::after, value));
  }
  /// Of the last session.
  PatientDays& range(fhir::Day day, double degrees, double uncertainty = 5, const char* unit = "deg") {
    const auto part = [&](const char* code, double value) {
      return Json{{"code", fhir::codeable(fhir::kObservation, code, code)},
                  {"valueQuantity", fhir::quantity(value, unit, unit)}};
    };
    Json code = fhir::codeable(fhir::kObservation, "best-range", "range");
    code["coding"].push_back({{"system", fhir::kMeasure}, {"code", "knee_flexion"}});
    return add({{"resourceType", "Observation"},
                {"status", "final"},
                {"code", std::move(code)},
                {"partOf", Json::array({Json{{"reference", last_}}})},
                {"effectivePeriod", {{"start", at(day)}, {"end", at(day, "10:05:00+01:00")}}},
                {"valueQuantity", fhir::quantity(degrees, unit, unit)},
                {"component", Json::array({part("from", 5), part("uncertainty", uncertainty)})}});
  }
  /// Of the last session.
  PatientDays& hold_time(fhir::Day day) { return measured(day, "hold-time", fhir::quantity(20, "s", "s")); }
  /// Of the last session.
  PatientDays& quality(fhir::Day day, double value) {
    return measured(day, "movement-quality", fhir::quantity(value, "{score}", "{score}"));
  }
  PatientDays& add(Json resource) {
    if (!resource.contains("id")) resource["id"] = "o" + std::to_string(++count_);
    resource["subject"] = fhir::reference_to("Patient", kPatient);
    resources.push_back(std::move(resource));
    return *this;
  }

  std::vector<Json> resources;

 private:
  PatientDays& measured(fhir::Day day, const char* code, Json value) {
    return add({{"resourceType", "Observation"},
                {"status", "final"},
                {"code", fhir::codeable(fhir::kObservation, code, code)},
                {"partOf", Json::array({Json{{"reference", last_}}})},
                {"effectivePeriod", {{"start", at(day)}, {"end", at(day, "10:05:00+01:00")}}},
                {"valueQuantity", std::move(value)}});
  }

  Json request_;
  std::string last_;
  int count_ = 0;
};

}  // namespace reprise::care
