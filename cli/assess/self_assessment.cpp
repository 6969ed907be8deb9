// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <set>

#include "care/self_assessment/outcome_text.h"
#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/summary.h"
#include "exercises/catalog_files.h"
#include "sensing/files/file_io.h"

namespace reprise::cli {
namespace {

constexpr std::size_t kMostAnswerBytes = 256 * 1024;

struct SelfArguments {
  std::string answers;
  std::string language = "en";
  bool json = false;
};

Result<std::string> assessed(const SelfArguments& a) {
  const auto folder = exercises::find_catalog_folder().parent_path() / "self_assessment";
  const auto definition = exercises::read_catalog_file(folder / "self_assessment.json");
  if (!definition) return tl::unexpected(definition.error());
  const auto answers = sensing::read_file(a.answers, kMostAnswerBytes, "reading the answers");
  if (!answers) return tl::unexpected(answers.error());
  return care::self_assessment_text(definition->text, *answers, a.language);
}

void print_tests(const nlohmann::ordered_json& outcome) {
  for (const auto& test : outcome["tests"]) {
    const std::string name = test["name"];
    if (test["why"].is_null()) {
      fmt::print("  + {} ({})\n", name, test["test"].get<std::string>());
    } else {
      fmt::print("  - {}: {}\n", name, test["why"].get<std::string>());
    }
  }
  for (const auto& region : outcome["without_test"]) {
    const std::string why = region["why"];
    if (!why.empty()) fmt::print("  - {}: {}\n", region["name"].get<std::string>(), why);
  }
}

void print_outcome(const nlohmann::ordered_json& outcome) {
  if (outcome["level"].is_null()) {
    fmt::print("Not answered yet:\n");
  } else {
    fmt::print("{}\n{}\n", outcome["title"].get<std::string>(), outcome["what"].get<std::string>());
    for (const auto& step : outcome["steps"]) fmt::print("  * {}\n", step.get<std::string>());
  }
  for (const auto& question : outcome["missing"]) fmt::print("  ? {}\n", question.get<std::string>());
  std::set<std::string> reasons;
  for (const auto& reason : outcome["reasons"]) reasons.insert(reason["text"]);
  for (const std::string& reason : reasons) fmt::print("  . {}\n", reason);
  for (const auto& finding : outcome["findings"]) {
    fmt::print("{}\n", finding["name"].get<std::string>());
    for (const auto& line : finding["lines"]) fmt::print("    {}\n", line.get<std::string>());
  }
  print_tests(outcome);
  for (const auto& note : outcome["notes"]) fmt::print("{}\n", note.get<std::string>());
}

ExitCode run_self(const SelfArguments& a) {
  const auto text = assessed(a);
  if (!text) {
    if (a.json) fmt::print("{}\n", error_json(text.error(), {}).dump(2));
    return report_error(text.error());
  }
  const auto outcome = nlohmann::ordered_json::parse(*text);
  if (a.json) {
    fmt::print("{}\n", outcome.dump(2));
  } else {
    print_outcome(outcome);
  }
  return ExitCode::success;
}

}  // namespace

void add_self_assessment(CLI::App& command, ExitCode& code) {
  auto a = std::make_shared<SelfArguments>();
  command.add_option("answers", a->answers, "A file of answers (docs/reference/self-assessment.md)")
      ->required();
  command.add_option("--language", a->language, "Of the words: en, de or es")
      ->check(CLI::IsMember({"en", "de", "es"}))
      ->capture_default_str();
  command.add_flag("--json", a->json, "Print level, reasons, tests and findings as JSON");
  command.footer(
      "Judges answers as the patient's page does: what to do, which movements may be tried, what they show.\n"
      "No camera is used. It names no illness.\n\n"
      "Examples:\n"
      "  reprise assess self answers.json\n"
      "  reprise assess self answers.json --language de --json\n\n"
      "A file of answers, as far as they are given:\n"
      R"(  {"flags": {"calf": false}, "regions": ["shoulder"], "pain": 3, "since": "weeks", "course": "same",)"
      "\n"
      R"(   "worse_with": ["moving"], "hard": ["reaching"], "unsteady": false, "support_in_reach": true})");
  command.callback([a, &code] { code = run_self(*a); });
}

}  // namespace reprise::cli
