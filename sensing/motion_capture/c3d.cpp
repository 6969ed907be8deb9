// SPDX-License-Identifier: Apache-2.0
#include "sensing/motion_capture/c3d.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "sensing/files/file_io.h"
#include "sensing/files/number_text.h"
#include "sensing/landmarks/landmark_recording.h"
#include "sensing/motion_capture/c3d_parameters.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingC3d = "reading a C3D file";
constexpr std::size_t kBlock = 512;
constexpr std::size_t kMaxChannels = 10'000;

tl::unexpected<Error> bad_c3d(std::string cause, std::string remedy = "export the recording again") {
  return fail(ErrorCode::corrupt, kReadingC3d, std::move(cause), std::move(remedy));
}

std::string text_of(double value) {
  std::string text;
  append_number(text, value);
  return text;
}

std::size_t whole(double value) {
  return value > 0 && value < 1e15 ? static_cast<std::size_t>(std::llround(value)) : 0;
}

/// How the frames are laid out, once header and parameters have been heard.
struct Layout {
  std::size_t points = 0, channels = 0, samples_per_frame = 0, frames = 0;
  std::size_t data_at = 0;
  bool floats = false;
  double scale = 1;
  double rate_hz = 0;
  double units_per_m = 1000;

  [[nodiscard]] std::size_t number_bytes() const { return floats ? 4 : 2; }
  [[nodiscard]] std::size_t frame_bytes() const {
    return (4 * points + channels * samples_per_frame) * number_bytes();
  }
};

class C3dReader {
 public:
  C3dReader(std::string_view text, C3dProcessor processor, std::size_t parameters_at)
      : bytes_(text, processor), parameters_(bytes_, parameters_at) {}

