// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/wfdb_header.h"

#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/files/text_lines.h"
#include "sensing/signals/signal_recording.h"

namespace reprise::sensing {
namespace {

constexpr const char* kWfdbHeader = "reading a WFDB header";
constexpr std::size_t kMaxWfdbSignals = 256;

tl::unexpected<Error> bad_wfdb_line(std::string_view line, const std::string& why) {
  return fail(ErrorCode::corrupt, kWfdbHeader, "the line '" + shown(line, 60) + "' " + why,
              "download the record again");
}

tl::unexpected<Error> other_wfdb(std::string cause, std::string remedy) {
  return fail(ErrorCode::unsupported, kWfdbHeader, std::move(cause), std::move(remedy));
}

/// The next word, taken off `line`.
std::string_view take_word(std::string_view& line) {
  line = trimmed(line);
  const std::size_t end = std::min(line.find_first_of(" \t"), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end);
  return word;
}

Result<std::size_t> parse_record_line(std::string_view line, WfdbHeader& out) {
  const std::string_view whole = line;
  const std::string_view record = take_word(line);
  if (record.find('/') != std::string_view::npos) {
    return other_wfdb("the record '" + shown(record) + "' has several segments",
                      "convert it into one segment (rdsamp, wrsamp), or read one of its segments");
  }
  out.record = std::string{record};
  const auto signals = parse_integer(take_word(line));
  if (!signals || *signals < 0) return bad_wfdb_line(whole, "does not give the number of signals");
  if (static_cast<std::size_t>(*signals) > kMaxWfdbSignals)
    return other_wfdb("the record has " + std::to_string(*signals) + " signals; at most 256", "split it");
  if (std::string_view rate_text = take_word(line); !rate_text.empty()) {
    const auto rate = parse_number(rate_text.substr(0, rate_text.find('/')));
    if (!rate || !(*rate > 0 && *rate <= 1e6)) return bad_wfdb_line(whole, "has no valid sampling frequency");
    out.rate = Hertz{*rate};
  }
  if (const std::string_view count = take_word(line); !count.empty()) {
    const auto samples = parse_integer(count);
    if (!samples || *samples < 0) return bad_wfdb_line(whole, "has no valid number of samples");
    if (static_cast<unsigned long long>(*samples) > kMaxSignalValues)
      return other_wfdb("there are " + std::to_string(*samples) + " samples per signal", "split the record");
    if (*samples > 0) out.samples = static_cast<std::size_t>(*samples);
  }
  const std::string_view time = take_word(line), date = take_word(line);
  if (date.size() == 10 && date[2] == '/') {
    out.recorded_at = std::string{date.substr(6, 4)} + "-" + std::string{date.substr(3, 2)} + "-" +
                      std::string{date.substr(0, 2)} + "T" + std::string{time.substr(0, 15)};
  }
  return static_cast<std::size_t>(*signals);
}

Result<void> parse_format(std::string_view text, std::string_view line, WfdbSignal& out) {
  const std::size_t end = std::min(text.find_first_of("x:+"), text.size());
  const auto format = parse_integer(text.substr(0, end));
  if (!format) return bad_wfdb_line(line, "has no valid format");
  if (*format != 16 && *format != 212) {
    return other_wfdb("the signals are stored in format " + std::to_string(*format) + "; 16 and 212 are read",
                      "convert the record to format 16 (xform)");
  }
  out.format = static_cast<int>(*format);
  std::string_view rest = text.substr(end);
  while (!rest.empty()) {
    const char mark = rest.front();
    const std::size_t next = std::min(rest.find_first_of("x:+", 1), rest.size());
    const auto number = parse_integer(rest.substr(1, next - 1));
    if (!number || *number < 0) return bad_wfdb_line(line, "has no valid format");
    if ((mark == 'x' && *number != 1) || (mark == ':' && *number != 0)) {
      return other_wfdb(mark == 'x' ? "a signal has several samples a frame" : "a signal is skewed",
                        "convert the record to one rate without skew (xform)");
    }
    if (mark == '+') out.byte_offset = static_cast<std::size_t>(*number);
    rest.remove_prefix(next);
  }
  return {};
}

/// "200(512)/mV": the gain, the baseline and the unit.
Result<bool> parse_gain(std::string_view text, std::string_view line, WfdbSignal& out) {
  bool baseline = false;
  if (const std::size_t slash = text.find('/'); slash != std::string_view::npos) {
    out.unit = std::string{text.substr(slash + 1, 20)};
    text = text.substr(0, slash);
  }
  if (const std::size_t open = text.find('('); open != std::string_view::npos) {
    const auto value = parse_number(text.substr(open + 1, text.find(')', open) - open - 1));
    if (!value || !std::isfinite(*value)) return bad_wfdb_line(line, "has no valid baseline");
    out.baseline = *value;
    baseline = true;
    text = text.substr(0, open);
  }
  const auto gain = parse_number(text);
  if (!gain || !std::isfinite(*gain)) return bad_wfdb_line(line, "has no valid gain");
  if (std::abs(*gain) > 1e-12) out.gain = *gain;
  return baseline;
}

Result<WfdbSignal> parse_signal_line(std::string_view line) {
  const std::string_view whole = line;
  WfdbSignal signal;
  const std::string_view name = take_word(line);
  if (name.empty() || name == "-" || name == "~" || name.starts_with('.') ||
      name.find_first_of("/\\") != std::string_view::npos) {
    return other_wfdb("the signals lie in '" + shown(name) + "'", "put them into the header's folder");
  }
  signal.file_name = std::string{name};
  if (auto ok = parse_format(take_word(line), whole, signal); !ok) return tl::unexpected(ok.error());
  const std::string_view gain = take_word(line);
  bool baseline = false;
  if (!gain.empty()) {
    const auto parsed = parse_gain(gain, whole, signal);
    if (!parsed) return tl::unexpected(parsed.error());
    baseline = *parsed;
  }
  (void)take_word(line);  // the resolution of the converter
  if (const std::string_view zero = take_word(line); !zero.empty()) {
    const auto value = parse_integer(zero);
    if (!value) return bad_wfdb_line(whole, "has no valid ADC zero");
    if (!baseline) signal.baseline = static_cast<double>(*value);
  }
  (void)take_word(line);  // the initial value, of difference formats
  if (const std::string_view sum = take_word(line); !sum.empty()) {
    const auto value = parse_integer(sum);
    if (!value || *value < -65536 || *value > 65536) return bad_wfdb_line(whole, "has no valid checksum");
    signal.checksum = static_cast<int>(*value);
  }
  (void)take_word(line);  // the block size, of tapes
  signal.description = std::string{trimmed(line).substr(0, 80)};
  return signal;
}

}  // namespace

Result<WfdbHeader> parse_wfdb_header(std::string_view text) {
  WfdbHeader header;
  std::optional<std::size_t> expected;
  while (!text.empty() && (!expected || header.signals.size() < *expected)) {
    const std::string_view line = trimmed(take_line(text));
    if (line.empty() || line.starts_with('#')) continue;
    if (line.size() > 4096) return bad_wfdb_line(line, "is too long");
    if (!expected) {
      const auto count = parse_record_line(line, header);
      if (!count) return tl::unexpected(count.error());
      expected = *count;
      continue;
    }
    auto signal = parse_signal_line(line);
    if (!signal) return tl::unexpected(signal.error());
    if (signal->description.empty())
      signal->description = "signal_" + std::to_string(header.signals.size() + 1);
    header.signals.push_back(std::move(*signal));
  }
  if (!expected) {
    return fail(ErrorCode::corrupt, kWfdbHeader, "there is no record line", "download the record again");
  }
  if (header.signals.size() < *expected) {
    return fail(ErrorCode::corrupt, kWfdbHeader,
                "the header describes " + std::to_string(header.signals.size()) + " of " +
                    std::to_string(*expected) + " signals",
                "download the record again");
  }
  return header;
}

}  // namespace reprise::sensing
