// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "care/outcome/measurement_observations.h"
#include "tests/support/patient_days.h"

// SIMULATED measurements by sensors of one patient, day by day, as the record has them.
namespace reprise::care {

class SensedDays {
 public:
  static constexpr const char* kPatient = PatientDays::kPatient;

  SensedDays& asymmetry(fhir::Day day, double share) {
    return measured(day, session::MeasurementKind::gait, session::SignalMeasure::step_time_asymmetry, share);
  }
  /// During the day's session.
  SensedDays& heart(fhir::Day day, double per_minute, std::string_view part = "") {
    return measured(day, session::MeasurementKind::heart, session::SignalMeasure::heart_rate, per_minute / 60,
                    part);
  }
  SensedDays& session(fhir::Day day, const char* exercise, int effort) {
    const std::string id = "s" + std::to_string(++count_);
    resources.push_back({{"resourceType", "Procedure"},
                         {"id", id},
                         {"status", "completed"},
                         {"code", fhir::codeable(fhir::kExercise, exercise, exercise)},
                         {"subject", fhir::reference_to("Patient", kPatient)},
                         {"performedPeriod", {{"start", at(day)}, {"end", at(day, "10:05:00+01:00")}}}});
    resources.push_back({{"resourceType", "Observation"},
                         {"id", "e" + id},
                         {"status", "final"},
                         {"code", fhir::codeable(fhir::kObservation, "effort", "effort")},
                         {"subject", fhir::reference_to("Patient", kPatient)},
                         {"partOf", Json::array({Json{{"reference", "Procedure/" + id}}})},
                         {"effectiveDateTime", at(day)},
                         {"valueQuantity", fhir::quantity(effort, "{score}", "{score}")}});
    return *this;
  }

  std::vector<Json> resources;

 private:
  SensedDays& measured(fhir::Day day, session::MeasurementKind kind, session::SignalMeasure measure,
                       double value, std::string_view part = "") {
    session::MeasurementDocument document;
    document.engine_version = "test";
    document.kind = kind;
    document.method = "simulated";
    document.source.kind = session::SignalSourceKind::simulated;
    session::MeasuredValue& one = document.values.emplace_back();
    one.measure = measure;
    one.value = value;
    one.part = part;
    const std::string id = "0b8e2a60-7c1f-4f6e-8d7a-" + std::to_string(100'000'000'000 + ++count_);
    MeasurementContext context;
    context.id = id;
    context.patient = kPatient;
    context.start = at(day);
    context.end = at(day, "10:05:00+01:00");
    const auto bundle = measurement_bundle(document, context);
    for (const Json& entry : bundle.value()["entry"]) {
      resources.push_back(entry["resource"]);
      resources.back()["id"] = "o" + std::to_string(count_);
    }
    return *this;
  }

  int count_ = 0;
};

}  // namespace reprise::care
