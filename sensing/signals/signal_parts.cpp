// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/signal_parts.h"

#include <algorithm>

#include "sensing/files/number_text.h"
#include "sensing/signals/text_table.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingParts = "reading signals in parts";
/// The prelude of a table is looked for in so much of it.
constexpr std::size_t kHeaderBytes = std::size_t{1} << 20;

}  // namespace

SignalParts SignalParts::open(const std::filesystem::path& path, const SignalReadOptions& options,
                              std::size_t part_bytes) {
  SignalParts parts;
  parts.path_ = path;
  parts.options_ = options;
  parts.part_bytes_ = std::max<std::size_t>(part_bytes, 1);
  std::error_code none;
  parts.file_bytes_ = std::filesystem::file_size(path, none);
  if (none || parts.file_bytes_ <= parts.part_bytes_ || path.extension() == ".hea") return parts;
  parts.file_.open(path, std::ios::binary);
  if (!parts.file_) return parts;  // read_signals says why
  std::string start(std::min<std::size_t>(kHeaderBytes, parts.part_bytes_), '\0');
  parts.file_.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(parts.file_.gcount()));
  if (!looks_like_signal_text(start)) return parts;
  const auto header = text_table_header(start);
  if (!header) return parts;
  parts.whole_ = false;
  parts.header_ = start.substr(0, *header);
  parts.rows_ = start.substr(*header);
  parts.read_bytes_ = start.size();
  return parts;
}

Result<void> SignalParts::fill() {
  const std::size_t had = rows_.size();
  if (had >= part_bytes_) return {};
  rows_.resize(part_bytes_);
  file_.read(rows_.data() + had, static_cast<std::streamsize>(part_bytes_ - had));
  const auto got = static_cast<std::size_t>(file_.gcount());
  rows_.resize(had + got);
  read_bytes_ += got;
  if (file_.bad()) {
    return fail(ErrorCode::unreadable, kReadingParts,
                "'" + shown(path_.filename().string(), 80) + "' cannot be read any further",
                "check the disk, or copy the file again");
  }
  ended_ = read_bytes_ >= file_bytes_ || got == 0;
  return {};
}

Result<std::optional<SignalRecording>> SignalParts::next() {
  if (whole_) {
    if (ended_) return std::optional<SignalRecording>{};
    ended_ = true;
    read_bytes_ = file_bytes_;
    auto all = read_signals(path_, options_);
    if (!all) return tl::unexpected(all.error());
    return std::optional{std::move(*all)};
  }
  if (ended_) return std::optional<SignalRecording>{};
  if (auto ok = fill(); !ok) return tl::unexpected(ok.error());
  std::size_t end = rows_.size();
  if (!ended_) {
    const std::size_t line_end = rows_.rfind('\n');
    if (line_end == std::string::npos) {
      return fail(ErrorCode::unsupported, kReadingParts,
                  "a row is longer than " + std::to_string(part_bytes_) + " bytes",
                  "give a table with one row per sample");
    }
    end = line_end + 1;
  }
  if (trimmed(std::string_view{rows_}.substr(0, end)).empty()) return std::optional<SignalRecording>{};
  std::string part = header_;
  part.append(rows_, 0, end);
  rows_.erase(0, end);
  auto recording = read_signal_text(part, path_, options_);
  if (!recording) return tl::unexpected(recording.error());
  return std::optional{std::move(*recording)};
}

double SignalParts::read_share() const {
  if (file_bytes_ == 0) return ended_ ? 1 : 0;
  return std::min(1.0, static_cast<double>(read_bytes_) / static_cast<double>(file_bytes_));
}

}  // namespace reprise::sensing
