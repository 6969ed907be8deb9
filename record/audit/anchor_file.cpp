// SPDX-License-Identifier: Apache-2.0
#include "record/audit/anchor_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

namespace reprise::record {
namespace {

constexpr const char* kAnchorStage = "keeping the signed heads of the audit log";
constexpr off_t kLongestEnd = 4096;  // holds any line, and the rest of one that was cut off

std::string reason_of(int error) {
  return std::generic_category().message(error);
}

tl::unexpected<Error> not_writable(const std::filesystem::path& path, int error) {
  return fail(ErrorCode::unwritable, kAnchorStage, path.string() + ": " + reason_of(error),
              "see that the folder exists and that this user may write there");
}

// The last bytes of the file.
Result<std::string> end_of(int file) {
  struct stat about {};
  if (::fstat(file, &about) != 0) {
    return fail(ErrorCode::unreadable, kAnchorStage, reason_of(errno), "check the disk");
  }
  std::string text(static_cast<std::size_t>(std::min(about.st_size, kLongestEnd)), '\0');
  const auto got = ::pread(file, text.data(), text.size(), about.st_size - static_cast<off_t>(text.size()));
  if (got != static_cast<ssize_t>(text.size())) {
    return fail(ErrorCode::unreadable, kAnchorStage, "the file's end cannot be read", "check the disk");
  }
  return text;
}

struct LastLine {
  AuditHead head;
  AuditHash hash;
  std::string line;
};

// The last good line among these.
std::optional<LastLine> last_line_in(std::string_view text) {
  while (!text.empty()) {
    if (text.back() == '\n') text.remove_suffix(1);
    const std::size_t start = text.rfind('\n') + 1;  // 0 where there is none
    const std::string_view line = text.substr(start);
    if (const auto head = read_signed_line(line))
      return LastLine{*head, hash_of_line(line), std::string{line}};
    text = text.substr(0, start);
  }
  return {};
}

bool write_all(int file, std::string_view text) {
  while (!text.empty()) {
    const auto written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<AnchorFile> AnchorFile::open(const std::filesystem::path& path, const SigningKey& key,
                                    const std::string& log_id, std::uint64_t known_heads) {
  const int file = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return not_writable(path, errno);
  AnchorFile opened(file, key);
  if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::unavailable, kAnchorStage, path.string() + " is in use by another process",
                "give each server process an anchor file of its own");
  }
  const auto end = end_of(file);
  if (!end) return tl::unexpected(end.error());
  if (const auto last = last_line_in(*end)) {
    if (last->head.signer != key.public_key || last->head.log_id != log_id) {
      return fail(ErrorCode::conflict, kAnchorStage,
                  path.string() + " belongs to another key or another database",
                  "keep it, and name a new file for this one");
    }
    opened.number_ = last->head.number;
    opened.previous_ = last->hash;
    opened.covered_ = last->head.sequence;
    opened.last_head_us_ = last->head.time_us;
  }
  opened.number_ = std::max(opened.number_, known_heads);
  opened.torn_ = !end->empty() && end->back() != '\n';
  return opened;
}

AnchorFile::AnchorFile(AnchorFile&& other) noexcept {
  *this = std::move(other);
}

AnchorFile& AnchorFile::operator=(AnchorFile&& other) noexcept {
  std::swap(file_, other.file_);
  key_ = other.key_;
  number_ = other.number_;
  previous_ = other.previous_;
  covered_ = other.covered_;
  last_head_us_ = other.last_head_us_;
  torn_ = other.torn_;
  return *this;
}

AnchorFile::~AnchorFile() {
  if (file_ >= 0) ::close(file_);
}

Result<AnchorFile::AppendResult> AnchorFile::append(const AuditTail& tail, std::int64_t now_us) {
  AuditHead head{tail.log_id, tail.sequence, tail.hash, now_us, number_ + 1, previous_, key_.public_key};
  std::string line = signed_line(head, key_);
  // What a write left of its line becomes a line of its own, which readers know.
  const std::string text = (torn_ ? "\n" : "") + line + "\n";
  torn_ = true;
  if (!write_all(file_, text) || ::fdatasync(file_) != 0) {
    return fail(ErrorCode::unwritable, kAnchorStage, reason_of(errno),
                "make room on the disk of the anchor file, or check it");
  }
  torn_ = false;
  number_ = head.number;
  previous_ = hash_of_line(line);
  covered_ = head.sequence;
  last_head_us_ = now_us;
  return AppendResult{std::move(head), std::move(line)};
}

void AnchorFile::hand_over(const SigningKey& next) {
  key_ = next;
  number_ = 0;
}

Result<void> read_anchor_file(const std::filesystem::path& path, AnchorReader& reader) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return fail(ErrorCode::not_found, kAnchorStage, "the file " + path.string() + " cannot be opened",
                "name the anchor file, or a copy of it");
  }
  std::string line;
  while (std::getline(file, line)) reader.line(line, !file.eof());
  if (file.bad()) {
    return fail(ErrorCode::unreadable, kAnchorStage,
                "the file " + path.string() + " cannot be read to its end", "check the disk");
  }
  return {};
}

Result<std::optional<std::string>> last_head_line(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0 && errno == ENOENT) return std::optional<std::string>{};
  if (file < 0)
    return fail(ErrorCode::unreadable, kAnchorStage, reason_of(errno), "check the file's permissions");
  const auto end = end_of(file);
  ::close(file);
  if (!end) return tl::unexpected(end.error());
  auto last = last_line_in(*end);
  return last ? std::optional{std::move(last->line)} : std::nullopt;
}

}  // namespace reprise::record
