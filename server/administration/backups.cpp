// SPDX-License-Identifier: Apache-2.0
#include "server/administration/backups.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>

#include "fhir/model/json.h"

namespace reprise::server {
namespace {

constexpr const char* kBackupNotes = "backups.jsonl";
constexpr const char* kNotingStage = "backing up the record";

// A single append, because another process may do the same.
Result<void> note_backup(const std::filesystem::path& folder, const Backup& backup) {
  const auto notes = folder / kBackupNotes;
  const std::string line =
      fhir::Json{{"time_us", backup.time_us}, {"file", backup.file.string()}, {"bytes", backup.bytes}}.dump(
          -1, ' ', false, fhir::Json::error_handler_t::replace) +
      "\n";
  const int file = ::open(notes.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool written =
      file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
  if (file >= 0) ::close(file);
  if (written) return {};
  return fail(ErrorCode::unwritable, kNotingStage,
              "the copy is whole, but that it was made cannot be noted in " + notes.string(),
              "check the free disk space and the folder's permissions");
}

std::optional<Backup> read_note(const std::string& line) {
  const auto json = fhir::Json::parse(line, nullptr, false);
  if (!json.is_object() || !json.contains("time_us") || !json.contains("file") || !json.contains("bytes"))
    return {};
  if (!json["time_us"].is_number_integer() || !json["file"].is_string() ||
      !json["bytes"].is_number_unsigned())
    return {};
  return Backup{json["time_us"].get<std::int64_t>(), json["file"].get<std::string>(),
                json["bytes"].get<std::uint64_t>()};
}

Result<void> copy_whole(record::SqliteOptions record, const std::filesystem::path& part,
                        const std::function<bool(int, int)>& go_on) {
  bool goes_on = true;
  auto copied =
      record::copy_sqlite(record, part, [&](int done, int all) { goes_on = go_on(done, all) && goes_on; });
  if (!copied) return copied;
  if (!goes_on) {
    return fail(ErrorCode::cancelled, kNotingStage, "it was told to end before it was done", "begin again");
  }
  record.file = part;
  return record::check_sqlite(record);
}

}  // namespace

Result<Backup> make_backup(const record::SqliteOptions& record, const std::filesystem::path& file,
                           const std::filesystem::path& folder, std::int64_t now_us,
                           const std::function<bool(int, int)>& go_on) {
  std::error_code failed;
  if (std::filesystem::exists(file, failed)) {
    return fail(ErrorCode::unwritable, kNotingStage, file.string() + " exists already",
                "name a file that does not exist");
  }
  std::filesystem::path part = file;
  part += ".part";
  const bool was_there = std::filesystem::exists(part, failed);
  auto copied = copy_whole(record, part, go_on);
  if (copied) {
    std::filesystem::permissions(
        part, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failed);
    std::filesystem::rename(part, file, failed);
    if (failed) {
      copied = fail(ErrorCode::unwritable, kNotingStage, file.string() + " cannot be made",
                    "check the folder's permissions");
    }
  }
  if (!copied) {
    if (!was_there) std::filesystem::remove(part, failed);
    return tl::unexpected(copied.error());
  }
  const Backup backup{now_us, std::filesystem::absolute(file, failed),
                      static_cast<std::uint64_t>(std::filesystem::file_size(file, failed))};
  if (auto noted = note_backup(folder, backup); !noted) return tl::unexpected(noted.error());
  return backup;
}

Result<std::optional<Backup>> last_backup(const std::filesystem::path& folder) {
  const auto notes = folder / kBackupNotes;
  std::error_code failed;
  if (!std::filesystem::exists(notes, failed)) return std::optional<Backup>{};
  std::ifstream in(notes, std::ios::binary);
  if (!in) {
    return fail(ErrorCode::unreadable, kNotingStage, notes.string() + " cannot be read",
                "check the file's permissions");
  }
  std::optional<Backup> last;
  for (std::string line; std::getline(in, line);) {
    if (auto backup = read_note(line)) last = std::move(backup);
  }
  return last;
}

std::string file_stamp(std::int64_t now_us) {
  using namespace std::chrono;
  const sys_time<microseconds> time{microseconds{now_us}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<seconds>(time - day)};
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string backup_name(std::int64_t now_us) {
  return "record-" + file_stamp(now_us) + ".db";
}

}  // namespace reprise::server
