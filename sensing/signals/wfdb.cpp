// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/wfdb.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingWfdb = "reading a WFDB record";
constexpr std::size_t kMaxWfdbBytes = std::size_t{1} << 29;
constexpr std::size_t kMaxAnnotations = 10'000'000;

/// Symbols of the annotation codes 0 to 41 (wfdb/ecgcodes.h and the tables of the WFDB Programmer's Guide).
constexpr std::array<std::string_view, 42> kSymbols = {
    "",  "N",  "L", "R", "a", "V", "F", "J", "A", "S", "E", "j", "/", "Q", "~", "",  "|", "",  "s", "T", "*",
    "D", "\"", "=", "p", "B", "^", "t", "+", "u", "?", "!", "[", "]", "e", "n", "@", "x", "f", "(", ")", "r"};

struct ByteReader {
  std::string_view bytes;
  [[nodiscard]] std::uint32_t word(std::size_t at) const {
    return static_cast<unsigned char>(bytes[at]) |
           static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + 1])) << 8;
  }
  /// Two's complement of `bits` bits.
  static int signed_value(std::uint32_t value, int bits) {
    const auto half = std::uint32_t{1} << (bits - 1);
    return static_cast<int>(value) - (value >= half ? static_cast<int>(half) * 2 : 0);
  }
  /// The sample at a position in the file's sequence of samples.
  [[nodiscard]] int sample(int format, std::size_t index) const {
    if (format == 16) return signed_value(word(2 * index), 16);
    const std::size_t at = index / 2 * 3;
    const auto pair = word(at);
    if (index % 2 == 0) return signed_value(pair & 0xFFFU, 12);
    return signed_value((pair >> 12) << 8 | static_cast<unsigned char>(bytes[at + 2]), 12);
  }
  [[nodiscard]] std::size_t samples(int format) const {
    if (format == 16) return bytes.size() / 2;
    return bytes.size() / 3 * 2 + (bytes.size() % 3 == 2 ? 1 : 0);
  }
};

SignalChannel decode_channel(const ByteReader& reader, const WfdbSignal& signal, std::size_t index,
                             std::size_t step, std::size_t count, std::uint32_t& sum) {
  SignalChannel channel;
  channel.name = signal.description;
  channel.unit = ucum_unit(signal.unit).value_or("");
  channel.values.reserve(count);
  const int missing = signal.format == 16 ? -32768 : -2048;
  double last = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int raw = reader.sample(signal.format, i * step + index);
    sum += static_cast<std::uint32_t>(raw);
    if (raw == missing) {
      if (!channel.missing.empty() && channel.missing.back().end == i) {
        channel.missing.back().end = i + 1;
      } else {
        channel.missing.push_back({i, i + 1});
      }
    } else {
      last = (raw - signal.baseline) / signal.gain;
    }
    channel.values.push_back(last);
  }
  return channel;
}

std::filesystem::path with_extension(std::filesystem::path path, const std::string& extension) {
  return path.replace_extension(extension);
}

/// All signals of the header, file by file.
Result<std::vector<SignalChannel>> read_signal_files(const WfdbHeader& header,
                                                     const std::filesystem::path& folder,
                                                     std::vector<SignalFinding>& findings) {
  std::vector<SignalChannel> channels;
  for (std::size_t from = 0; from < header.signals.size();) {
    std::size_t to = from;
    while (to < header.signals.size() && header.signals[to].file_name == header.signals[from].file_name) ++to;
    const auto bytes = read_file(folder / header.signals[from].file_name, kMaxWfdbBytes, kReadingWfdb);
    if (!bytes) return tl::unexpected(bytes.error());
    const std::vector<WfdbSignal> together(header.signals.begin() + static_cast<std::ptrdiff_t>(from),
                                           header.signals.begin() + static_cast<std::ptrdiff_t>(to));
    auto decoded = decode_wfdb_signals(*bytes, together, header.samples, findings);
    if (!decoded) return tl::unexpected(decoded.error());
    for (auto& channel : *decoded) {
      if (!channels.empty() && channel.values.size() != channels.front().values.size()) {
        return fail(ErrorCode::corrupt, kReadingWfdb, "the signal files have different lengths",
                    "download the record again");
      }
      channels.push_back(std::move(channel));
    }
    from = to;
  }
  return channels;
}

}  // namespace

bool is_beat(std::string_view label) {
  constexpr std::string_view kBeats = "NLRBAaJSVrFejnE/fQ?";
  return label.size() == 1 && kBeats.find(label[0]) != std::string_view::npos;
}

