#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/database/connection.h"

// What is to be sent after a change is on the disk: it is written with the change, in one transaction, and so
// is there exactly where the change is. The server's sender takes it from here.
namespace reprise::record {

/// A mail in plain text. It must hold no clinical content: mail is read on the way.
struct Mail {
  std::string to;       ///< one address, as `is_mail_address` wants it
  std::string subject;  ///< one line of UTF-8
  std::string text;     ///< UTF-8, lines end with '\n'
};

/// Queues a mail in the caller's transaction; it is sent when that is committed, and forgotten after a day of
/// trying. Only to be called where the server has a mail server (`Settings::Mail`). Errors: invalid_argument
/// (an address, subject or text that cannot be), those of the connection.
[[nodiscard]] Result<void> queue_mail(Connection& connection, const Mail& mail, std::int64_t now_us);

/// Queues a text to be posted to an address of the web (https) in the same way.
[[nodiscard]] Result<void> queue_post(Connection& connection, std::string_view url, std::string_view text,
                                      std::int64_t now_us);

/// What was queued and is not sent.
struct Waiting {
  std::int64_t all = 0;
  std::int64_t tried = 0;      ///< of those, which could not be sent at least once
  std::int64_t oldest_us = 0;  ///< since when the oldest waits, where there is one
};
[[nodiscard]] Result<Waiting> waiting_to_be_sent(Connection& connection);

}  // namespace reprise::record
