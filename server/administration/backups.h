#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/database/sqlite.h"

// Copies of the record: made, read again whole, and noted beside the record, so that the server knows when
// there was one last, whoever made it.
namespace reprise::server {

struct Backup {
  std::int64_t time_us = 0;
  std::filesystem::path file;
  std::uint64_t bytes = 0;

  friend bool operator==(const Backup&, const Backup&) = default;
};

/// Copies the record to a file that does not exist yet, encrypted with the same key, and reads the copy again
/// whole; notes it in `folder`, the record's. Nothing that is not whole ever has the file's name. Errors:
/// those of `copy_sqlite` and `check_sqlite`; unwritable; cancelled.
/// `go_on`: is told pages done and in all; false after the copying leaves nothing behind.
[[nodiscard]] Result<Backup> make_backup(
    const record::SqliteOptions& record, const std::filesystem::path& file,
    const std::filesystem::path& folder, std::int64_t now_us,
    const std::function<bool(int, int)>& go_on = [](int, int) { return true; });

/// The last one that was noted; nothing where none was. Lines that cannot be read are passed over.
[[nodiscard]] Result<std::optional<Backup>> last_backup(const std::filesystem::path& folder);

/// "20261122T141500Z", in UTC, for names of files.
[[nodiscard]] std::string file_stamp(std::int64_t now_us);

/// "record-20261122T141500Z.db".
[[nodiscard]] std::string backup_name(std::int64_t now_us);

}  // namespace reprise::server
