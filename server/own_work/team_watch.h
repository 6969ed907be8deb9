#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/operation.h"
#include "record/store/record.h"

namespace reprise::server {

struct TeamWatchOptions {
  std::string address;  ///< of the pages, for the link: "https://clinic.example.org/"
  bool sends_mail = false;
};

/// Tells of care teams that an administrator makes or changes: that decides who may see a patient's record,
/// and the administrator's own role may not see it. It is noted for the patient and the administrators
/// (`/account`), and mailed to all administrators, the patient and the care team.
[[nodiscard]] std::optional<record::Refusal> tell_of_teams(const record::WriteSession& session,
                                                           std::span<const record::Done> changes,
                                                           const TeamWatchOptions& options);

}  // namespace reprise::server
