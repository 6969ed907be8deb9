// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

// The hash chain: each entry's hash covers the previous hash and the entry's text, so that no entry can
// change alone.
namespace reprise::record {

using AuditHash = std::array<std::uint8_t, 32>;

/// Returns the hash before the first entry of a log, SHA-256("reprise audit log 1
/// " id), which binds entries to their log. `log_id`: 32 hexadecimal digits.
[[nodiscard]] AuditHash first_hash(std::string_view log_id);

/// Returns SHA-256(previous, entry). `entry`: encoded by `encode`.
[[nodiscard]] AuditHash next_hash(const AuditHash& previous, std::string_view entry);

}  // namespace reprise::record
