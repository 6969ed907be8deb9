#pragma once

#include <string>
#include <vector>

#include "record/audit/entry.h"
#include "record/store/operation.h"
#include "server/fhir_api/request.h"

// What the audit log says of a request to the FHIR API.
namespace reprise::server {

/// An entry for what is about no single resource yet: what a request asks for, by whom, and how it ended (an
/// HTTP status).
/// Of what was refused because of who asks (401, 403) no id is noted: it may be anything.
[[nodiscard]] record::AuditEntry entry_of(const ApiRequest& request, unsigned status);

[[nodiscard]] record::AuditAgent agent_of(record::Role role);

/// An entry for a request without a valid token whose address tells nothing.
[[nodiscard]] record::AuditEntry entry_of_stranger(std::string address);

/// The same of what was read, and whose data it is; of an old version, also whose it was. Nothing is left out
/// of the log because it cannot be looked up: then `patients` stays empty.
void add_resource(record::AuditEntry& entry, const record::Stored& stored, record::Connection& connection,
                  const record::Context& context);

/// The same of what was changed.
void add_change(record::AuditEntry& entry, const record::ChangeResult& done, const record::Context& context);

/// The same, where the patients are known.
void add_patients(record::AuditEntry& entry, std::vector<std::string> patients,
                  const record::Context& context);

}  // namespace reprise::server