  [[nodiscard]] Result<C3dRecording> read() && {
    warnings() = parameters_.warnings();
    if (auto found = find_layout(); !found) return tl::unexpected(found.error());
    if (auto found = find_data(); !found) return tl::unexpected(found.error());
    name_markers();
    name_channels();
    out_.plates = read_force_plates(parameters_, 1 / layout_.units_per_m, out_.analog.units, warnings());
    if (auto read = read_frames(); !read) return tl::unexpected(read.error());
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::vector<std::string>& warnings() { return out_.markers.warnings; }
  [[nodiscard]] double header_word(std::size_t number) const { return bytes_.word(2 * (number - 1)); }

  /// What the parameters say, with a warning where the header says something else; the header's where they
  /// are silent or `possible` refuses them.
  template <class Possible>
  double decide(const char* group, const char* name, double header, const Possible& possible) {
    const auto said = parameters_.number(group, name);
    const std::string full = std::string{group} + ":" + name;
    if (!said || !possible(*said)) {
      if (said)
        warnings().push_back(full + " is " + text_of(*said) + ", which cannot be: the header's " +
                             (std::isfinite(header) ? text_of(header) : "value") + " is used.");
      return header;
    }
    if (*said != header) {
      warnings().push_back("The header says " + (std::isfinite(header) ? text_of(header) : "no number") +
                           " where " + full + " says " + text_of(*said) + "; the latter is used.");
    }
    return *said;
  }

  [[nodiscard]] Result<void> find_layout() {
    const auto any = [](double) { return true; };
    layout_.points = whole(decide("POINT", "USED", header_word(2), any));
    const double scale = decide("POINT", "SCALE", bytes_.real(12), [](double v) { return v != 0; });
    if (!std::isfinite(scale) || scale == 0) return bad_c3d("POINT:SCALE is not given");
    layout_.floats = scale < 0;
    layout_.scale = std::abs(scale);
    const auto plausible_rate = [](double v) { return v > 0 && v < 1e6; };
    layout_.rate_hz = decide("POINT", "RATE", bytes_.real(20), plausible_rate);
    if (!plausible_rate(layout_.rate_hz)) return bad_c3d("neither header nor POINT:RATE give a frame rate");
    if (layout_.points > engine::kMaxMarkers) {
      return fail(ErrorCode::unsupported, kReadingC3d,
                  "there are " + std::to_string(layout_.points) + " points; the limit is " +
                      std::to_string(engine::kMaxMarkers),
                  "export fewer points");
    }
    find_analog();
    if (layout_.channels > kMaxChannels) {
      return fail(ErrorCode::unsupported, kReadingC3d,
                  "there are " + std::to_string(layout_.channels) + " analog channels; the limit is " +
                      std::to_string(kMaxChannels),
                  "export fewer channels");
    }
    if (layout_.points == 0 && layout_.channels == 0) {
      return fail(ErrorCode::nothing_measured, kReadingC3d, "there are neither points nor analog channels",
                  "export the recording again");
    }
    return find_unit();
  }

  void find_analog() {
    const auto per_frame = whole(header_word(3));
    const auto header_samples = whole(header_word(10));
    const auto used = parameters_.number("ANALOG", "USED");
    layout_.channels = used ? whole(*used) : header_samples > 0 ? per_frame / header_samples : 0;
    if (layout_.channels == 0) {
      if (per_frame > 0 && used)
        warnings().emplace_back("The header announces analog samples, ANALOG:USED none; none are read.");
      return;
    }
    const auto rate = parameters_.number("ANALOG", "RATE");
    const double ratio = rate ? *rate / layout_.rate_hz : 0;
    const bool whole_ratio = ratio >= 1 && ratio <= 65535 && std::abs(ratio - std::round(ratio)) < 0.01;
    layout_.samples_per_frame = whole_ratio ? whole(ratio) : header_samples;
    if (layout_.samples_per_frame == 0) layout_.samples_per_frame = 1;
    if (layout_.samples_per_frame != header_samples ||
        layout_.channels * layout_.samples_per_frame != per_frame) {
      warnings().push_back("The header announces " + std::to_string(per_frame) +
                           " analog numbers a frame, the parameters " + std::to_string(layout_.channels) +
                           " channels of " + std::to_string(layout_.samples_per_frame) +
                           " samples; the latter are used.");
    }
  }

  [[nodiscard]] Result<void> find_unit() {
    const auto units = parameters_.texts("POINT", "UNITS");
    if (units.empty() || units[0].empty()) {
      if (layout_.points > 0) warnings().emplace_back("POINT:UNITS is missing; millimeters are assumed.");
      return {};
    }
    const std::string& unit = units[0];
    if (unit == "m" || unit == "M" || unit == "meters") {
      layout_.units_per_m = 1;
    } else if (unit == "cm") {
      layout_.units_per_m = 100;
    } else if (unit != "mm" && unit != "MM") {
      return fail(ErrorCode::unsupported, kReadingC3d,
                  "POINT:UNITS is '" + shown(unit) + "'; m, cm and mm are known", "convert the file");
    }
    return {};
  }

  /// The number of frames as the file declares it, the widest count first.
  [[nodiscard]] double declared_frames() {
    const auto wide = [&](const char* name) -> std::optional<double> {
      const auto low = parameters_.number("TRIAL", name, 0);
      const auto high = parameters_.number("TRIAL", name, 1);
      if (!low) return std::nullopt;
      return *low + 65536 * high.value_or(0);
    };
    const double header = header_word(5) - header_word(4) + 1;
    const auto first = wide("ACTUAL_START_FIELD");
    const auto last = wide("ACTUAL_END_FIELD");
    const auto narrow = parameters_.number("POINT", "FRAMES");
    const auto count = first && last && *last >= *first ? std::optional{*last - *first + 1}
                                                        : parameters_.number("POINT", "LONG_FRAMES");
    const double said = count ? *count : narrow.value_or(header);
    // 65,535 and counts modulo 65,536 are how the narrow fields show a wide count.
    const auto agrees = [&](double other) {
      return other == said || (said > 65535 && (other == 65535 || other == std::fmod(said, 65536)));
    };
    for (const auto& [name, other] :
         {std::pair{"the header", std::optional{header}}, {"POINT:FRAMES", narrow}}) {
      if (other && !agrees(*other) && !(said > 65535)) {
        warnings().push_back(std::string{"The number of frames is "} + text_of(said) + ", but " + name +
                             " says " + text_of(*other) + ".");
      }
    }
    return said;
  }

  [[nodiscard]] Result<void> find_data() {
    const auto inside = [&](double block) {
      return block >= 2 && (block - 1) * kBlock <= static_cast<double>(bytes_.size());
    };
    const double block = decide("POINT", "DATA_START", header_word(9), inside);
    if (!inside(block))
      return bad_c3d("the data would start at block " + text_of(block) + ", which the file does not have");
    layout_.data_at = (whole(block) - 1) * kBlock;
    const double declared = declared_frames();
    const std::size_t held = (bytes_.size() - layout_.data_at) / layout_.frame_bytes();
    layout_.frames = std::min(whole(declared), held);
    if (whole(declared) > held) {
      warnings().push_back("The file declares " + text_of(declared) + " frames and holds " +
                           std::to_string(held) + "; it seems to be cut off.");
    }
    if (layout_.frames == 0) {
      return fail(ErrorCode::nothing_measured, kReadingC3d,
                  "there are no frames; the file declares " + text_of(declared),
                  "export the recording again");
    }
    if (layout_.frames * layout_.points > engine::kMaxMarkerSamples ||
        layout_.frames * layout_.channels * layout_.samples_per_frame > kMaxAnalogValues) {
      return fail(ErrorCode::unsupported, kReadingC3d,
                  "there are " + std::to_string(layout_.frames) + " frames of " +
                      std::to_string(layout_.points) + " points and " +
                      std::to_string(layout_.channels * layout_.samples_per_frame) + " analog samples",
                  "split the recording into shorter ones");
    }
    return {};
  }

  void name_markers() {
    engine::MarkerRecording& markers = out_.markers;
    markers.rate = Hertz{layout_.rate_hz};
    markers.names = parameters_.texts("POINT", "LABELS");
    if (markers.names.size() < layout_.points) {
      warnings().push_back("There are " + std::to_string(layout_.points) + " points and " +
                           std::to_string(markers.names.size()) + " labels.");
    }
    markers.names.resize(layout_.points);
    for (std::size_t i = 0; i < markers.names.size(); ++i) {
      if (markers.names[i].empty()) markers.names[i] = "unnamed_" + std::to_string(i + 1);
    }
    if (std::set<std::string_view>(markers.names.begin(), markers.names.end()).size() !=
        markers.names.size()) {
      warnings().emplace_back("Two or more markers have the same name.");
    }
  }

  void name_channels() {
    AnalogRecording& analog = out_.analog;
    analog.names = parameters_.texts("ANALOG", "LABELS");
    analog.units = parameters_.texts("ANALOG", "UNITS");
    analog.names.resize(layout_.channels);
    analog.units.resize(layout_.channels);
    if (layout_.channels > 0)
      analog.rate = Hertz{layout_.rate_hz * static_cast<double>(layout_.samples_per_frame)};
    const bool unsigned_words = [&] {
      const auto format = parameters_.texts("ANALOG", "FORMAT");
      return !format.empty() && format[0] == "UNSIGNED";
    }();
    unsigned_analog_ = unsigned_words;
    const double general = parameters_.number("ANALOG", "GEN_SCALE").value_or(1);
    for (std::size_t c = 0; c < layout_.channels; ++c) {
      if (analog.names[c].empty()) analog.names[c] = "unnamed_" + std::to_string(c + 1);
      scales_.push_back(general * parameters_.number("ANALOG", "SCALE", c).value_or(1));
      offsets_.push_back(parameters_.number("ANALOG", "OFFSET", c, !unsigned_words).value_or(0));
    }
  }

  [[nodiscard]] Result<void> read_frames() {
    engine::MarkerRecording& markers = out_.markers;
    markers.positions_m.reserve(layout_.frames * layout_.points);
    out_.analog.values.reserve(layout_.frames * layout_.channels * layout_.samples_per_frame);
    const std::size_t width = layout_.number_bytes();
    std::size_t at = layout_.data_at;
    for (std::size_t f = 0; f < layout_.frames; ++f) {
      markers.times.emplace_back(static_cast<double>(f) / layout_.rate_hz);
      for (std::size_t p = 0; p < layout_.points; ++p, at += 4 * width) {
        auto point = read_point(at);
        if (!point) {
          return bad_c3d("frame " + std::to_string(f + 1) + ", marker '" + shown(markers.names[p]) +
                             "' is farther than 10 km",
                         "check POINT:UNITS and POINT:SCALE");
        }
        markers.positions_m.push_back(std::move(*point));
      }
      for (std::size_t s = 0; s < layout_.samples_per_frame; ++s) {
        for (std::size_t c = 0; c < layout_.channels; ++c, at += width) {
          const double raw = layout_.floats     ? bytes_.real(at)
                             : unsigned_analog_ ? bytes_.word(at)
                                                : bytes_.integer(at);
          const double value = (raw - offsets_[c]) * scales_[c];
          out_.analog.values.push_back(std::isfinite(value) ? std::optional{value} : std::nullopt);
        }
      }
    }
    return {};
  }

  /// Outer empty: the position cannot be. Inner empty: not seen.
  [[nodiscard]] std::optional<std::optional<Vec3<engine::Laboratory>>> read_point(std::size_t at) const {
    Vec3<engine::Laboratory> position;
    double residual = 0;
    if (layout_.floats) {
      for (std::size_t i = 0; i < 3; ++i)
        position.v[static_cast<Eigen::Index>(i)] = bytes_.real(at + 4 * i) / layout_.units_per_m;
      residual = bytes_.real(at + 12);
    } else {
      for (std::size_t i = 0; i < 3; ++i) {
        position.v[static_cast<Eigen::Index>(i)] =
            bytes_.integer(at + 2 * i) * layout_.scale / layout_.units_per_m;
      }
      residual = bytes_.integer(at + 6);
    }
    if (!(residual >= 0) || !position.v.allFinite()) return std::optional<Vec3<engine::Laboratory>>{};
    if (position.v.cwiseAbs().maxCoeff() > kMaxWorldM) return std::nullopt;
    return std::optional{position};
  }

  C3dBytes bytes_;
  C3dParameters parameters_;
  C3dRecording out_;
  Layout layout_;
  std::vector<double> scales_, offsets_;
  bool unsigned_analog_ = false;
};

}  // namespace

