// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/record_settings.h"
#include "record/database/sqlite.h"
#include "record/store/writer.h"
#include "server/administration/backups.h"
#include "server/administration/record_folder.h"

namespace reprise::cli {
namespace {

constexpr const char* kBackupStage = "backing up the record";

struct BackupOptions {
  std::shared_ptr<RecordSettings> settings = std::make_shared<RecordSettings>();
  std::filesystem::path file;
};

struct Found {
  record::SqliteOptions sqlite;
  std::shared_ptr<server::FolderLock> keys_in_use;
  std::filesystem::path folder;
};

Result<Found> record_of(const BackupOptions& options) {
  const auto settings = options.settings->read();
  if (!settings) return tl::unexpected(settings.error());
  if (settings->database.connection != "sqlite") {
    return fail(ErrorCode::unsupported, kBackupStage,
                "the record is in PostgreSQL, which has its own tools for that",
                "use pg_dump and pg_restore, or pg_basebackup");
  }
  auto folder = server::open_record_folder(*settings);
  if (!folder) return tl::unexpected(folder.error());
  return Found{std::get<record::SqliteOptions>(folder->options.database), folder->keys_in_use,
               settings->record.folder};
}

Result<void> back_up(const BackupOptions& options) {
  const auto found = record_of(options);
  if (!found) return tl::unexpected(found.error());
  if (!std::filesystem::exists(found->sqlite.file)) {
    return fail(ErrorCode::not_found, kBackupStage, found->sqlite.file.string() + " does not exist",
                "name the record's folder");
  }
  const auto made =
      server::make_backup(found->sqlite, options.file, found->folder, record::milliseconds_now() * 1000);
  if (!made) return tl::unexpected(made.error());
  fmt::print("{}: copied and read again whole. It opens with the same key as the record.\n",
             options.file.string());
  return {};
}

Result<void> restore(const BackupOptions& options) {
  const auto found = record_of(options);
  if (!found) return tl::unexpected(found.error());
  const record::SqliteOptions* sqlite = &found->sqlite;
  if (std::filesystem::exists(sqlite->file)) {
    return fail(
        ErrorCode::unwritable, kBackupStage, sqlite->file.string() + " is there already",
        "end the server and move record.db, record.db-wal and record.db-shm away first; nothing was changed");
  }
  record::SqliteOptions backup = *sqlite;
  backup.file = options.file;
  if (auto checked = record::check_sqlite(backup); !checked) return checked;
  if (auto copied = record::copy_sqlite(backup, sqlite->file, [](int, int) {}); !copied) return copied;
  if (auto checked = record::check_sqlite(*sqlite); !checked) return checked;
  fmt::print("{}: restored from {} and read again whole.\n", sqlite->file.string(), options.file.string());
  return {};
}

}  // namespace

void add_backup_commands(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<BackupOptions>();
  const auto add = [&](const char* name, const char* help, const char* file,
                       Result<void> (*work)(const BackupOptions&)) {
    auto* command = app.add_subcommand(name, help);
    command->add_option("file", options->file, file)->required();
    add_record_settings(*command, options->settings, true);
    command->callback([options, work, &code] {
      const auto done = work(*options);
      code = done ? ExitCode::success : report_error(done.error());
    });
    return command;
  };
  add("backup", "Copy the record while it is served, and check the copy",
      "The copy, a file that does not exist yet", back_up)
      ->footer("Example:\n  reprise backup /media/backup/record-2026-11-21.db --record-folder /srv/reprise");
  add("restore", "Put a backup in the place of a record that is lost", "The backup", restore)
      ->footer("Example:\n  reprise restore /media/backup/record-2026-11-21.db --record-folder /srv/reprise");
}

}  // namespace reprise::cli
