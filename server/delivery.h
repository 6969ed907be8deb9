// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "record/store/record.h"
#include "server/mail/sender.h"
#include "server/messaging/notifications.h"
#include "server/observability/log.h"
#include "server/observability/metrics.h"
#include "server/reminders/push_delivery.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Everything that a Delivery refers to must outlive it.
struct DeliveryOptions {
  const Settings& settings;
  record::Record& record;
  Log& log;
  Metrics& metrics;
  NotificationOptions mail;
  const push::P256Key* push_key = nullptr;  ///< null: no push messages
  /// Opens a connection to the record's database.
  std::function<Result<std::unique_ptr<record::Connection>>()> connect;
};

/// Delivers what leaves the server by itself: the outbox, reminders of appointments and exercises, heads of
/// the audit log, and its entries if they are forwarded. The entries have a thread of their own, so that
/// mails and the other system do not delay each other.
class Delivery {
 public:
  explicit Delivery(DeliveryOptions options);
  Delivery(const Delivery&) = delete;
  Delivery& operator=(const Delivery&) = delete;
  /// Cancels the present transfers; they are repeated after the next start.
  ~Delivery();

 private:
  void start_forwarding();
  void start_sending();
  [[nodiscard]] record::Try send(const record::Message& message, const std::atomic<bool>& stop);
  void remind(record::Connection& connection, std::int64_t now_ms);
  void log_settled(const record::Settled& settled);

  DeliveryOptions options_;
  std::atomic<bool> stopping_ = false;
  std::unique_ptr<PushDelivery> push_;  ///< used on the sender's thread
  std::unique_ptr<mail::Sender> sender_;
  std::unique_ptr<mail::Sender> forwarder_;
};

}  // namespace reprise::server
