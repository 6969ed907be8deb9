#pragma once

#include <string>
#include <vector>

#include "record/audit/entry.h"

// By what entries are found again. It only repeats what the entries say, so verification compares the two.
namespace reprise::record {

[[nodiscard]] inline std::string patient_subject(const std::string& id) {
  return "p/" + id;
}

[[nodiscard]] inline std::string account_subject(const std::string& id) {
  return "a/" + id;
}

/// Each once.
[[nodiscard]] std::vector<std::string> subjects_of(const AuditEntry& entry);

/// A number for a set of such rows: the sum of these over all rows. Rows that were removed, added or changed
/// give another sum.
[[nodiscard]] std::uint64_t subject_digest(std::string_view subject, std::uint64_t sequence);

}  // namespace reprise::record
