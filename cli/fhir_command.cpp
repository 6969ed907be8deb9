// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "fhir/model/operation_outcome.h"
#include "fhir/model/resource.h"
#include "fhir/validation/validate.h"
#include "sensing/files/file_io.h"

namespace reprise::cli {
namespace {

Result<std::vector<fhir::Issue>> issues_of(const std::filesystem::path& path) {
  const fhir::ParseOptions limits;
  const auto text = sensing::read_file(path, limits.max_bytes, "reading a resource");
  if (!text) return tl::unexpected<Error>(text.error());
  const auto resource = fhir::parse_resource(*text, limits);
  if (!resource) return tl::unexpected<Error>(resource.error());
  return fhir::validate(*resource);
}

// The code is that of the first file that is not as it should be.
ExitCode check_resources(const std::vector<std::filesystem::path>& paths, bool as_json) {
  ExitCode first_failure = ExitCode::success;
  fhir::Json outcomes = fhir::Json::array();
  for (const std::filesystem::path& path : paths) {
    auto issues = issues_of(path);
    ExitCode code = ExitCode::success;
    if (!issues) {
      // A program that reads the list finds the error there, too.
      code = report_error(issues.error(), path);
      issues = std::vector{fhir::to_issue(issues.error())};
    } else {
      if (!issues->empty()) code = ExitCode::bad_input;
      if (!as_json && issues->empty()) fmt::print("{}: no problem found\n", path.string());
      for (const fhir::Issue& issue : *issues) {
        if (!as_json) fmt::print("{}: {}\n", path.string(), to_string(issue));
      }
    }
    if (as_json) outcomes.push_back({{"file", path.string()}, {"outcome", fhir::operation_outcome(*issues)}});
    if (first_failure == ExitCode::success) first_failure = code;
  }
  if (as_json) fmt::print("{}\n", outcomes.dump(2, ' ', false, fhir::Json::error_handler_t::replace));
  return first_failure;
}

}  // namespace

void add_fhir_command(CLI::App& app, ExitCode& code) {
  struct Options {
    std::vector<std::filesystem::path> files;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("fhir", "Check FHIR R4 resources");
  command->require_subcommand(1);
  command->footer("Examples:\n  reprise fhir check patient.json\n  reprise fhir check --json record/*.json");
  auto* checking = command->add_subcommand("check", "List the problems of files, each one resource as JSON");
  checking->add_option("file", options->files, "Files with one resource each (.json)")->required();
  checking->add_flag("--json", options->json, "As JSON: a list with an OperationOutcome for each file");
  checking->callback([options, &code] { code = check_resources(options->files, options->json); });
}

}  // namespace reprise::cli
