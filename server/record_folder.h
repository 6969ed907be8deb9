#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "record/store/record.h"
#include "server/settings.h"

namespace reprise::server {

/// The record that settings name, and what is in its folder besides: keys, and the heads of the audit log.
struct RecordFolder {
  record::RecordOptions options;
  std::vector<std::string> made;  ///< sentences about keys that were made now, for whoever starts the server
};

/// Where the heads of the audit log are kept.
[[nodiscard]] std::filesystem::path anchor_file(const Settings& settings);

/// Keeps a second server from serving the same folder, as long as it lives, and this process with it.
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

/// Makes the folder (mode 0700) and the keys where they are missing. A folder of a record that others may
/// enter is closed to them, which `made` says. Errors: unwritable; invalid_argument, where others may enter a
/// folder that holds no record; those of `read_or_make_key`.
[[nodiscard]] Result<RecordFolder> open_record_folder(const Settings& settings);

}  // namespace reprise::server
