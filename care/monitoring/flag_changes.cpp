// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/flag_changes.h"

#include <algorithm>
#include <array>

#include "care/monitoring/balance_ready.h"
#include "care/monitoring/sensed_changes.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/simulated.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr std::size_t kMostEvidence = 20;

void add_part(Json& parts, const char* name, const char* type, Json value) {
  parts.push_back({{"url", name}, {type, std::move(value)}});
}

void add_sensed_parts(Json& parts, const SensedEvidence& sensed) {
  add_part(parts, "measurement", "valueCode", sensed.measurement);
  if (!sensed.part.empty()) add_part(parts, "part", "valueString", sensed.part);
  add_part(parts, "shape", "valueCode", sensed.shape);
  add_part(parts, "uncertainty", "valueDecimal", sensed.half_width);
  add_part(parts, "earliest", "valueDate", fhir::date_of(sensed.earliest));
  add_part(parts, "latest", "valueDate", fhir::date_of(sensed.latest));
  add_part(parts, "confidence", "valueDecimal", sensed.confidence);
  add_part(parts, "before-count", "valueInteger", sensed.before_count);
  add_part(parts, "after-count", "valueInteger", sensed.after_count);
  add_part(parts, "shown-unit", "valueString", sensed.shown_unit);
  add_part(parts, "decimals", "valueInteger", sensed.decimals);
}

Json finding_extension(const RuleFinding& finding) {
  Json parts = Json::array();
  add_part(parts, "rule", "valueCanonical",
           fhir::kRulePrefix + finding.rule + "|" + std::to_string(finding.version));
  add_part(parts, "kind", "valueCode", name_of(finding.kind));
  add_part(parts, "of", "valueCode", name_of(finding.of));
  add_part(parts, "urgency", "valueCode", name_of(finding.urgency));
  if (!finding.key.empty()) add_part(parts, "key", "valueString", finding.key);
  if (!finding.exercise.empty()) add_part(parts, "exercise", "valueCode", finding.exercise);
  if (!finding.measure.empty()) add_part(parts, "measure", "valueCode", finding.measure);
  if (!finding.side.empty()) add_part(parts, "side", "valueCode", finding.side);
  add_part(parts, "unit", "valueCode", finding.unit);
  add_part(parts, "value", "valueDecimal", finding.value);
  add_part(parts, "before", "valueDecimal", finding.before);
  add_part(parts, "threshold", "valueDecimal", finding.threshold);
  add_part(parts, "since", "valueDate", fhir::date_of(finding.since));
  if (finding.sensed) add_sensed_parts(parts, *finding.sensed);
  return {{"url", fhir::kFinding}, {"extension", std::move(parts)}};
}

void remove_extension(Json& flag, std::string_view url) {
  if (!flag.contains("extension")) return;
  Json kept = Json::array();
  for (Json& one : flag["extension"]) {
    if (json::text_of(one, "url") != url) kept.push_back(std::move(one));
  }
  flag["extension"] = std::move(kept);
  if (flag["extension"].empty()) flag.erase("extension");
}

// A Flag raised by a device whose clock is ahead begins in the future; it must not end before (per-1).
std::string end_of(const Json& period, const std::string& now) {
  const std::string start{json::text_of(period, "start")};
  const auto begins = fhir::interval_of(start);
  const auto ends = fhir::interval_of(now);
  return begins && ends && begins->start_ms > ends->start_ms ? start : now;
}

void end_at(Json& flag, const std::string& now) {
  flag["status"] = "inactive";
  flag["period"]["end"] = end_of(flag["period"], now);
  remove_extension(flag, fhir::kSnoozedUntil);
}

}  // namespace

std::string identifier_of(const RuleFinding& finding) {
  return finding.rule + (finding.key.empty() ? "" : "/" + finding.key) + "/" + fhir::date_of(finding.since);
}

Json flag_of(const RuleFinding& finding, const PatientTrajectory& course, const std::string& now) {
  Json flag = Json::object();
  flag["resourceType"] = "Flag";
  fhir::mark(flag, course.simulated);
  flag["extension"] = Json::array({finding_extension(finding)});
  const std::size_t first = finding.evidence.size() - std::min(finding.evidence.size(), kMostEvidence);
  for (std::size_t i = first; i < finding.evidence.size(); ++i)
    flag["extension"].push_back(
        {{"url", fhir::kEvidence}, {"valueReference", {{"reference", finding.evidence[i]}}}});
  flag["identifier"] =
      Json::array({Json{{"system", fhir::kFlag}, {"value", course.patient + "/" + identifier_of(finding)}}});
  flag["status"] = "active";
  flag["category"] = Json::array(
      {fhir::codeable("http://terminology.hl7.org/CodeSystem/flag-category", "clinical", "Clinical")});
  flag["code"] = fhir::codeable(fhir::kFlag, finding.rule, words_of(finding));
  flag["subject"] = fhir::reference_to("Patient", course.patient);
  flag["period"] = {{"start", now}};
  flag["author"] = {{"display", finding.sensed
                                    ? "Reprise's change detector " + std::to_string(finding.version) +
                                          ": not clinically reviewed"
                                    : "Reprise's rules: not clinically reviewed"}};
  return flag;
}

