// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: writes small C3D files of all three processors, and lets the header lie.

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sensing/motion_capture/c3d_parameters.h"

namespace reprise {

struct C3dFixturePlate {
  int type = 2;
  std::vector<int> channels = {};  ///< from 1
  std::vector<double> corners = {}, origin = {}, calibration = {};
};

struct C3dFixture {
  sensing::C3dProcessor processor = sensing::C3dProcessor::intel;
  bool floats = true;
  std::vector<std::string> labels = {"A", "B"};
  std::size_t labels_in_first = 255;  ///< the rest goes into LABELS2, LABELS3, ... of as many
  std::string unit = "mm";
  std::vector<std::string> channels = {"EMG"};
  int samples_per_frame = 2;
  int frames = 3;
  double rate_hz = 100;
  double scale = 0.5;  ///< integers: of points
  double gen_scale = 0.25, channel_scale = 2;
  int channel_offset = 10;
  /// x, y, z in the file's unit, empty where not seen; multiples of `scale` for integers.
  std::function<std::optional<std::array<double, 3>>(int frame, std::size_t marker)> point =
      [](int f, std::size_t m) {
        if (f == 1 && m == 1) return std::optional<std::array<double, 3>>{};
        return std::optional{std::array<double, 3>{100.5 * (f + 1), -20.0 * static_cast<double>(m + 1), 7.5}};
      };
  /// As stored, before offset and scale.
  std::function<int(int sample, std::size_t channel)> analog = [](int s, std::size_t) {
    return 110 - 50 * s;
  };
  // Lies: what stands there instead of the truth.
  std::optional<int> header_points = {};
  std::optional<int> header_frames = {};
  std::optional<int> header_data_start = {};
  std::optional<int> parameter_data_start = {};
  std::optional<int> parameter_frames = {};
  std::optional<int> actual_frames = {};  ///< adds TRIAL:ACTUAL_START_FIELD and ACTUAL_END_FIELD
  bool without_parameters_of_points = false;
  std::vector<C3dFixturePlate> plates = {};     ///< all of as many channels
  std::vector<int> plate_zero = {};             ///< FORCE_PLATFORM:ZERO, two frames; empty: none
  std::vector<std::string> channel_units = {};  ///< empty: all V
};

class C3dWriter {
 public:
  explicit C3dWriter(const C3dFixture& fixture) : f_(fixture) {}

  [[nodiscard]] std::string write() {
    const std::string parameters = parameter_section();
    const int data_start = 2 + static_cast<int>(parameters.size() / 512);
    const int analog = static_cast<int>(f_.channels.size()) * f_.samples_per_frame;
    std::string out{"\x02\x50", 2};
    for (const int w : {f_.header_points.value_or(static_cast<int>(f_.labels.size())), analog, 1,
                        f_.header_frames.value_or(f_.frames), 0}) {
      put_word(out, w);
    }
    put_real(out, f_.floats ? -f_.scale : f_.scale);
    put_word(out, f_.header_data_start.value_or(data_start));
    put_word(out, f_.samples_per_frame);
    put_real(out, f_.rate_hz);
    out.resize(512, '\0');
    out += parameters;
    for (int frame = 0; frame < f_.frames; ++frame) put_frame(out, frame);
    out.resize((out.size() + 511) / 512 * 512, '\0');
    return out;
  }

 private:
  void put_word(std::string& out, int value) const {
    const auto low = static_cast<char>(value & 0xFF);
    const auto high = static_cast<char>(value >> 8 & 0xFF);
    const bool big = f_.processor == sensing::C3dProcessor::mips;
    out += big ? high : low;
    out += big ? low : high;
  }
  void put_real(std::string& out, double value) const {
    auto bits = std::bit_cast<std::uint32_t>(static_cast<float>(value));
    if (f_.processor == sensing::C3dProcessor::dec && value != 0)
      bits += 2U << 23;  // VAX counts exponents two higher
    const int high = static_cast<int>(bits >> 16);
    const int low = static_cast<int>(bits & 0xFFFF);
    const bool low_first = f_.processor == sensing::C3dProcessor::intel;
    put_word(out, low_first ? low : high);
    put_word(out, low_first ? high : low);
  }
  void put_number(std::string& out, double value) const {
    if (f_.floats) {
      put_real(out, value);
    } else {
      put_word(out, static_cast<int>(std::lround(value)));
    }
  }
  void put_frame(std::string& out, int frame) const {
    for (std::size_t m = 0; m < f_.labels.size(); ++m) {
      const auto p = f_.point(frame, m);
      for (std::size_t i = 0; i < 3; ++i) put_number(out, p ? (f_.floats ? (*p)[i] : (*p)[i] / f_.scale) : 0);
      put_number(out, p ? 0 : -1);
    }
    for (int s = 0; s < f_.samples_per_frame; ++s) {
      for (std::size_t c = 0; c < f_.channels.size(); ++c)
        put_number(out, f_.analog(frame * f_.samples_per_frame + s, c));
    }
  }

