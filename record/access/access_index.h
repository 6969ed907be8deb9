#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/model/json.h"
#include "record/database/connection.h"

// The tables by which `accessible_patients` decides. What writes runs in the transaction that writes the
// resource.
namespace reprise::record {

/// Whether writing a resource of this type may change who may.
[[nodiscard]] bool concerns_access(std::string_view type);

/// To be called whenever a CareTeam or Consent is written: keeps what its new version says.
[[nodiscard]] Result<void> note_for_access(Connection& connection, std::string_view id,
                                           const fhir::Json& resource);

/// To be called whenever one is deleted.
[[nodiscard]] Result<void> forget_for_access(Connection& connection, std::string_view type,
                                             std::string_view id);

inline constexpr std::int64_t kEmergencyUs = 4 * 3'600'000'000;  ///< how long broken glass lets in

/// A clinician's access in an emergency to a patient's data, which nothing else allows.
struct EmergencyAccess {
  std::string id;
  std::string account;
  std::string by;  ///< the account's name, where it was looked up
  std::string patient;
  std::string reason;
  std::int64_t start_us = 0;
  std::int64_t end_us = 0;
};

/// For how many patients a clinician may break the glass within an hour.
inline constexpr std::size_t kMostEmergencies = 5;

/// What a clinician has broken lately.
struct RecentEmergencies {
  std::optional<std::int64_t> open_until_us;  ///< for this patient; nothing: it is not open
  std::size_t in_last_hour = 0;               ///< for whichever patients
  std::int64_t wait_us = 0;                   ///< until the glass may be broken again; 0: now
};
[[nodiscard]] Result<RecentEmergencies> recent_emergencies(Connection& connection, std::string_view account,
                                                           std::string_view patient, std::int64_t now_us);

/// Breaks the glass; the caller asked `recent_emergencies` whether that may be, writes it into the audit log
/// and tells the patient. `reason`: 10 to 1000 bytes, two words or more. Errors: invalid_argument (the
/// reason).
[[nodiscard]] Result<EmergencyAccess> break_glass(Connection& connection, std::string_view account,
                                                  std::string_view patient, std::string_view reason,
                                                  std::int64_t now_us, std::int64_t lasts_us = kEmergencyUs);

/// Ends it early. Nothing happens where it has ended.
[[nodiscard]] Result<void> end_emergency(Connection& connection, std::string_view id, std::int64_t now_us);

struct EmergencyQuery {
  std::string patient;  ///< empty: any
  std::string account;  ///< of the clinician; empty: any
  std::int64_t count = 100;
};

/// Newest first: patients may see who broke the glass for them.
[[nodiscard]] Result<std::vector<EmergencyAccess>> list_emergencies(Connection& connection,
                                                                    const EmergencyQuery& query);

}  // namespace reprise::record
