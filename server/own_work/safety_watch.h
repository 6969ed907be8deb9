#pragma once

#include <optional>
#include <span>
#include <string>

#include "record/store/record.h"

namespace reprise::server {

struct SafetyWatch {
  std::string site = "Reprise";
  std::string address;      ///< by which clinicians reach the server
  bool sends_mail = false;  ///< whether the server has a mail server
};

/// Looks at what was just written, in the same transaction: where answers or pain are something that the
/// clinic must know (care/safety/safety.h), writes a Flag with what it puts on hold, ends holds that an
/// answer ends (care/safety/hold.h), and mails the clinicians of the patient's care team that there is
/// something to see. Refuses only where the database does.
[[nodiscard]] std::optional<record::Refusal> raise_flags(record::Record& record,
                                                         const record::WriteSession& session,
                                                         std::span<const record::Done> changes,
                                                         const SafetyWatch& watch);

}  // namespace reprise::server
