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

// Nothing: a Communication of another kind, or about nobody.
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

// Whether the one before says that there was a mail. `written`: ids of what is new.
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

// Mail is read on the way: not from whom, and not what.
record::Mail letter_for(const Message& message, const NotificationOptions& watch) {
  const char* whose = message.by_patient ? "There is a new message. Whom it is from, and what it says"
                                         : "Your clinic has written to you. What it says";
  return {{},
          watch.site + ": a new message",
          fmt::format("{}, after you sign in:\n\n  {}\n", whose, watch.address)};
}

// Administrators erase, and read no messages.
record::Mail letter_for_administrators(const NotificationOptions& watch) {
  return {{},
          watch.site + ": a request to erase",
          fmt::format("Somebody asks that their record be erased. Whoever cares for them can tell you who, "
                      "after signing in:\n\n  {}\n",
                      watch.address)};
}

Result<void> tell(const Message& message, const record::WriteTransaction& session,
                  const NotificationOptions& watch) {
  const record::Mail letter = letter_for(message, watch);
  if (!message.by_patient) return mail_each(session, patient_of(session, message.patient), letter);
  if (message.erasure) {
    if (auto told = mail_each(session, administrators(session), letter_for_administrators(watch)); !told)
      return told;
  }
  return mail_each(session, clinicians_of(session, message.patient), letter);
}

}  // namespace

std::optional<record::Refusal> notify_of_messages(record::Record& record,
                                                  const record::WriteTransaction& session,
                                                  std::span<const record::ChangeResult> changes,
                                                  const NotificationOptions& watch) {
  if (!watch.sends_mail) return {};
  std::set<Message> messages;
  std::set<std::string> written;
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || !done.stored->kept || !done.created || done.stored->type != "Communication") continue;
    written.insert(done.stored->id);
    const auto resource = record::resource_of(*done.stored);
    if (!resource) continue;
    if (auto message = message_in(**resource)) messages.insert(std::move(*message));
  }
  for (const Message& message : messages) {
    const auto mailed = was_mailed(message, written, record, session);
    if (!mailed) return mailed.error();
    if (*mailed) continue;
    if (auto told = tell(message, session, watch); !told) return record::refuse(told.error()).value();
  }
  return {};
}

}  // namespace reprise::server
