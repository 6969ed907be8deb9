// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// The value of an IEEE 754 half-precision number, subnormals and infinities included; exact.
[[nodiscard]] float half_to_float(std::uint16_t half);

/// One dimension of a sparse tensor. Dense: every entry of the level above owns all indices of this
/// dimension. Sparse: entry p of the level above owns indices[segments[p]] up to, not including,
/// indices[segments[p + 1]].
struct SparseLevel {
  bool sparse = false;
  std::vector<std::uint32_t> segments;
  std::vector<std::uint32_t> indices;
};

/// Spreads the stored values of a sparse tensor over its full shape, zeros between.
/// `shape`: the full shape, outermost first, its product a size that the caller can afford; `levels`: one for
/// each dimension, in the same order. Errors: corrupt where segments or indices leave their range, or the
/// number of values differs.
[[nodiscard]] Result<std::vector<float>> densify(std::span<const float> values,
                                                 std::span<const std::size_t> shape,
                                                 std::span<const SparseLevel> levels);

}  // namespace reprise::sensing
