// SPDX-License-Identifier: Apache-2.0
#include "care/self_assessment/definition.h"

#include <algorithm>
#include <set>

#include "care/safety/safety.h"
#include "exercises/catalog_document.h"
#include "exercises/catalog_schemas.h"
#include "session/measurements/function_tests.h"

namespace reprise::care {
namespace {

using exercises::CatalogDocument;
using exercises::text_of;
using exercises::translations_of;
using exercises::whole_of;

constexpr std::array<std::string_view, 4> kSelfLevels = {"no_haste", "worth_showing", "see_someone_first",
                                                         "get_help_now"};
constexpr std::array<std::string_view, 6> kTestPositions = {"seated",     "lying",     "standing",
                                                            "single_leg", "step_down", "jump"};
constexpr std::array<std::string_view, 2> kSelfTestKinds = {"range", "function"};
constexpr std::array kWordGroups = {"words", "reasons", "not_measured", "not_offered"};

const json::Schema& self_schema() {
  static const json::Schema kSchema(exercises::self_assessment_schema());
  return kSchema;
}

SelfFlag read_flag(const json::Node& node) {
  return {text_of(node["id"]), exercises::choice_of<SelfLevel>(node["level"], kSelfLevels),
          translations_of(node["text"])};
}

SelfTest read_test(const json::Node& node, SelfTestKind kind) {
  SelfTest test;
  test.id = text_of(node["id"]);
  test.position = exercises::choice_of<TestPosition>(node["position"], kTestPositions);
  test.name = translations_of(node["name"]);
  test.kind = kind;
  for (const json::Node& region : node["regions"].items()) test.regions.push_back(text_of(region));
  return test;
}

SelfRegion read_region(const json::Node& node, CatalogDocument& document) {
  SelfRegion region;
  region.id = text_of(node["id"]);
  region.name = translations_of(node["name"]);
  region.sided = node["sided"].boolean().value_or(true);
  for (const json::Node& flag : node["flags"].items()) {
    region.flags.push_back(read_flag(flag));
    if (region.flags.back().text.empty())
      document.refuse(flag["text"], "must be there for a question of a region", "Write the question.");
  }
  for (const json::Node& test : node["tests"].items())
    region.tests.push_back(read_test(test, SelfTestKind::range));
  region.no_test = translations_of(node["no_test"]);
  return region;
}

SelfOutcomeWords read_outcome(const json::Node& node) {
  SelfOutcomeWords words{translations_of(node["title"]), translations_of(node["what"]), {}};
  for (const json::Node& step : node["steps"].items()) words.steps.push_back(translations_of(step));
  return words;
}

// The red flags of the safety rules, each once: another one would not reach the clinic.
void check_red_flags(const SelfDefinition& definition, CatalogDocument& document) {
  for (const std::string_view known : kRedFlags) {
    const auto asked = std::count_if(definition.red_flags.begin(), definition.red_flags.end(),
                                     [&](const SelfFlag& flag) { return flag.id == known; });
    if (asked != 1)
      document.refuse(document.root()["red_flags"], "must ask " + std::string{known} + " once",
                      "Add it, or take one away.");
  }
  if (definition.red_flags.size() != kRedFlags.size())
    document.refuse(document.root()["red_flags"], "must be those that the safety rules know",
                    "care/safety/safety.h lists them.");
}

// Those of regions reach the clinic by their linkIds.
void check_region_flags(const SelfDefinition& definition, CatalogDocument& document) {
  std::size_t asked = 0;
  for (const SelfRegion& region : definition.regions) {
    for (const SelfFlag& flag : region.flags) {
      ++asked;
      const bool known =
          std::find(kSelfFlags.begin(), kSelfFlags.end(), "self-flag-" + flag.id) != kSelfFlags.end();
      if (!known)
        document.refuse(document.root()["regions"],
                        "must not ask " + flag.id + ", which the safety rules do not know",
                        "Add it to kSelfFlags in care/safety/safety.h.");
    }
  }
  if (asked != kSelfFlags.size())
    document.refuse(document.root()["regions"], "must ask each warning sign of kSelfFlags",
                    "Add those that lack.");
}

// Only rises from a chair have words and rules for a count.
void check_function_tests(const SelfDefinition& definition, CatalogDocument& document) {
  for (const SelfTest& test : definition.function_tests) {
    const json::Node list = document.root()["function_tests"];
    if (session::function_test_from_name(test.id) != session::FunctionTest::sit_to_stand_30)
      document.refuse(list, "must not name " + test.id + ", which is not counted here",
                      "Take sit_to_stand_30.");
    for (const std::string& region : test.regions) {
      const bool known = std::any_of(definition.regions.begin(), definition.regions.end(),
                                     [&](const SelfRegion& one) { return one.id == region; });
      if (!known)
        document.refuse(list, "must not name " + region + ", which is no region", "Add the region.");
    }
  }
}

void check_ids(const SelfDefinition& definition, CatalogDocument& document) {
  std::set<std::string> ids;
  const auto once = [&](const std::string& id) {
    if (!ids.insert(id).second)
      document.refuse(document.root()["regions"], "must use " + id + " once", "Change one of them.");
  };
  for (const SelfRegion& region : definition.regions) {
    once(region.id);
    for (const SelfFlag& flag : region.flags) once(flag.id);
    for (const SelfTest& test : region.tests) once(test.id);
  }
  for (const SelfTest& test : definition.function_tests) once(test.id);
}

void read_words(const json::Node& root, SelfDefinition& definition) {
  for (const char* group : kWordGroups) {
    for (const auto& [key, text] : root[group].fields())
      definition.words.emplace(std::string{group} + "." + key, translations_of(text));
  }
  for (const json::Node& note : root["notes"].items()) definition.notes.push_back(translations_of(note));
}

SelfDefinition read_definition(CatalogDocument& document) {
  const json::Node root = document.root();
  SelfDefinition definition;
  definition.version = std::to_string(whole_of(root["version"]));
  definition.reviewed = root["review"]["status"].is("clinically_reviewed");
  const json::Node limits = root["limits"];
  definition.most_tests = whole_of(limits["most_tests"]["value"]);
  definition.hard_things = whole_of(limits["hard_things"]["value"]);
  definition.side_difference = whole_of(limits["side_difference"]["value"]);
  definition.change = whole_of(limits["change"]["value"]);
  definition.stands_error = whole_of(limits["stands_error"]["value"]);
  for (const json::Node& flag : root["red_flags"].items()) definition.red_flags.push_back(read_flag(flag));
  for (const json::Node& region : root["regions"].items())
    definition.regions.push_back(read_region(region, document));
  for (const json::Node& test : root["function_tests"].items())
    definition.function_tests.push_back(read_test(test, SelfTestKind::function));
  for (const auto& [key, question] : root["questions"].fields()) {
    std::vector<SelfOption>& options = definition.questions[key];
    for (const json::Node& option : question["options"].items())
      options.push_back({text_of(option["id"]), text_of(option["counts_as"])});
  }
  for (const json::Node& outcome : root["outcomes"].items())
    definition.outcomes.emplace(exercises::choice_of<SelfLevel>(outcome["level"], kSelfLevels),
                                read_outcome(outcome));
  read_words(root, definition);
  check_red_flags(definition, document);
  check_region_flags(definition, document);
  check_function_tests(definition, document);
  check_ids(definition, document);
  if (definition.outcomes.size() != kSelfLevels.size())
    document.refuse(root["outcomes"], "must have each level once", "Change one of them.");
  return definition;
}

}  // namespace

std::string_view name(SelfLevel level) {
  return kSelfLevels[static_cast<std::size_t>(level)];
}

std::string_view name(TestPosition position) {
  return kTestPositions[static_cast<std::size_t>(position)];
}

std::string_view name(SelfTestKind kind) {
  return kSelfTestKinds[static_cast<std::size_t>(kind)];
}

Result<SelfDefinition> parse_self_definition(const exercises::CatalogFile& file) {
  CatalogDocument document(file, self_schema());
  SelfDefinition definition;
  if (document.right()) definition = read_definition(document);
  if (!document.right())
    return tl::unexpected(document.error("reading the self-assessment", "docs/reference/self-assessment.md"));
  return definition;
}

}  // namespace reprise::care
