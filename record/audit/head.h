// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/audit/chain.h"

// Signed heads: a head states the log's hash at an entry. Kept outside the database, it proves that the log
// up to it is unchanged.
namespace reprise::record {

using PublicKey = std::array<std::uint8_t, 32>;

/// An Ed25519 key pair (RFC 8032), by libsodium.
struct SigningKey {
  PublicKey public_key{};
  std::array<std::uint8_t, 64> secret{};
};

/// Derives the key pair from a secret seed of 256 random bits.
[[nodiscard]] SigningKey signing_key(const std::array<std::uint8_t, 32>& seed);

struct AuditHead {
  std::string log_id;          ///< 32 hexadecimal digits
  std::uint64_t sequence = 0;  ///< number of the last covered entry
  AuditHash hash{};            ///< of that entry
  std::int64_t time_us = 0;    ///< when it was signed, since 1970-01-01T00:00:00Z
  std::uint64_t number = 0;    ///< consecutive number among the heads of this key: 1, 2, 3, …
  AuditHash previous{};        ///< SHA-256 of the previous line in the anchor file; zeros for the first
  PublicKey signer{};

  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

/// Serializes and signs a head as one line of JSON without line end. The public part of `key` becomes
/// `signer` (format: docs/operations/audit.md).
[[nodiscard]] std::string signed_line(AuditHead head, const SigningKey& key);

/// Parses a line and verifies its signature by its own `signer`; the caller decides on trust. Errors: corrupt
/// (not exactly the form of `signed_line`), invalid_argument (wrong signature).
[[nodiscard]] Result<AuditHead> read_signed_line(std::string_view line);

/// Returns the `previous` of the next line.
[[nodiscard]] AuditHash hash_of_line(std::string_view line);

/// The conditions for a new head.
struct HeadSchedule {
  std::uint64_t entries = 10'000;         ///< number of uncovered entries
  std::int64_t interval_us = 10'000'000;  ///< or, with any uncovered entry, time since the last head
};

/// Returns whether a head is due. `covered`: the last head's entry; `sequence`: the last entry.
[[nodiscard]] bool head_is_due(const HeadSchedule& schedule, std::uint64_t covered, std::int64_t last_head_us,
                               std::uint64_t sequence, std::int64_t now_us);

}  // namespace reprise::record
