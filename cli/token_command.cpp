// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/record_settings.h"
#include "record/accounts/api_token.h"
#include "record/database/schema.h"
#include "record/store/writer.h"
#include "server/administration/record_folder.h"

namespace reprise::cli {
namespace {

struct TokenOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  std::string name;
  std::string scopes;
  std::string id;
};

/// Runs with a connection to the record, in a transaction.
template <class Work>
ExitCode with_record(const TokenOptions& options, Work work) {
  const auto settings = options.settings->read();
  if (!settings) return report_error(settings.error());
  const auto folder = server::open_record_folder(*settings);
  if (!folder) return report_error(folder.error());
  for (const auto& made : folder->made) fmt::print(stderr, "{}\n", made);
  auto connection = record::connect(folder->options);
  if (!connection) return report_error(connection.error());
  if (const auto migrated = record::migrate(**connection); !migrated) return report_error(migrated.error());
  if (const auto begun = (*connection)->begin_writing(); !begun) return report_error(begun.error());
  const Result<void> done = work(**connection);
  if (!done) return report_error(done.error());
  if (const auto kept = (*connection)->commit(); !kept) return report_error(kept.error());
  return ExitCode::success;
}

ExitCode create(const TokenOptions& options) {
  const auto scopes = record::parse_scopes(options.scopes);
  if (!scopes) return report_error(scopes.error());
  std::string secret;
  const auto code = with_record(options, [&](record::Connection& connection) -> Result<void> {
    const auto made = record::create_token(
        connection, {.name = options.name, .account = {}, .scopes = *scopes, .patient = {}, .ends_us = {}},
        record::milliseconds_now() * 1000);
    if (!made) return tl::unexpected(made.error());
    secret = made->text;
    return {};
  });
  if (code != ExitCode::success) return code;
  fmt::print("{}\n", secret);
  fmt::print(stderr, "This is shown once. Anyone who has it may use its scopes: {}\n", options.scopes);
  return code;
}

ExitCode list(const TokenOptions& options) {
  return with_record(options, [](record::Connection& connection) -> Result<void> {
    const auto tokens = record::list_tokens(connection, "", record::milliseconds_now() * 1000);
    if (!tokens) return tl::unexpected(tokens.error());
    for (const auto& token : *tokens)
      fmt::print("{}  {}  {}\n", token.id, to_string(token.scopes), token.name);
    if (tokens->empty()) fmt::print("There are no tokens. Make one with `reprise token create`.\n");
    return {};
  });
}

ExitCode revoke(const TokenOptions& options) {
  return with_record(options, [&](record::Connection& connection) -> Result<void> {
    const auto ended = record::revoke_token(connection, "", options.id);
    if (!ended) return tl::unexpected(ended.error());
    if (*ended) return {};
    return fail(ErrorCode::not_found, "ending a token", "there is none with this id",
                "`reprise token list` shows them");
  });
}

}  // namespace

void add_token_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<TokenOptions>();
  auto* command = app.add_subcommand("token", "Tokens by which programs use the record's FHIR API");
  command->require_subcommand(1);
  command->footer(
      "Examples:\n  reprise token create --name import --scopes 'system/Patient.cruds system/Observation.c'\n"
      "  reprise token list\n  reprise token revoke ID");
  auto* creating = command->add_subcommand("create", "Make a token, and show it once");
  creating->add_option("--name", options->name, "What it is for")->required();
  creating
      ->add_option("--scopes", options->scopes,
                   "What it may do, as SMART's scopes: system/TYPE.cruds; * for all types")
      ->required();
  creating->callback([options, &code] { code = create(*options); });
  auto* listing = command->add_subcommand("list", "Show all tokens, without their secrets");
  listing->callback([options, &code] { code = list(*options); });
  auto* revoking = command->add_subcommand("revoke", "End a token at once");
  revoking->add_option("id", options->id, "Its id")->required();
  revoking->callback([options, &code] { code = revoke(*options); });
  for (auto* one : {creating, listing, revoking}) add_record_settings(*one, options->settings, true);
}

}  // namespace reprise::cli
