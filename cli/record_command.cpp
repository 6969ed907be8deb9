// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/record_settings.h"
#include "fhir/model/json.h"
#include "record/database/schema.h"
#include "server/administration/record_folder.h"

namespace reprise::cli {
namespace {

struct MigrateOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  bool json = false;
};

Result<void> migrate_record(const MigrateOptions& options) {
  const auto settings = options.settings->read();
  if (!settings) return tl::unexpected(settings.error());
  const auto folder = server::open_record_folder(*settings);
  if (!folder) return tl::unexpected(folder.error());
  for (const auto& made : folder->made) fmt::print(stderr, "{}\n", made);
  const auto record =
      record::Record::open(folder->options, [](std::string_view what) { fmt::print(stderr, "{}\n", what); });
  if (!record) return tl::unexpected(record.error());
  if (options.json) {
    fmt::print("{}\n", fhir::Json{{"schema", record::schema_version()}}.dump(2));
  } else {
    fmt::print("The tables have version {}, which this program needs.\n", record::schema_version());
  }
  return {};
}

}  // namespace

void add_record_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<MigrateOptions>();
  auto* command = app.add_subcommand("record", "The record's database");
  command->require_subcommand(1);
  command->footer(
      "Example:\n  REPRISE_DATABASE_PASSWORD=… reprise record migrate \\\n"
      "    --database-connection postgresql://reprise_owner@localhost/reprise --record-folder /srv/reprise");
  auto* migrating = command->add_subcommand("migrate",
                                            "Bring the tables up to date, with an account that owns them: "
                                            "the server's own account then needs to own "
                                            "none");
  migrating->add_flag("--json", options->json, "As JSON");
  add_record_settings(*migrating, options->settings, true);
  migrating->callback([options, &code] {
    const auto done = migrate_record(*options);
    code = done ? ExitCode::success : report_error(done.error());
  });
}

}  // namespace reprise::cli
