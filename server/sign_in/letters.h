#pragma once

#include <string>

#include "record/access/account.h"
#include "record/outbox/outbox.h"

// What is mailed to people. Mail is read on the way: there is nothing in it of what the record holds.
namespace reprise::server {

[[nodiscard]] record::Mail invitation_letter(const std::string& site, const record::Account& account,
                                             const std::string& link);

/// That somebody broke the glass; who and for whom stands behind the sign-in.
[[nodiscard]] record::Mail emergency_letter(const std::string& site, const std::string& to, bool to_patient,
                                            const std::string& origin);

}  // namespace reprise::server
