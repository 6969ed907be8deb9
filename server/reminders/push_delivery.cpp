// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/push_delivery.h"

#include <algorithm>

#include "base/time.h"
#include "record/accounts/push_subscription.h"
#include "record/store/record.h"

namespace reprise::server {
namespace {

using record::Try;

/// A push service keeps a message for a device that is off until it would be too late.
std::chrono::seconds lifetime_of(const record::Message& message, std::int64_t now_us) {
  const std::int64_t left_us = message.queued_us + record::kGiveUpPushUs - now_us;
  return std::chrono::seconds{std::max<std::int64_t>(60, left_us / 1'000'000)};
}

Try try_of(const push::Pushed& pushed) {
  using End = push::Pushed::End;
  switch (pushed.end) {
    case End::sent: return {};
    case End::stopped: return {Try::End::stopped, pushed.why};
    case End::again: return {Try::End::failed, pushed.why, in_us(pushed.retry_after)};
    default: return {Try::End::refused, pushed.why};
  }
}

}  // namespace

PushDelivery::PushDelivery(push::PushSender sender, Connect connect)
    : sender_(std::move(sender)), connect_(std::move(connect)) {}

Try PushDelivery::send(const record::Message& message, const std::atomic<bool>& stop) {
  auto tried = send_or_fail(message, stop);
  if (tried) return std::move(*tried);
  connection_.reset();
  return {Try::End::failed, tried.error().cause};
}

Result<Try> PushDelivery::send_or_fail(const record::Message& message, const std::atomic<bool>& stop) {
  if (!connection_) {
    auto opened = connect_();
    if (!opened) return tl::unexpected(opened.error());
    connection_ = std::move(*opened);
  }
  const auto found = record::find_push_subscription(*connection_, message.recipient);
  if (!found) return tl::unexpected(found.error());
  if (!*found) return Try{Try::End::refused, "the device is no longer subscribed"};
  const record::PushTarget& target = (*found)->target;
  // The list of hosts may be stricter than when the device subscribed.
  const auto to = push::read_subscription(target.endpoint, target.p256dh, target.auth, sender_.hosts);
  push::Pushed pushed{push::Pushed::End::ended, to ? "" : to.error().cause};
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  if (to) {
    // One topic for all: a later one replaces what a device has not yet seen.
    pushed = send_push(sender_, *to, {message.body, "reprise", lifetime_of(message, now_us)},
                       now_us / 1'000'000, stop);
  }
  if (pushed.end == push::Pushed::End::ended) {
    if (const auto ended = end(message.recipient); !ended) return tl::unexpected(ended.error());
  }
  return try_of(pushed);
}

Result<void> PushDelivery::end(std::string_view subscription) {
  if (auto begun = connection_->begin_writing(); !begun) return begun;
  auto done = record::end_push_subscription(*connection_, subscription);
  if (done) done = connection_->commit();
  if (!done) connection_->rollback();
  return done;
}

}  // namespace reprise::server
