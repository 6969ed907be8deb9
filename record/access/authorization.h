#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/access/principal.h"
#include "record/database/connection.h"

// The rules, decided in one place for reading, versions, histories, searches, includes, chains, binaries and
// writing.
namespace reprise::record {

/// Whose clinical data somebody may use at a moment.
struct AccessiblePatients {
  bool everybody = false;             ///< then the lists say nothing
  std::vector<std::string> patients;  ///< ids, sorted
  std::vector<std::string>
      emergency;  ///< those of them who are allowed only because the glass was broken, sorted: their
                  ///< data is read and clinical entries are added, and nothing else (docs/access.md)
};

/// Looks it up: a patient's own; a clinician's by care teams and Consents, and where the glass was broken; an
/// administrator's: nobody; a token's: those of its account, or only the patient that it names. It holds
/// until `access_version` changes, and for a minute at most, because memberships begin and end.
[[nodiscard]] Result<AccessiblePatients> accessible_patients(Connection& connection, const Principal& asker,
                                                             std::int64_t now_us);

/// A number that rises with every change to care teams, Consents and broken glass, by whichever process.
[[nodiscard]] Result<std::int64_t> access_version(Connection& connection);

/// Whether somebody may use a resource. `compartments`: the ids of the patients in whose compartments it is;
/// of a Binary, those of its security context; of a Patient that is to be made, without its own id. Reading
/// wants one of them to be allowed, writing all (a change: of the old version and of the new one, each). What
/// is about no patient, and of no open type, is for programs alone.
[[nodiscard]] bool may(const Principal& asker, const AccessiblePatients& allowed, std::string_view type,
                       Need need, std::span<const std::string> compartments);

/// Those of these patients who are allowed only because the glass was broken: the audit log names them.
[[nodiscard]] std::vector<std::string> only_in_emergency(const AccessiblePatients& allowed,
                                                         std::span<const std::string> patients);

/// What a search may show: a criterion of its query, for each type that it touches, also by include and
/// chain.
struct SearchAccess {
  bool everything = false;
  std::vector<std::string> patients;      ///< ids: what is in their compartments,
  std::vector<std::string> open_types;    ///< and all of these types
  std::vector<std::string> closed_types;  ///< but none of these: the search must not touch them
};

/// `types`: all that the search touches.
[[nodiscard]] SearchAccess search_access(const Principal& asker, const AccessiblePatients& allowed,
                                         std::span<const std::string> types);

/// Whether the record has this Patient, and no care team ever named a clinician for it. Clinicians may then
/// read and update the Patient, and make its first care team: so they register somebody new.
[[nodiscard]] Result<bool> has_no_care_team(Connection& connection, std::string_view patient);
[[nodiscard]] bool may_register(const Principal& asker, std::string_view type, Need need);

}  // namespace reprise::record
