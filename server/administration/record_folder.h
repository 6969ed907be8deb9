// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "record/store/record.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Returns the file of the audit log's heads.
[[nodiscard]] std::filesystem::path anchor_file(const Settings& settings);

/// The key files of the SQLite database and of the audit log.
[[nodiscard]] std::filesystem::path record_key_file(const Settings& settings);
[[nodiscard]] std::filesystem::path audit_key_file(const Settings& settings);

/// The file of the random bits that the server's key for Web Push is derived from.
[[nodiscard]] std::filesystem::path push_key_file(const Settings& settings);

/// A lock on a file of the folder, held for the lifetime of this object and its process.
class FolderLock {
 public:
  explicit FolderLock(int file) : file_(file) {}
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int file_;
};

/// Locks the record for its server; readers and backups need no lock. A PostgreSQL database may have several
/// servers, so it has no lock (null). Errors: conflict (another process serves it), unwritable.
[[nodiscard]] Result<std::unique_ptr<FolderLock>> lock_record_folder(const Settings& settings);

/// Whether a process only uses the keys, as any number may, or replaces one exclusively.
enum class KeyUse : std::uint8_t { shared, alone };

/// Locates the record that the settings name, and the files in its folder: keys, and the heads of the audit
/// log.
struct RecordFolder {
  record::RecordOptions options;
  std::vector<std::string> made;            ///< sentences about newly generated keys, for the operator
  std::shared_ptr<FolderLock> keys_in_use;  ///< keep it while the record is used
};

/// Opens the record's folder; creates the folder (mode 0700) and the keys if missing. Closes a record's
/// folder to other users, which `made` reports. Completes or undoes an interrupted key rotation.
/// Errors: unwritable; invalid_argument (other users can enter a folder without a record); conflict (a key
/// rotation runs, or exclusive keys are in use); those of `read_or_make_key`.
[[nodiscard]] Result<RecordFolder> open_record_folder(const Settings& settings, KeyUse use = KeyUse::shared);

}  // namespace reprise::server
