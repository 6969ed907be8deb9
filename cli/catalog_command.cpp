// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "care/monitoring/rule.h"
#include "care/plan/education.h"
#include "care/protocols/contraindication.h"
#include "care/protocols/protocol_checks.h"
#include "cli/commands.h"
#include "exercises/catalog_files.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"

namespace reprise::cli {
namespace {

using Lines = std::vector<std::string>;

template <class Value>
Lines refusal_of(const Result<Value>& read) {
  return read ? Lines{} : Lines{read.error().cause};
}

Lines check_questionnaire(const exercises::CatalogFile& file) {
  const auto resource = fhir::parse_resource(file.text);
  if (!resource) return {file.name + ": " + resource.error().cause};
  Lines lines;
  for (const fhir::Issue& issue : fhir::validate(*resource))
    lines.push_back(file.name + ": " + to_string(issue));
  return lines;
}

Lines check_protocol_file(const exercises::CatalogFile& file,
                          const std::vector<exercises::CatalogExercise>& exercises) {
  const auto protocol = care::parse_protocol(file);
  if (!protocol) return refusal_of(protocol);
  Lines lines;
  for (const std::string& problem : care::check_protocol(*protocol, exercises))
    lines.push_back(file.name + " " + problem);
  return lines;
}

ExitCode check_catalog_folder(const std::filesystem::path& folder) {
  const auto files = exercises::read_catalog(folder / "exercises");
  if (!files) return report_error(files.error());
  Lines problems;
  for (const json::Problem& problem : exercises::check_catalog(*files))
    problems.push_back(to_string(problem));
  std::vector<exercises::CatalogExercise> exercises;
  if (problems.empty()) exercises = exercises::parse_catalog(*files).value();
  std::size_t count = files->size();
  const auto check_each = [&](const char* kind, const auto& check) -> Result<void> {
    const auto others = exercises::read_catalog(folder / kind);
    if (!others) return tl::unexpected(others.error());
    for (const exercises::CatalogFile& file : *others) {
      for (std::string& line : check(file)) problems.push_back(std::move(line));
    }
    count += others->size();
    return {};
  };
  const auto done =
      check_each("rules",
                 [](const exercises::CatalogFile& file) { return refusal_of(care::parse_rule(file)); })
          .and_then([&] {
            return check_each("education", [](const exercises::CatalogFile& file) {
              return refusal_of(care::education_library(file));
            });
          })
          .and_then([&] {
            return check_each("contraindications", [](const exercises::CatalogFile& file) {
              return refusal_of(care::parse_contraindication(file));
            });
          })
          .and_then([&] { return check_each("questionnaires", check_questionnaire); })
          .and_then([&] {
            return check_each("protocols", [&](const exercises::CatalogFile& file) {
              return exercises.empty() ? refusal_of(care::parse_protocol(file))
                                       : check_protocol_file(file, exercises);
            });
          });
  if (!done) return report_error(done.error());
  for (const std::string& problem : problems) fmt::print("{}\n", problem);
  if (problems.empty()) fmt::print("{}: no problem found in {} files\n", folder.string(), count);
  return problems.empty() ? ExitCode::success : ExitCode::bad_input;
}

}  // namespace

void add_catalog_command(CLI::App& app, ExitCode& code) {
  auto folder = std::make_shared<std::filesystem::path>();
  auto* command = app.add_subcommand("catalog", "Check the whole catalog");
  command->require_subcommand(1);
  command->footer("Examples:\n  reprise catalog check\n  reprise catalog check our-clinic/catalog");
  auto* checking = command->add_subcommand(
      "check",
      "List the problems of exercises, rules, templates, contraindications, texts and questionnaires");
  checking->add_option("folder", *folder, "A catalog's folder; without it, the one in use");
  checking->callback([folder, &code] {
    code = check_catalog_folder(folder->empty() ? exercises::find_catalog_folder().parent_path() : *folder);
  });
}

}  // namespace reprise::cli
