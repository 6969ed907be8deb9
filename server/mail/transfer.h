#pragma once

#include <atomic>
#include <string>

#include "record/outbox/deliver.h"
#include "server/mail/mail_server.h"

// What goes out of this machine, over libcurl. Nothing is followed, no proxy and no file of passwords of the
// environment is used, and certificates are checked.
namespace reprise::server::mail {

/// Sends a mail over SMTP, and returns when the server has taken it or will not. `stop`: gives up within
/// seconds. Nothing of the mail or the password stands in what went wrong.
[[nodiscard]] record::Try send_mail(const MailServer& server, const record::Message& message,
                                    const std::atomic<bool>& stop);

/// Posts the message's body to the address that is its recipient: a line of JSON. Any 2xx is well.
[[nodiscard]] record::Try post_text(const record::Message& message, const std::atomic<bool>& stop);

}  // namespace reprise::server::mail
