// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/answers_json.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/nearest_names.h"
#include "json/reader.h"
#include "json/strict_json.h"

namespace reprise::care {
namespace {

constexpr const char* kReadingSelf = "reading the answers";
constexpr const char* kSelfGuide = "docs/reference/self-assessment.md lists the fields";
constexpr std::array<std::string_view, 2> kSides = {"left", "right"};
constexpr std::array<std::string_view, 7> kNotMeasured = {"skipped", "pain",   "camera", "nothing",
                                                          "turned",  "unseen", "short"};
constexpr std::array<std::string_view, 2> kSexes = {"female", "male"};
constexpr std::array<std::string_view, 19> kFields = {"flags",    "regions",  "pain",
                                                      "since",    "course",   "worse_with",
                                                      "hard",     "unsteady", "support_in_reach",
                                                      "released", "stop",     "measured",
                                                      "earlier",  "limits",   "schema",
                                                      "note",     "limited",  "age",
                                                      "sex"};
constexpr std::string_view kSelfSchema = "reprise.self_answers/1";
constexpr std::size_t kMostMeasured = 40;
constexpr std::size_t kMostDayBytes = 40;
constexpr double kMostDegrees = 360;
constexpr int kMostStands = 60;
constexpr int kYoungestYears = 2;
constexpr int kOldestYears = 120;

using json::Json;
using Names = std::vector<std::string>;

// The fields of other people's files may be anything; those of the definition may be named.
tl::unexpected<Error> unknown(const std::string& what, std::string_view given, const Names& known) {
  const std::string near = did_you_mean(given, known);
  return fail(ErrorCode::invalid_argument, kReadingSelf, what,
              near.empty() ? "take one of: " + any_of(known) : near);
}

bool is_one_of(const std::string& name, const Names& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Names flag_names(const SelfDefinition& definition) {
  Names names;
  for (const SelfFlag& flag : definition.red_flags) names.push_back(flag.id);
  for (const SelfRegion& region : definition.regions) {
    for (const SelfFlag& flag : region.flags) names.push_back(flag.id);
  }
  return names;
}

Names region_names(const SelfDefinition& definition) {
  Names names;
  for (const SelfRegion& region : definition.regions) names.push_back(region.id);
  return names;
}

Names test_names(const SelfDefinition& definition) {
  Names names;
  for (const SelfRegion& region : definition.regions) {
    for (const SelfTest& test : region.tests) names.push_back(test.id);
  }
  for (const SelfTest& test : definition.function_tests) names.push_back(test.id);
  return names;
}

Names option_names(const SelfDefinition& definition, const char* question) {
  Names names;
  const auto options = definition.questions.find(question);
  if (options == definition.questions.end()) return names;
  for (const SelfOption& option : options->second) names.push_back(option.id);
  return names;
}

/// Reads one file's fields; the first problem stays.
class SelfReader {
 public:
  SelfReader(json::Reader& input, const SelfDefinition& definition)
      : input_(input), definition_(definition), tests_(test_names(definition)) {}

  Result<SelfAnswers> read() {
    check_fields();
    read_flags();
    answers_.regions = list("regions", region_names(definition_)).value_or(Names{});
    answers_.pain = input_.whole_or_null("pain", 0, 10);
    answers_.since = option("since");
    answers_.course = option("course");
    answers_.worse_with = list("worse_with", option_names(definition_, "worse_with"));
    answers_.hard = list("hard", option_names(definition_, "hard"));
    answers_.unsteady = input_.truth_or_null("unsteady");
    answers_.support_in_reach = input_.truth_or_null("support_in_reach");
    answers_.limited = input_.truth_or_null("limited").value_or(false);
    answers_.person.age_years = input_.whole_or_null("age", kYoungestYears, kOldestYears);
    if (const auto sex = input_.choice_or_null("sex", kSexes))
      answers_.person.sex = static_cast<session::ReferenceSex>(*sex);
    read_released();
    read_limits();
    read_stop();
    for (json::Reader& item : items("measured")) answers_.measured.push_back(measurement(item));
    for (json::Reader& item : items("earlier"))
      answers_.earlier.push_back({measurement(item), item.text("day", kMostDayBytes)});
    if (problem_) return tl::unexpected(std::move(*problem_));
    return std::move(answers_);
  }

 private:
  void refuse(const std::string& what, std::string_view given, const Names& known) {
    if (!problem_) problem_ = unknown(what, given, known).value();
  }

  void check_fields() {
    const Names known(kFields.begin(), kFields.end());
    for (const auto& item : input_.json().items()) {
      if (!is_one_of(item.key(), known)) refuse("a field has a name that is not known", item.key(), known);
    }
    const std::string schema = input_.text_or_null("schema");
    if (!schema.empty() && schema != kSelfSchema) input_.refuse("schema", kSelfSchema);
  }

  void read_flags() {
    json::Reader flags = input_.group_or_null("flags");
    if (!flags.there()) return;
    const Names known = flag_names(definition_);
    for (const auto& item : flags.json().items()) {
      if (!is_one_of(item.key(), known)) {
        refuse("flags has a question that is not known", item.key(), known);
      } else if (const auto yes = flags.truth_or_null(item.key())) {
        answers_.flags.emplace(item.key(), *yes);
      }
    }
  }

  std::string option(const char* question) {
    const std::string given = input_.text_or_null(question);
    const Names known = option_names(definition_, question);
    if (!given.empty() && !is_one_of(given, known))
      refuse(std::string{question} + " is an answer that is not offered", given, known);
    return given;
  }

  /// Nothing where the field is missing or null.
  std::optional<Names> list(const char* field, const Names& known) {
    const Json* value = json::field(input_.json(), field);
    if (value == nullptr || value->is_null()) return std::nullopt;
    Names names;
    if (!value->is_array()) input_.refuse(field, "a list of names");
    for (const Json& one : *value) {
      if (!one.is_string() || !value->is_array()) {
        input_.refuse(field, "a list of names");
        break;
      }
      const std::string name = one.get<std::string>();
      if (!is_one_of(name, known)) refuse(std::string{field} + " has a name that is not known", name, known);
      if (!is_one_of(name, names)) names.push_back(name);
    }
    return names;
  }

  std::vector<json::Reader> items(const char* field) {
    const Json* value = json::field(input_.json(), field);
    if (value == nullptr || value->is_null()) return {};
    return input_.items(field, kMostMeasured);
  }

  void read_released() {
    constexpr std::array kReleasable = {TestPosition::single_leg, TestPosition::step_down,
                                        TestPosition::jump};
    Names known;
    for (const TestPosition one : kReleasable) known.emplace_back(name(one));
    const Names given = list("released", known).value_or(Names{});
    for (const TestPosition one : kReleasable) {
      if (is_one_of(std::string{name(one)}, given)) answers_.released.insert(one);
    }
  }

  void read_limits() {
    json::Reader limits = input_.group_or_null("limits");
    if (!limits.there()) return;
    answers_.limits.stop = limits.whole("painStop", 0, 10);
    answers_.limits.rise = limits.whole("painRise", 1, 10);
  }

  std::string test_in(json::Reader& item) {
    std::string test = item.text("test");
    if (!is_one_of(test, tests_)) refuse("a test is none of the self-assessment", test, tests_);
    return test;
  }

  void read_stop() {
    json::Reader stop = input_.group_or_null("stop");
    if (stop.there()) answers_.stop = SelfStop{test_in(stop), stop.whole_or_null("pain", 0, 10)};
  }

  static std::optional<Degrees> degrees_in(json::Reader& item, const char* field, double least) {
    const auto number = item.number_or_null(field);
    if (!number) return std::nullopt;
    if (*number < least || *number > kMostDegrees) {
      item.refuse(field, "degrees, at most 360");
      return std::nullopt;
    }
    return Degrees{*number};
  }

  SelfMeasurement measurement(json::Reader& item) {
    SelfMeasurement one;
    one.test = test_in(item);
    if (const auto side = item.choice_or_null("side", kSides)) one.side = static_cast<Side>(*side);
    one.angle = degrees_in(item, "degrees", -kMostDegrees);
    one.uncertainty = degrees_in(item, "uncertainty_deg", 0);
    if (const auto reason = item.choice_or_null("not_measured", kNotMeasured))
      one.reason = kNotMeasured.at(*reason);
    one.stands = item.whole_or_null("stands", 0, kMostStands);
    if (one.is_measured() != one.reason.empty())
      item.refuse(
          "not_measured",
          "null with degrees or stands, else skipped, pain, camera, nothing, turned, unseen or short");
    const auto& counted = definition_.function_tests;
    const bool counts = std::any_of(counted.begin(), counted.end(),
                                    [&](const SelfTest& test) { return test.id == one.test; });
    if (counts ? one.angle || one.uncertainty || one.side : one.stands.has_value())
      item.refuse("stands",
                  "the count of a test of function, which has no side and no degrees; null of others");
    return one;
  }

  json::Reader& input_;
  const SelfDefinition& definition_;
  const Names tests_;
  SelfAnswers answers_;
  std::optional<Error> problem_;
};

}  // namespace

Result<SelfAnswers> parse_self_answers(std::string_view text, const SelfDefinition& definition) {
  std::vector<json::Problem> problems;
  const auto parsed = json::parse_strict(text, "the answers", problems);
  if (!problems.empty()) {
    return fail(ErrorCode::corrupt, kReadingSelf, "the file is no JSON; " + problems.front().limit,
                problems.front().remedy);
  }
  if (!parsed.is_object())
    return fail(ErrorCode::corrupt, kReadingSelf, "the answers are no JSON object", kSelfGuide);
  json::Document document(json::Document::Parsed{parsed}, kReadingSelf);
  json::Reader input = document.root();
  auto answers = SelfReader(input, definition).read();
  if (!answers) return answers;
  if (auto problem = document.problem()) return tl::unexpected(std::move(*problem));
  return answers;
}

}  // namespace reprise::care
