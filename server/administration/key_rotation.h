// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "record/audit/head.h"
#include "record/database/key.h"
#include "server/settings/settings.h"

// Rotation of the record's keys while no other process uses them. The next key lies beside the current one,
// as NAME.next, until it has taken its place. The protected data itself shows which of the two is valid: the
// database opens with one of them, and the last head of the audit log is signed by one. So nothing is lost
// wherever the process dies (docs/operations/security.md).
namespace reprise::server {

/// The completed steps, on the disk, in this order.
enum class RotationStep : std::uint8_t {
  next_key_made,
  data_prepared,  ///< the re-encrypted copy is verified; the old key has signed for the last time
  data_replaced,  ///< the next key is valid from here on
  key_replaced,
};
using AfterStep = std::function<void(RotationStep)>;

struct RotatedRecordKey {
  std::filesystem::path old_key;  ///< file of the key that opens earlier backups
};

/// Re-encrypts the SQLite database with a new random key and this cipher, and logs it in the audit log. Needs
/// as much free disk space as the database. On an error the record is unchanged. Errors: conflict (the record
/// is in use), not_found (no database), unsupported (PostgreSQL), those of the database and of the files.
[[nodiscard]] Result<RotatedRecordKey> rotate_record_key(
    const Settings& settings, record::Cipher cipher, std::int64_t now_us,
    const AfterStep& after = [](RotationStep) {});

struct RotatedAuditKey {
  record::PublicKey before;
  record::PublicKey now;
};

/// Replaces the key that signs the heads of the audit log. The old key's last head covers an entry that names
/// the new key; the new key's first head names that head. The old key is then deleted. Errors: as above,
/// except unsupported.
[[nodiscard]] Result<RotatedAuditKey> rotate_audit_key(
    const Settings& settings, std::int64_t now_us, const AfterStep& after = [](RotationStep) {});

/// Completes rotations that were interrupted after `data_replaced`, and undoes others. The caller holds a
/// lock on the folder's keys.
[[nodiscard]] Result<void> settle_interrupted_rotations(const Settings& settings);

}  // namespace reprise::server
