// SPDX-License-Identifier: Apache-2.0
// Hostile rules, and hostile resources of a patient. Whatever is found in them, the Flag of it is valid FHIR,
// and is not raised twice.
//
// The first byte says what the rest is: 'r' a rule's file, 'c' a list of resources.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "care/monitoring/flag_changes.h"
#include "care/monitoring/sensed_changes.h"
#include "fhir/validation/validate.h"

namespace {

using namespace reprise;

constexpr std::int64_t kNowMs = 20'000 * kDayMs;  // 2024-10-04

// Easily broken by anything.
std::vector<care::Rule> touchy_rules() {
  std::vector<care::Rule> rules(7);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    care::Rule& rule = rules[i];
    rule.id = std::string{"rule-"} + static_cast<char>('a' + i);
    rule.version = 1;
    rule.by = 0.1;
    rule.recent = {366, 1};
    rule.before = {366, 1};
    rule.least_days = 1;
    rule.usual_gap = 0.1;
    rule.kind = i < 4 ? care::RuleKind::change : i < 6 ? care::RuleKind::plateau : care::RuleKind::absence;
    rule.of = i < 4 ? static_cast<care::Watched>(i) : i < 6 ? care::Watched::range : care::Watched::sessions;
  }
  return rules;
}

void check_rule(const std::string& text) {
  const Json parsed = Json::parse(text, nullptr, false);
  const exercises::CatalogFile file{std::string{json::text_of(parsed, "id")} + ".json", text};
  const auto rule = care::parse_rule(file);
  const auto definition = care::plan_definition(file);
  if (rule.has_value() != definition.has_value()) std::abort();
  if (!rule) return;
  if (!fhir::validate(*definition).empty()) return;  // a title may have control characters
  if (!care::read_plan_definition(*definition)) std::abort();
}

void check_course(const std::string& text) {
  const Json parsed = Json::parse(text, nullptr, false);
  if (!parsed.is_array()) return;
  std::vector<Json> resources(parsed.begin(), parsed.end());
  const auto rules = touchy_rules();
  const care::PatientTrajectory course = care::read_trajectory(resources, "p1", kNowMs);
  auto findings = care::evaluate_rules(rules, course, kNowMs);
  const auto sensed = care::read_sensed_series(resources, "p1", kNowMs);
  for (care::RuleFinding& change : care::find_sensed_changes(sensed, course, kNowMs))
    findings.push_back(std::move(change));
  for (const care::RuleFinding& finding : findings) {
    Json flag = care::flag_of(finding, course, "2024-10-04T00:00:00Z");
    flag["id"] = "f";
    resources.push_back(flag);
  }
  const care::PatientTrajectory again = care::read_trajectory(resources, "p1", kNowMs);
  if (!care::unsaid(care::evaluate_rules(rules, again, kNowMs), again).empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data + 1), size - 1);
  if (data[0] == 'r') check_rule(text);
  if (data[0] == 'c') check_course(text);
  return 0;
}
