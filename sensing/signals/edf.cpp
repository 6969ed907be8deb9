// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/edf.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "sensing/files/number_text.h"
#include "sensing/files/signal_unit.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingEdf = "reading an EDF file";
constexpr std::size_t kEdfHeader = 256;
constexpr std::size_t kMaxEdfSignals = 512;
constexpr std::size_t kMaxEdfAnnotations = 1'000'000;
constexpr double kLongestEdfGapS = 86400;

tl::unexpected<Error> bad_edf(std::string cause) {
  return fail(ErrorCode::corrupt, kReadingEdf, std::move(cause), "export the recording again");
}

std::string_view edf_text(std::string_view field) {
  while (field.ends_with('\0')) field.remove_suffix(1);
  return trimmed(field);
}

struct EdfSignal {
  std::string label, unit;
  double gain = 1, offset = 0;  // physical = gain * digital + offset
  std::size_t samples = 0;      // in one record
  std::size_t byte_at = 0;      // in one record
  bool annotations = false;
};

class EdfReader {
 public:
  explicit EdfReader(std::string_view bytes) : bytes_(bytes), width_(bytes[0] == '0' ? 2 : 3) {}

  [[nodiscard]] Result<SignalRecording> read() {
    if (auto ok = read_header(); !ok) return tl::unexpected(ok.error());
    if (auto ok = read_signals(); !ok) return tl::unexpected(ok.error());
    if (auto ok = count_records(); !ok) return tl::unexpected(ok.error());
    read_annotations();
    if (auto ok = place_records(); !ok) return tl::unexpected(ok.error());
    decode();
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view header_field(std::size_t at, std::size_t size) const {
    return edf_text(bytes_.substr(at, size));
  }
  /// Field of a signal: all signals' values of one field follow each other.
  [[nodiscard]] std::string_view signal_field(std::size_t s, std::size_t before, std::size_t size) const {
    return header_field(kEdfHeader + signals_.size() * before + s * size, size);
  }

  [[nodiscard]] Result<void> read_header() {
    const auto count = parse_integer(header_field(252, 4));
    const auto records = parse_integer(header_field(236, 8));
    const auto duration = parse_number(header_field(244, 8));
    if (!count || *count < 1)
      return bad_edf("the number of signals is '" + shown(header_field(252, 4)) + "'");
    if (static_cast<std::size_t>(*count) > kMaxEdfSignals)
      return fail(ErrorCode::unsupported, kReadingEdf, "there are " + std::to_string(*count) + " signals",
                  "export at most 512 signals");
    if (!records || *records < -1)
      return bad_edf("the number of records is '" + shown(header_field(236, 8)) + "'");
    if (!duration || !std::isfinite(*duration) || *duration < 0)
      return bad_edf("the duration of a record is '" + shown(header_field(244, 8)) + "'");
    signals_.resize(static_cast<std::size_t>(*count));
    data_at_ = kEdfHeader * (signals_.size() + 1);
    if (bytes_.size() < data_at_) return bad_edf("the file ends in its header");
    declared_ = *records;
    duration_s_ = *duration;
    const std::string_view reserved = header_field(192, 44);
    out_.format = width_ == 3 ? "BDF" : reserved.starts_with("EDF+") ? "EDF+" : "EDF";
    plus_ = reserved.starts_with("EDF+") || reserved.starts_with("BDF+");
    const std::string_view date = header_field(168, 8), time = header_field(176, 8);
    const auto year = parse_integer(date.size() == 8 ? date.substr(6) : std::string_view{});
    if (year && *year >= 0 && time.size() == 8) {
      // The clipping year 1985 of the specification.
      out_.recorded_at = (*year >= 85 ? "19" : "20") + std::string{date.substr(6)} + "-" +
                         std::string{date.substr(3, 2)} + "-" + std::string{date.substr(0, 2)} + "T" +
                         std::string{time};
      std::replace(out_.recorded_at.begin() + 10, out_.recorded_at.end(), '.', ':');
    }
    return {};
  }

  [[nodiscard]] Result<void> read_signals() {
    for (std::size_t s = 0; s < signals_.size(); ++s) {
      EdfSignal& signal = signals_[s];
      signal.label = std::string{signal_field(s, 0, 16)};
      signal.annotations = signal.label == "EDF Annotations" || signal.label == "BDF Annotations";
      signal.unit = ucum_unit(signal_field(s, 96, 8)).value_or("");
      const auto samples = parse_integer(signal_field(s, 216, 8));
      if (!samples || *samples < 0 || *samples > 100'000'000)
        return bad_edf("signal '" + shown(signal.label) + "' has an invalid number of samples in a record");
      signal.samples = static_cast<std::size_t>(*samples);
      signal.byte_at = record_bytes_;
      record_bytes_ += signal.samples * width_;
      if (signal.annotations || signal.samples == 0) continue;
      const auto low = parse_number(signal_field(s, 104, 8)), high = parse_number(signal_field(s, 112, 8));
      const auto least = parse_number(signal_field(s, 120, 8)), most = parse_number(signal_field(s, 128, 8));
      if (!low || !high || !least || !most || !std::isfinite(*high - *low) ||
          !std::isfinite(*most - *least) || *most == *least)
        return bad_edf("signal '" + shown(signal.label) + "' has no valid physical or digital range");
      signal.gain = (*high - *low) / (*most - *least);
      signal.offset = *low - signal.gain * *least;
      if (signal.gain == 0 || !std::isfinite(signal.offset))
        return bad_edf("signal '" + shown(signal.label) + "' has an empty physical range");
      const double rate = static_cast<double>(signal.samples) / duration_s_;
      if (!(duration_s_ > 0 && rate >= 1e-6 && rate <= 1e6))
        return bad_edf("signal '" + shown(signal.label) + "' has no sampling rate up to 1 MHz");
    }
    if (record_bytes_ == 0)
      return fail(ErrorCode::nothing_measured, kReadingEdf, "no signal has samples", "export it again");
    return {};
  }

  [[nodiscard]] Result<void> count_records() {
    const std::size_t held = (bytes_.size() - data_at_) / record_bytes_;
    records_ = declared_ < 0 ? held : std::min(held, static_cast<std::size_t>(declared_));
    if (declared_ >= 0 && held < static_cast<std::size_t>(declared_)) {
      out_.findings.push_back({"cut_off",
                               "The header declares " + std::to_string(declared_) +
                                   " records, the file holds " + std::to_string(held) + ".",
                               "Copy the file again."});
    }
    if (records_ == 0) {
      return fail(ErrorCode::nothing_measured, kReadingEdf, "there is no whole record of data",
                  "export it again");
    }
    return {};
  }

  /// Time-stamped annotation lists: +Onset[\x15Duration]\x14text\x14...\x14\0.
  void read_list(std::string_view list, std::size_t record, bool first) {
    const std::size_t stamp_end = list.find('\x14');
    if (stamp_end == std::string_view::npos) return;
    const std::string_view stamp = list.substr(0, std::min(list.find('\x15'), stamp_end));
    const auto onset = parse_number(stamp);
    if (!onset || !std::isfinite(*onset) || std::abs(*onset) > 1e9) return;
    if (first) starts_[record] = *onset;
    list.remove_prefix(stamp_end + 1);
    while (!list.empty()) {
      const std::size_t end = std::min(list.find('\x14'), list.size());
      if (end > 0 && out_.annotations.size() < kMaxEdfAnnotations)
        out_.annotations.push_back({Seconds{*onset}, shown(list.substr(0, end), 200)});
      list.remove_prefix(std::min(list.size(), end + 1));
    }
  }

  void read_annotations() {
    starts_.assign(records_, std::nullopt);
    if (!plus_) return;
    bool first_signal = true;
    for (const EdfSignal& signal : signals_) {
      if (!signal.annotations) continue;
      for (std::size_t r = 0; r < records_; ++r) {
        std::string_view lists =
            bytes_.substr(data_at_ + r * record_bytes_ + signal.byte_at, signal.samples * width_);
        bool first = first_signal;
        while (!lists.empty() && lists.front() != '\0') {
          const std::size_t end = std::min(lists.find('\0'), lists.size());
          read_list(lists.substr(0, end), r, first);
          first = false;
          lists.remove_prefix(std::min(lists.size(), end + 1));
        }
      }
      first_signal = false;
    }
    std::stable_sort(out_.annotations.begin(), out_.annotations.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
  }

  /// Where each record begins, in whole records of the grid's time, so that records stay evenly sampled.
  [[nodiscard]] Result<void> place_records() {
    positions_s_.resize(records_);
    const double start = starts_[0].value_or(0);
    std::size_t gaps = 0;
    double lost = 0;
    for (std::size_t r = 0; r < records_; ++r) {
      const double expected = r == 0 ? start : positions_s_[r - 1] + duration_s_;
      const double said = starts_[r].value_or(expected);
      // The clock of a recorder is written in digits; below a thousandth of a record it is rounding.
      const bool contiguous = std::abs(said - expected) <= std::max(1e-3 * duration_s_, 1e-3);
      positions_s_[r] = contiguous ? expected : said;
      if (contiguous) continue;
      if (said < expected || said - expected > kLongestEdfGapS) {
        return fail(ErrorCode::unsupported, kReadingEdf,
                    "record " + std::to_string(r + 1) + " begins " + std::to_string(said - expected) +
                        " s after the end of the one before",
                    "export it as continuous parts");
      }
      ++gaps;
      lost += said - expected;
    }
    if (gaps > 0) {
      out_.findings.push_back({"gaps",
                               "Samples are missing in " + std::to_string(gaps) + " gaps of " +
                                   std::to_string(lost) + " s in total.",
                               ""});
    }
    double values = 0;
    const double length_s = positions_s_.back() + duration_s_ - start;
    for (const EdfSignal& signal : signals_) {
      if (!signal.annotations && duration_s_ > 0)
        values += length_s / duration_s_ * static_cast<double>(signal.samples);
    }
    if (values > static_cast<double>(kMaxSignalValues)) {
      return fail(ErrorCode::unsupported, kReadingEdf,
                  "there are more than " + std::to_string(kMaxSignalValues) + " values",
                  "split the recording into shorter ones");
    }
    return {};
  }

  [[nodiscard]] double digital(std::size_t at) const {
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(bytes_[i]));
    };
    if (width_ == 2) return static_cast<std::int16_t>(byte(at) | byte(at + 1) << 8);
    const std::uint32_t bits = byte(at) << 8 | byte(at + 1) << 16 | byte(at + 2) << 24;
    return static_cast<double>(static_cast<std::int32_t>(bits)) / 256;
  }

