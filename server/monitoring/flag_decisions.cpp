// SPDX-License-Identifier: Apache-2.0
#include "server/monitoring/flag_decisions.h"

#include "care/monitoring/flag_changes.h"
#include "care/safety/hold.h"
#include "fhir/model/resource.h"
#include "record/content/content.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

record::Refusal no_decision(std::string why) {
  return {record::RefusalKind::invalid,
          {{fhir::Severity::error, fhir::IssueType::business_rule,
            "the decision about a Flag cannot be carried out: " + std::move(why), "Task"}}};
}

std::optional<record::Refusal> carry_out(record::Record& record, const record::WriteTransaction& session,
                                         const care::FlagDecision& decision, const std::string& task) {
  const auto flags = find_first(
      record, session,
      record::QueryBuilder("Flag").id(decision.flag).reference("subject", "Patient", decision.patient));
  if (!flags) return flags.error();
  if (flags->empty()) return no_decision("the patient has no such Flag");
  // A program can only report that a clinician decided.
  const bool by_other = session.principal != nullptr && session.principal->role != record::Role::clinician;
  if (decision.what == care::FlagDecision::What::close && by_other && care::active_hold(flags->front()))
    return no_decision("exercises are on hold by this Flag, and only a clinician's own account ends that");
  const Json flag = care::decided(flags->front(), decision, task, record::instant_text(session.now_ms));
  const auto done = write_as_system(
      record, session, {{{}, {record::Verb::update, "Flag", decision.flag, {}, {}, flag.dump()}}});
  return done ? std::nullopt : std::optional{done.error()};
}

}  // namespace

std::optional<record::Refusal> apply_flag_decisions(record::Record& record,
                                                    const record::WriteTransaction& session,
                                                    std::span<const record::ChangeResult> changes) {
  for (const record::ChangeResult& done : changes) {
    if (!done.stored || !done.stored->content || !done.created || done.stored->type != "Task") continue;
    const auto task = record::resource_of(*done.stored);
    const auto decision = task ? care::decision_of(**task) : std::nullopt;
    if (!decision) continue;
    if (!*decision) return no_decision(decision->error());
    if (auto refusal = carry_out(record, session, **decision, "Task/" + done.stored->id)) return refusal;
  }
  return {};
}

}  // namespace reprise::server
