// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/outcome_text.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "care/self_assessment/answers_json.h"
#include "exercises/catalog.h"
#include "json/write.h"

namespace reprise::care {
namespace {

using Json = nlohmann::ordered_json;
using Blanks = std::vector<std::pair<std::string, std::string>>;

std::string whole_text(double value) {
  return std::to_string(std::lround(value));
}

std::string side_name(Side side) {
  return side == Side::left ? "left" : "right";
}

/// The definition's words in one language.
class SelfWords {
 public:
  SelfWords(const SelfDefinition& definition, std::string language)
      : definition_(definition), language_(std::move(language)) {}

  [[nodiscard]] std::string in(const exercises::Translations& texts) const {
    return texts.empty() ? std::string{} : std::string{exercises::in_language(texts, language_)};
  }

  /// The text of a key, each {blank} filled in. Precondition: the definition has it (its schema).
  [[nodiscard]] std::string of(const std::string& key, const Blanks& blanks = {}) const {
    const auto found = definition_.words.find(key);
    std::string text = found == definition_.words.end() ? std::string{} : in(found->second);
    for (const auto& [blank, value] : blanks) {
      const std::string mark = "{" + blank + "}";
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    }
    return text;
  }

 private:
  const SelfDefinition& definition_;
  std::string language_;
};

std::string value_words(const SelfMeasurement& one, const SelfWords& words) {
  if (!one.angle) return words.of("words.not_measured");
  const std::string value = whole_text(one.angle->value());
  if (!one.uncertainty) return words.of("words.value_only", {{"value", value}});
  // Up: a rounded error must not promise more than was measured.
  return words.of("words.value",
                  {{"value", value}, {"error", whole_text(std::ceil(one.uncertainty->value()))}});
}

std::string measured_words(const SelfFinding& finding, const SelfWords& words) {
  Blanks blanks = {{"left", words.of("words.not_measured")}, {"right", words.of("words.not_measured")}};
  for (const SelfMeasurement& one : finding.measured) {
    if (!one.side) return words.of("words.one", {{"value", value_words(one, words)}});
    blanks[*one.side == Side::left ? 0 : 1].second = value_words(one, words);
  }
  return words.of("words.both", blanks);
}

std::string side_words(Side side, const SelfWords& words) {
  return words.of(side == Side::left ? "words.Left" : "words.Right");
}

std::string change_words(const SelfChange& change, const SelfWords& words) {
  const std::string side = change.side ? side_words(*change.side, words) : words.of("words.Now");
  const char* key = change.change == 0  ? "words.last_same"
                    : change.change > 0 ? "words.last_more"
                                        : "words.last_less";
  return words.of(key, {{"side", side},
                        {"change", std::to_string(std::abs(change.change))},
                        {"day", change.day},
                        {"value", std::to_string(change.earlier)}});
}

std::string reference_words(const SelfStands& stands, const SelfWords& words) {
  const auto& sex = stands.group.sex;
  const char* key = !sex                                    ? "words.stands_people"
                    : *sex == session::ReferenceSex::female ? "words.stands_women"
                                                            : "words.stands_men";
  const char* compared = stands.compare == StandsCompare::below  ? "words.stands_below"
                         : stands.compare == StandsCompare::near ? "words.stands_near"
                                                                 : "words.stands_above";
  return words.of(key, {{"from", std::to_string(stands.group.from_age_years)},
                        {"to", std::to_string(stands.group.to_age_years)},
                        {"low", std::to_string(stands.low)}}) +
         " " + words.of(compared);
}

std::string stands_change_words(const SelfChange& change, int error, const SelfWords& words) {
  const char* key = change.change == 0  ? "words.stands_same"
                    : change.change > 0 ? "words.stands_more"
                                        : "words.stands_less";
  return words.of(key, {{"change", std::to_string(std::abs(change.change))},
                        {"day", change.day},
                        {"value", std::to_string(change.earlier)},
                        {"error", std::to_string(error)}});
}

Json stands_lines(const SelfFinding& finding, int error, const SelfWords& words) {
  const SelfMeasurement& one = finding.measured.front();
  if (!one.stands)
    return Json::array({words.of("words.one", {{"value", words.of("words.not_measured")}}),
                        words.of("not_measured." + one.reason)});
  Json lines = Json::array({words.of("words.stands", {{"value", std::to_string(*one.stands)}})});
  lines.push_back(finding.stands ? reference_words(*finding.stands, words) : words.of("words.stands_alone"));
  for (const SelfChange& change : finding.changes) lines.push_back(stands_change_words(change, error, words));
  return lines;
}

Json lines_of(const SelfFinding& finding, const SelfWords& words) {
  Json lines = Json::array({measured_words(finding, words)});
  for (const SelfMeasurement& one : finding.measured) {
    if (one.angle) continue;
    const std::string why = words.of("not_measured." + one.reason);
    if (lines.back() != why) lines.push_back(why);
  }
  if (finding.compare == SidesCompare::alike) lines.push_back(words.of("words.alike"));
  if (finding.compare == SidesCompare::small_difference) lines.push_back(words.of("words.small_difference"));
  if (finding.compare == SidesCompare::less_far)
    lines.push_back(words.of("words.less_far", {{"side", side_words(*finding.lesser, words)},
                                                {"difference", std::to_string(finding.difference_deg)}}));
  for (const SelfChange& change : finding.changes) lines.push_back(change_words(change, words));
  return lines;
}

Json finding_json(const SelfFinding& finding, int error, const SelfWords& words) {
  const bool counted = finding.test->kind == SelfTestKind::function;
  Json values = Json::array();
  for (const SelfMeasurement& one : finding.measured) {
    values.push_back({{"side", one.side ? Json(side_name(*one.side)) : Json(nullptr)},
                      {"degrees", one.angle ? Json(one.angle->value()) : Json(nullptr)},
                      {"uncertainty_deg", one.uncertainty ? Json(one.uncertainty->value()) : Json(nullptr)},
                      {"stands", one.stands ? Json(*one.stands) : Json(nullptr)},
                      {"not_measured", one.reason.empty() ? Json(nullptr) : Json(one.reason)}});
  }
  return {{"test", finding.test->id},
          {"name", words.in(finding.test->name)},
          {"values", std::move(values)},
          {"lines", counted ? stands_lines(finding, error, words) : lines_of(finding, words)}};
}

Json tests_json(const SelfOutcome& outcome, const SelfWords& words) {
  Json tests = Json::array();
  for (const SelfTestOffer& offer : outcome.tests) {
    const auto& why = offer.not_offered;
    tests.push_back(
        {{"test", offer.test->id},
         {"name", words.in(offer.test->name)},
         {"kind", name(offer.test->kind)},
         {"position", name(offer.test->position)},
         {"not_offered", why ? Json(name(*why)) : Json(nullptr)},
         {"why", why ? Json(words.of("not_offered." + std::string{name(*why)})) : Json(nullptr)}});
  }
  return tests;
}

// Each kind of reason once, however many questions it has.
Json reasons_json(const SelfOutcome& outcome, const SelfAnswers& answers, const SelfWords& words) {
  Json reasons = Json::array();
  for (const SelfReason& one : outcome.reasons) {
    const std::string kind{name(one.kind)};
    reasons.push_back(
        {{"kind", kind},
         {"about", one.about.empty() ? Json(nullptr) : Json(one.about)},
         {"text", words.of("reasons." + kind, {{"limit", std::to_string(answers.limits.stop)}})}});
  }
  return reasons;
}

Json without_test_json(const SelfOutcome& outcome, const SelfWords& words) {
  Json regions = Json::array();
  for (const SelfRegion* region : outcome.without_test)
    regions.push_back(
        {{"region", region->id}, {"name", words.in(region->name)}, {"why", words.in(region->no_test)}});
  return regions;
}

}  // namespace

std::string to_self_outcome_json(const SelfOutcome& outcome, const SelfDefinition& definition,
                                 const SelfAnswers& answers, const std::string& language) {
  const SelfWords words(definition, language);
  Json j = {{"schema", "reprise.self_outcome/1"}, {"definition", definition.version}};
  j["level"] = outcome.level ? Json(name(*outcome.level)) : Json(nullptr);
  j["ended"] = outcome.ended;
  j["tells_clinic"] = outcome.tells_clinic;
  j["missing"] = outcome.missing;
  j["title"] = nullptr;
  j["what"] = nullptr;
  j["steps"] = Json::array();
  if (outcome.level) {
    const SelfOutcomeWords& said = definition.outcomes.at(*outcome.level);
    j["title"] = words.in(said.title);
    j["what"] = words.in(said.what);
    for (const auto& step : said.steps) j["steps"].push_back(words.in(step));
  }
  j["reasons"] = reasons_json(outcome, answers, words);
  j["tests"] = tests_json(outcome, words);
  j["without_test"] = without_test_json(outcome, words);
  j["findings"] = Json::array();
  for (const SelfFinding& finding : outcome.findings)
    j["findings"].push_back(finding_json(finding, definition.stands_error, words));
  j["notes"] = Json::array();
  for (const auto& note : definition.notes) j["notes"].push_back(words.in(note));
  j["reviewed"] = definition.reviewed;
  return j.dump();
}

Result<std::string> self_assessment_text(const std::string& definition, std::string_view answers,
                                         const std::string& language) {
  const auto parsed = parse_self_definition({"self_assessment.json", definition});
  if (!parsed) return tl::unexpected(parsed.error());
  const auto given = parse_self_answers(answers, *parsed);
  if (!given) return tl::unexpected(given.error());
  return to_self_outcome_json(assess_self(*parsed, *given), *parsed, *given, language);
}

}  // namespace reprise::care
