#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "record/store/record.h"
#include "server/settings/settings.h"

namespace reprise::server {

/// Where the heads of the audit log are kept.
[[nodiscard]] std::filesystem::path anchor_file(const Settings& settings);

/// Where the keys are: of the SQLite database, and of the audit log.
[[nodiscard]] std::filesystem::path record_key_file(const Settings& settings);
[[nodiscard]] std::filesystem::path audit_key_file(const Settings& settings);

/// A lock on a file of the folder, held as long as it lives, and this process with it.
class FolderLock {
 public:
  explicit FolderLock(int file) : file_(file) {}
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;
  ~FolderLock();

 private:
  int file_;
};

/// For whoever serves the record; what only looks at it, or copies it, needs none. A PostgreSQL database may
/// have several servers, so nothing is locked for it (null). Errors: conflict, where another process serves
/// it; unwritable.
[[nodiscard]] Result<std::unique_ptr<FolderLock>> lock_record_folder(const Settings& settings);

/// Whether a process only uses the keys, as any number may, or replaces one while nobody else uses them.
enum class KeyUse : std::uint8_t { shared, alone };

/// The record that settings name, and what is in its folder besides: keys, and the heads of the audit log.
struct RecordFolder {
  record::RecordOptions options;
  std::vector<std::string> made;  ///< sentences about keys that were made now, for whoever starts the server
  std::shared_ptr<FolderLock> keys_in_use;  ///< to be kept as long as the record is used
};

/// Makes the folder (mode 0700) and the keys where they are missing. A folder of a record that others may
/// enter is closed to them, which `made` says. Errors: unwritable; invalid_argument, where others may enter a
/// folder that holds no record; conflict, where a key is being replaced, or another process uses them that
/// are wanted alone; those of `read_or_make_key`. Completes or undoes a replacement of a key that was
/// interrupted.
[[nodiscard]] Result<RecordFolder> open_record_folder(const Settings& settings, KeyUse use = KeyUse::shared);

}  // namespace reprise::server
