// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/parts.h"

#include "fhir/fields/transaction.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::simulation {

Json simulated_resource(const char* type, const std::string& id) {
  Json resource = Json::object();
  resource["resourceType"] = type;
  resource["id"] = id;
  fhir::mark(resource, true);
  return resource;
}

Json coded(std::string_view system, std::string_view code, std::string_view display, std::string_view text) {
  Json coding = {{"system", system}, {"code", code}};
  if (!display.empty()) coding["display"] = display;
  Json concept_of = {{"coding", Json::array({std::move(coding)})}};
  if (!text.empty()) concept_of["text"] = text;
  return concept_of;
}

Json side_of_body(bool left) {
  return fhir::codeable(fhir::kSnomed, left ? fhir::kSnomedLeft : fhir::kSnomedRight,
                        left ? "left" : "right");
}

Json range_extension(const char* url, std::string_view measure, bool angle, double value) {
  const char* unit = angle ? "deg" : "1";
  return {{"url", url},
          {"extension",
           Json::array({Json{{"url", "measure"}, {"valueCode", measure}},
                        Json{{"url", "value"}, {"valueQuantity", fhir::quantity(value, unit, unit)}}})}};
}

}  // namespace reprise::simulation
