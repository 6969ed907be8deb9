// SPDX-License-Identifier: Apache-2.0
#include "sensing/motion_capture/c3d_parameters.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>

namespace reprise::sensing {
namespace {

constexpr std::size_t kMaxRecords = 20'000;
constexpr std::size_t kMaxContinuations = 64;

std::string capitals(std::string_view text) {
  std::string out{text};
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return out;
}

/// Without blanks and zeros at both ends; control characters become '?'.
std::string clean(std::string_view text) {
  const std::string_view ends{" \t\r\n\0", 5};
  const std::size_t first = text.find_first_not_of(ends);
  if (first == std::string_view::npos) return {};
  std::string out{text.substr(first, text.find_last_not_of(ends) - first + 1)};
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return out;
}

}  // namespace

std::uint16_t C3dBytes::word(std::size_t at) const {
  const unsigned first = byte(at);
  const unsigned second = byte(at + 1);
  return static_cast<std::uint16_t>(processor_ == C3dProcessor::mips ? first << 8 | second
                                                                     : second << 8 | first);
}

double C3dBytes::real(std::size_t at) const {
  const std::uint32_t first = word(at);
  const std::uint32_t second = word(at + 2);
  if (processor_ == C3dProcessor::intel) return std::bit_cast<float>(second << 16 | first);
  const std::uint32_t bits = first << 16 | second;
  if (processor_ == C3dProcessor::mips) return std::bit_cast<float>(bits);
  // VAX F: the exponent counts from 128 and the fraction starts at one half, so a quarter of what IEEE reads;
  // by parts, because the largest exponents would be infinite there.
  const auto exponent = static_cast<int>(bits >> 23 & 0xFF);
  if (exponent == 0) return 0;
  const double fraction = 0.5 + static_cast<double>(bits & 0x7FFFFF) / (1 << 24);
  return std::ldexp((bits >> 31) != 0 ? -fraction : fraction, exponent - 128);
}

std::optional<double> C3dParameter::number(const C3dBytes& bytes, std::size_t i, bool signed_words) const {
  if (type == Type::text || i >= count) return std::nullopt;
  if (type == Type::byte) return bytes.byte(at + i);
  if (type == Type::integer) return signed_words ? bytes.integer(at + 2 * i) : bytes.word(at + 2 * i);
  const double value = bytes.real(at + 4 * i);
  return std::isfinite(value) ? std::optional{value} : std::nullopt;
}

std::vector<std::string> C3dParameter::texts(const C3dBytes& bytes) const {
  std::vector<std::string> out;
  if (type != Type::text || count == 0) return out;
  const std::size_t length = dimensions.empty() ? 1 : dimensions[0];  // count > 0, so no dimension is 0
  for (std::size_t i = 0; i + length <= count; i += length) out.push_back(clean(bytes.text(at + i, length)));
  return out;
}

C3dParameters::C3dParameters(const C3dBytes& bytes, std::size_t start) : bytes_(bytes) {
  read(start);
  for (auto& [id, parameter] : parameters_) {
    const auto group = std::find_if(groups_.begin(), groups_.end(),
                                    [wanted = id](const auto& g) { return g.first == wanted; });
    if (group != groups_.end()) parameter.group = group->second;
  }
}

void C3dParameters::read(std::size_t start) {
  std::size_t at = start + 4;
  for (std::size_t records = 0; records < kMaxRecords; ++records) {
    if (!bytes_.holds(at, 2)) break;
    const std::size_t length = static_cast<std::size_t>(std::abs(static_cast<std::int8_t>(bytes_.byte(at))));
    const int id = static_cast<std::int8_t>(bytes_.byte(at + 1));
    if (length == 0) return;  // how some writers end the section
    if (!bytes_.holds(at + 2, length + 2)) break;
    std::string name = capitals(bytes_.text(at + 2, length));
    const std::size_t pointer = at + 2 + length;
    if (id < 0) {
      groups_.emplace_back(-id, std::move(name));
    } else if (!read_parameter(pointer + 2, id, std::move(name))) {
      break;
    }
    const std::int16_t next = bytes_.integer(pointer);
    if (next == 0) return;
    if (next < 0) break;
    at = pointer + static_cast<std::size_t>(next);
  }
  warnings_.emplace_back("The parameter section is damaged: what follows the damage was not read.");
}

bool C3dParameters::read_parameter(std::size_t at, int group_id, std::string name) {
  if (!bytes_.holds(at, 2)) return false;
  C3dParameter parameter;
  parameter.name = std::move(name);
  const auto type = static_cast<std::int8_t>(bytes_.byte(at));
  if (type != -1 && type != 1 && type != 2 && type != 4) return false;
  parameter.type = static_cast<C3dParameter::Type>(type);
  const std::size_t dimension_count = bytes_.byte(at + 1);
  if (dimension_count > 7 || !bytes_.holds(at + 2, dimension_count)) return false;
  parameter.count = 1;
  for (std::size_t d = 0; d < dimension_count; ++d) {
    parameter.dimensions.push_back(bytes_.byte(at + 2 + d));
    parameter.count *= parameter.dimensions.back();
    if (parameter.count > bytes_.size()) return false;
  }
  parameter.at = at + 2 + dimension_count;
  const std::size_t width = static_cast<std::size_t>(std::abs(type));
  if (!bytes_.holds(parameter.at, parameter.count * width)) return false;
  parameters_.emplace_back(group_id, std::move(parameter));
  return true;
}

const C3dParameter* C3dParameters::find(std::string_view group, std::string_view name) const {
  for (const auto& [id, parameter] : parameters_) {
    if (parameter.group == group && parameter.name == name) return &parameter;
  }
  return nullptr;
}

std::optional<double> C3dParameters::number(std::string_view group, std::string_view name, std::size_t i,
                                            bool signed_words) const {
  const C3dParameter* found = find(group, name);
  return found == nullptr ? std::nullopt : found->number(bytes_, i, signed_words);
}

std::vector<std::string> C3dParameters::texts(std::string_view group, std::string_view name) const {
  std::vector<std::string> out;
  const C3dParameter* found = find(group, name);
  for (std::size_t part = 2; found != nullptr && part < kMaxContinuations; ++part) {
    const auto more = found->texts(bytes_);
    out.insert(out.end(), more.begin(), more.end());
    found = find(group, std::string{name} + std::to_string(part));
  }
  return out;
}

}  // namespace reprise::sensing
