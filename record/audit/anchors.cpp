#include "record/audit/anchors.h"

#include <algorithm>
#include <utility>

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
  const bool trusted =
      std::find(trust_.signers.begin(), trust_.signers.end(), head->signer) != trust_.signers.end();
  if (!trusted)
    return found(AuditFault::anchor_forged, "signed by a key that is not trusted", head->sequence);
  if (head->log_id != trust_.log_id)
    return found(AuditFault::anchor_forged, "the head is one of another log");
  keep(*head, text);
}

void AnchorReader::keep(const AuditHead& head, std::string_view text) {
  const bool same_signer = !signer_ || *signer_ == head.signer;
  const bool follows = head.number == number_ + 1 && head.previous == last_line_ && same_signer;
  if (!excerpt_ && !follows) {
    const bool fewer = head.number > number_ + 1 && same_signer;
    found(fewer ? AuditFault::anchor_truncated : AuditFault::anchor_forged,
          fewer ? "the lines of heads " + std::to_string(number_ + 1) + " to " +
                      std::to_string(head.number - 1) + " are missing before it"
                : "the line does not follow the one before it",
          sequence_ + 1);
  }
  torn_ = false;
  signer_ = signer_.value_or(head.signer);
  number_ = head.number;
  last_line_ = hash_of_line(text);
  sequence_ = std::max(sequence_, head.sequence);
  anchors_.push_back({head.sequence, head.hash, name_ + ":" + std::to_string(line_)});
}

void AnchorReader::finish(const std::map<PublicKey, std::uint64_t>& numbers) {
  if (excerpt_) return;
  if (torn_) found(AuditFault::anchor_damaged, "the last line is not that of a signed head", sequence_ + 1);
  if (!signer_) {
    if (!numbers.empty() && findings_.empty()) {
      found(AuditFault::anchor_truncated, "the file is empty, and the database knows of heads");
    }
    return;
  }
  const auto known = numbers.find(*signer_);
  if (known != numbers.end() && known->second > number_) {
    found(AuditFault::anchor_truncated,
          "the file ends with head " + std::to_string(number_) + ", and the database knows of " +
              std::to_string(known->second),
          sequence_ + 1);
  }
}

}  // namespace reprise::record
