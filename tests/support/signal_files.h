// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests only: writes small MATLAB, EDF and WFDB files, and lets their headers lie.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise {

/// The low `width` bytes of a number, the least significant one first.
inline std::string little_endian(std::uint64_t value, std::size_t width) {
  std::string out;
  for (std::size_t i = 0; i < width; ++i)
    out += static_cast<char>(static_cast<unsigned char>(value >> (8 * i)));
  return out;
}

inline std::string doubles(const std::vector<double>& values) {
  std::string out;
  for (const double v : values) out += little_endian(std::bit_cast<std::uint64_t>(v), 8);
  return out;
}

/// MATLAB 5. Matrices are stored column by column.
namespace mat {

inline std::string element(std::uint32_t type, std::string data) {
  const auto size = static_cast<std::uint32_t>(data.size());
  data.resize((data.size() + 7) / 8 * 8, '\0');
  return little_endian(type, 4) + little_endian(size, 4) + data;
}

inline std::string array(std::uint32_t array_class, const std::string& name, std::size_t rows,
                         std::size_t columns, const std::string& content) {
  return element(14, element(6, little_endian(array_class, 4) + little_endian(0, 4)) +
                         element(5, little_endian(rows, 4) + little_endian(columns, 4)) + element(1, name) +
                         content);
}

inline std::string matrix(const std::string& name, std::size_t rows, std::size_t columns,
                          const std::vector<double>& values) {
  return array(6, name, rows, columns, element(9, doubles(values)));
}

inline std::string text(const std::string& name, std::string_view characters) {
  std::string utf16;
  for (const char c : characters) utf16 += little_endian(static_cast<unsigned char>(c), 2);
  return array(4, name, 1, characters.size(), element(17, utf16));
}

/// `fields`: each name with an array that was written without a name.
inline std::string structure(const std::string& name,
                             const std::vector<std::pair<std::string, std::string>>& fields) {
  constexpr std::size_t kLength = 32;
  std::string names, values;
  for (const auto& [field, value] : fields) {
    std::string padded = field;
    padded.resize(kLength, '\0');
    names += padded;
    values += value;
  }
  // The length is a small element: its four bytes lie inside the tag.
  return array(2, name, 1, 1,
               little_endian(5 | 4U << 16, 4) + little_endian(kLength, 4) + element(1, names) + values);
}

/// zlib's format without compression.
inline std::string compressed(const std::string& content) {
  std::uint32_t a = 1, b = 0;
  for (const char c : content) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  const auto length = static_cast<std::uint16_t>(content.size());
  std::string sum;
  for (int i = 3; i >= 0; --i) sum += static_cast<char>(static_cast<unsigned char>((b << 16 | a) >> (8 * i)));
  const std::string packed = std::string{"\x78\x01\x01", 3} + little_endian(length, 2) +
                             little_endian(static_cast<std::uint16_t>(~length), 2) + content + sum;
  return little_endian(15, 4) + little_endian(packed.size(), 4) + packed;
}

inline std::string file(const std::string& variables) {
  std::string header = "MATLAB 5.0 MAT-file, made by a test";
  header.resize(124, ' ');
  return header + little_endian(0x0100, 2) + "IM" + variables;
}

/// The layout of Mobilise-D's data.mat with one trial of `samples` samples: acceleration 0, 0, 1 g.
inline std::string trial(std::size_t samples, bool packed = false) {
  std::vector<double> acceleration(3 * samples, 0.0), turning(3 * samples, 0.0);
  for (std::size_t i = 0; i < samples; ++i) acceleration[2 * samples + i] = 1;
  const std::string sensor = structure("", {{"Acc", matrix("", samples, 3, acceleration)},
                                            {"Gyr", matrix("", samples, 3, turning)},
                                            {"Fs", structure("", {{"Acc", matrix("", 1, 1, {100})}})}});
  const std::string tree = structure(
      "data",
      {{"TimeMeasure1",
        structure("", {{"Test5", structure("", {{"StartDateTime", text("", "2020-12-10T13:57:44")},
                                                {"SU", structure("", {{"LowerBack", sensor}})}})}})}});
  return file(packed ? compressed(tree) : tree);
}

}  // namespace mat

/// One signal at `samples` a record, with values 0, 1, 2, ... on a scale of one unit a step.
struct EdfFixture {
  bool bdf = false;
  bool plus = true;
  int records = 3;
  int declared_records = 3;
  double duration_s = 1;
  int samples = 4;
  std::string label = "ECG", unit = "mV", digital_min = "-100", digital_max = "100";
  std::string physical_min = "-100", physical_max = "100";
  std::vector<std::string> lists = {"+0\x14\x14", "+1\x14\x14", "+2\x14\x14"};  ///< one a record
};

