// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <memory>

#include "record/outbox/deliver.h"
#include "server/push/web_push.h"

namespace reprise::server {

/// Delivers push messages of the outbox to patients' devices. For one thread at a time.
class PushDelivery {
 public:
  using Connect = std::function<Result<std::unique_ptr<record::Connection>>()>;

  /// `connect`: opens a connection to the record's database, not in a transaction.
  PushDelivery(push::PushSender sender, Connect connect);

  /// Sends one. A subscription that the push service calls gone ends; so does one whose endpoint may no
  /// longer be sent to. `why` of the result is without the endpoint.
  [[nodiscard]] record::Try send(const record::Message& message, const std::atomic<bool>& stop);

 private:
  [[nodiscard]] Result<record::Try> send_or_fail(const record::Message& message,
                                                 const std::atomic<bool>& stop);
  [[nodiscard]] Result<void> end(std::string_view subscription);

  push::PushSender sender_;
  Connect connect_;
  std::unique_ptr<record::Connection> connection_;
};

}  // namespace reprise::server
