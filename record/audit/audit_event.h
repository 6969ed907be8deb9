#pragma once

#include <cstdint>
#include <string>

#include "fhir/json.h"
#include "record/audit/entry.h"

namespace reprise::record {

/// "2026-03-14T08:30:00.250113Z", as FHIR writes an instant.
[[nodiscard]] std::string instant_of(std::int64_t time_us);

/// The entry as FHIR's AuditEvent, whose id is the entry's number. `site`: what the server calls itself.
[[nodiscard]] fhir::Json to_audit_event(const AuditEntry& entry, const std::string& site);

}  // namespace reprise::record