inline std::string edf_field(std::string text, std::size_t width) {
  text.resize(width, ' ');
  return text;
}

inline std::string edf_bytes(const EdfFixture& f) {
  constexpr std::size_t kListSamples = 20;
  const std::size_t width = f.bdf ? 3 : 2;
  const int signals = f.plus ? 2 : 1;
  std::string out = f.bdf ? std::string{"\xFF" "BIOSEMI"} : edf_field("0", 8);
  out += edf_field("X X X X", 80) + edf_field("Startdate X X X X", 80) + "02.03.24" + "10.20.30";
  out += edf_field(std::to_string(256 * (signals + 1)), 8);
  out += edf_field(f.plus ? (f.bdf ? "BDF+C" : "EDF+C") : "", 44);
  out += edf_field(std::to_string(f.declared_records), 8) + edf_field(std::to_string(f.duration_s), 8);
  out += edf_field(std::to_string(signals), 4);
  const auto field = [&](std::string own, std::string of_lists, std::size_t size) {
    out += edf_field(std::move(own), size);
    if (f.plus) out += edf_field(std::move(of_lists), size);
  };
  field(f.label, f.bdf ? "BDF Annotations" : "EDF Annotations", 16);
  field("", "", 80);
  field(f.unit, "", 8);
  field(f.physical_min, "-1", 8);
  field(f.physical_max, "1", 8);
  field(f.digital_min, "-32768", 8);
  field(f.digital_max, "32767", 8);
  field("", "", 80);
  field(std::to_string(f.samples), std::to_string(kListSamples), 8);
  field("", "", 32);
  for (int r = 0; r < f.records; ++r) {
    for (int i = 0; i < f.samples; ++i)
      out += little_endian(static_cast<std::uint64_t>(r * f.samples + i), width);
    if (!f.plus) continue;
    std::string list =
        static_cast<std::size_t>(r) < f.lists.size() ? f.lists[static_cast<std::size_t>(r)] : "";
    list.resize(kListSamples * width, '\0');
    out += list;
  }
  return out;
}

/// Samples in WFDB's format 212, two in three bytes.
inline std::string wfdb_212(const std::vector<int>& samples) {
  std::string out;
  for (std::size_t i = 0; i < samples.size(); i += 2) {
    const auto first = static_cast<std::uint32_t>(samples[i]) & 0xFFFU;
    const auto second = i + 1 < samples.size() ? static_cast<std::uint32_t>(samples[i + 1]) & 0xFFFU : 0;
    out += little_endian(first | (second >> 8) << 12 | (second & 0xFFU) << 16, 3);
  }
  return out;
}

/// A word of WFDB's annotation files.
inline std::string wfdb_word(unsigned code, unsigned interval) {
  return little_endian(code << 10 | interval, 2);
}

/// A FIT file around messages, with its checksum.
inline std::string fit_file(const std::string& messages) {
  std::string out = little_endian(12, 1) + little_endian(0x10, 1) + little_endian(2132, 2) +
                    little_endian(messages.size(), 4) + ".FIT" + messages;
  std::uint32_t crc = 0;
  for (const char c : out) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (0xA001U & (0U - (crc & 1U)));
  }
  return out + little_endian(crc, 2);
}

/// Three records from 2024-05-01T10:00:00Z on, the last with a compressed time, and two RR intervals.
inline std::string fit_activity() {
  constexpr std::uint64_t kStart = 1714557600 - 631065600;
  std::string m;
  // Definition 0: record (20) with timestamp, heart rate and speed; definition 1: the same without a time.
  m += little_endian(0x40, 1) + little_endian(0, 2) + little_endian(20, 2) + little_endian(3, 1);
  m += little_endian(0x8604FD, 3) + little_endian(0x020103, 3) + little_endian(0x840206, 3);
  m += little_endian(0x41, 1) + little_endian(0, 2) + little_endian(20, 2) + little_endian(1, 1);
  m += little_endian(0x020103, 3);
  // Definition 2: hrv (78), big-endian, an array of three.
  m += little_endian(0x42, 1) + little_endian(0x0100, 2) + little_endian(0x4E00, 2) + little_endian(1, 1);
  m += little_endian(0x840600, 3);
  m += little_endian(0, 1) + little_endian(kStart, 4) + little_endian(70, 1) + little_endian(1500, 2);
  m += little_endian(0, 1) + little_endian(kStart + 1, 4) + little_endian(71, 1) + little_endian(0xFFFF, 2);
  m += little_endian(0x80 | 1 << 5 | ((kStart + 2) & 0x1F), 1) + little_endian(72, 1);
  m += little_endian(2, 1) + std::string{"\x03\x20\x03\x2A\xFF\xFF", 6};
  return fit_file(m);
}

}  // namespace reprise
