// SPDX-License-Identifier: Apache-2.0
#include "record/audit/subjects.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace reprise::record {

std::vector<std::string> subjects_of(const AuditEntry& entry) {
  std::vector<std::string> subjects;
  subjects.reserve(entry.patients.size() + 1);
  for (const std::string& patient : entry.patients) subjects.push_back(patient_subject(patient));
  if (!entry.account.empty()) subjects.push_back(account_subject(entry.account));
  std::sort(subjects.begin(), subjects.end());
  subjects.erase(std::unique(subjects.begin(), subjects.end()), subjects.end());
  return subjects;
}

std::uint64_t subject_digest(std::string_view subject, std::uint64_t sequence) {
  const std::string text = std::to_string(sequence) + " " + std::string{subject};
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::uint64_t digest = 0;
  std::memcpy(&digest, hash.data(), sizeof digest);
  return digest;
}

}  // namespace reprise::record