std::vector<RuleFinding> unsaid(std::span<const RuleFinding> findings, const PatientTrajectory& course) {
  std::vector<RuleFinding> fresh;
  for (const RuleFinding& finding : findings) {
    const bool said = std::any_of(course.flags.begin(), course.flags.end(), [&](const RaisedFlag& flag) {
      return flag.active && tells(flag, finding) && !is_less_urgent(flag, finding);
    });
    if (!said) fresh.push_back(finding);
  }
  return fresh;
}

std::vector<std::string> over(std::span<const Rule> rules, std::span<const RuleFinding> findings,
                              const PatientTrajectory& course) {
  std::vector<std::string> ids;
  for (const RaisedFlag& flag : course.flags) {
    const auto rule =
        std::find_if(rules.begin(), rules.end(), [&](const Rule& one) { return one.id == flag.rule; });
    const bool sensed = flag.rule == kSensedChange;
    const bool balance = flag.rule == kBalanceReady;
    if (!flag.active || (rule == rules.end() && !sensed && !balance)) continue;
    if (sensed || (!balance && rule->kind == RuleKind::change)) {
      // A change stays flagged until a clinician has looked, unless a more urgent Flag reports it now.
      const bool told = std::any_of(findings.begin(), findings.end(), [&](const RuleFinding& finding) {
        return tells(flag, finding) && is_less_urgent(flag, finding);
      });
      if (told) ids.push_back(flag.id);
      continue;
    }
    const bool holds = std::any_of(findings.begin(), findings.end(), [&](const RuleFinding& finding) {
      return finding.rule == flag.rule && finding.key == flag.key;
    });
    if (!holds) ids.push_back(flag.id);
  }
  return ids;
}

Json ended(Json flag, const std::string& now) {
  end_at(flag, now);
  return flag;
}

std::optional<tl::expected<FlagDecision, std::string>> decision_of(const Json& task) {
  using Read = tl::expected<FlagDecision, std::string>;
  if (json::text_of(task, "resourceType") != "Task") return {};
  constexpr std::array<std::string_view, 3> kWhat = {"close", "snooze", "reopen"};
  const Json* code = json::field(task, "code");
  const auto what = std::find_if(kWhat.begin(), kWhat.end(), [&](std::string_view one) {
    return fhir::has_coding(code, fhir::kFlagTask, one);
  });
  if (what == kWhat.end()) return {};
  const auto refuse = [](const char* why) { return Read{tl::unexpected(std::string{why})}; };
  FlagDecision decision;
  decision.what = static_cast<FlagDecision::What>(what - kWhat.begin());
  decision.flag = fhir::id_in(json::field(task, "focus"), "Flag");
  decision.patient = fhir::id_in(json::field(task, "for"), "Patient");
  if (decision.flag.empty()) return refuse("focus does not lead to a Flag");
  if (decision.patient.empty()) return refuse("for does not lead to a Patient");
  if (fhir::id_in(json::field(task, "requester"), "Practitioner").empty())
    return refuse("requester is no Practitioner");
  const Json* reason = json::field(task, "statusReason");
  if (decision.what != FlagDecision::What::reopen &&
      (reason == nullptr || fhir::clean_text(json::text_of(*reason, "text")).empty())) {
    return refuse("statusReason has no text: say why");
  }
  if (decision.what != FlagDecision::What::snooze) return Read{std::move(decision)};
  const Json* restriction = json::field(task, "restriction");
  const Json* period = restriction == nullptr ? nullptr : json::field(*restriction, "period");
  if (period != nullptr) decision.until = json::text_of(*period, "end");
  if (!fhir::is_date_time(decision.until)) return refuse("restriction.period.end does not say until when");
  return Read{std::move(decision)};
}

Json decided(Json flag, const FlagDecision& decision, const std::string& task, const std::string& now) {
  using What = FlagDecision::What;
  remove_extension(flag, fhir::kSnoozedUntil);
  if (decision.what == What::close) end_at(flag, now);
  if (decision.what == What::snooze)
    flag["extension"].push_back({{"url", fhir::kSnoozedUntil}, {"valueDateTime", decision.until}});
  if (decision.what == What::reopen) {
    flag["status"] = "active";
    if (flag.contains("period")) flag["period"].erase("end");
  }
  flag["extension"].push_back({{"url", fhir::kDecision}, {"valueReference", {{"reference", task}}}});
  return flag;
}

}  // namespace reprise::care
