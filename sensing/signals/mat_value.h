// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// A value of a MATLAB file.
struct MatValue {
  enum class Kind : std::uint8_t {
    numbers,    ///< real; also logical
    text,       ///< characters; rows of a matrix of characters follow each other
    structure,  ///< one or more elements with the same fields
    cells,
    other,  ///< objects, functions, sparse arrays: not read
  };
  Kind kind = Kind::other;
  std::vector<std::size_t> shape;
  std::vector<double> numbers;           ///< column by column, as MATLAB stores them; may hold NaN
  std::string text;                      ///< UTF-8
  std::vector<std::string> field_names;  ///< of a structure
  /// Of a structure: [element * field_names.size() + field]; of cells: one each.
  std::vector<MatValue> children;

  [[nodiscard]] bool is_structure() const { return kind == Kind::structure; }
  /// The field of the first element; null if there is none.
  [[nodiscard]] const MatValue* field(std::string_view name) const;
  /// The value at a path of fields of first elements, e.g. "TimeMeasure1.Test5.Trial1.SU"; null if there is
  /// none.
  [[nodiscard]] const MatValue* at(std::string_view path) const;
};

/// Parses a MATLAB file of version 5 to 7 (layout as SciPy reads it), compressed or not, in either byte
/// order, into one structure whose fields are the file's variables. Errors: unsupported (version 4 or 7.3, or
/// more than the limits: 50 million numbers, 200,000 values, 32 levels, 1 GB unpacked), corrupt (anything
/// that contradicts the format; the cause says where).
[[nodiscard]] Result<MatValue> parse_mat(std::string_view bytes);

/// Whether the bytes begin like a MATLAB file of version 5 or later.
[[nodiscard]] bool looks_like_mat(std::string_view bytes);

}  // namespace reprise::sensing
