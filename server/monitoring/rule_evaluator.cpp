// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/rule_evaluator.h"

#include <algorithm>
#include <array>

#include "care/monitoring/balance_ready.h"
#include "care/monitoring/flag_changes.h"
#include "care/monitoring/sensed_changes.h"
#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "record/store/resources.h"
#include "server/messaging/notifications.h"
#include "server/reactions/system_writes.h"
#include "session/measurements/measurement_document.h"

namespace reprise::server {
namespace {

constexpr const char* kWatchStage = "looking at how patients have been";
constexpr std::int64_t kLeastDays = care::kSensedDays;  // the usual pattern is derived from them, too
constexpr std::array<std::string_view, 6> kWatchedTypes = {"CarePlan",       "Goal",      "Observation",
                                                           "PlanDefinition", "Procedure", "ServiceRequest"};

Error as_error(const record::Refusal& refusal) {
  return {ErrorCode::unavailable, kWatchStage,
          refusal.issues.empty() ? "the record refused it" : to_string(refusal.issues.front()),
          "look whether the database answers; it is tried again"};
}

template <class T>
tl::unexpected<Error> failed(const record::Outcome<T>& outcome) {
  return tl::unexpected(as_error(outcome.error()));
}

std::int64_t horizon_of(std::span<const care::Rule> rules) {
  std::int64_t days = kLeastDays;
  for (const care::Rule& rule : rules)
    days = std::max<std::int64_t>(days, rule.recent.days + rule.before.days + 1);
  return days;
}

Result<std::vector<Json>> resources_of(const record::Record& record, record::Connection& connection,
                                       const std::string& patient, std::int64_t from_ms) {
  using record::QueryBuilder;
  const auto about = [&](const char* type) {
    return QueryBuilder(type).reference("subject", "Patient", patient);
  };
  const auto since = [&](const char* type) { return about(type).date("date", record::Prefix::ge, from_ms); };
  const auto own = [](const char* code) { return record::TokenValue{fhir::kObservation, code}; };
  std::vector<record::TokenValue> sensed;
  for (const care::WatchedMeasure& watched : care::watched_measures())
    sensed.push_back({fhir::kSignalMeasure, std::string{session::info(watched.measure).name}});
  // A level is due by the last sessions, however long ago: after a long rest it is no easier by itself.
  QueryBuilder holds = about("Observation");
  holds.any_token("code", {{fhir::kSignalMeasure, "holds"}, {fhir::kSignalMeasure, "holds_whole"}});
  holds.sort("date", true);
  const std::array<QueryBuilder, 8> queries = {
      QueryBuilder("Patient").id(patient),
      about("CarePlan").code("status", "active"),
      about("ServiceRequest").code("status", "active"),
      since("Procedure"),
      since("Observation")
          .any_token("code", {{fhir::kLoinc, fhir::kPainCode},
                              own("effort"),
                              own("best-range"),
                              own("mean-range"),
                              own("movement-quality"),
                              own("hold-time")}),
      since("Observation")
          .any_token("code", std::move(sensed))
          .not_token("category", fhir::kObservation, session::kLivePart),
      about("Goal"),
      about("Flag"),
  };
  if (auto begun = connection.begin_reading(); !begun) return tl::unexpected(begun.error());
  std::vector<Json> all;
  const auto add = [&](record::Outcome<std::vector<Json>> found) -> std::optional<record::Refusal> {
    if (!found) return found.error();
    std::move(found->begin(), found->end(), std::back_inserter(all));
    return {};
  };
  auto refusal = add(find_page(record, connection, holds));
  for (auto query = queries.begin(); !refusal && query != queries.end(); ++query)
    refusal = add(find_all(record, connection, *query));
  if (refusal) {
    connection.rollback();
    return tl::unexpected(as_error(*refusal));
  }
  if (auto ended = connection.commit(); !ended) return tl::unexpected(ended.error());
  return all;
}

/// Of a live sensor: one each few minutes, and no rule looks at it.
bool is_live(const record::Stored& stored) {
  if (stored.type != "Observation") return false;
  const auto observation = record::resource_of(stored);
  if (!observation || *observation == nullptr) return false;
  const Json& categories = json::list_of(**observation, "category");
  return std::any_of(categories.begin(), categories.end(), [](const Json& one) {
    return fhir::has_coding(&one, fhir::kObservation, session::kLivePart);
  });
}

struct Changes {
  std::vector<Json> raised;
  std::vector<std::string> over;
  bool urgent = false;
};

std::optional<record::Refusal> write_changes(record::Record& record, const record::WriteTransaction& session,
                                             const std::string& patient, const Changes& changes,
                                             const NotificationOptions& mail, std::size_t& written) {
  const std::string now = record::instant_text(session.now_ms);
  std::vector<record::TransactionEntry> entries;
  for (const Json& flag : changes.raised) {
    const std::string identifier{json::text_of(flag["identifier"][0], "value")};
    entries.push_back(
        {{},
         {record::Verb::create, "Flag", {}, identifier_condition(fhir::kFlag, identifier), {}, flag.dump()}});
  }
  for (const std::string& id : changes.over) {
    const auto flags = find_first(record, session, record::QueryBuilder("Flag").id(id));
    if (!flags) return flags.error();
    // It may have been closed since.
    if (flags->empty() || json::text_of(flags->front(), "status") != "active") continue;
    entries.push_back(
        {{}, {record::Verb::update, "Flag", id, {}, {}, care::ended(flags->front(), now).dump()}});
  }
  const auto done = write_as_system(record, session, std::move(entries));
  if (!done) return done.error();
  written = static_cast<std::size_t>(
      std::count_if(done->begin(), done->end(), [](const record::ChangeResult& one) { return !one.found; }));
  if (!mail.sends_mail || !changes.urgent || written == 0) return {};
  const auto queued =
      mail_each(session, clinicians_of(session, patient), notification("urgent_flag", {}, mail));
  return queued ? std::nullopt : std::optional{record::refuse(queued.error()).value()};
}

Result<std::set<std::string>> all_patients(const record::Record& record, record::Connection& connection) {
  if (auto begun = connection.begin_reading(); !begun) return tl::unexpected(begun.error());
  const auto plans = find_all(record, connection,
                              record::QueryBuilder("CarePlan")
                                  .code("status", "active")
                                  .token("category", fhir::kPlanCategory, fhir::kExerciseProgramme));
  connection.rollback();
  if (!plans) return failed(plans);
  std::set<std::string> patients;
  for (const Json& plan : *plans) {
    if (const auto id = fhir::id_in(json::field(plan, "subject"), "Patient"); !id.empty())
      patients.emplace(id);
  }
  return patients;
}

}  // namespace

Result<std::vector<care::Rule>> rules_of(record::Record& record, record::Connection& connection) {
  if (auto begun = connection.begin_reading(); !begun) return tl::unexpected(begun.error());
  const auto found =
      find_all(record, connection,
               record::QueryBuilder("PlanDefinition").code("status", "active").code("type", "eca-rule"));
  connection.rollback();
  if (!found) return failed(found);
  std::vector<care::Rule> rules;
  for (const Json& definition : *found) {
    auto rule = care::read_plan_definition(definition);
    if (!rule) continue;
    const auto same =
        std::find_if(rules.begin(), rules.end(), [&](const care::Rule& one) { return one.id == rule->id; });
    if (same == rules.end()) {
      rules.push_back(std::move(*rule));
    } else if (same->version < rule->version) {
      *same = std::move(*rule);
    }
  }
  return rules;
}

Result<std::size_t> evaluate_patient(record::Record& record, record::Connection& connection,
                                     const std::string& patient, std::span<const care::Rule> rules,
                                     const NotificationOptions& mail, std::int64_t now_ms) {
  const std::int64_t from_ms = now_ms - horizon_of(rules) * kDayMs;
  const auto resources = resources_of(record, connection, patient, from_ms);
  if (!resources) return tl::unexpected(resources.error());
  const care::PatientTrajectory course = care::read_trajectory(*resources, patient, now_ms);
  auto findings = care::evaluate_rules(rules, course, now_ms);
  const auto sensed = care::read_sensed_series(*resources, patient, now_ms);
  for (care::RuleFinding& change : care::find_sensed_changes(sensed, course, now_ms))
    findings.push_back(std::move(change));
  for (care::RuleFinding& ready : care::find_balance_ready(*resources, course))
    findings.push_back(std::move(ready));
  Changes changes;
  for (const care::RuleFinding& finding : care::unsaid(findings, course)) {
    changes.raised.push_back(care::flag_of(finding, course, record::instant_text(now_ms)));
    changes.urgent = changes.urgent || finding.urgency == care::Urgency::now;
  }
  changes.over = care::over(rules, findings, course);
  if (changes.raised.empty() && changes.over.empty()) return std::size_t{0};
  std::size_t written = 0;
  const auto done = write_now(record, kWatchStage, [&](const record::WriteTransaction& session) {
    return write_changes(record, session, patient, changes, mail, written);
  });
  if (!done) return tl::unexpected(done.error());
  return written;
}

RuleEvaluator::RuleEvaluator(record::Record& record, RuleEvaluatorOptions options)
    : record_(record), options_(std::move(options)), thread_([this] { loop(); }) {}

RuleEvaluator::~RuleEvaluator() {
  end();
}

void RuleEvaluator::end() {
  {
    const std::scoped_lock lock{mutex_};
    stop_ = true;
  }
  something_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void RuleEvaluator::note(const record::WriteTransaction& session,
                         std::span<const record::ChangeResult> changes) {
  std::set<std::string> patients;
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || done.found) continue;
    const auto watched = std::find(kWatchedTypes.begin(), kWatchedTypes.end(), done.stored->type);
    if (watched != kWatchedTypes.end() && !is_live(*done.stored))
      patients.insert(done.patients.begin(), done.patients.end());
  }
  if (patients.empty()) return;
  // Before the commit, the evaluator would read the state without the changes, and not look again.
  session.after_commit.emplace_back([this, patients = std::move(patients)] {
    const std::scoped_lock lock{mutex_};
    changed_.insert(patients.begin(), patients.end());
    something_.notify_all();
  });
}

