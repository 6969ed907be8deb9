// SPDX-License-Identifier: Apache-2.0
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
  bool sync = true;  ///< whether a commit waits for the disk; without, a power failure loses commits
  std::chrono::milliseconds patience{5000};  ///< timeout for locks of other processes
  Cipher cipher = Cipher::aegis_256;
};

/// Opens or creates the database: in WAL mode, each page encrypted and authenticated, erased content
/// overwritten. Errors: unwritable (no such folder, no permission), corrupt (not a database of this key),
/// unavailable.
[[nodiscard]] Result<std::unique_ptr<Connection>> open_sqlite(const SqliteOptions& options);

/// Copies the database during use, encrypted with the same key. `to` must not exist. `progress`: callback
/// with done and total pages.
[[nodiscard]] Result<void> copy_sqlite(const SqliteOptions& from, const std::filesystem::path& to,
                                       const std::function<void(int, int)>& progress);

/// Re-encrypts every page of a database in place, with another key and cipher. No other process may use the
/// database. An interruption may leave a file that opens with neither key, so apply it to a copy only.
/// Errors: those of `open_sqlite`.
[[nodiscard]] Result<void> rekey_sqlite(const SqliteOptions& options, const KeyFile& next);

/// Verifies every page and every index of the database. Errors: corrupt, with the first damage.
[[nodiscard]] Result<void> check_sqlite(const SqliteOptions& options);

}  // namespace reprise::record
