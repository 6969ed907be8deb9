// SPDX-License-Identifier: Apache-2.0
#include "server/messaging/message_notifications.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/time.h"
#include "fhir/fields/fields.h"
#include "fhir/model/date_time.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "server/messaging/notifications.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

constexpr std::int64_t kHourMs = in_ms(std::chrono::hours{1});

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
  const Json* sender = json::field(communication, "sender");
  // A carer writes for the patient.
  message.by_patient =
      fhir::id_in(sender, "Patient") == message.patient || !fhir::id_in(sender, "RelatedPerson").empty();
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

// `language`: the patient's, of BCP 47; empty if not known.
Result<void> notify(const Message& message, const std::string& language,
                    const record::WriteTransaction& session, const NotificationOptions& options) {
  if (!message.by_patient) {
    return mail_each(session, patient_of(session, message.patient),
                     notification("message_patient", language, options));
  }
  if (message.erasure) {  // administrators erase, and read no messages
    if (auto queued = mail_each(session, administrators(session), notification("erasure", {}, options));
        !queued)
      return queued;
  }
  return mail_each(session, clinicians_of(session, message.patient), notification("message", {}, options));
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
    const auto people = find_first(record, session, record::QueryBuilder("Patient").id(message.patient));
    if (!people) return people.error();
    const std::string language = people->empty() ? std::string{} : language_of(people->front(), options);
    if (auto queued = notify(message, language, session, options); !queued)
      return record::refuse(queued.error()).value();
  }
  return {};
}

}  // namespace reprise::server
