// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/audit_finding.h"
#include "record/audit/head.h"

// Signed heads, read for verification.
namespace reprise::record {

/// A head signed by a trusted key, and its location.
struct Anchor {
  std::uint64_t sequence;
  AuditHash hash;
  std::string where;  ///< "FILE:LINE"
};

struct AnchorTrust {
  std::string log_id;              ///< other logs' heads are ignored
  std::vector<PublicKey> signers;  ///< trusted keys; keys that took over from them are trusted too
};

/// Reads one anchor file, or a copy of lines, line by line.
class AnchorReader {
 public:
  /// `excerpt`: lines may be missing anywhere, as in copies that were sent elsewhere.
  AnchorReader(AnchorTrust trust, std::string name, bool excerpt = false);

  /// Reads a line without its line end. `ended`: whether it had one; an interrupted write leaves a line
  /// without.
  void line(std::string_view text, bool ended = true);

  /// Call it after the last line. `numbers`: how many heads each signer has written according to the
  /// database, to detect a truncated file; may be empty.
  void finish(const std::map<PublicKey, std::uint64_t>& numbers);

  [[nodiscard]] const std::vector<Anchor>& anchors() const { return anchors_; }
  [[nodiscard]] const std::vector<AuditFinding>& findings() const { return findings_; }
  /// Returns the trusted keys that signed the lines, in their order, after `finish`.
  [[nodiscard]] const std::vector<PublicKey>& signers() const { return signers_; }

 private:
  void found(AuditFault fault, std::string text, std::optional<std::uint64_t> sequence = {});
  void keep(const AuditHead& head, std::string_view text);
  [[nodiscard]] bool trusts(const PublicKey& signer) const;
  /// Returns whether the head is the first of a key that takes over from the signer of the previous line.
  [[nodiscard]] bool takes_over(const AuditHead& head) const;
  void refuse_pending();

  AnchorTrust trust_;
  std::string name_;
  bool excerpt_;
  std::uint64_t line_ = 0;
  std::uint64_t number_ = 0;
  AuditHash last_line_{};
  std::uint64_t sequence_ = 0;
  bool torn_ = false;  // after an unreadable line: the next one shows whether a head is missing
  std::vector<PublicKey> signers_;
  std::map<PublicKey, std::uint64_t> numbers_;  // the last head of each signer
  // Lines of untrusted keys before the first line of a trusted one, which shows whether it took over from
  // them.
  struct Pending {
    std::uint64_t line;
    std::uint64_t sequence;
  };
  std::optional<Pending> pending_;  // the first of them
  std::vector<Anchor> anchors_;
  std::vector<AuditFinding> findings_;
};

}  // namespace reprise::record
