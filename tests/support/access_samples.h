// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "fhir/model/json.h"
#include "fhir/validation/validate.h"

namespace reprise::record {

inline fhir::Json valid(fhir::Json resource) {
  const auto issues = fhir::validate(resource);
  EXPECT_TRUE(issues.empty()) << to_string(issues.front());
  return resource;
}

/// `participants`: JSON.
inline fhir::Json care_team(const std::string& patient, const std::string& participants) {
  return valid({{"resourceType", "CareTeam"},
                {"subject", {{"reference", "Patient/" + patient}}},
                {"participant", fhir::Json::parse(participants)}});
}

/// `policy`: "OPTIN", …; `provision`: JSON.
inline fhir::Json consent(const std::string& patient, const std::string& policy,
                          const std::string& provision) {
  fhir::Json made = {
      {"resourceType", "Consent"},
      {"status", "active"},
      {"scope",
       {{"coding", fhir::Json::array({{{"system", "http://terminology.hl7.org/CodeSystem/consentscope"},
                                       {"code", "patient-privacy"}}})}}},
      {"category", fhir::Json::array({{{"text", "c"}}})},
      {"patient", {{"reference", "Patient/" + patient}}}};
  if (!policy.empty()) {
    made["policyRule"] = {{"coding", fhir::Json::array({{{"code", policy}}})}};
  }
  if (provision != "{}") made["provision"] = fhir::Json::parse(provision);
  return valid(made);
}

}  // namespace reprise::record
