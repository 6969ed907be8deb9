// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/model/json.h"
#include "record/audit/entry.h"

namespace reprise::record {

/// Formats a time as a FHIR instant: "2026-03-14T08:30:00.250113Z".
[[nodiscard]] std::string instant_of(std::int64_t time_us);

/// The code and system of an act: AuditEvent.type and AuditEvent.subtype; the latter is empty if there is
/// none.
struct AuditCodes {
  std::string_view type_system;
  std::string_view type;
  std::string_view subtype_system;
  std::string_view subtype;
};
[[nodiscard]] AuditCodes codes_of(AuditAct act);

/// The code system of AuditEvent.purposeOfEvent.
constexpr std::string_view kPurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

/// Converts an entry to FHIR's AuditEvent, whose id is the entry's number. `site`: the server's name.
[[nodiscard]] fhir::Json to_audit_event(const AuditEntry& entry, const std::string& site);

}  // namespace reprise::record
