#pragma once

#include "server/fhir_api/api.h"

namespace reprise::server {

/// Answers the reading of an AuditEvent, and searches for them, out of the audit log.
[[nodiscard]] ReadAnswer answer_audit_events(const ApiRequest& request, record::Connection& connection,
                                             const record::Context& context);

}  // namespace reprise::server
