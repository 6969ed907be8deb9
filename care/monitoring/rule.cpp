#include "care/monitoring/rule.h"

#include <algorithm>
#include <array>

#include "fhir/fields/attachment.h"
#include "fhir/profiles/vocabulary.h"
#include "json/reader.h"

namespace reprise::care {
namespace {

constexpr const char* kRuleStage = "reading a rule";
constexpr std::array<std::string_view, 3> kKinds = {"change", "plateau", "absence"};
constexpr std::array<std::string_view, 5> kWatched = {"pain", "effort", "range", "quality", "sessions"};
constexpr std::array<std::string_view, 3> kUrgencies = {"now", "soon", "watch"};
constexpr std::array<std::string_view, 3> kTitleLanguages = {"en", "de", "es"};

struct RuleFile {
  Rule rule;
  std::array<std::string, 3> titles;
  std::string review;
  std::string source;
};

bool is_rule_id(std::string_view id) {
  return !id.empty() && id.size() <= 64 && id.front() != '-' &&
         std::all_of(id.begin(), id.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; });
}

void refuse_others(json::Reader& input, std::initializer_list<std::string_view> known) {
  for (const auto& item : input.json().items()) {
    if (std::find(known.begin(), known.end(), item.key()) == known.end())
      input.refuse(item.key(), "one of the fields that such a rule has");
  }
}

double positive(json::Reader& input, std::string_view name, double most) {
  const auto number = input.number_or_null(name);
  if (!number || *number <= 0 || *number > most)
    input.refuse(name, "a number above 0 and up to " + std::to_string(static_cast<int>(most)));
  return number.value_or(0);
}

Window window(json::Reader input) {
  refuse_others(input, {"days", "points"});
  return {input.whole("days", 1, 366), input.whole("points", 1, 100)};
}

// What a kind may watch: a range alone has a target to be short of.
bool fits(RuleKind kind, Watched of) {
  if (kind == RuleKind::absence) return of == Watched::sessions;
  if (kind == RuleKind::plateau) return of == Watched::range;
  return of != Watched::sessions;
}

void read_numbers(json::Reader& input, Rule& rule) {
  if (rule.kind == RuleKind::absence) {
    refuse_others(input, {"id", "version", "kind", "of", "urgency", "title", "review", "source", "leastDays",
                          "usualGap"});
    rule.least_days = input.whole("leastDays", 1, 366);
    rule.usual_gap = positive(input, "usualGap", 20);
    return;
  }
  const bool stuck = rule.kind == RuleKind::plateau;
  refuse_others(input, {"id", "version", "kind", "of", "urgency", "title", "review", "source", "by", "recent",
                        "before", stuck ? "shortOf" : "by"});
  if (stuck) rule.short_of = positive(input, "shortOf", 180);
  rule.by = positive(input, "by", 180);
  rule.recent = window(input.group("recent"));
  rule.before = window(input.group("before"));
}

Result<RuleFile> read_file(const CatalogFile& file) {
  json::Document page{file.text, kRuleStage};
  json::Reader input = page.root();
  RuleFile read;
  Rule& rule = read.rule;
  rule.id = input.text("id", 64);
  if (input.right() && (!is_rule_id(rule.id) || file.name != rule.id + ".json"))
    input.refuse("id", "lower-case letters and '-', and the name of its file");
  rule.version = input.whole("version", 1, 1'000'000);
  rule.kind = static_cast<RuleKind>(input.choice("kind", kKinds).value_or(0));
  rule.of = static_cast<Watched>(input.choice("of", kWatched).value_or(0));
  rule.urgency = static_cast<Urgency>(input.choice("urgency", kUrgencies).value_or(0));
  read.review = input.text("review", 200);
  read.source = input.text("source", 1000);
  if (input.right() && (read.review.empty() || read.source.empty()))
    input.refuse("source",
                 "where its numbers come from, or \"unsourced default\"; and review who looked at it");
  json::Reader title = input.group("title");
  for (std::size_t i = 0; i < kTitleLanguages.size() && input.right(); ++i)
    read.titles[i] = title.text(kTitleLanguages[i], 200);
  if (input.right() && !fits(rule.kind, rule.of)) input.refuse("of", "something that this kind can watch");
  if (input.right()) read_numbers(input, rule);
  if (auto problem = page.problem()) return tl::unexpected(std::move(*problem));
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

Result<Rule> parse_rule(const CatalogFile& file) {
  auto read = read_file(file);
  if (!read) return tl::unexpected(read.error());
  return std::move(read->rule);
}

Result<Json> plan_definition(const CatalogFile& file) {
  const auto read = read_file(file);
  if (!read) return tl::unexpected(read.error());
  Json resource = Json::object();
  resource["resourceType"] = "PlanDefinition";
  resource["url"] = fhir::kRulePrefix + read->rule.id;
  resource["version"] = std::to_string(read->rule.version);
  resource["name"] = fhir::computer_name(read->rule.id);
  resource["title"] = read->titles[0];
  resource["_title"] = fhir::translations({{"de", read->titles[1]}, {"es", read->titles[2]}});
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
