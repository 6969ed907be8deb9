// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/fhir_api/api.h"

namespace reprise::server {

/// Answers reads and searches of AuditEvents from the audit log.
[[nodiscard]] ReadAnswer answer_audit_events(const ApiRequest& request, record::Connection& connection,
                                             const record::Context& context);

}  // namespace reprise::server
