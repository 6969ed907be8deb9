// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/sample_entropy.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kSampleEntropy = "sample entropy";

struct TemplateMatches {
  std::uint64_t short_ones = 0;  ///< pairs that agree for m samples
  std::uint64_t long_ones = 0;   ///< pairs that agree for m + 1 samples
};

/// Counts the pairs of the templates that start at 0 to n - m - 1.
TemplateMatches count_matches(std::span<const double> samples, std::size_t m, double tolerance) {
  std::vector<std::size_t> starts(samples.size() - m);
  std::iota(starts.begin(), starts.end(), std::size_t{0});
  std::sort(starts.begin(), starts.end(),
            [&](std::size_t a, std::size_t b) { return samples[a] < samples[b]; });
  TemplateMatches matches;
  for (std::size_t p = 0; p < starts.size(); ++p) {
    const double* first = samples.data() + starts[p];
    for (std::size_t q = p + 1; q < starts.size(); ++q) {
      const double* second = samples.data() + starts[q];
      if (*second - *first > tolerance) break;
      std::size_t k = 1;
      while (k <= m && std::abs(first[k] - second[k]) <= tolerance) ++k;
      if (k >= m) ++matches.short_ones;
      if (k > m) ++matches.long_ones;
    }
  }
  return matches;
}

}  // namespace

Result<double> sample_entropy(std::span<const double> samples, int m, double tolerance) {
  if (m < 1 || m > 10 || !std::isfinite(tolerance) || !(tolerance > 0)) {
    return fail(ErrorCode::invalid_argument, kSampleEntropy,
                "template length " + std::to_string(m) + " or tolerance " + std::to_string(tolerance) +
                    " is out of range",
                "use a length from 1 to 10 and a tolerance above 0; a constant signal has none");
  }
  const auto length = static_cast<std::size_t>(m);
  if (auto ok = detail::check_samples(samples, length + 2, kSampleEntropy); !ok)
    return tl::unexpected(ok.error());
  const auto matches = count_matches(samples, length, tolerance);
  if (matches.long_ones == 0) {
    return fail(ErrorCode::nothing_measured, kSampleEntropy,
                "no two templates of " + std::to_string(m + 1) + " samples agree within the tolerance",
                "record longer, or widen the tolerance");
  }
  return std::log(static_cast<double>(matches.short_ones) / static_cast<double>(matches.long_ones));
}

}  // namespace reprise::engine
