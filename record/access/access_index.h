// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "fhir/model/json.h"
#include "record/database/connection.h"

// The index tables of CareTeams, Consents and emergency access that `accessible_patients` reads. Functions
// that write run in the transaction that writes the resource.
namespace reprise::record {

/// Returns whether writing a resource of this type may change who has access.
[[nodiscard]] bool concerns_access(std::string_view type);

/// Indexes a CareTeam or Consent. Call it whenever one is written.
[[nodiscard]] Result<void> note_for_access(Connection& connection, std::string_view id,
                                           const fhir::Json& resource);

/// Removes a CareTeam or Consent from the index. Call it whenever one is deleted.
[[nodiscard]] Result<void> forget_for_access(Connection& connection, std::string_view type,
                                             std::string_view id);

inline constexpr std::int64_t kEmergencyUs =
    in_us(std::chrono::hours{4});  ///< how long emergency access lasts

/// A clinician's emergency access to a patient's data, which no care team or Consent grants.
struct EmergencyAccess {
  std::string id;
  std::string account;
  std::string by;  ///< the account's name; empty unless it was joined
  std::string patient;
  std::string reason;
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;
};

/// Limits the emergency accesses of a clinician within an hour.
inline constexpr std::size_t kMostEmergencies = 5;

/// The recent emergency accesses of a clinician.
struct RecentEmergencies {
  std::optional<std::int64_t> open_until_us;  ///< for this patient; nullopt if it is not open
  std::size_t in_last_hour = 0;               ///< for all patients together
  std::int64_t wait_us = 0;                   ///< until the next emergency access is permitted; 0: now
};
[[nodiscard]] Result<RecentEmergencies> recent_emergencies(Connection& connection, std::string_view account,
                                                           std::string_view patient, std::int64_t now_us);

/// Starts an emergency access. The caller has checked `recent_emergencies`, writes the audit entry and
/// notifies the patient. `reason`: 10 to 1000 bytes, at least two words. Errors: invalid_argument (the
/// reason).
[[nodiscard]] Result<EmergencyAccess> break_glass(Connection& connection, std::string_view account,
                                                  std::string_view patient, std::string_view reason,
                                                  std::int64_t now_us, std::int64_t lasts_us = kEmergencyUs);

/// Ends an emergency access early. Does nothing if it has already ended.
[[nodiscard]] Result<void> end_emergency(Connection& connection, std::string_view id, std::int64_t now_us);

struct EmergencyQuery {
  std::string patient;  ///< empty: any
  std::string account;  ///< of the clinician; empty: any
  std::int64_t count = 100;
};

/// Lists emergency accesses, newest first. A patient may see those to the own record.
[[nodiscard]] Result<std::vector<EmergencyAccess>> list_emergencies(Connection& connection,
                                                                    const EmergencyQuery& query);

}  // namespace reprise::record
