// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <variant>
#include <vector>

namespace reprise::tiny {

// Writes small FlatBuffers for tests of the reader: a table is a list of numbered fields.

struct Value;
struct Field;
using Table = std::vector<Field>;

struct Value {
  std::variant<std::int8_t, std::uint8_t, std::int32_t, std::uint32_t, std::vector<std::uint8_t>,
               std::vector<std::uint16_t>, std::vector<std::int32_t>, Table, std::vector<Table>>
      content;
};
struct Field {
  int number;
  Value value;
};

/// The bytes of a FlatBuffer with the identifier "TFL3" and this root table.
[[nodiscard]] std::vector<std::uint8_t> write(const Table& root);

/// The tables of a TensorFlow Lite model with a 1x4x4x2 picture as input: a 1x1 convolution with sparse
/// half-precision weights (DENSIFY, DEQUANTIZE), a 2x2 maximum, a border of zeros, a 3x3 depthwise
/// convolution, a sum, enlargement, a logistic function, reshaping and a concatenation.
[[nodiscard]] Table model();

}  // namespace reprise::tiny