bool looks_like_c3d(std::string_view bytes) {
  if (bytes.size() < 2 * kBlock || bytes[1] != 0x50 || bytes[0] == 0) return false;
  const std::size_t processor_at = (static_cast<std::uint8_t>(bytes[0]) - std::size_t{1}) * kBlock + 3;
  if (processor_at >= bytes.size()) return false;
  const auto processor = static_cast<std::uint8_t>(bytes[processor_at]);
  return processor >= 84 && processor <= 86;
}

Result<C3dRecording> parse_c3d(std::string_view bytes) {
  const auto byte = [&](std::size_t at) { return static_cast<std::uint8_t>(bytes[at]); };
  if (bytes.size() < 2 * kBlock || byte(1) != 0x50 || byte(0) == 0) {
    return bad_c3d("the file does not begin like a C3D file", "check that this is a C3D file");
  }
  const std::size_t parameters_at = (byte(0) - std::size_t{1}) * kBlock;
  if (parameters_at + 4 > bytes.size() || parameters_at == 0) {
    return bad_c3d("the parameters would start at block " + std::to_string(byte(0)) +
                   ", which the file does not have");
  }
  const std::uint8_t processor = byte(parameters_at + 3);
  if (processor < 84 || processor > 86) {
    return bad_c3d("the processor type is " + std::to_string(processor) +
                   "; 84 (Intel), 85 (DEC) and 86 (MIPS) are known");
  }
  return C3dReader{bytes, static_cast<C3dProcessor>(processor), parameters_at}.read();
}

Result<C3dRecording> read_c3d(const std::filesystem::path& path, std::size_t max_bytes) {
  const auto bytes = read_file(path, max_bytes, kReadingC3d);
  if (!bytes) return tl::unexpected(bytes.error());
  return parse_c3d(*bytes);
}

}  // namespace reprise::sensing
