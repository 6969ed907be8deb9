// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/differentiate.h"

#include <algorithm>

#include "engine/signal/check.h"

namespace reprise::engine {

Result<std::vector<double>> differentiate(std::span<const double> times_s, std::span<const double> values) {
  constexpr const char* kStage = "differentiation";
  if (auto ok = detail::check_samples(values, 3, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_times(times_s, values.size(), kStage); !ok) return tl::unexpected(ok.error());
  std::vector<double> result(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t m = std::clamp<std::size_t>(i, 1, values.size() - 2);  // middle of the three
    const double before = (values[m] - values[m - 1]) / (times_s[m] - times_s[m - 1]);
    const double after = (values[m + 1] - values[m]) / (times_s[m + 1] - times_s[m]);
    const double bend = (after - before) / (times_s[m + 1] - times_s[m - 1]);  // half the second derivative
    // Newton's form, differentiated at the sample.
    result[i] = before + bend * (2 * times_s[i] - times_s[m - 1] - times_s[m]);
  }
  return result;
}

}  // namespace reprise::engine