  void decode() {
    for (const EdfSignal& signal : signals_) {
      if (signal.annotations || signal.samples == 0) continue;
      const double rate = static_cast<double>(signal.samples) / duration_s_;
      auto group = std::find_if(out_.groups.begin(), out_.groups.end(),
                                [&](const SignalGroup& g) { return g.rate == Hertz{rate}; });
      if (group == out_.groups.end())
        group = out_.groups.insert(group, {"", Hertz{rate}, Seconds{positions_s_[0]}, {}});
      SignalChannel channel{signal.label, signal.unit, {}, {}, {}, {}};
      for (std::size_t r = 0; r < records_; ++r) {
        const auto at = static_cast<std::size_t>(std::llround((positions_s_[r] - positions_s_[0]) * rate));
        if (at > channel.values.size()) {
          channel.missing.push_back({channel.values.size(), at});
          channel.values.resize(at, channel.values.empty() ? 0 : channel.values.back());
        }
        const std::size_t from = data_at_ + r * record_bytes_ + signal.byte_at;
        for (std::size_t i = 0; i < signal.samples; ++i)
          channel.values.push_back(signal.gain * digital(from + i * width_) + signal.offset);
      }
      group->channels.push_back(std::move(channel));
    }
  }

  std::string_view bytes_;
  std::size_t width_;
  std::size_t data_at_ = 0, record_bytes_ = 0, records_ = 0;
  long long declared_ = 0;
  double duration_s_ = 0;
  bool plus_ = false;
  std::vector<EdfSignal> signals_;
  std::vector<std::optional<double>> starts_;
  std::vector<double> positions_s_;
  SignalRecording out_;
};

}  // namespace

bool looks_like_edf(std::string_view bytes) {
  return bytes.size() >= kEdfHeader && (bytes.starts_with("0       ") || bytes.starts_with("\xFF"
                                                                                           "BIOSEMI"));
}

Result<SignalRecording> parse_edf(std::string_view bytes) {
  if (!looks_like_edf(bytes)) return bad_edf("the file does not begin like EDF or BDF");
  return EdfReader{bytes}.read();
}

}  // namespace reprise::sensing
