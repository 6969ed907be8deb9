// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "server/push/subscription.h"

// Sends one push message (RFC 8030) to a browser's push service.
namespace reprise::server::push {

/// What all messages of this server share.
struct PushSender {
  PushHosts hosts;          ///< to which messages may go
  std::string contact;      ///< mail address of the clinic, for the push services
  std::string authorities;  ///< PEM file of the authorities of the push services; empty: the system's
  const P256Key& key;       ///< of the server; must outlive it
};

struct PushMessage {
  std::string text;
  std::string topic;  ///< a later one of the same topic replaces it: at most 32 letters of base64url
  std::chrono::seconds lifetime{0};  ///< how long the push service keeps it for a device that is off
};

/// How it ended.
struct Pushed {
  enum class End : std::uint8_t {
    sent,
    ended,    ///< 404 or 410: the subscription is over, and must not be used again
    again,    ///< no answer, 429 or 5xx: a later attempt may succeed
    refused,  ///< any other answer: this message is given up
    stopped,  ///< the server stops
  };
  End end = End::sent;
  std::string why = {};                 ///< without the endpoint; empty if sent
  std::chrono::seconds retry_after{0};  ///< as the push service asks; 0: it does not say
};

/// Returns what an answer's status means.
[[nodiscard]] Pushed::End end_of(long status);

/// Encrypts the text and sends it, only to an address of the internet (`is_internet_address`) unless the list
/// allows this machine. The address is checked when the connection is made, so a name cannot change in
/// between. Redirects are not followed. `stop`: cancels within seconds.
[[nodiscard]] Pushed send_push(const PushSender& sender, const Subscription& to, const PushMessage& message,
                               std::int64_t now_s, const std::atomic<bool>& stop);

}  // namespace reprise::server::push
