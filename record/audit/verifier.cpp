// SPDX-License-Identifier: Apache-2.0
#include "record/audit/verifier.h"

#include <algorithm>
#include <utility>

#include "record/audit/entry.h"
#include "record/audit/hexadecimal.h"

namespace reprise::record {
namespace {

constexpr std::size_t kMostFindings = 100;

std::string range(std::uint64_t first, std::uint64_t last) {
  if (first == last) return "entry " + std::to_string(first) + " is";
  return "entries " + std::to_string(first) + " to " + std::to_string(last) + " are";
}

}  // namespace

AuditVerifier::AuditVerifier(std::string_view log_id, std::vector<Anchor> anchors)
    : anchors_(std::move(anchors)), hash_(first_hash(log_id)) {
  std::stable_sort(anchors_.begin(), anchors_.end(),
                   [](const Anchor& a, const Anchor& b) { return a.sequence < b.sequence; });
}

void AuditVerifier::found(AuditFault fault, std::uint64_t sequence, std::string text, std::string anchor) {
  if (findings_.size() < kMostFindings) {
    findings_.push_back({fault, sequence, std::move(anchor), std::move(text)});
  }
}

// Whether the row stands where the one after the last would stand.
void AuditVerifier::place(std::uint64_t sequence) {
  follows_ = sequence == sequence_ + 1;
  if (follows_) return;
  if (sequence <= sequence_) {
    found(AuditFault::inserted, sequence, "a second entry of this number, or one out of order");
  } else {
    found(AuditFault::removed, sequence_ + 1, range(sequence_ + 1, sequence - 1) + " missing");
  }
}

void AuditVerifier::step(const StoredEntry& stored) {
  ++entries_;
  place(stored.sequence);
  const auto entry = decode_entry(stored.text);
  const auto hash = from_hexadecimal<32>(stored.hash);
  if (!entry || !hash) {
    found(AuditFault::changed, stored.sequence, "its text or hash cannot be read");
  } else if (entry->sequence != stored.sequence) {
    found(AuditFault::reordered, stored.sequence,
          "the entry of number " + std::to_string(entry->sequence) + " stands in its place");
  } else if (follows_ && next_hash(hash_, stored.text) != *hash) {
    found(AuditFault::changed, stored.sequence, "its text, its hash, or the hash before it was changed");
  }
  // The stored hash goes on, so that one bad entry does not make all behind it look bad.
  hash_ = hash.value_or(next_hash(hash_, stored.text));
  sequence_ = std::max(sequence_, stored.sequence);
  compare_with_anchors();
}

void AuditVerifier::compare_with_anchors() {
  for (; next_anchor_ < anchors_.size() && anchors_[next_anchor_].sequence <= sequence_; ++next_anchor_) {
    const Anchor& anchor = anchors_[next_anchor_];
    // One that an earlier row skipped belongs to an entry that is missing, which was found there.
    if (anchor.sequence < sequence_ || rewritten_) continue;
    if (anchor.hash == hash_) {
      ++anchors_met_;
      covered_ = sequence_;
      continue;
    }
    rewritten_ = true;
    found(AuditFault::rewritten, covered_ + 1,
          range(covered_ + 1, sequence_) +
              " not what the signed head says, at least in part: rewritten from here on",
          anchor.where);
  }
}

void AuditVerifier::finish(const std::optional<Last>& last) {
  if (next_anchor_ < anchors_.size()) {
    const Anchor& anchor = anchors_.back();
    found(AuditFault::tail_removed, sequence_ + 1,
          range(sequence_ + 1, anchor.sequence) + " missing at the end", anchor.where);
  } else if (last && last->sequence > sequence_) {
    found(AuditFault::tail_removed, sequence_ + 1,
          range(sequence_ + 1, last->sequence) + " missing at the end");
  } else if (last && (last->sequence < sequence_ || last->hash != hash_)) {
    found(AuditFault::inserted, last->sequence + (last->sequence < sequence_ ? 1 : 0),
          "the log does not end where the database says that it ends");
  }
}

}  // namespace reprise::record