Result<std::vector<SignalChannel>> decode_wfdb_signals(std::string_view bytes,
                                                       const std::vector<WfdbSignal>& signals,
                                                       std::optional<std::size_t> samples,
                                                       std::vector<SignalFinding>& findings) {
  if (signals.empty()) return std::vector<SignalChannel>{};
  const WfdbSignal& first = signals.front();
  for (const WfdbSignal& signal : signals) {
    if (signal.format == first.format && signal.byte_offset == first.byte_offset) continue;
    return fail(ErrorCode::corrupt, kReadingWfdb, "signals of one file have different formats",
                "download the record again");
  }
  const ByteReader reader{bytes.substr(std::min(bytes.size(), first.byte_offset))};
  const std::size_t held = reader.samples(first.format) / signals.size();
  const std::size_t count = std::min(held, samples.value_or(held));
  if (count == 0) {
    return fail(ErrorCode::corrupt, kReadingWfdb, "the signal file holds no sample",
                "download the record again");
  }
  if (count > kMaxSignalValues / signals.size()) {
    return fail(ErrorCode::unsupported, kReadingWfdb,
                "there are more than " + std::to_string(kMaxSignalValues) + " values", "split the record");
  }
  const bool cut = samples && held < *samples;
  if (cut) {
    findings.push_back({"cut_off",
                        "The header declares " + std::to_string(*samples) + " samples, the file holds " +
                            std::to_string(held) + ".",
                        "Download the record again."});
  }
  std::vector<SignalChannel> channels;
  for (std::size_t s = 0; s < signals.size(); ++s) {
    std::uint32_t sum = 0;
    channels.push_back(decode_channel(reader, signals[s], s, signals.size(), count, sum));
    if (!signals[s].checksum || !samples || cut) continue;
    if ((sum & 0xFFFFU) != (static_cast<std::uint32_t>(*signals[s].checksum) & 0xFFFFU)) {
      return fail(ErrorCode::corrupt, kReadingWfdb,
                  "the checksum of signal '" + shown(signals[s].description) + "' differs from the header's",
                  "download the record again");
    }
  }
  return channels;
}

Result<std::vector<SignalAnnotation>> parse_wfdb_annotations(std::string_view bytes, Hertz rate) {
  constexpr std::uint32_t kSkip = 59, kNum = 60, kSub = 61, kChn = 62, kAux = 63;
  const auto ends_early = [] {
    return fail(ErrorCode::corrupt, kReadingWfdb, "the annotation file ends inside an annotation",
                "download the record again");
  };
  const ByteReader reader{bytes};
  std::vector<SignalAnnotation> out;
  double sample = 0;
  std::size_t at = 0;
  while (true) {
    if (at + 2 > bytes.size()) return ends_early();
    const std::uint32_t word = reader.word(at), code = word >> 10, interval = word & 0x3FFU;
    at += 2;
    if (word == 0) break;
    if (code == kSkip) {
      if (at + 4 > bytes.size()) return ends_early();
      sample += static_cast<std::int32_t>(reader.word(at) << 16 | reader.word(at + 2));
      at += 4;
    } else if (code == kAux) {
      const std::size_t length = interval;
      if (at + length + length % 2 > bytes.size()) return ends_early();
      std::string_view text = bytes.substr(at, length);
      while (text.ends_with('\0')) text.remove_suffix(1);
      if (!out.empty() && !text.empty()) out.back().label += " " + shown(text, 200);
      at += length + length % 2;
    } else if (code == kNum || code == kSub || code == kChn) {
      continue;
    } else {
      sample += interval;
      if (out.size() == kMaxAnnotations)
        return fail(ErrorCode::unsupported, kReadingWfdb, "there are more than 10 million annotations",
                    "split the record");
      const bool known = code < kSymbols.size() && !kSymbols[code].empty();
      out.push_back({Seconds{sample / rate.value()},
                     known ? std::string{kSymbols[code]} : "code_" + std::to_string(code)});
    }
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const SignalAnnotation& a, const SignalAnnotation& b) { return a.time < b.time; });
  return out;
}

Result<SignalRecording> read_wfdb(const std::filesystem::path& path, const WfdbOptions& options) {
  const auto text = read_file(with_extension(path, ".hea"), 1 << 20, kReadingWfdb);
  if (!text) return tl::unexpected(text.error());
  const auto header = parse_wfdb_header(*text);
  if (!header) return tl::unexpected(header.error());
  SignalRecording out;
  out.format = "WFDB";
  out.recorded_at = header->recorded_at;
  const Hertz rate = options.rate.value_or(header->rate);
  auto channels = read_signal_files(*header, path.parent_path(), out.findings);
  if (!channels) return tl::unexpected(channels.error());
  if (!channels->empty()) out.groups.push_back({"", rate, Seconds{0}, std::move(*channels)});

  std::vector<std::string> annotators = {"atr", "ecg", "qrs", "ari", "ann"};
  if (!options.annotator.empty()) annotators = {options.annotator};
  const std::string own = path.extension().string();
  if (options.annotator.empty() && own.size() > 1 && own != ".hea" && own != ".dat")
    annotators = {own.substr(1)};
  for (const std::string& annotator : annotators) {
    const auto file = with_extension(path, "." + annotator);
    if (annotators.size() > 1 && !std::filesystem::exists(file)) continue;
    const auto bytes = read_file(file, kMaxWfdbBytes, kReadingWfdb);
    if (!bytes) return tl::unexpected(bytes.error());
    auto annotations = parse_wfdb_annotations(*bytes, rate);
    if (!annotations) return tl::unexpected(annotations.error());
    out.annotations = std::move(*annotations);
    break;
  }
  if (out.groups.empty() && out.annotations.empty()) {
    return fail(ErrorCode::nothing_measured, kReadingWfdb, "the record has neither signals nor annotations",
                "download the files that belong to the header");
  }
  return out;
}

}  // namespace reprise::sensing
