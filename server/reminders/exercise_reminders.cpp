// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/exercise_reminders.h"

#include "base/time.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"
#include "record/accounts/push_subscription.h"
#include "server/mail/templates.h"
#include "server/reactions/system_writes.h"
#include "server/reminders/codes.h"
#include "server/reminders/exercise_facts.h"
#include "server/reminders/reminder_choice.h"
#include "server/reminders/time_zone.h"

namespace reprise::server {
namespace {

constexpr const char* kStage = "reminding of exercises";

/// A message that is due.
struct DueReminder {
  std::string patient;
  ReminderKind kind = ReminderKind::first;
  std::string day;   ///< of the patient's calendar
  std::string sent;  ///< when it was decided, an instant
  ReminderChannel channel = ReminderChannel::mail;
};

Error in_record(const record::Refusal& refusal) {
  return {ErrorCode::unavailable, kStage,
          refusal.issues.empty() ? "the record refused it" : to_string(refusal.issues.front()),
          "look whether the database answers; it is tried again in a minute"};
}

const char* code_of(ReminderKind kind) {
  if (kind == ReminderKind::ask) return kPauseQuestion;
  return kind == ReminderKind::first ? kExerciseReminder : kSecondReminder;
}

/// The due messages, and the first time zone that could not be read.
struct Found {
  std::vector<DueReminder> due;
  std::optional<Error> problem;
};

record::Outcome<Found> find_due(const record::Record& record, record::Connection& connection,
                                std::int64_t now_ms) {
  const auto consents = find_all(record, connection,
                                 record::QueryBuilder("Consent")
                                     .code("status", "active")
                                     .token("category", fhir::kConsentCategory, kReminderConsent));
  if (!consents) return tl::unexpected(consents.error());
  Found found;
  for (const auto& [patient, choice] : reminder_choices(*consents)) {
    if (!choice.wanted) continue;
    const auto zone = load_time_zone(choice.zone);
    if (!zone && !found.problem) found.problem = zone.error();
    if (!zone || !may_be_due(choice, *zone, now_ms)) continue;
    const auto facts = find_exercise_facts(record, connection, patient, *zone, now_ms);
    if (!facts) return tl::unexpected(facts.error());
    if (const auto kind = due_reminder(choice, *facts, *zone, now_ms))
      found.due.push_back(
          {patient, *kind, day_text(zone->day_at(now_ms)), record::instant_text(now_ms), choice.channel});
  }
  return found;
}

record::Mail mail_for(ReminderKind kind, const Json& patient, const NotificationOptions& options) {
  const char* key = kind == ReminderKind::ask ? "reminder_question" : "exercises";
  return mail::write_mail(key, language_of(patient, options), {},
                          {{"site", options.site},
                           {"link", options.address + "today"},
                           {"reminders", options.address + "reminders"}});
}

Json communication_of(const DueReminder& due, const std::string& identifier, const Json& patient) {
  Json said = {
      {"resourceType", "Communication"},
      {"identifier", {{{"system", kReminderIds}, {"value", identifier}}}},
      {"status", "completed"},
      {"category", {fhir::codeable(fhir::kCommunication, code_of(due.kind), "Reminder of exercises")}},
      {"subject", fhir::reference_to("Patient", due.patient)},
      {"recipient", {fhir::reference_to("Patient", due.patient)}},
      {"sent", due.sent}};
  fhir::mark(said, fhir::has_tag(patient, fhir::kTag, "simulated"));
  return said;
}

/// Where a reminder goes to: devices, or else mail addresses.
struct Recipients {
  std::vector<record::PushSubscription> devices;
  Addresses addresses;
};

Result<Recipients> recipients_of(const record::WriteTransaction& session, const DueReminder& due,
                                 const NotificationOptions& options) {
  Recipients recipients;
  if (due.channel == ReminderChannel::push && options.sends_push) {
    auto devices = record::push_subscriptions_of_patient(session.connection, due.patient);
    if (!devices) return tl::unexpected(devices.error());
    recipients.devices = std::move(*devices);
  }
  if (!recipients.devices.empty() || !options.sends_mail) return recipients;
  auto addresses = patient_of(session, due.patient);
  if (!addresses) return tl::unexpected(addresses.error());
  recipients.addresses = std::move(*addresses);
  return recipients;
}

Result<void> queue_each(const record::WriteTransaction& session, const DueReminder& due,
                        const Recipients& recipients, const Json& patient,
                        const NotificationOptions& options) {
  const char* text = due.kind == ReminderKind::ask ? kPushPause : kPushExercises;
  for (const record::PushSubscription& device : recipients.devices) {
    auto queued = record::queue_push(session.connection, device.id, text, session.now_ms * 1000);
    if (!queued) return queued;
  }
  return mail_each(session, recipients.addresses, mail_for(due.kind, patient, options));
}

/// Writes one and queues its messages; false if it was sent already, or there is no way to the patient.
record::Outcome<bool> send(record::Record& record, const record::WriteTransaction& session,
                           const DueReminder& due, const NotificationOptions& options) {
  const auto recipients = recipients_of(session, due, options);
  if (!recipients) return record::refuse(recipients.error());
  const auto people = find_first(record, session, record::QueryBuilder("Patient").id(due.patient));
  if (!people) return tl::unexpected(people.error());
  if ((recipients->devices.empty() && recipients->addresses.empty()) || people->empty()) return false;
  // By kind and day: a day that a traveler has twice has one reminder, too.
  const std::string identifier = std::string{code_of(due.kind)} + "/" + due.patient + "/" + due.day;
  const auto done = write_as_system(record, session,
                                    {{{},
                                      {record::Verb::create,
                                       "Communication",
                                       {},
                                       identifier_condition(kReminderIds, identifier),
                                       {},
                                       communication_of(due, identifier, people->front()).dump()}}});
  if (!done) return tl::unexpected(done.error());
  if (done->front().found) return false;
  const auto sent = queue_each(session, due, *recipients, people->front(), options);
  if (!sent) return record::refuse(sent.error());
  return true;
}

}  // namespace

Result<std::size_t> remind_of_exercises(record::Record& record, record::Connection& connection,
                                        const NotificationOptions& options, std::int64_t now_ms) {
  if (auto begun = connection.begin_reading(); !begun) return tl::unexpected(begun.error());
  const auto found = find_due(record, connection, now_ms);
  connection.rollback();
  if (!found) return tl::unexpected(in_record(found.error()));
  std::size_t queued = 0;
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    queued = 0;
    for (const DueReminder& due : found->due) {
      const auto sent = send(record, session, due, options);
      if (!sent) return sent.error();
      queued += *sent ? 1 : 0;
    }
    return {};
  };
  if (!found->due.empty()) {
    if (auto written = write_now(record, kStage, work); !written) return tl::unexpected(written.error());
  }
  if (found->problem) return tl::unexpected(*found->problem);
  return queued;
}

}  // namespace reprise::server
