// SPDX-License-Identifier: Apache-2.0
#include "care/safety/patient_reported.h"

#include <array>

#include "fhir/fields/transaction.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::array<std::string_view, 4> kMoments = {"before", "during", "after", "next-morning"};
constexpr std::array<std::string_view, 4> kMomentWords = {"before exercising", "while exercising",
                                                          "after exercising", "the next morning"};

Json said(const ReportContext& by, Json code, int value) {
  Json observation = Json::object();
  observation["resourceType"] = "Observation";
  fhir::mark(observation, by.simulated);
  if (!by.session.empty())
    observation["identifier"] =
        Json::array({Json{{"system", fhir::kSession}, {"value", "urn:uuid:" + by.session}}});
  observation["status"] = "final";
  observation["category"] = Json::array({fhir::codeable(fhir::kObservationCategory, "survey", "Survey")});
  observation["code"] = std::move(code);
  observation["subject"] = fhir::reference_to("Patient", by.patient);
  observation["effectiveDateTime"] = by.when;
  observation["performer"] = Json::array({fhir::reference_to("Patient", by.patient)});
  observation["valueQuantity"] = fhir::quantity(value, "{score}", "{score}");
  return observation;
}

}  // namespace

std::string_view code_of(Moment moment) {
  return kMoments[static_cast<std::size_t>(moment)];
}

std::optional<Moment> moment_of(std::string_view code) {
  for (std::size_t i = 0; i < kMoments.size(); ++i) {
    if (kMoments[i] == code) return static_cast<Moment>(i);
  }
  return {};
}

Json pain_observation(const ReportContext& by, Moment moment, int value) {
  Json observation = said(by,
                          fhir::codeable(fhir::kLoinc, fhir::kPainCode,
                                         "Pain severity - 0-10 verbal numeric rating [Score] - Reported"),
                          value);
  Json component = Json::object();
  component["code"] = fhir::codeable(fhir::kObservation, "moment", "when it was felt");
  component["valueCodeableConcept"] =
      fhir::codeable(fhir::kMoment, code_of(moment), kMomentWords[static_cast<std::size_t>(moment)]);
  observation["component"] = Json::array({std::move(component)});
  return observation;
}

Json effort_observation(const ReportContext& by, int value) {
  return said(
      by,
      fhir::codeable(fhir::kObservation, "effort", "Effort from 0 to 10, Reprise's own scale, not validated"),
      value);
}

}  // namespace reprise::care
