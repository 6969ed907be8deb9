// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/database/sqlite.h"

// Backups of the record: written, verified, and noted beside the record, so that the server knows the time of
// the last one.
namespace reprise::server {

struct Backup {
  std::int64_t time_us = 0;
  std::filesystem::path file;
  std::uint64_t bytes = 0;

  friend bool operator==(const Backup&, const Backup&) = default;
};

/// Copies the record to a new file, encrypted with the same key, and verifies the copy; notes it in the
/// record's `folder`. An incomplete copy never gets the file's name. `go_on`: progress callback with the
/// pages done and in total; returning false cancels and leaves nothing behind. Errors: those of `copy_sqlite`
/// and `check_sqlite`; unwritable; cancelled.
[[nodiscard]] Result<Backup> make_backup(
    const record::SqliteOptions& record, const std::filesystem::path& file,
    const std::filesystem::path& folder, std::int64_t now_us,
    const std::function<bool(int, int)>& go_on = [](int, int) { return true; });

/// Returns the last noted backup; nullopt if there is none. Skips unreadable lines.
[[nodiscard]] Result<std::optional<Backup>> last_backup(const std::filesystem::path& folder);

/// Formats a time for file names, in UTC: "20261122T141500Z".
[[nodiscard]] std::string file_stamp(std::int64_t now_us);

/// Returns a backup's file name: "record-20261122T141500Z.db".
[[nodiscard]] std::string backup_name(std::int64_t now_us);

}  // namespace reprise::server
