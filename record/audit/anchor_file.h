// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "record/audit/anchors.h"
#include "record/audit/head.h"

namespace reprise::record {

/// The end of the log: the result of an append and the input of a head.
struct AuditTail {
  std::string log_id;
  std::uint64_t sequence = 0;
  AuditHash hash{};
};

/// The file outside the database that keeps the heads of one signer, one a line, append-only. One process has
/// it open at a time.
class AnchorFile {
 public:
  /// Opens or creates the file (mode 0600). `known_heads`: how many heads of this key the database knows. If
  /// the file has fewer, numbering continues from there, so that the loss stays visible. Errors: unwritable,
  /// unreadable, unavailable (another process has it), conflict (the last head is of another key or log).
  [[nodiscard]] static Result<AnchorFile> open(const std::filesystem::path& path, const SigningKey& key,
                                               const std::string& log_id, std::uint64_t known_heads);
  AnchorFile(AnchorFile&& other) noexcept;
  AnchorFile& operator=(AnchorFile&& other) noexcept;
  AnchorFile(const AnchorFile&) = delete;
  AnchorFile& operator=(const AnchorFile&) = delete;
  ~AnchorFile();

  /// Signs a head and returns once it is on the disk. The line may also be sent elsewhere. After an error
  /// nothing counts as written, and a retry is possible. Errors: unwritable (disk full, …).
  struct AppendResult {
    AuditHead head;
    std::string line;
  };
  [[nodiscard]] Result<AppendResult> append(const AuditTail& tail, std::int64_t now_us);

  /// Continues with another key. Its first head names the last line of the previous key. Trust in the new key
  /// therefore extends to what the old one signed (docs/operations/audit.md).
  void hand_over(const SigningKey& next);

  /// Returns the last entry that a head of this file covers, and when that head was signed.
  [[nodiscard]] std::uint64_t covered() const { return covered_; }
  [[nodiscard]] std::int64_t last_head_us() const { return last_head_us_; }

 private:
  AnchorFile(int file, const SigningKey& key) : file_(file), key_(key) {}

  int file_ = -1;
  SigningKey key_;
  std::uint64_t number_ = 0;
  AuditHash previous_{};
  std::uint64_t covered_ = 0;
  std::int64_t last_head_us_ = 0;
  bool torn_ = false;  // the last write was incomplete
};

/// Passes every line of an anchor file to the reader. Errors: unreadable, not_found.
[[nodiscard]] Result<void> read_anchor_file(const std::filesystem::path& path, AnchorReader& reader);

/// Returns the last complete line of an anchor file; nullopt if there is none. Errors: unreadable.
[[nodiscard]] Result<std::optional<std::string>> last_head_line(const std::filesystem::path& path);

}  // namespace reprise::record
