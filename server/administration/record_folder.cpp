// SPDX-License-Identifier: Apache-2.0
#include "server/administration/record_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/database/key.h"
#include "server/administration/key_rotation.h"

namespace reprise::server {
namespace {

constexpr const char* kFolderStage = "opening the record's folder";

/// Returns what it changed; empty if nothing.
Result<std::string> make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  const bool made = std::filesystem::create_directories(folder, failed);
  if (failed || !std::filesystem::is_directory(folder)) {
    return fail(ErrorCode::unwritable, kFolderStage, "cannot make the folder " + folder.string(),
                "name another as record.folder (--record-folder)");
  }
  struct stat about {};
  if (::stat(folder.c_str(), &about) != 0) {
    return fail(ErrorCode::unreadable, kFolderStage, "cannot look at the folder " + folder.string(),
                "let this user read it");
  }
  if (!made && (about.st_mode & (S_IRWXG | S_IRWXO)) == 0) return std::string{};
  // Any other folder may belong to others: /tmp, or a home folder.
  const bool of_record = made || std::filesystem::exists(folder / "audit.key", failed) ||
                         std::filesystem::is_empty(folder, failed);
  if (!of_record || ::chmod(folder.c_str(), S_IRWXU) != 0) {
    return fail(ErrorCode::invalid_argument, kFolderStage,
                fmt::format("others may enter the folder {} (mode {:o})", folder.string(),
                            about.st_mode & (S_IRWXU | S_IRWXG | S_IRWXO)),
                "name a folder of its own as record.folder (--record-folder), or chmod 700 it");
  }
  if (made) return std::string{};
  return fmt::format(
      "Others could enter {}. It is closed to them now (mode 700): it holds the record's keys.",
      folder.string());
}

// libpq reads further parameters from behind a '?'.
std::string with_password(const std::string& address, const std::string& password) {
  if (password.empty()) return address;
  std::string text = address + (address.find('?') == std::string::npos ? "?" : "&") + "password=";
  for (const char c : password) text += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  return text;
}

/// Returns null if another process holds it.
Result<std::unique_ptr<FolderLock>> lock_file(const std::filesystem::path& path, int how) {
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file < 0) {
    return fail(ErrorCode::unwritable, kFolderStage, path.string() + " cannot be written",
                "let this user write into the folder, and look whether its disk is full");
  }
  auto lock = std::make_unique<FolderLock>(file);
  if (::flock(file, how | LOCK_NB) != 0) return std::unique_ptr<FolderLock>{};
  return lock;
}

Result<std::shared_ptr<FolderLock>> lock_keys(const Settings& settings, KeyUse use) {
  auto lock = lock_file(settings.record.folder / "keys.lock", use == KeyUse::shared ? LOCK_SH : LOCK_EX);
  if (!lock) return tl::unexpected(lock.error());
  if (*lock) return std::shared_ptr<FolderLock>{std::move(*lock)};
  return fail(
      ErrorCode::conflict, kFolderStage,
      use == KeyUse::shared ? "a key of the record is being replaced"
                            : "the server, or another command, uses the record",
      use == KeyUse::shared ? "wait until that command has ended" : "stop it first; nothing was changed");
}

}  // namespace

std::filesystem::path anchor_file(const Settings& settings) {
  return settings.record.folder / "audit-heads.jsonl";
}

std::filesystem::path record_key_file(const Settings& settings) {
  const auto& named = settings.database.key_file;
  return named.empty() ? settings.record.folder / "record.key" : named;
}

std::filesystem::path audit_key_file(const Settings& settings) {
  return settings.record.folder / "audit.key";
}

std::filesystem::path push_key_file(const Settings& settings) {
  return settings.record.folder / "push.key";
}

FolderLock::~FolderLock() {
  ::close(file_);
}

Result<std::unique_ptr<FolderLock>> lock_record_folder(const Settings& settings) {
  if (settings.database.connection != "sqlite") return std::unique_ptr<FolderLock>{};
  auto lock = lock_file(settings.record.folder / "serving", LOCK_EX);
  if (!lock || *lock) return lock;
  return fail(ErrorCode::conflict, kFolderStage,
              "another server serves the record in " + settings.record.folder.string(),
              "stop it first, or name another folder as record.folder (--record-folder)");
}

Result<RecordFolder> open_record_folder(const Settings& settings, KeyUse use) {
  auto made = make_folder(settings.record.folder);
  if (!made) return tl::unexpected(made.error());
  auto lock = lock_keys(settings, use);
  if (!lock) return tl::unexpected(lock.error());
  if (auto settled = settle_interrupted_rotations(settings); !settled) return tl::unexpected(settled.error());
  RecordFolder opened;
  opened.keys_in_use = std::move(*lock);
  if (!made->empty()) opened.made.push_back(std::move(*made));
  record::RecordOptions& options = opened.options;
  options.check_references = settings.record.check_references;
  options.readers = settings.threads.database;
  const auto key_of = [&](const std::filesystem::path& file, const char* loss) {
    auto key = record::read_or_make_key(file);
    if (key && key->made_now) opened.made.push_back(fmt::format("Made {}. {}", file.string(), loss));
    return key;
  };
  if (settings.database.connection == "sqlite") {
    const auto key =
        key_of(record_key_file(settings),
               "Keep a copy of it in another place: without it the record and its backups cannot be read.");
    if (!key) return tl::unexpected(key.error());
    options.database = record::SqliteOptions{
        .file = settings.record.folder / "record.db", .key = key->key, .cipher = key->cipher};
  } else {
    options.database = record::PostgresOptions{
        .address = with_password(settings.database.connection, settings.database.password),
        .schema = "public"};
  }
  const auto seed = key_of(audit_key_file(settings), "It signs the heads of the audit log.");
  if (!seed) return tl::unexpected(seed.error());
  options.audit = {anchor_file(settings), record::signing_key(seed->key), {}};
  return opened;
}

}  // namespace reprise::server