void RuleEvaluator::evaluate_all() {
  const std::scoped_lock lock{mutex_};
  everybody_ = true;
  something_.notify_all();
}

void RuleEvaluator::loop() {
  using Clock = std::chrono::steady_clock;
  auto next = Clock::now() + options_.full_scan;
  bool in_trouble = false;
  std::unique_lock lock{mutex_};
  while (!stop_) {
    something_.wait_until(lock, next, [this] { return stop_ || everybody_ || !changed_.empty(); });
    // Changes of one bundle are evaluated together, after their transaction ended.
    something_.wait_for(lock, options_.settle, [this] { return stop_; });
    if (stop_) return;
    const bool all = std::exchange(everybody_, false) || Clock::now() >= next;
    const std::set<std::string> patients = std::exchange(changed_, {});
    lock.unlock();
    const auto looked = evaluate(patients, all);
    lock.lock();
    if (all) next = Clock::now() + options_.full_scan;
    if (!looked) {
      connection_.reset();
      changed_.insert(patients.begin(), patients.end());
      constexpr std::chrono::seconds kAfterTrouble{10};
      if (all) next = Clock::now() + kAfterTrouble;
      if (!in_trouble) options_.warn(looked.error());
      something_.wait_for(lock, kAfterTrouble, [this] { return stop_; });
    }
    in_trouble = !looked;
  }
}

Result<void> RuleEvaluator::evaluate(const std::set<std::string>& patients, bool all) {
  if (!connection_) {
    auto made = options_.connect();
    if (!made) return tl::unexpected(made.error());
    connection_ = std::move(*made);
  }
  const auto rules = rules_of(record_, *connection_);
  if (!rules) return tl::unexpected(rules.error());
  std::set<std::string> who = patients;
  if (all) {
    auto found = all_patients(record_, *connection_);
    if (!found) return tl::unexpected(found.error());
    who.merge(*found);
  }
  for (const std::string& patient : who) {
    {
      const std::scoped_lock lock{mutex_};
      if (stop_) return {};
    }
    const auto looked =
        evaluate_patient(record_, *connection_, patient, *rules, options_.mail, record::milliseconds_now());
    if (!looked) return tl::unexpected(looked.error());
  }
  return {};
}

}  // namespace reprise::server
