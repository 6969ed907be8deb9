// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "record/audit/entry.h"
#include "record/store/operation.h"
#include "server/fhir_api/request.h"

// Audit entries of requests to the FHIR API.
namespace reprise::server {

/// Returns the audit entry of a request without a resource: interaction, principal and result (an HTTP
/// status). For 401 and 403 the id is left out: it may be anything.
[[nodiscard]] record::AuditEntry entry_of(const ApiRequest& request, unsigned status);

[[nodiscard]] record::AuditAgent agent_of(record::Role role);

/// Returns the entry of a request without a valid token and with an unknown address.
[[nodiscard]] record::AuditEntry entry_of_stranger(std::string address);

/// Returns the entry of a read, with the patients concerned; for an old version, also its own. If the lookup
/// fails, `patients` stays empty, but the entry is logged.
void add_resource(record::AuditEntry& entry, const record::Stored& stored, record::Connection& connection,
                  const record::Context& context);

/// Returns the entry of a change.
void add_change(record::AuditEntry& entry, const record::ChangeResult& done, const record::Context& context);

/// Does the same for known patients.
void add_patients(record::AuditEntry& entry, std::vector<std::string> patients,
                  const record::Context& context);

}  // namespace reprise::server
