// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/message_notifications.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "fhir/fields/fields.h"
#include "fhir/model/date_time.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "server/messaging/notifications.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

struct Message {
  std::string patient;
  bool by_patient = false;
  bool erasure = false;

  friend bool operator<(const Message& a, const Message& b) {
    return std::tie(a.patient, a.by_patient, a.erasure) < std::tie(b.patient, b.by_patient, b.erasure);
  }
};

// Returns nullopt for a Communication of another kind, or without a patient.
std::optional<Message> message_in(const Json& communication) {
  const Json& categories = json::list_of(communication, "category");
  const auto is = [&](const char* code) {
    return std::any_of(categories.begin(), categories.end(), [&](const Json& category) {
      return fhir::has_coding(&category, fhir::kCommunication, code);
    });
  };
  Message message;
  message.erasure = is("erasure-request");
  if (!message.erasure && !is("message")) return {};
  if (json::text_of(communication, "status") != "completed") return {};
  message.patient = fhir::id_in(json::field(communication, "subject"), "Patient");
  if (message.patient.empty()) return {};
  message.by_patient = fhir::id_in(json::field(communication, "sender"), "Patient") == message.patient;
  return message;
}

std::optional<std::int64_t> written_at(const Json& resource) {
  const Json* meta = json::field(resource, "meta");
  const auto when = meta == nullptr ? std::nullopt : fhir::interval_of(json::text_of(*meta, "lastUpdated"));
  return when ? when->start_ms : std::nullopt;
}

// Returns whether the previous message was notified by mail. `written`: ids of the new ones.
record::Outcome<bool> was_mailed(const Message& message, const std::set<std::string>& written,
                                 record::Record& record, const record::WriteTransaction& session) {
  const auto before =
      find_first(record, session,
                 record::QueryBuilder("Communication")
                     .reference("subject", "Patient", message.patient)
                     .token("category", fhir::kCommunication, message.erasure ? "erasure-request" : "message")
                     .date("_lastUpdated", record::Prefix::ge, session.now_ms - session.now_ms % kHourMs)
                     .sort("_lastUpdated", true));
  if (!before) return tl::unexpected(before.error());
  for (const Json& one : *before) {
    const auto other = message_in(one);
    if (!other || written.count(std::string{json::text_of(one, "id")}) > 0) continue;
    const auto when = written_at(one);
    return other->by_patient == message.by_patient && when && *when / kHourMs == session.now_ms / kHourMs;
  }
  return false;
}

// E-mail is not confidential, so it names neither the sender nor the content.
record::Mail mail_for(const Message& message, const NotificationOptions& options) {
  const char* whose = message.by_patient ? "There is a new message. Whom it is from, and what it says"
                                         : "Your clinic has written to you. What it says";
  return {{},
          options.site + ": a new message",
          fmt::format("{}, after you sign in:\n\n  {}\n", whose, options.address)};
}

// Administrators erase, and read no messages.
record::Mail mail_for_administrators(const NotificationOptions& options) {
  return {{},
          options.site + ": a request to erase",
          fmt::format("A person requests that their record be erased. Their clinicians can tell you who, "
                      "after signing in:\n\n  {}\n",
                      options.address)};
}

Result<void> notify(const Message& message, const record::WriteTransaction& session,
                    const NotificationOptions& options) {
  const record::Mail mail = mail_for(message, options);
  if (!message.by_patient) return mail_each(session, patient_of(session, message.patient), mail);
  if (message.erasure) {
    if (auto queued = mail_each(session, administrators(session), mail_for_administrators(options)); !queued)
      return queued;
  }
  return mail_each(session, clinicians_of(session, message.patient), mail);
}

}  // namespace

std::optional<record::Refusal> notify_of_messages(record::Record& record,
                                                  const record::WriteTransaction& session,
                                                  std::span<const record::ChangeResult> changes,
                                                  const NotificationOptions& options) {
  if (!options.sends_mail) return {};
  std::set<Message> messages;
  std::set<std::string> written;
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || !done.stored->content || !done.created || done.stored->type != "Communication")
      continue;
    written.insert(done.stored->id);
    const auto resource = record::resource_of(*done.stored);
    if (!resource) continue;
    if (auto message = message_in(**resource)) messages.insert(std::move(*message));
  }
  for (const Message& message : messages) {
    const auto mailed = was_mailed(message, written, record, session);
    if (!mailed) return mailed.error();
    if (*mailed) continue;
    if (auto queued = notify(message, session, options); !queued)
      return record::refuse(queued.error()).value();
  }
  return {};
}

}  // namespace reprise::server
