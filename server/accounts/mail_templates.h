#pragma once

#include <string>

#include "record/accounts/account.h"
#include "record/outbox/outbox.h"

// What is mailed to people. Mail is read on the way: there is nothing in it of what the record holds.
namespace reprise::server {

[[nodiscard]] record::Mail invitation_letter(const std::string& site, const record::Account& account,
                                             const std::string& link);

/// To the address of before: that the account has another one.
[[nodiscard]] record::Mail mail_changed_letter(const std::string& site, const std::string& old_mail,
                                               const std::string& origin);

/// To the owner: that a link to a new password was made, which went elsewhere.
[[nodiscard]] record::Mail reset_letter(const std::string& site, const std::string& to,
                                        const std::string& origin);

/// To owners, administrators and care teams: that somebody who manages accounts
/// did something that can open records; what it was stands behind the sign-in.
[[nodiscard]] record::Mail oversight_letter(const std::string& site, const std::string& to,
                                            const std::string& origin);

/// That somebody broke the glass; who and for whom stands behind the sign-in.
[[nodiscard]] record::Mail emergency_letter(const std::string& site, const std::string& to, bool to_patient,
                                            const std::string& origin);

}  // namespace reprise::server
