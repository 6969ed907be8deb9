// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::record {

enum class AuditFault : std::uint8_t {
  changed,           ///< an entry or its hash was altered
  removed,           ///< entries are missing in the middle, or at the start
  tail_removed,      ///< entries are missing at the end
  inserted,          ///< an entry was added
  reordered,         ///< entries were exchanged
  rewritten,         ///< the chain is consistent, but contradicts a signed head
  anchor_forged,     ///< a line of an anchor file has a wrong signature or an unknown signer
  anchor_damaged,    ///< a line of an anchor file cannot be read
  anchor_truncated,  ///< lines of an anchor file, or the whole, are missing
};

/// A finding of the verification. It holds no content of entries.
struct AuditFinding {
  AuditFault fault;
  std::optional<std::uint64_t> sequence;  ///< the first affected entry, if known
  std::string anchor;  ///< "FILE:LINE" of the signed head that proves it; empty if none does
  std::string text;    ///< a plain sentence
};

/// "tail_removed"
[[nodiscard]] std::string_view to_string(AuditFault fault);

/// "entry 17: … (anchors.jsonl:3)"
[[nodiscard]] std::string to_string(const AuditFinding& finding);

}  // namespace reprise::record
