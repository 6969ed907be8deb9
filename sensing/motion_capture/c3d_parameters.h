// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// Whose numbers a C3D file holds; the values are those of the file.
enum class C3dProcessor : std::uint8_t { intel = 84, dec = 85, mips = 86 };

/// Numbers at places in a file, in the byte order of a processor. Precondition of all: the number lies
/// inside.
class C3dBytes {
 public:
  C3dBytes(std::string_view bytes, C3dProcessor processor) : bytes_(bytes), processor_(processor) {}

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  [[nodiscard]] bool holds(std::size_t at, std::size_t count) const {
    return at <= bytes_.size() && count <= bytes_.size() - at;
  }
  [[nodiscard]] std::uint8_t byte(std::size_t at) const { return static_cast<std::uint8_t>(bytes_[at]); }
  [[nodiscard]] std::uint16_t word(std::size_t at) const;
  [[nodiscard]] std::int16_t integer(std::size_t at) const { return static_cast<std::int16_t>(word(at)); }
  [[nodiscard]] double real(std::size_t at) const;  ///< 4 bytes; may be no number
  [[nodiscard]] std::string_view text(std::size_t at, std::size_t count) const {
    return bytes_.substr(at, count);
  }

 private:
  std::string_view bytes_;
  C3dProcessor processor_;
};

/// One parameter of a C3D file; numbers of any type as doubles, 16-bit ones unsigned or signed as asked.
class C3dParameter {
 public:
  enum class Type : std::int8_t { text = -1, byte = 1, integer = 2, real = 4 };

  std::string group, name;  ///< capitals
  Type type = Type::byte;
  std::vector<std::size_t> dimensions;  ///< empty: one value
  std::size_t at = 0;                   ///< of the first value in the file
  std::size_t count = 0;                ///< of values (for texts: of characters)

  /// Value `i`; empty where there are fewer or the parameter is a text. `signed_words`: how 16 bits are read.
  [[nodiscard]] std::optional<double> number(const C3dBytes& bytes, std::size_t i = 0,
                                             bool signed_words = false) const;
  /// All texts, without blanks at their ends; empty where the parameter is no text.
  [[nodiscard]] std::vector<std::string> texts(const C3dBytes& bytes) const;
};

/// The parameter section. Records that point outside the file or backwards end it with a warning.
class C3dParameters {
 public:
  /// `start`: of the section in bytes.
  C3dParameters(const C3dBytes& bytes, std::size_t start);

  [[nodiscard]] const C3dParameter* find(std::string_view group, std::string_view name) const;
  [[nodiscard]] std::optional<double> number(std::string_view group, std::string_view name, std::size_t i = 0,
                                             bool signed_words = false) const;
  /// The texts of `name`, and of its continuations `name`2, `name`3, ...
  [[nodiscard]] std::vector<std::string> texts(std::string_view group, std::string_view name) const;
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  void read(std::size_t start);
  [[nodiscard]] bool read_parameter(std::size_t at, int group_id, std::string name);

  C3dBytes bytes_;
  std::vector<std::pair<int, std::string>> groups_;
  std::vector<std::pair<int, C3dParameter>> parameters_;  ///< with the group's number
  std::vector<std::string> warnings_;
};

}  // namespace reprise::sensing
