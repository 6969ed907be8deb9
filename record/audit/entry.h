#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// One entry of the log of who did what to the record. Entries hold no clinical content: types and ids, no
// values.
namespace reprise::record {

/// As what somebody acted.
enum class AuditAgent : std::uint8_t { nobody, patient, clinician, administrator, program, server };

/// What was done: FHIR's interactions, and what a server does besides.
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
  break_glass,      ///< access in an emergency began
  account_change,   ///< accounts, passwords, second factors, tokens, invitations
  settings_change,  ///< of the server
  log_use,          ///< the log itself was read or verified
  export_data,      ///< backups
  import_data,      ///< restored backups
  visit_join,       ///< somebody came into a video visit
  visit_end,        ///< the two of a video visit were together until now
};

/// http://hl7.org/fhir/audit-event-outcome
enum class AuditOutcome : std::uint8_t { success, refused, failed, major_failure };

enum class AuditPurpose : std::uint8_t { treatment, patient_request, administration, break_glass };

/// What happened. Texts are UTF-8 without control characters; empty where there is nothing to say.
struct AuditEntry {
  std::uint64_t sequence = 0;  ///< its place in the log: 1, 2, 3, … without gaps
  std::int64_t time_us = 0;    ///< since 1970-01-01T00:00:00Z
  AuditAct act = AuditAct::read;
  AuditOutcome outcome = AuditOutcome::success;
  AuditPurpose purpose = AuditPurpose::treatment;
  AuditAgent agent = AuditAgent::nobody;
  std::string account;        ///< who acted: the id of an account, or of a program's token
  std::string person;         ///< the id of that account's Patient or Practitioner
  std::string address;        ///< from which network address
  std::string resource_type;  ///< what was touched; of a search, what was searched for
  std::string resource_id;
  std::string resource_version;
  std::string request;  ///< the id of the request, as in the server's own log
  std::string reason;   ///< told by whoever broke the glass; of refusals, how many more there were
  std::vector<std::string> patients;  ///< ids of those in whose compartments the data are
  /// Those of them whose data could be used only because the glass was broken; the purpose says so then.
  std::vector<std::string> emergency = {};

  friend bool operator==(const AuditEntry&, const AuditEntry&) = default;
};

/// The codes of HL7: "0", "4", "8", "12", and those of v3-ActReason, "TREAT" and so on.
[[nodiscard]] std::string_view code_of(AuditOutcome outcome);
[[nodiscard]] std::string_view code_of(AuditPurpose purpose);

/// FHIR's AuditEvent.action: 'C', 'R', 'U', 'D' or 'E'. It follows from the act.
[[nodiscard]] char action_of(AuditAct act);

/// The entry with every text made fit for the log: control characters and what is not UTF-8 become '?', and
/// each text ends after 256 bytes (a reason: 2048), at the end of a character.
[[nodiscard]] AuditEntry fit_for_log(AuditEntry entry);

/// The entry as somebody may see it who may see no other patients than these (ids, sorted): without the
/// others. Where the glass was broken for others alone, nothing is said of it.
[[nodiscard]] AuditEntry shown_among(AuditEntry entry, std::span<const std::string> patients);

/// The one text that stands for an entry, over which the chain's hashes are made (docs/audit.md). Two
/// different entries never have the same text.
[[nodiscard]] std::string encode(const AuditEntry& entry);

/// Reads such a text. Errors: corrupt, where it is not exactly what `encode` would write.
[[nodiscard]] Result<AuditEntry> decode_entry(std::string_view text);

}  // namespace reprise::record
