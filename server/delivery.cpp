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

record::Try Delivery::send(const record::Message& message, const std::atomic<bool>& stop) {
  using record::Try;
  switch (message.kind) {
    case record::MessageKind::mail: return send_mail(options_.settings.mail, message, stop);
    case record::MessageKind::post: return mail::post_text(message, stop);
    case record::MessageKind::push: break;
  }
  return push_ ? push_->send(message, stop) : Try{Try::End::refused, "push.contact is not set any more"};
}

/// An error must not block other messages; it is retried in a minute.
void Delivery::remind(record::Connection& connection, std::int64_t now_ms) {
  if (options_.mail.sends_mail) {
    const auto reminded = remind_of_appointments(options_.record, connection, options_.mail, now_ms);
    if (!reminded) options_.log.error(reminded.error());
  }
  if (!options_.mail.sends_mail && !options_.mail.sends_push) return;
  const auto exercised = remind_of_exercises(options_.record, connection, options_.mail, now_ms);
  if (!exercised) options_.log.error(exercised.error());
}

void Delivery::start_sending() {
  const Settings& settings = options_.settings;
  if (options_.push_key != nullptr) {
    push_ = std::make_unique<PushDelivery>(
        push::PushSender{settings.push.hosts, settings.push.contact, settings.push.authorities.string(),
                         *options_.push_key},
        options_.connect);
  }
  if (settings.mail.host.empty() && settings.audit.post_heads_to.empty() && !push_) return;
  sender_ = std::make_unique<mail::Sender>(
      mail::SenderOptions{.connect = options_.connect,
                          .send = [this](const record::Message& message,
                                         const std::atomic<bool>& stop) { return send(message, stop); },
                          .on_settled = [this](const record::Settled& settled) { log_settled(settled); },
                          .warn = [this](const Error& error) { options_.log.error(error); },
                          .each_minute = [this](record::Connection& connection) -> Result<void> {
                            const std::int64_t now_ms = record::milliseconds_now();
                            remind(connection, now_ms);
                            return queue_head_if_due(connection, anchor_file(options_.settings),
                                                     options_.settings.audit, now_ms * 1000);
                          }});
}

void Delivery::log_settled(const record::Settled& settled) {
  using End = record::Settled::End;
  options_.metrics.count_message(settled.kind, settled.end);
  const LogField what{"message", to_string(settled.kind)};
  if (settled.end == End::sent) return options_.log.event(LogLevel::info, "a message was sent", {what});
  const LogField why{"why", settled.why};
  // A device that went away is nothing to repair.
  const bool is_push = settled.kind == record::MessageKind::push;
  if (settled.end == End::given_up)
    return options_.log.event(is_push ? LogLevel::warning : LogLevel::error, "a message was given up",
                              {what, why});
  if (settled.end == End::waits)
    options_.log.event(LogLevel::warning, "a message could not be sent and is tried again", {what, why});
}

}  // namespace reprise::server
