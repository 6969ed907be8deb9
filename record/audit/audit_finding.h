#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace reprise::record {

enum class AuditFault : std::uint8_t {
  changed,           ///< an entry or its hash is not what it was
  removed,           ///< entries are missing in the middle, or at the start
  tail_removed,      ///< entries are missing at the end
  inserted,          ///< an entry stands where none was
  reordered,         ///< an entry stands in another's place
  rewritten,         ///< the chain agrees with itself, and not with a signed head
  anchor_forged,     ///< a line of an anchor file has a wrong signature or an unknown signer
  anchor_damaged,    ///< a line of an anchor file cannot be read
  anchor_truncated,  ///< lines of an anchor file, or the whole, are missing
};

/// One thing that verification found. Without content of entries.
struct AuditFinding {
  AuditFault fault;
  std::optional<std::uint64_t> sequence;  ///< the first entry that is affected, as far as it is known
  std::string anchor;  ///< "FILE:LINE" of the signed head that shows it; empty where none does
  std::string text;    ///< a plain sentence
};

/// "tail_removed"
[[nodiscard]] std::string_view to_string(AuditFault fault);

/// "entry 17: … (anchors.jsonl:3)"
[[nodiscard]] std::string to_string(const AuditFinding& finding);

}  // namespace reprise::record
