// SPDX-License-Identifier: Apache-2.0
#include "record/audit/chain.h"

#include <sodium.h>

#include <string>

namespace reprise::record {
namespace {

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

AuditHash first_hash(std::string_view log_id) {
  const std::string text = "reprise audit log 1\n" + std::string{log_id};
  AuditHash hash{};
  crypto_hash_sha256(hash.data(), bytes_of(text), text.size());
  return hash;
}

AuditHash next_hash(const AuditHash& previous, std::string_view entry) {
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, previous.data(), previous.size());
  crypto_hash_sha256_update(&state, bytes_of(entry), entry.size());
  AuditHash hash{};
  crypto_hash_sha256_final(&state, hash.data());
  return hash;
}

}  // namespace reprise::record
