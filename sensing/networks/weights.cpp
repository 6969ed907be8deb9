// SPDX-License-Identifier: Apache-2.0
#include "sensing/networks/weights.h"

#include <algorithm>
#include <bit>

namespace reprise::sensing {
namespace {

tl::unexpected<Error> contradiction(const char* cause) {
  return fail(ErrorCode::corrupt, "reading sparse weights", cause, "install the model files again");
}

}  // namespace

float half_to_float(std::uint16_t half) {
  const std::uint32_t sign = static_cast<std::uint32_t>(half & 0x8000u) << 16;
  const std::uint32_t exponent = (half >> 10) & 0x1fu;
  const std::uint32_t fraction = half & 0x3ffu;
  if (exponent == 0) {
    // Zero and subnormals: fraction x 2^-24, exact in single precision.
    const float magnitude = static_cast<float>(fraction) * 0x1p-24f;
    return sign == 0 ? magnitude : -magnitude;
  }
  // 31 marks infinity and NaN; else the exponent's offset changes from 15 to 127.
  const std::uint32_t wide = exponent == 31 ? 255u : exponent + 112u;
  return std::bit_cast<float>(sign | (wide << 23) | (fraction << 13));
}

Result<std::vector<float>> densify(std::span<const float> values, std::span<const std::size_t> shape,
                                   std::span<const SparseLevel> levels) {
  if (shape.size() != levels.size()) return contradiction("as many levels as dimensions are needed");
  // Level by level, from outside in: where each stored entry lies in the full tensor.
  std::vector<std::size_t> places = {0};
  std::size_t total = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    const SparseLevel& level = levels[d];
    total *= shape[d];
    std::vector<std::size_t> next;
    if (!level.sparse) {
      next.reserve(places.size() * shape[d]);
      for (const std::size_t place : places) {
        for (std::size_t i = 0; i < shape[d]; ++i) next.push_back(place * shape[d] + i);
      }
    } else {
      // All segments before any index is read: one that runs ahead and back would otherwise lead past the
      // end.
      const auto& segments = level.segments;
      if (segments.size() != places.size() + 1 || segments.front() != 0 ||
          segments.back() != level.indices.size() || !std::is_sorted(segments.begin(), segments.end())) {
        return contradiction("segments that do not fit the level above");
      }
      next.reserve(level.indices.size());
      for (std::size_t p = 0; p < places.size(); ++p) {
        for (std::size_t k = segments[p]; k < segments[p + 1]; ++k) {
          const bool ordered = k == segments[p] || level.indices[k - 1] < level.indices[k];
          if (level.indices[k] >= shape[d] || !ordered)
            return contradiction("an index outside its dimension");
          next.push_back(places[p] * shape[d] + level.indices[k]);
        }
      }
    }
    places = std::move(next);
  }
  if (places.size() != values.size()) return contradiction("more or fewer values than places for them");
  std::vector<float> dense(total, 0.0f);
  for (std::size_t i = 0; i < values.size(); ++i) dense[places[i]] = values[i];
  return dense;
}

}  // namespace reprise::sensing
