// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/database/connection.h"

// The transactional outbox: messages that are sent after a change is committed. A message is written in the
// transaction of its change, so it exists exactly if the change does. The server's sender takes it from here.
namespace reprise::record {

/// A mail. E-mail is not confidential: it must hold no clinical content.
struct Mail {
  std::string to;         ///< one address, valid by `is_mail_address`
  std::string subject;    ///< one line of UTF-8
  std::string text;       ///< UTF-8, lines end with '\n'
  std::string html = {};  ///< the same as a page, in the same way; empty: the text alone
};

/// Queues a mail in the caller's transaction. It is sent after the commit, and dropped after a day of
/// retries. Only for servers with a mail server (`Settings::Mail`). Errors: invalid_argument (address,
/// subject, text or page), those of the connection.
[[nodiscard]] Result<void> queue_mail(Connection& connection, const Mail& mail, std::int64_t now_us);

/// Queues a text for a POST to an https URL in the same way.
[[nodiscard]] Result<void> queue_post(Connection& connection, std::string_view url, std::string_view text,
                                      std::int64_t now_us);

/// Queues a push message to the device of a subscription, by its id, in the same way. It is dropped after two
/// hours of retries. `text`: the kind of message, without content.
[[nodiscard]] Result<void> queue_push(Connection& connection, std::string_view subscription,
                                      std::string_view text, std::int64_t now_us);

/// The messages that are queued and not yet sent.
struct QueueState {
  std::int64_t all = 0;
  std::int64_t tried = 0;      ///< of those: failed at least once
  std::int64_t oldest_us = 0;  ///< time of the oldest, if any
};
[[nodiscard]] Result<QueueState> queue_state(Connection& connection);

}  // namespace reprise::record
