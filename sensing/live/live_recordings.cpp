// SPDX-License-Identifier: Apache-2.0
#include "sensing/live/live_recordings.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>

#include "json/write.h"
#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRecording = "recording live sensors";
/// More than a row of the most channels can have, and more than a header.
constexpr std::uintmax_t kTailBytes = 64 * 1024;

tl::unexpected<Error> unwritable(const fs::path& path, int error) {
  return fail(ErrorCode::unwritable, kRecording,
              "'" + path.string() + "' could not be written: " + std::generic_category().message(error),
              "make room or choose another folder, and start again: sensors still keep their samples");
}

std::string file_of(const SensorMessage& message, const char* extension) {
  return message.sensor + "/" + message.stream + extension;
}

std::string description_of(const SensorMessage& message) {
  json::Json columns = json::Json::array();
  for (const LiveChannel& channel : message.channels) {
    json::Json column = {{"name", channel.name}};
    if (!channel.meaning.empty()) column["as"] = channel.meaning;
    if (!channel.unit.empty()) column["unit"] = channel.unit;
    columns.push_back(std::move(column));
  }
  return json::write(
             {{"rate_hz", message.rate.value_or(Hertz{1}).value()}, {"columns", std::move(columns)}}) +
         "\n";
}

std::string header_of(const SensorMessage& message) {
  std::string header = kCounterColumn;
  for (const LiveChannel& channel : message.channels) header += "," + channel.name;
  return header + "\n";
}

tl::unexpected<Error> unreadable(const fs::path& path) {
  return fail(ErrorCode::unreadable, kRecording, "'" + path.string() + "' cannot be read",
              "check the disk, and that you may read the folder");
}

tl::unexpected<Error> other_channels(const fs::path& path) {
  return fail(ErrorCode::invalid_argument, kRecording,
              "the recording '" + path.string() + "' has other channels or another rate",
              "give a new stream to another set of channels");
}

tl::unexpected<Error> no_number(const fs::path& path) {
  return fail(ErrorCode::corrupt, kRecording,
              "the last line of '" + path.string() + "' has no sequence number",
              "move the file away: the sensor then sends again what it still keeps");
}

/// Checks whether there is a description, as a flush writes it. One that a crash left incomplete lacks its
/// last line break, and nothing that it describes was acknowledged: it is written again.
Result<bool> is_described(const fs::path& path, const std::string& description) {
  std::error_code failed;
  if (!fs::exists(path, failed)) return failed ? Result<bool>{unreadable(path)} : false;
  constexpr std::size_t kMaxDescriptionBytes = std::size_t{1} << 18U;
  const auto there = read_file(path, kMaxDescriptionBytes, kRecording);
  if (!there) return tl::unexpected(there.error());
  if (*there == description) return true;
  return there->ends_with('\n') ? Result<bool>{other_channels(path)} : false;
}

struct RecordedEnd {
  bool header = false;
  std::optional<std::uint64_t> next;
};

/// Reads how far a recording goes, and cuts an incomplete last line off.
Result<RecordedEnd> recorded_end(const fs::path& path, const std::string& header) {
  std::error_code failed;
  if (!fs::exists(path, failed)) return failed ? Result<RecordedEnd>{unreadable(path)} : RecordedEnd{};
  const std::uintmax_t size = fs::file_size(path, failed);
  if (failed) return unreadable(path);
  std::ifstream file{path, std::ios::binary};
  const auto read = [&](std::uintmax_t from, std::uintmax_t count) {
    std::string text(static_cast<std::size_t>(count), '\0');
    file.seekg(static_cast<std::streamoff>(from));
    file.read(text.data(), static_cast<std::streamsize>(count));
    return text;
  };
  const std::string begin = read(0, std::min<std::uintmax_t>(size, header.size()));
  const std::string tail = read(size - std::min(size, kTailBytes), std::min(size, kTailBytes));
  if (!file) return unreadable(path);
  if (!header.starts_with(begin)) return other_channels(path);
  const std::size_t last_break = tail.rfind('\n');
  if (last_break == std::string::npos && size >= header.size()) return no_number(path);
  const std::uintmax_t whole = size < header.size() ? 0 : size - (tail.size() - (last_break + 1));
  fs::resize_file(path, whole, failed);
  if (failed) return unwritable(path, failed.value());
  if (whole == 0) return RecordedEnd{};
  if (whole == header.size()) return RecordedEnd{true, std::nullopt};
  const std::string_view lines = std::string_view{tail}.substr(0, last_break);
  const std::size_t line = lines.rfind('\n') + 1;
  const auto last = parse_integer(lines.substr(line, lines.find(',', line) - line));
  if (!last || *last < 0) return no_number(path);
  return RecordedEnd{true, static_cast<std::uint64_t>(*last) + 1};
}

}  // namespace

