// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace reprise::engine::detail {

/// Solves a tridiagonal system in place; `right` becomes the solution. `below[0]` and the last of `above` are
/// ignored. Precondition: equal sizes, at least one row, no zero pivot.
inline void solve_tridiagonal(const std::vector<double>& below, std::vector<double>& diagonal,
                              const std::vector<double>& above, std::vector<double>& right) {
  for (std::size_t i = 1; i < diagonal.size(); ++i) {
    const double factor = below[i] / diagonal[i - 1];
    diagonal[i] -= factor * above[i - 1];
    right[i] -= factor * right[i - 1];
  }
  for (std::size_t i = diagonal.size(); i-- > 0;) {
    if (i + 1 < diagonal.size()) right[i] -= above[i] * right[i + 1];
    right[i] /= diagonal[i];
  }
}

}  // namespace reprise::engine::detail
