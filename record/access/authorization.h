// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/access/principal.h"
#include "record/database/connection.h"

// The access rules for reads, versions, histories, searches, includes, chains, binaries and writes.
namespace reprise::record {

/// The patients whose clinical data a principal may access at one moment.
struct AccessiblePatients {
  bool unrestricted = false;          ///< then the lists are not used
  std::vector<std::string> patients;  ///< ids, sorted
  std::vector<std::string>
      emergency;  ///< of `patients`: accessible only through emergency access, sorted. Their data may be read
                  ///< and clinical entries added, no more (docs/operations/access.md)
};

/// Returns the patients that the principal may access. A patient: the own record. A carer: that of the
/// patient who is helped. A clinician: by care teams, Consents and emergency access. An administrator: none.
/// A token: those of its account, or the one patient that it names. Valid until `access_version` changes, and
/// for a minute at most, because memberships begin and end.
[[nodiscard]] Result<AccessiblePatients> accessible_patients(Connection& connection,
                                                             const Principal& principal, std::int64_t now_us);

/// Returns a number that rises with every change of care teams, Consents and emergency access by any process.
[[nodiscard]] Result<std::int64_t> access_version(Connection& connection);

/// Returns whether the principal may access a resource. `compartments`: the ids of the patients in whose
/// compartments it is. For a Binary: those of its security context. For a new Patient: without its own id. A
/// read needs access to one of them, a write to all (an update: of the old and of the new version). A
/// resource without a compartment and not of an open type is for programs alone.
[[nodiscard]] bool may(const Principal& principal, const AccessiblePatients& allowed, std::string_view type,
                       Need need, std::span<const std::string> compartments);

/// Returns those of `patients` that are accessible only through emergency access. The audit log names them.
[[nodiscard]] std::vector<std::string> only_in_emergency(const AccessiblePatients& allowed,
                                                         std::span<const std::string> patients);

/// The resources that a search may return: a filter of its query for each type that it touches, also by
/// include and chain.
struct SearchAccess {
  bool everything = false;
  std::vector<std::string> patients;      ///< ids: resources in their compartments,
  std::vector<std::string> open_types;    ///< and all resources of these types
  std::vector<std::string> closed_types;  ///< not accessible: a search that touches them is refused
};

/// Returns the search access of a principal. `types`: all types that the search touches.
[[nodiscard]] SearchAccess search_access(const Principal& principal, const AccessiblePatients& allowed,
                                         std::span<const std::string> types);

/// Returns whether the Patient exists and no care team has ever named a clinician for it. Clinicians may then
/// read and update the Patient and create its first care team. This is how they register a new patient.
[[nodiscard]] Result<bool> has_no_care_team(Connection& connection, std::string_view patient);
[[nodiscard]] bool may_register(const Principal& principal, std::string_view type, Need need);

}  // namespace reprise::record
