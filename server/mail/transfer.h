// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "record/outbox/deliver.h"
#include "server/mail/mail_server.h"

// Outgoing transfers by libcurl. No redirects, no proxy and no password file of the environment; certificates
// are verified.
namespace reprise::server::mail {

/// Sends a mail by SMTP; returns once the server has accepted or refused it. `stop`: cancels within seconds.
/// Errors hold nothing of the mail or the password.
[[nodiscard]] record::Try send_mail(const MailServer& server, const record::Message& message,
                                    const std::atomic<bool>& stop);

struct Post {
  std::string url;
  std::string content_type = "application/json";
  std::string token = {};        ///< sent as a bearer's; empty: none
  std::string authorities = {};  ///< PEM file; empty: those of the system
  std::string body = {};
  std::vector<std::string> fields = {};                           ///< of the header: "TTL: 60"
  std::chrono::milliseconds patience = std::chrono::seconds{60};  ///< timeout
  /// Asked of each network address before connecting to it; empty: all may be used.
  std::function<bool(const sockaddr&)> may_connect = {};
};
struct Posted {
  long status = 0;       ///< of HTTP; 0: no answer
  std::string why = {};  ///< there was no answer, without address and content; empty: there was one
  bool stopped = false;  ///< by `stop`
  bool is_refused_address = false;  ///< there was no answer, and `may_connect` refused an address
  std::int64_t retry_after_s = 0;   ///< of the field Retry-After; 0: none
};
/// Posts over HTTP, and returns the status of the answer.
[[nodiscard]] Posted post(const Post& what, const std::atomic<bool>& stop);

/// Posts the message's body, a line of JSON, to its recipient's URL. Any 2xx is success.
[[nodiscard]] record::Try post_text(const record::Message& message, const std::atomic<bool>& stop);

}  // namespace reprise::server::mail
