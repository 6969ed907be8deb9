// SPDX-License-Identifier: Apache-2.0
#include "server/delivery.h"

#include "server/administration/record_folder.h"
#include "server/mail/transfer.h"
#include "server/observability/audit_forwarding.h"
#include "server/observability/audit_heads.h"
#include "server/reminders/exercise_reminders.h"
#include "server/scheduling/reminders.h"

namespace reprise::server {

Delivery::Delivery(DeliveryOptions options) : options_(std::move(options)) {
  start_sending();
  start_forwarding();
}

Delivery::~Delivery() {
  stopping_ = true;
  sender_.reset();
  forwarder_.reset();
}

void Delivery::start_forwarding() {
  if (options_.settings.audit.forward_to.empty()) return;
  forwarder_ = std::make_unique<mail::Sender>(mail::SenderOptions{
      .connect = options_.connect,
      .send = {},
      .on_settled = {},
      .warn = [this](const Error& error) { options_.log.error(error); },
      .each_minute = [this](record::Connection& connection) -> Result<void> {
        const std::string& address = options_.settings.audit.forward_to;
        const auto post = [&](const std::string& entries) {
          record::Message message;
          message.recipient = address;
          message.body = entries;
          auto tried = mail::post_text(message, stopping_);
          if (tried.end == record::Try::End::failed)
            options_.log.event(LogLevel::warning, "the audit log could not be forwarded and is tried again",
                               {LogField{"why", tried.why}});
          return tried;
        };
        return forward_entries(
                   connection, address, [] { return record::milliseconds_now() * 1000; }, post)
            .map([](std::uint64_t) {});
      }});
}

void Delivery::start_sending() {
  if (options_.settings.mail.host.empty() && options_.settings.audit.post_heads_to.empty()) return;
  sender_ = std::make_unique<mail::Sender>(mail::SenderOptions{
      .connect = options_.connect,
      .send =
          [this](const record::Message& message, const std::atomic<bool>& stop) {
            return message.kind == record::MessageKind::mail
                       ? send_mail(options_.settings.mail, message, stop)
                       : mail::post_text(message, stop);
          },
      .on_settled = [this](const record::Settled& settled) { log_settled(settled); },
      .warn = [this](const Error& error) { options_.log.error(error); },
      .each_minute = [this](record::Connection& connection) -> Result<void> {
        const std::int64_t now_ms = record::milliseconds_now();
        if (!options_.settings.mail.host.empty()) {
          const auto reminded = remind_of_appointments(options_.record, connection, options_.mail, now_ms);
          // An error must not block other messages; it is retried in a minute.
          if (!reminded) options_.log.error(reminded.error());
          const auto exercised = remind_of_exercises(options_.record, connection, options_.mail, now_ms);
          if (!exercised) options_.log.error(exercised.error());
        }
        return queue_head_if_due(connection, anchor_file(options_.settings), options_.settings.audit,
                                 now_ms * 1000);
      }});
}

void Delivery::log_settled(const record::Settled& settled) {
  using End = record::Settled::End;
  options_.metrics.count_message(settled.kind, settled.end);
  const std::string_view kind = settled.kind == record::MessageKind::mail ? "mail" : "post";
  const LogField what{"message", kind};
  if (settled.end == End::sent) return options_.log.event(LogLevel::info, "a message was sent", {what});
  const LogField why{"why", settled.why};
  if (settled.end == End::given_up)
    return options_.log.event(LogLevel::error, "a message was given up", {what, why});
  if (settled.end == End::waits)
    options_.log.event(LogLevel::warning, "a message could not be sent and is tried again", {what, why});
}

}  // namespace reprise::server
