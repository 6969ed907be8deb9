// SPDX-License-Identifier: Apache-2.0
#include "record/audit/audit_finding.h"

namespace reprise::record {

std::string_view to_string(AuditFault fault) {
  switch (fault) {
    case AuditFault::changed: return "changed";
    case AuditFault::removed: return "removed";
    case AuditFault::tail_removed: return "tail_removed";
    case AuditFault::inserted: return "inserted";
    case AuditFault::reordered: return "reordered";
    case AuditFault::rewritten: return "rewritten";
    case AuditFault::anchor_forged: return "anchor_forged";
    case AuditFault::anchor_damaged: return "anchor_damaged";
    case AuditFault::anchor_truncated: return "anchor_truncated";
  }
  return "unknown";
}

std::string to_string(const AuditFinding& finding) {
  std::string text = finding.sequence ? "entry " + std::to_string(*finding.sequence) + ": " : std::string{};
  text += finding.text;
  if (!finding.anchor.empty()) text += " (" + finding.anchor + ")";
  return text;
}

}  // namespace reprise::record
