#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "record/audit/chain.h"

// A head says, signed, which hash the log had at which entry. Kept outside the database, it proves that what
// the log held then is what it holds now.
namespace reprise::record {

using PublicKey = std::array<std::uint8_t, 32>;

/// Ed25519 (RFC 8032), by libsodium.
struct SigningKey {
  PublicKey public_key{};
  std::array<std::uint8_t, 64> secret{};
};

/// The key pair of a secret seed of 256 random bits.
[[nodiscard]] SigningKey signing_key(const std::array<std::uint8_t, 32>& seed);

struct AuditHead {
  std::string log_id;          ///< 32 hexadecimal digits
  std::uint64_t sequence = 0;  ///< of the last entry that it covers
  AuditHash hash{};            ///< of that entry
  std::int64_t time_us = 0;    ///< when it was signed, since 1970-01-01T00:00:00Z
  std::uint64_t number = 0;    ///< of this head among those of the same key: 1, 2, 3, …
  AuditHash previous{};  ///< SHA-256 of the line before it in the anchor file; zeros where it is the first
  PublicKey signer{};

  friend bool operator==(const AuditHead&, const AuditHead&) = default;
};

/// The head as one line of JSON without its end, signed with `key`, whose public part becomes `signer`
/// (docs/audit.md has the format).
[[nodiscard]] std::string signed_line(AuditHead head, const SigningKey& key);

/// Reads a line and checks that its own `signer` signed it; whether that one is trusted is for the caller.
/// Errors: corrupt (not exactly what `signed_line` writes), invalid_argument (the signature is not right).
[[nodiscard]] Result<AuditHead> read_signed_line(std::string_view line);

/// What the next line's `previous` is.
[[nodiscard]] AuditHash hash_of_line(std::string_view line);

/// When a head is due.
struct HeadSchedule {
  std::uint64_t entries = 10'000;         ///< as soon as so many are not covered
  std::int64_t interval_us = 10'000'000;  ///< or, where there are any, so long after the last head
};

/// `covered`: the last head's sequence; `sequence`: that of the last entry.
[[nodiscard]] bool head_is_due(const HeadSchedule& schedule, std::uint64_t covered, std::int64_t last_head_us,
                               std::uint64_t sequence, std::int64_t now_us);

}  // namespace reprise::record
