// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <fstream>

#include "cli/commands.h"
#include "cli/record_settings.h"
#include "fhir/model/json.h"
#include "record/audit/head_text.h"
#include "record/audit/verify_log.h"
#include "server/administration/record_folder.h"

namespace reprise::cli {
namespace {

struct AuditCommandOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  std::vector<std::filesystem::path> excerpts;
  std::vector<std::string> heads;
  bool json = false;
};

/// A head that was mailed or posted: the text itself, or the file that it is in.
Result<record::AnchorSource> source_of(const std::string& given) {
  const bool is_text = given.find('{') != std::string::npos;
  std::string text = given;
  if (!is_text) {
    constexpr std::streamsize kLargest = 1 << 20;
    std::ifstream file(given, std::ios::binary);
    text.assign(kLargest, '\0');
    if (!file.read(text.data(), kLargest) && !file.eof()) {
      return fail(ErrorCode::not_found, "reading a head of the log", "the file " + given + " cannot be read",
                  "name a file with a head, or give its text: --head '{\"log\":…}'");
    }
    text.resize(static_cast<std::size_t>(file.gcount()));
  }
  auto lines = record::heads_in(text);
  if (lines.empty()) {
    return fail(ErrorCode::corrupt, "reading a head of the log", "there is no head in what --head names",
                "it begins with {\"log\": and ends with }");
  }
  return record::AnchorSource{is_text ? "--head" : given, true, std::move(lines)};
}

Result<record::AuditVerification> verified(const AuditCommandOptions& options) {
  const auto settings = options.settings->read();
  if (!settings) return tl::unexpected(settings.error());
  const auto folder = server::open_record_folder(*settings);
  if (!folder) return tl::unexpected(folder.error());
  const auto connection = record::connect(folder->options);
  if (!connection) return tl::unexpected(connection.error());
  std::vector<record::AnchorSource> sources = {{folder->options.audit.anchors, false}};
  for (const auto& file : options.excerpts) sources.push_back({file, true});
  for (const auto& head : options.heads) {
    auto source = source_of(head);
    if (!source) return tl::unexpected(source.error());
    sources.push_back(std::move(*source));
  }
  const std::array<record::PublicKey, 1> signers = {folder->options.audit.key.public_key};
  return verify_log(**connection, sources, signers);
}

ExitCode verify(const AuditCommandOptions& options) {
  const auto found = verified(options);
  if (!found) return report_error(found.error());
  if (options.json) {
    fhir::Json findings = fhir::Json::array();
    for (const auto& finding : found->findings) {
      findings.push_back({{"fault", to_string(finding.fault)}, {"text", to_string(finding)}});
    }
    const fhir::Json said = {
        {"entries", found->entries}, {"covered", found->covered}, {"findings", findings}};
    fmt::print("{}\n", said.dump(2));
  } else {
    for (const auto& finding : found->findings) fmt::print("{}\n", to_string(finding));
    fmt::print("{} entries; the first {} are covered by {} signed heads: {}\n", found->entries,
               found->covered, found->anchors_met,
               found->findings.empty() ? "nothing is wrong" : "see above");
  }
  return found->findings.empty() ? ExitCode::success : ExitCode::bad_input;
}

}  // namespace

void add_audit_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<AuditCommandOptions>();
  auto* command = app.add_subcommand("audit", "The log of who saw and changed what");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  reprise audit verify\n  reprise audit verify --also heads-of-last-year.jsonl --json\n"
      "  reprise audit verify --head mail.eml");
  auto* verifying =
      command->add_subcommand("verify", "Say whether entries were changed or removed, and which");
  verifying->add_option("--also", options->excerpts, "Files with signed heads that were kept elsewhere");
  verifying->add_option(
      "--head", options->heads,
      "A signed head that was mailed or posted: a file with it, such as the mail, or its text");
  verifying->add_flag("--json", options->json, "As JSON");
  add_record_settings(*verifying, options->settings, true);
  verifying->callback([options, &code] { code = verify(*options); });
}

}  // namespace reprise::cli
