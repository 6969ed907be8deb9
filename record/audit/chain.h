#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// The chain: each entry's hash is made of the hash before it and the entry's text, so that no entry changes
// alone.
namespace reprise::record {

using AuditHash = std::array<std::uint8_t, 32>;

/// The hash before the first entry of a log: SHA-256("reprise audit log 1\n" id), so that entries of one log
/// are not those of another. `log_id`: 32 hexadecimal digits.
[[nodiscard]] AuditHash first_hash(std::string_view log_id);

/// SHA-256(previous, entry). `entry`: as `encode` writes it.
[[nodiscard]] AuditHash next_hash(const AuditHash& previous, std::string_view entry);

}  // namespace reprise::record
