// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "record/audit/entry.h"

// The search index of entries. It repeats data of the entries, so verification compares the two.
namespace reprise::record {

[[nodiscard]] inline std::string patient_subject(const std::string& id) {
  return "p/" + id;
}

[[nodiscard]] inline std::string account_subject(const std::string& id) {
  return "a/" + id;
}

/// Returns the subjects of an entry, each once.
[[nodiscard]] std::vector<std::string> subjects_of(const AuditEntry& entry);

/// Returns a row's summand of a checksum over a set of rows. Removed, added and changed rows change the sum.
[[nodiscard]] std::uint64_t subject_digest(std::string_view subject, std::uint64_t sequence);

}  // namespace reprise::record