Result<std::unique_ptr<LiveRecordings>> LiveRecordings::open(const fs::path& folder) {
  std::error_code failed;
  const bool made = fs::create_directories(folder, failed);
  if (failed) return unwritable(folder, failed.value());
  if (made) fs::permissions(folder, fs::perms::owner_all, failed);
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return unwritable(folder, errno);
  std::unique_ptr<LiveRecordings> recordings{new LiveRecordings(folder, descriptor)};
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
    return fail(ErrorCode::conflict, kRecording, "another process records into '" + folder.string() + "'",
                "end it, or choose another folder");
  }
  return recordings;
}

LiveRecordings::~LiveRecordings() {
  ::close(descriptor_);
}

Result<std::optional<std::uint64_t>> LiveRecordings::open_stream(const SensorMessage& message) {
  const fs::path csv = folder_ / file_of(message, ".csv");
  const fs::path columns = folder_ / file_of(message, ".columns.json");
  std::error_code failed;
  fs::create_directory(csv.parent_path(), failed);
  if (failed) return unwritable(csv.parent_path(), failed.value());
  const std::string description = description_of(message);
  const auto described = is_described(columns, description);
  if (!described) return tl::unexpected(described.error());
  const std::string header = header_of(message);
  const auto end = recorded_end(csv, header);
  if (!end) return tl::unexpected(end.error());
  if (!*described) undescribed_[file_of(message, ".columns.json")] = description;
  if (!end->header) unwritten_[file_of(message, ".csv")] = header;
  return end->next;
}

void LiveRecordings::append(const SensorMessage& message, const SequenceStep& step) {
  std::string& lines = unwritten_[file_of(message, ".csv")];
  const std::size_t before = lines.size();
  for (std::size_t i = step.skip; i < step.skip + step.take; ++i) {
    lines += std::to_string(message.first + i);
    for (const auto& channel : message.samples) {
      lines += ',';
      if (channel[i]) append_number(lines, *channel[i]);
    }
    lines += '\n';
  }
  unwritten_bytes_ += lines.size() - before;
}

Result<void> LiveRecordings::flush() {
  if (unwritten_.empty() && undescribed_.empty()) return {};
  const auto write = [&](const std::string& name, const std::string& text,
                         std::ios::openmode mode) -> Result<void> {
    errno = 0;
    std::ofstream file{folder_ / name, std::ios::binary | mode};
    file.write(text.data(), static_cast<std::streamsize>(text.size()));
    file.close();
    return file ? Result<void>{} : unwritable(folder_ / name, errno);
  };
  for (const auto& [name, text] : undescribed_) {
    if (auto written = write(name, text, std::ios::trunc); !written) return written;
  }
  for (const auto& [name, lines] : unwritten_) {
    if (auto written = write(name, lines, std::ios::app); !written) return written;
  }
  if (::syncfs(descriptor_) != 0) return unwritable(folder_, errno);
  undescribed_.clear();
  unwritten_.clear();
  unwritten_bytes_ = 0;
  return {};
}

}  // namespace reprise::sensing
