// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <random>
#include <string>

#include "record/audit/entry.h"

namespace reprise::record {

inline std::string sample_text(std::mt19937_64& random, std::size_t longest) {
  constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyz0123456789-.:";
  std::string text;
  for (std::size_t left = random() % (longest + 1); left > 0; --left)
    text += kLetters[random() % kLetters.size()];
  return text;
}

/// An entry of any kind.
inline AuditEntry sample_entry(std::mt19937_64& random, std::uint64_t sequence) {
  AuditEntry entry;
  entry.sequence = sequence;
  entry.time_us = 1'700'000'000'000'000 + static_cast<std::int64_t>(random() % 1'000'000'000'000);
  entry.act = static_cast<AuditAct>(random() % 19);
  entry.outcome = static_cast<AuditOutcome>(random() % 4);
  entry.purpose = static_cast<AuditPurpose>(random() % 4);
  entry.agent = static_cast<AuditAgent>(random() % 6);
  entry.account = sample_text(random, 10);
  entry.person = sample_text(random, 10);
  entry.address = sample_text(random, 12);
  if (random() % 4 != 0) entry.resource_type = random() % 2 == 0 ? "Observation" : "Patient";
  entry.resource_id = sample_text(random, 12);
  entry.resource_version = random() % 2 == 0 ? "2" : "";
  entry.request = sample_text(random, 16);
  entry.reason = random() % 8 == 0 ? "ä reason" : "";
  for (std::size_t left = random() % 3; left > 0; --left) entry.patients.push_back(sample_text(random, 8));
  if (random() % 8 == 0) entry.emergency = entry.patients;
  return entry;
}

}  // namespace reprise::record
