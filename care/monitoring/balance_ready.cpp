// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/balance_ready.h"

#include <algorithm>

#include "care/plan/balance_request.h"

namespace reprise::care {
namespace {

constexpr int kMethodVersion = 1;

// What began by the day of the closing is known to the clinician who closed it; a line that ended by itself
// is no answer.
bool is_answered(const PatientTrajectory& course, const RuleFinding& finding) {
  return std::any_of(course.flags.begin(), course.flags.end(), [&](const RaisedFlag& flag) {
    return flag.rule == kBalanceReady && flag.key == finding.key && !flag.active && flag.decided &&
           finding.since <= local_day_at(course, flag.closed_ms);
  });
}

RuleFinding finding_of(const BalanceRequest& asked) {
  const BalanceDue& due = asked.due_level;
  RuleFinding finding;
  finding.rule = kBalanceReady;
  finding.version = kMethodVersion;
  finding.kind = RuleKind::change;
  finding.of = Watched::balance;
  finding.urgency = Urgency::watch;
  finding.before = static_cast<double>(due.level) + 1;
  finding.value = finding.before + 1;
  finding.key = asked.request + "/" + std::to_string(due.level + 2);
  finding.unit = "1";
  finding.threshold = due.whole_sessions;
  finding.since = due.since.value_or(0);
  finding.evidence = due.evidence;
  return finding;
}

}  // namespace

std::vector<RuleFinding> find_balance_ready(std::span<const fhir::Json> resources,
                                            const PatientTrajectory& course) {
  std::vector<const fhir::Json*> observations;
  for (const fhir::Json& one : resources)
    if (json::text_of(one, "resourceType") == "Observation") observations.push_back(&one);
  std::vector<RuleFinding> found;
  for (const fhir::Json& request : resources) {
    if (json::text_of(request, "resourceType") != "ServiceRequest") continue;
    const auto asked = read_balance(request, observations, course.patient);
    if (!asked || !asked->problem.empty() || !asked->due_level.ready) continue;
    RuleFinding finding = finding_of(*asked);
    if (!is_answered(course, finding)) found.push_back(std::move(finding));
  }
  return found;
}

std::string words_of_balance(const RuleFinding& finding) {
  const auto whole = [](double value) { return std::to_string(static_cast<int>(value)); };
  return "Balance: ready for level " + whole(finding.value) +
         ", which is not released: " + whole(finding.threshold) + " sessions in a row at level " +
         whole(finding.before) + " without the support, since " + fhir::date_of(finding.since);
}

}  // namespace reprise::care
