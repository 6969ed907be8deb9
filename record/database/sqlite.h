#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "record/database/connection.h"
#include "record/database/key.h"

namespace reprise::record {

struct SqliteOptions {
  std::filesystem::path file;
  Key key;
  bool sync =
      true;  ///< whether a commit waits until the disk has it; false loses commits when the power fails
  std::chrono::milliseconds patience{5000};  ///< how long to wait for another process
  Cipher cipher = Cipher::aegis_256;
};

/// Opens the database, or makes an empty one: in WAL mode, each page encrypted and authenticated,
/// erased content overwritten. Errors: unwritable (no such folder, no permission), corrupt (not a database of
/// this key), unavailable.
[[nodiscard]] Result<std::unique_ptr<Connection>> open_sqlite(const SqliteOptions& options);

/// Copies the database while others use it, encrypted with the same key. `to` must not exist. `progress` is
/// told pages done and in all.
[[nodiscard]] Result<void> copy_sqlite(const SqliteOptions& from, const std::filesystem::path& to,
                                       const std::function<void(int, int)>& progress);

/// Encrypts every page of a database that nobody else uses anew, with another key and cipher, in place: where
/// it is interrupted, the file may open with neither, so this is for a copy. Errors: those of `open_sqlite`.
[[nodiscard]] Result<void> rekey_sqlite(const SqliteOptions& options, const KeyFile& next);

/// Reads every page and every index of the database.
/// Errors: corrupt, with what the database says of the first damage.
[[nodiscard]] Result<void> check_sqlite(const SqliteOptions& options);

}  // namespace reprise::record
