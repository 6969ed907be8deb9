// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "record/database/connection.h"

// Delivery from the outbox. A server process claims a message, attempts delivery, and requeues it on failure.
namespace reprise::record {

enum class MessageKind : std::uint8_t { mail, post, push };

/// "mail", "post" or "push", as in the outbox, metrics and the log.
[[nodiscard]] std::string_view to_string(MessageKind kind);

struct Message {
  std::string id;  ///< 32 hexadecimal digits
  MessageKind kind = MessageKind::mail;
  std::string recipient;  ///< a mail address, a URL, or the id of a push subscription
  std::string subject;
  std::string body;
  std::string html = {};  ///< of a mail, the body as a page; empty: none
  std::int64_t queued_us = 0;
  std::int64_t tries = 0;  ///< failed attempts
};

/// The result of an attempt.
struct Try {
  enum class End : std::uint8_t {
    sent,
    failed,   ///< a retry may succeed
    refused,  ///< permanent: no such recipient
    stopped,  ///< the server stops; not counted as an attempt
  };
  End end = End::sent;
  std::string why;                  ///< the cause, without recipient and content
  std::int64_t retry_after_us = 0;  ///< as the other server asks; counts up to `kLongestWaitUs`
};

struct Settled {
  enum class End : std::uint8_t { sent, waits, given_up, stopped };
  End end = End::sent;
  MessageKind kind = MessageKind::mail;
  std::string why;
};

/// How long a claimed message is reserved for its worker: longer than any attempt lasts.
constexpr std::int64_t kClaimUs = 300'000'000;
/// How long delivery is retried.
constexpr std::int64_t kGiveUpUs = in_us(std::chrono::days{1});
/// A push message says "now": later it would be wrong. Unsourced default.
constexpr std::int64_t kGiveUpPushUs = in_us(std::chrono::hours{2});
/// The longest delay between two attempts.
constexpr std::int64_t kLongestWaitUs = in_us(std::chrono::hours{1});

/// Returns the delay after so many failures: half a minute, doubled each time, up to an hour.
[[nodiscard]] std::int64_t wait_after_us(std::int64_t tries);

/// Claims the oldest due message, delivers it by `send`, and stores the result; each in a transaction of its
/// own. Returns nullopt if no message is due or another process was quicker. A message is sent once, unless a
/// process dies between sending and storing. `now_us`: returns the time. Errors: those of the connection.
[[nodiscard]] Result<std::optional<Settled>> deliver_next(Connection& connection,
                                                          const std::function<std::int64_t()>& now_us,
                                                          const std::function<Try(const Message&)>& send);

}  // namespace reprise::record