  void put_record(std::string& out, int id, const std::string& name, const std::string& content) const {
    out += static_cast<char>(name.size());
    out += static_cast<char>(id);
    out += name;
    put_word(out, static_cast<int>(content.size()) + 2);
    out += content;
  }
  void put_group(std::string& out, int id, const std::string& name) const {
    put_record(out, -id, name, std::string(1, '\0'));
  }
  void put_words(std::string& out, int id, const std::string& name, const std::vector<int>& values) const {
    std::string content = values.size() == 1 ? std::string{"\x02\x00", 2}
                                             : std::string{"\x02\x01", 2} + static_cast<char>(values.size());
    for (const int v : values) put_word(content, v);
    put_record(out, id, name, content + '\0');
  }
  void put_reals(std::string& out, int id, const std::string& name, const std::vector<double>& values) const {
    std::string content = values.size() == 1 ? std::string{"\x04\x00", 2}
                                             : std::string{"\x04\x01", 2} + static_cast<char>(values.size());
    for (const double v : values) put_real(content, v);
    put_record(out, id, name, content + '\0');
  }
  void put_texts(std::string& out, int id, const std::string& name,
                 const std::vector<std::string>& texts) const {
    std::size_t length = 1;
    for (const std::string& t : texts) length = std::max(length, t.size());
    std::string content{"\xFF\x02", 2};
    content += static_cast<char>(length);
    content += static_cast<char>(texts.size());
    for (std::string t : texts) {
      t.resize(length, ' ');
      content += t;
    }
    put_record(out, id, name, content + '\0');
  }

  void put_plates(std::string& out) const {
    const int count = static_cast<int>(f_.plates.size());
    std::vector<int> types, channels;
    std::vector<double> corners, origins, calibrations;
    const auto append = [](auto& all, const auto& one) { all.insert(all.end(), one.begin(), one.end()); };
    for (const C3dFixturePlate& plate : f_.plates) {
      types.push_back(plate.type);
      append(channels, plate.channels);
      append(corners, plate.corners);
      append(origins, plate.origin);
      append(calibrations, plate.calibration);
    }
    put_group(out, 4, "FORCE_PLATFORM");
    put_words(out, 4, "USED", {count});
    put_words(out, 4, "TYPE", types);
    // Of two dimensions: the first is the number of channels of one plate.
    std::string content{"\x02\x02", 2};
    content += static_cast<char>(channels.size() / f_.plates.size());
    content += static_cast<char>(count);
    for (const int channel : channels) put_word(content, channel);
    put_record(out, 4, "CHANNEL", content + '\0');
    put_reals(out, 4, "CORNERS", corners);
    put_reals(out, 4, "ORIGIN", origins);
    if (!calibrations.empty()) put_reals(out, 4, "CAL_MATRIX", calibrations);
    if (!f_.plate_zero.empty()) put_words(out, 4, "ZERO", f_.plate_zero);
  }

  [[nodiscard]] std::string parameter_section() const {
    // The number of blocks is needed inside it: made twice, the second time with the right one.
    std::string out;
    for (int blocks = 0, pass = 0; pass < 2; ++pass) {
      out = std::string{"\x01\x50", 2} + static_cast<char>(blocks) + static_cast<char>(f_.processor);
      put_parameters(out, 2 + blocks);
      out += std::string{"\0\0", 2};
      out.resize((out.size() + 511) / 512 * 512, '\0');
      blocks = static_cast<int>(out.size() / 512);
    }
    return out;
  }
  void put_parameters(std::string& out, int data_start) const {
    put_group(out, 1, "POINT");
    if (!f_.without_parameters_of_points) put_words(out, 1, "USED", {static_cast<int>(f_.labels.size())});
    put_words(out, 1, "FRAMES", {f_.parameter_frames.value_or(f_.frames)});
    put_words(out, 1, "DATA_START", {f_.parameter_data_start.value_or(data_start)});
    put_reals(out, 1, "SCALE", {f_.floats ? -f_.scale : f_.scale});
    put_reals(out, 1, "RATE", {f_.rate_hz});
    if (!f_.unit.empty()) put_texts(out, 1, "UNITS", {f_.unit});
    for (std::size_t from = 0, part = 1; from < f_.labels.size(); from += f_.labels_in_first, ++part) {
      const std::size_t to = std::min(from + f_.labels_in_first, f_.labels.size());
      put_texts(out, 1, part == 1 ? "LABELS" : "LABELS" + std::to_string(part),
                {f_.labels.begin() + static_cast<std::ptrdiff_t>(from),
                 f_.labels.begin() + static_cast<std::ptrdiff_t>(to)});
    }
    put_group(out, 2, "ANALOG");
    put_words(out, 2, "USED", {static_cast<int>(f_.channels.size())});
    if (!f_.channels.empty()) {
      put_texts(out, 2, "LABELS", f_.channels);
      put_texts(
          out, 2, "UNITS",
          f_.channel_units.empty() ? std::vector<std::string>(f_.channels.size(), "V") : f_.channel_units);
      put_reals(out, 2, "RATE", {f_.rate_hz * f_.samples_per_frame});
      put_reals(out, 2, "GEN_SCALE", {f_.gen_scale});
      put_reals(out, 2, "SCALE", std::vector<double>(f_.channels.size(), f_.channel_scale));
      put_words(out, 2, "OFFSET", std::vector<int>(f_.channels.size(), f_.channel_offset));
    }
    if (!f_.plates.empty()) put_plates(out);
    if (f_.actual_frames) {
      put_group(out, 3, "TRIAL");
      put_words(out, 3, "ACTUAL_START_FIELD", {1, 0});
      put_words(out, 3, "ACTUAL_END_FIELD", {*f_.actual_frames & 0xFFFF, *f_.actual_frames >> 16});
    }
  }

  const C3dFixture& f_;
};

inline std::string c3d_bytes(const C3dFixture& fixture) {
  return C3dWriter{fixture}.write();
}

}  // namespace reprise
