#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "fhir/model/json.h"
#include "record/audit/entry.h"

namespace reprise::record {

/// "2026-03-14T08:30:00.250113Z", as FHIR writes an instant.
[[nodiscard]] std::string instant_of(std::int64_t time_us);

/// By what code of which system an act is told apart: AuditEvent.type and, empty where there is none,
/// AuditEvent.subtype.
struct AuditCodes {
  std::string_view type_system;
  std::string_view type;
  std::string_view subtype_system;
  std::string_view subtype;
};
[[nodiscard]] AuditCodes codes_of(AuditAct act);

/// Of AuditEvent.purposeOfEvent.
constexpr std::string_view kPurposeSystem = "http://terminology.hl7.org/CodeSystem/v3-ActReason";

/// The entry as FHIR's AuditEvent, whose id is the entry's number. `site`: what the server calls itself.
[[nodiscard]] fhir::Json to_audit_event(const AuditEntry& entry, const std::string& site);

}  // namespace reprise::record
