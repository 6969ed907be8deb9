#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>

#include "base/result.h"
#include "record/audit/head.h"
#include "record/database/key.h"
#include "server/settings/settings.h"

// Keys of the record are replaced while nothing else uses it. The next key lies beside the current one, as
// NAME.next, from before anything is done with it until it has taken the current one's place. Which of the
// two is right, what they protect says itself: the database opens with one of them, and the last head of the
// audit log is signed by one of them. So nothing is lost wherever the process dies (docs/security.md).
namespace reprise::server {

/// What is done, and on the disk, in this order.
enum class RotationStep : std::uint8_t {
  next_key_made,
  data_prepared,  ///< the encrypted copy is made and checked; the old key has signed for the last time
  data_replaced,  ///< from here on the next key is right
  key_replaced,
};
using AfterStep = std::function<void(RotationStep)>;

struct RotatedRecordKey {
  std::filesystem::path old_key;  ///< where the key is kept that opens backups made before
};

/// Encrypts the SQLite database anew, with a new random key and this cipher, and notes it in the audit log.
/// Needs as much room on the disk as the database has. Errors: conflict (the record is in use), not_found
/// (there is no database), unsupported (PostgreSQL), those of the database and of the files; the record is
/// then as it was.
[[nodiscard]] Result<RotatedRecordKey> rotate_record_key(
    const Settings& settings, record::Cipher cipher, std::int64_t now_us,
    const AfterStep& after = [](RotationStep) {});

struct RotatedAuditKey {
  record::PublicKey before;
  record::PublicKey now;
};

/// Makes a new key that signs the heads of the audit log from here on. The old key's last head covers an
/// entry that names the new one; the new key's first head names that head. The old key is gone afterwards.
/// Errors: as above, but for unsupported.
[[nodiscard]] Result<RotatedAuditKey> rotate_audit_key(
    const Settings& settings, std::int64_t now_us, const AfterStep& after = [](RotationStep) {});

/// Completes rotations that were interrupted behind `data_replaced`, and undoes others. For who holds a lock
/// on the folder's keys.
[[nodiscard]] Result<void> settle_interrupted_rotations(const Settings& settings);

}  // namespace reprise::server
