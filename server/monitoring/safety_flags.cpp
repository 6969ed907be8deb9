// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/safety_flags.h"

#include <algorithm>
#include <set>

#include "base/time.h"
#include "care/plan/programme.h"
#include "care/safety/flag.h"
#include "care/safety/hold.h"
#include "fhir/model/date_time.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "server/messaging/notifications.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using record::Outcome;

// Returns the limits of the patient's programme; the defaults if there is none, several, or an unreadable
// one.
Outcome<care::PainLimits> limits_of(const std::string& patient, record::Record& record,
                                    const record::WriteTransaction& session) {
  const auto plans = find_first(record, session,
                                record::QueryBuilder("CarePlan")
                                    .reference("subject", "Patient", patient)
                                    .code("status", "active")
                                    .token("category", fhir::kPlanCategory, fhir::kExerciseProgramme));
  if (!plans) return tl::unexpected(plans.error());
  if (plans->size() != 1) return care::PainLimits{};
  return care::pain_limits(plans->front()).value_or(care::PainLimits{});
}

// The earlier pain of the same day. Reports before exercising take precedence, because the morning report
// describes the day before. Days are those of the reporting devices' clocks.
Outcome<std::optional<int>> pain_before(const care::SafetyStatement& statement, record::Record& record,
                                        const record::WriteTransaction& session) {
  constexpr std::size_t kDate = 10;
  const auto when = fhir::interval_of(statement.when);
  if (!when || !when->start_ms || statement.when.size() < kDate) return std::optional<int>{};
  const auto earlier = find_first(record, session,
                                  record::QueryBuilder("Observation")
                                      .reference("subject", "Patient", statement.patient)
                                      .token("code", fhir::kLoinc, fhir::kPainCode)
                                      .date("date", record::Prefix::ge, *when->start_ms - kDayMs)
                                      .date("date", record::Prefix::lt, *when->start_ms)
                                      .sort("date"));
  if (!earlier) return tl::unexpected(earlier.error());
  std::optional<int> first;
  for (const Json& observation : *earlier) {
    const auto pain = care::pain_of(observation);
    const std::string_view said = json::text_of(observation, "effectiveDateTime");
    if (!pain || said.substr(0, kDate) != std::string_view{statement.when}.substr(0, kDate)) continue;
    if (care::moment_of_pain(observation) == care::Moment::before) return pain;
    if (!first) first = pain;
  }
  return first;
}

// Returns whether answers are the patient's own: sent as such by the patient's account.
bool is_own_word(const Json& resource, const record::WriteTransaction& session, const std::string& patient) {
  return session.principal != nullptr && session.principal->role == record::Role::patient &&
         session.principal->person == patient &&
         fhir::id_in(json::field(resource, "author"), "Patient") == patient;
}

/// Ends the patient's holds that an answer ends: a retracted one, or those of earlier days. Their Flags stay
/// for the clinic's review.
std::optional<record::Refusal> end_holds(record::Record& record, const record::WriteTransaction& session,
                                         const care::SafetyStatement& statement,
                                         const care::SafetyVerdict& verdict, bool own_word,
                                         const std::string& evidence) {
  if (statement.takes_back.empty() && !statement.facts.of_the_day) return {};
  // Holds that have not ended.
  const auto flags = find_all(record, session.connection,
                              record::QueryBuilder("Flag")
                                  .reference("subject", "Patient", statement.patient)
                                  .date("date", record::Prefix::ge, session.now_ms));
  if (!flags) return flags.error();
  for (const Json& flag : *flags) {
    const auto hold = care::active_hold(flag);
    if (!hold) continue;
    const bool back = own_word && care::takes_back(statement, *hold, session.now_ms);
    if (!back && !care::opens_again(statement, verdict, *hold, session.now_ms)) continue;
    const Json ended = care::with_hold_ended(flag, back ? care::HoldEnd::taken_back : care::HoldEnd::next_day,
                                             evidence, record::instant_text(session.now_ms));
    const std::string id{json::text_of(flag, "id")};
    const auto done =
        write_as_system(record, session, {{{}, {record::Verb::update, "Flag", id, {}, {}, ended.dump()}}});
    if (!done) return done.error();
  }
  return {};
}

// The time at which the record received the report. A device's clock is not trusted. An importing program is,
// so that the pain of an earlier year closes nothing today.
std::int64_t known_since(const record::WriteTransaction& session, const care::SafetyStatement& statement) {
  const bool brought = session.principal == nullptr || session.principal->role == record::Role::program;
  const auto said = fhir::interval_of(statement.when);
  return brought && said && said->start_ms ? std::min(*said->start_ms, session.now_ms) : session.now_ms;
}

/// Returns the patient if a Flag was written.
Outcome<std::optional<std::string>> raise(record::Record& record, const record::WriteTransaction& session,
                                          const record::Stored& stored) {
  const auto resource = record::resource_of(stored);
  auto statement = resource ? care::statement_of(**resource) : std::nullopt;
  if (!statement) return std::optional<std::string>{};
  const auto limits = limits_of(statement->patient, record, session);
  if (!limits) return tl::unexpected(limits.error());
  if (statement->facts.pain && !statement->facts.pain_before) {
    const auto before = pain_before(*statement, record, session);
    if (!before) return tl::unexpected(before.error());
    statement->facts.pain_before = *before;
  }
  const auto verdict = care::judge(statement->facts, *limits);
  const std::string evidence = stored.type + "/" + stored.id;
  // Only a new report ends a hold; an amended one does not.
  if (stored.version == 1) {
    const bool own_word = is_own_word(**resource, session, statement->patient);
    if (const auto refusal = end_holds(record, session, *statement, verdict, own_word, evidence))
      return tl::unexpected(*refusal);
  }
  if (!verdict.tells_clinic) return std::optional<std::string>{};
  // An amended answer counts as another one.
  const std::string identifier = evidence + "/" + std::to_string(stored.version);
  const Json flag = care::flag_of(*statement, verdict, evidence, identifier,
                                  record::instant_text(known_since(session, *statement)));
  const auto done = write_as_system(
      record, session,
      {{{},
        {record::Verb::create, "Flag", {}, identifier_condition(fhir::kFlag, identifier), {}, flag.dump()}}});
  if (!done) return tl::unexpected(done.error());
  return done->front().created ? std::optional{statement->patient} : std::nullopt;
}

bool is_of_database(const record::Refusal& refusal) {
  return refusal.kind == record::RefusalKind::unavailable || refusal.kind == record::RefusalKind::conflict;
}

}  // namespace

std::optional<record::Refusal> raise_safety_flags(record::Record& record,
                                                  const record::WriteTransaction& session,
                                                  std::span<const record::ChangeResult> changes,
                                                  const NotificationOptions& options) {
  std::set<std::string> patients;
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || !done.stored->content || done.found) continue;
    if (done.stored->type != "QuestionnaireResponse" && done.stored->type != "Observation") continue;
    const auto raised = raise(record, session, *done.stored);
    // A report is stored even if its rules fail.
    if (!raised && is_of_database(raised.error())) return raised.error();
    if (raised && *raised) patients.insert(**raised);
  }
  if (!options.sends_mail) return {};
  for (const std::string& patient : patients) {
    const auto queued =
        mail_each(session, clinicians_of(session, patient), notification("safety_flag", {}, options));
    if (!queued) return record::refuse(queued.error()).value();
  }
  return {};
}

}  // namespace reprise::server
