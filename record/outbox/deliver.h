#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/database/connection.h"

// What waits in the outbox is taken out by one of the server processes, tried, and put back where it fails.
namespace reprise::record {

enum class MessageKind : std::uint8_t { mail, post };

struct Message {
  std::string id;  ///< 32 hexadecimal digits
  MessageKind kind = MessageKind::mail;
  std::string recipient;  ///< an address of mail, or of the web
  std::string subject;
  std::string body;
  std::int64_t queued_us = 0;
  std::int64_t tries = 0;  ///< that have failed
};

/// How a try ended.
struct Try {
  enum class End : std::uint8_t {
    sent,
    failed,   ///< it may work later
    refused,  ///< it will never work: no such recipient
    stopped,  ///< the server stops; it counts as not tried
  };
  End end = End::sent;
  std::string why;  ///< a sentence without the recipient and the content
};

struct Settled {
  enum class End : std::uint8_t { sent, waits, given_up, stopped };
  End end = End::sent;
  MessageKind kind = MessageKind::mail;
  std::string why;
};

/// How long nobody else takes a message that somebody tries: longer than any try lasts.
constexpr std::int64_t kClaimUs = 300'000'000;
/// How long a message is tried.
constexpr std::int64_t kGiveUpUs = 86'400'000'000;

/// How long to wait after so many tries that failed: half a minute, then twice as long each time, up to an
/// hour.
[[nodiscard]] std::int64_t wait_after_us(std::int64_t tries);

/// Takes the message that has waited longest and is due, tries it by `send`, and notes how that ended; each
/// in a transaction of its own. Nothing: nothing is due, or another process was quicker. A message is sent
/// once, unless a process dies between sending and noting. `now_us`: the time, asked for each time. Errors:
/// those of the connection.
[[nodiscard]] Result<std::optional<Settled>> deliver_next(Connection& connection,
                                                          const std::function<std::int64_t()>& now_us,
                                                          const std::function<Try(const Message&)>& send);

}  // namespace reprise::record
