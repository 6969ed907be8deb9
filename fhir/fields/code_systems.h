// SPDX-License-Identifier: Apache-2.0
#pragma once

// Code systems and extensions of HL7, LOINC, SNOMED CT and UCUM.
namespace reprise::fhir {

inline constexpr const char* kUuid = "urn:ietf:rfc:3986";
inline constexpr const char* kUnits = "http://unitsofmeasure.org";
inline constexpr const char* kSnomed = "http://snomed.info/sct";
inline constexpr const char* kSnomedLeft = "7771000";
inline constexpr const char* kSnomedRight = "24028007";
inline constexpr const char* kLoinc = "http://loinc.org";
inline constexpr const char* kTranslation = "http://hl7.org/fhir/StructureDefinition/translation";
inline constexpr const char* kConsentScope = "http://terminology.hl7.org/CodeSystem/consentscope";
inline constexpr const char* kObservationCategory =
    "http://terminology.hl7.org/CodeSystem/observation-category";

}  // namespace reprise::fhir
