#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/audit/audit_finding.h"
#include "record/audit/head.h"

// Signed heads as they are read back for verification.
namespace reprise::record {

/// A head that a trusted key signed, and where it stands.
struct Anchor {
  std::uint64_t sequence;
  AuditHash hash;
  std::string where;  ///< "FILE:LINE"
};

struct AnchorTrust {
  std::string log_id;              ///< only heads of this log count
  std::vector<PublicKey> signers;  ///< only these keys count, and those that they took over from
};

/// Reads the lines of one anchor file, or of a copy that was sent elsewhere, one after the other.
class AnchorReader {
 public:
  /// `excerpt`: lines may be missing before, between and after, as in copies that were sent elsewhere.
  AnchorReader(AnchorTrust trust, std::string name, bool excerpt = false);

  /// A line without its end. `ended`: whether it had one; a write that was cut off leaves a line without.
  void line(std::string_view text, bool ended = true);

  /// To be called behind the last line. `numbers`: how many heads each signer has written, by the database,
  /// so that a file that lost its last lines is found; may be empty.
  void finish(const std::map<PublicKey, std::uint64_t>& numbers);

  [[nodiscard]] const std::vector<Anchor>& anchors() const { return anchors_; }
  [[nodiscard]] const std::vector<AuditFinding>& findings() const { return findings_; }
  /// Whose file it is, once `finish` was called: the trusted keys that signed its lines, in their order.
  [[nodiscard]] const std::vector<PublicKey>& signers() const { return signers_; }

 private:
  void found(AuditFault fault, std::string text, std::optional<std::uint64_t> sequence = {});
  void keep(const AuditHead& head, std::string_view text);
  [[nodiscard]] bool trusts(const PublicKey& signer) const;
  /// Whether the head is the first of a key that takes over from the one that signed the line before it.
  [[nodiscard]] bool takes_over(const AuditHead& head) const;
  void refuse_pending();

  AnchorTrust trust_;
  std::string name_;
  bool excerpt_;
  std::uint64_t line_ = 0;
  std::uint64_t number_ = 0;
  AuditHash last_line_{};
  std::uint64_t sequence_ = 0;
  bool torn_ = false;  // an unreadable line waits for the next one to show whether a head is missing
  std::vector<PublicKey> signers_;
  std::map<PublicKey, std::uint64_t> numbers_;  // of each signer's last head
  // Lines of keys that are not trusted, before the first line of one that is: that line shows whether it took
  // over from them.
  struct Pending {
    std::uint64_t line;
    std::uint64_t sequence;
  };
  std::optional<Pending> pending_;  // the first of them
  std::vector<Anchor> anchors_;
  std::vector<AuditFinding> findings_;
};

}  // namespace reprise::record
