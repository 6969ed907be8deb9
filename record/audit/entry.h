// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// Entries of the audit log. They hold no clinical content: types and ids, no values.
namespace reprise::record {

/// The kind of the acting principal.
enum class AuditAgent : std::uint8_t { none, patient, clinician, administrator, program, server, carer };

/// The acts that are logged: FHIR's interactions, and the server's own.
enum class AuditAct : std::uint8_t {
  read,
  vread,
  create,
  update,
  patch,
  erase,
  history,
  search,
  capabilities,
  transaction,
  batch,
  sign_in,
  sign_out,
  break_glass,      ///< emergency access started
  account_change,   ///< accounts, passwords, second factors, tokens, invitations
  settings_change,  ///< of the server
  log_use,          ///< the log itself was read or verified
  export_data,      ///< backups
  import_data,      ///< restored backups
  visit_join,       ///< a participant joined a video visit
  visit_end,        ///< a call of a video visit ended
};

/// http://hl7.org/fhir/audit-event-outcome
enum class AuditOutcome : std::uint8_t { success, refused, failed, major_failure };

enum class AuditPurpose : std::uint8_t { treatment, patient_request, administration, break_glass };

/// An audit entry. Texts are UTF-8 without control characters; empty if not applicable.
struct AuditEntry {
  std::uint64_t sequence = 0;  ///< its place in the log: 1, 2, 3, … without gaps
  std::int64_t time_us = 0;    ///< since 1970-01-01T00:00:00Z
  AuditAct act = AuditAct::read;
  AuditOutcome outcome = AuditOutcome::success;
  AuditPurpose purpose = AuditPurpose::treatment;
  AuditAgent agent = AuditAgent::none;
  std::string account;        ///< the acting account's id, or that of an API token
  std::string person;         ///< the id of that account's Patient or Practitioner
  std::string address;        ///< the client's network address
  std::string resource_type;  ///< the type of the resource; of a search: the searched type
  std::string resource_id;
  std::string resource_version;
  std::string request;  ///< the id of the request, as in the server's own log
  std::string reason;  ///< the clinician's reason for emergency access; of refusals: how many more there were
  std::vector<std::string> patients;  ///< ids of the patients in whose compartments the data are
  /// Those of `patients` who were accessible only through emergency access; `purpose` is then emergency.
  std::vector<std::string> emergency = {};

  friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// Return HL7's codes: "0", "4", "8", "12", and those of v3-ActReason, such as "TREAT".
[[nodiscard]] std::string_view code_of(AuditOutcome outcome);
[[nodiscard]] std::string_view code_of(AuditPurpose purpose);

/// Returns FHIR's AuditEvent.action of an act: 'C', 'R', 'U', 'D' or 'E'.
[[nodiscard]] char action_of(AuditAct act);

/// Makes every text of an entry fit for the log. Control characters and invalid UTF-8 become '?'. A text is
/// cut after 256 bytes (a reason: 2048), at a character boundary.
[[nodiscard]] AuditEntry fit_for_log(AuditEntry entry);

/// Returns the entry as a principal may see it who has access to these patients only (ids, sorted). The other
/// patients are left out. Emergency access to others only is not mentioned.
[[nodiscard]] AuditEntry shown_among(AuditEntry entry, std::span<const std::string> patients);

/// Encodes an entry canonically for the chain's hashes (docs/operations/audit.md). Different entries have
/// different texts.
[[nodiscard]] std::string encode(const AuditEntry& entry);

/// Decodes an entry. Errors: corrupt, if `encode` would not write exactly this text.
[[nodiscard]] Result<AuditEntry> decode_entry(std::string_view text);

}  // namespace reprise::record
