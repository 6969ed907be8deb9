// SPDX-License-Identifier: Apache-2.0
#include "care/monitoring/rule.h"

#include <array>

#include "exercises/catalog_document.h"
#include "exercises/catalog_schemas.h"
#include "fhir/fields/attachment.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kRuleStage = "reading a rule";
constexpr std::array<std::string_view, 3> kKinds = {"change", "plateau", "absence"};
constexpr std::array<std::string_view, 7> kWatched = {"pain",     "effort", "range",  "quality",
                                                      "sessions", "sensed", "balance"};
constexpr std::array<std::string_view, 3> kUrgencies = {"now", "soon", "watch"};

struct RuleFile {
  Rule rule;
  exercises::Translations title;
  std::string review;
  std::string source;
};

const json::Schema& schema() {
  static const json::Schema kSchema(exercises::rule_schema());
  return kSchema;
}

Window window(const json::Node& node) {
  return {exercises::whole_of(node["days"]), exercises::whole_of(node["points"])};
}

Result<RuleFile> read_file(const exercises::CatalogFile& file) {
  const exercises::CatalogDocument document(file, schema());
  if (!document.right()) return tl::unexpected(document.error(kRuleStage, "docs/clinician/rules.md"));
  const json::Node root = document.root();
  RuleFile read;
  Rule& rule = read.rule;
  rule.id = exercises::text_of(root["id"]);
  rule.version = exercises::whole_of(root["version"]);
  rule.kind = exercises::choice_of<RuleKind>(root["kind"], kKinds);
  rule.of = exercises::choice_of<Watched>(root["of"], kWatched);
  rule.urgency = exercises::choice_of<Urgency>(root["urgency"], kUrgencies);
  rule.by = root["by"].number().value_or(0);
  rule.short_of = root["shortOf"].number().value_or(0);
  rule.recent = window(root["recent"]);
  rule.before = window(root["before"]);
  rule.least_days = exercises::whole_of(root["leastDays"]);
  rule.usual_gap = root["usualGap"].number().value_or(0);
  read.title = exercises::translations_of(root["title"]);
  read.review = exercises::text_of(root["review"]);
  read.source = exercises::text_of(root["source"]);
  return read;
}

tl::unexpected<Error> no_rule(std::string cause) {
  return fail(ErrorCode::corrupt, kRuleStage, std::move(cause),
              "make the PlanDefinition from the rule's file; docs/clinician/rules.md shows one");
}

}  // namespace

std::string_view name_of(RuleKind kind) {
  return kKinds[static_cast<std::size_t>(kind)];
}
std::string_view name_of(Watched watched) {
  return kWatched[static_cast<std::size_t>(watched)];
}
std::string_view name_of(Urgency urgency) {
  return kUrgencies[static_cast<std::size_t>(urgency)];
}

Result<Rule> parse_rule(const exercises::CatalogFile& file) {
  auto read = read_file(file);
  if (!read) return tl::unexpected(read.error());
  return std::move(read->rule);
}

Result<Json> plan_definition(const exercises::CatalogFile& file) {
  const auto read = read_file(file);
  if (!read) return tl::unexpected(read.error());
  Json resource = Json::object();
  resource["resourceType"] = "PlanDefinition";
  resource["url"] = fhir::kRulePrefix + read->rule.id;
  resource["version"] = std::to_string(read->rule.version);
  resource["name"] = fhir::computer_name(read->rule.id);
  fhir::add_translated(resource, "title", read->title);
  resource["subtitle"] = read->review;
  resource["type"] =
      fhir::codeable("http://terminology.hl7.org/CodeSystem/plan-definition-type", "eca-rule", "Rule");
  resource["status"] = "active";
  resource["experimental"] = false;
  resource["purpose"] = read->source;
  resource["relatedArtifact"] = fhir::attach_json("rule", file.name, file.text);
  return resource;
}

Result<Rule> read_plan_definition(const Json& definition) {
  auto text = fhir::attached_json(definition);
  if (!text) return no_rule(text.error());
  const Json parsed = Json::parse(*text, nullptr, false);
  auto rule = parse_rule({std::string{json::text_of(parsed, "id")} + ".json", std::move(*text)});
  if (!rule) return no_rule("the file is no rule: " + rule.error().cause);
  if (json::text_of(definition, "url") != fhir::kRulePrefix + rule->id ||
      json::text_of(definition, "version") != std::to_string(rule->version)) {
    return no_rule("its url and version are not those of the rule in it");
  }
  return rule;
}

}  // namespace reprise::care
