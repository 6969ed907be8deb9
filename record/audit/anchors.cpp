// SPDX-License-Identifier: Apache-2.0
#include "record/audit/anchors.h"

#include <algorithm>
#include <utility>

#include "record/audit/hexadecimal.h"

namespace reprise::record {
namespace {

constexpr std::size_t kMostAnchorFindings = 100;

}  // namespace

AnchorReader::AnchorReader(AnchorTrust trust, std::string name, bool excerpt)
    : trust_(std::move(trust)), name_(std::move(name)), excerpt_(excerpt) {}

void AnchorReader::found(AuditFault fault, std::string text, std::optional<std::uint64_t> sequence) {
  if (findings_.size() < kMostAnchorFindings) {
    findings_.push_back({fault, sequence, name_ + ":" + std::to_string(line_), std::move(text)});
  }
}

void AnchorReader::line(std::string_view text, bool ended) {
  ++line_;
  const auto head = read_signed_line(text);
  if (!head && head.error().code == ErrorCode::corrupt) {
    // A write that a crash cut off is no damage where the next head follows the last one.
    if (torn_ || excerpt_) found(AuditFault::anchor_damaged, "the line is not that of a signed head");
    torn_ = true;
    return;
  }
  if (!ended && !excerpt_) found(AuditFault::anchor_damaged, "the last line has no end");
  if (!head) return found(AuditFault::anchor_forged, "the signature is not right");
  const bool trusted = trusts(head->signer);
  if (!trusted && (excerpt_ || (!signers_.empty() && !pending_)))
    return found(AuditFault::anchor_forged, "signed by a key that is not trusted", head->sequence);
  if (head->log_id != trust_.log_id)
    return found(AuditFault::anchor_forged, "the head is one of another log");
  if (trusted && pending_) {
    if (!takes_over(*head)) refuse_pending();
    pending_.reset();
  }
  if (!trusted && !pending_) pending_ = Pending{line_, head->sequence};
  keep(*head, text);
}

bool AnchorReader::trusts(const PublicKey& signer) const {
  return std::find(trust_.signers.begin(), trust_.signers.end(), signer) != trust_.signers.end();
}

bool AnchorReader::takes_over(const AuditHead& head) const {
  return !signers_.empty() && signers_.back() != head.signer && head.number == 1 &&
         head.previous == last_line_;
}

void AnchorReader::refuse_pending() {
  findings_.push_back({AuditFault::anchor_forged, pending_->sequence,
                       name_ + ":" + std::to_string(pending_->line), "signed by a key that is not trusted"});
  pending_.reset();
  signers_.clear();
  numbers_.clear();
  anchors_.clear();
  number_ = 0;
  last_line_ = {};
  sequence_ = 0;
}

void AnchorReader::keep(const AuditHead& head, std::string_view text) {
  const bool same_signer = signers_.empty() || signers_.back() == head.signer;
  const bool follows =
      (head.number == number_ + 1 && head.previous == last_line_ && same_signer) || takes_over(head);
  if (!excerpt_ && !follows) {
    const bool fewer = head.number > number_ + 1 && same_signer;
    found(fewer ? AuditFault::anchor_truncated : AuditFault::anchor_forged,
          fewer ? "the lines of heads " + std::to_string(number_ + 1) + " to " +
                      std::to_string(head.number - 1) + " are missing before it"
                : "the line does not follow the one before it",
          sequence_ + 1);
    // What stands before a break, no later key took over.
    if (pending_) anchors_.clear();
  }
  torn_ = false;
  if (signers_.empty() || signers_.back() != head.signer) signers_.push_back(head.signer);
  numbers_[head.signer] = number_ = head.number;
  last_line_ = hash_of_line(text);
  sequence_ = std::max(sequence_, head.sequence);
  anchors_.push_back({head.sequence, head.hash, name_ + ":" + std::to_string(line_)});
}

void AnchorReader::finish(const std::map<PublicKey, std::uint64_t>& numbers) {
  if (pending_) refuse_pending();
  if (excerpt_) return;
  if (torn_) found(AuditFault::anchor_damaged, "the last line is not that of a signed head", sequence_ + 1);
  if (signers_.empty()) {
    if (!numbers.empty() && findings_.empty()) {
      found(AuditFault::anchor_truncated, "the file is empty, and the database knows of heads");
    }
    return;
  }
  for (const auto& [signer, last] : numbers_) {
    const auto known = numbers.find(signer);
    if (known == numbers.end() || known->second <= last) continue;
    found(AuditFault::anchor_truncated,
          "the file ends with head " + std::to_string(last) + " of the key " +
              hexadecimal(signer).substr(0, 16) + "…, and the database knows of " +
              std::to_string(known->second),
          sequence_ + 1);
  }
}

}  // namespace reprise::record
