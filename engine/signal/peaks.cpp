// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/peaks.h"

#include <algorithm>
#include <numeric>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

std::vector<Peak> local_maxima(std::span<const double> x) {
  std::vector<Peak> peaks;
  std::size_t i = 1;
  while (i + 1 < x.size()) {
    if (!(x[i] > x[i - 1])) {
      ++i;
      continue;
    }
    std::size_t end = i;  // the last sample of the plateau
    while (end + 1 < x.size() && x[end + 1] == x[i]) ++end;
    if (end + 1 < x.size() && x[end + 1] < x[i]) {
      Peak peak;
      peak.index = (i + end) / 2;
      peak.height = x[i];
      peaks.push_back(peak);
    }
    i = end + 1;
  }
  return peaks;
}

/// Where the signal crosses `level` on the way from `from` by `step` (+1 or -1), interpolated.
double crossing(std::span<const double> x, std::size_t from, int step, double level, std::size_t limit) {
  std::size_t i = from;
  while (i != limit && x[i] > level) i = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) + step);
  const auto position = static_cast<double>(i);
  if (x[i] >= level) return position;
  const auto before = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) - step);
  return position - step * (level - x[i]) / (x[before] - x[i]);
}

void measure(std::span<const double> x, Peak& peak) {
  // The lowest point between the peak and the next higher ground on each side.
  std::size_t left = peak.index;
  std::size_t lowest_left = peak.index;
  while (left > 0 && x[left - 1] <= peak.height) {
    --left;
    if (x[left] < x[lowest_left]) lowest_left = left;
  }
  std::size_t right = peak.index;
  std::size_t lowest_right = peak.index;
  while (right + 1 < x.size() && x[right + 1] <= peak.height) {
    ++right;
    if (x[right] < x[lowest_right]) lowest_right = right;
  }
  peak.prominence = peak.height - std::max(x[lowest_left], x[lowest_right]);
  const double level = peak.height - peak.prominence / 2;
  peak.width_samples =
      crossing(x, peak.index, +1, level, lowest_right) - crossing(x, peak.index, -1, level, lowest_left);
}

/// Keeps the highest of peaks closer than the limit; among equals the earlier one.
void thin_out(std::vector<Peak>& peaks, std::size_t min_distance) {
  std::vector<std::size_t> by_height(peaks.size());
  std::iota(by_height.begin(), by_height.end(), std::size_t{0});
  std::stable_sort(by_height.begin(), by_height.end(),
                   [&](std::size_t a, std::size_t b) { return peaks[a].height > peaks[b].height; });
  std::vector<bool> removed(peaks.size(), false);
  for (const std::size_t k : by_height) {
    if (removed[k]) continue;
    for (std::size_t j = k; j-- > 0 && peaks[k].index - peaks[j].index < min_distance;) removed[j] = true;
    for (std::size_t j = k + 1; j < peaks.size() && peaks[j].index - peaks[k].index < min_distance; ++j) {
      removed[j] = true;
    }
  }
  std::vector<Peak> kept;
  for (std::size_t k = 0; k < peaks.size(); ++k) {
    if (!removed[k]) kept.push_back(peaks[k]);
  }
  peaks = std::move(kept);
}

}  // namespace

Result<std::vector<Peak>> find_peaks(std::span<const double> samples, const PeakOptions& options) {
  if (auto ok = detail::check_samples(samples, 0, "peak detection"); !ok) return tl::unexpected(ok.error());
  std::vector<Peak> peaks = local_maxima(samples);
  for (Peak& peak : peaks) measure(samples, peak);
  // Small peaks go first: they must not push out a prominent neighbor by their distance.
  const auto too_small = [&](const Peak& peak) {
    return peak.prominence < options.min_prominence || peak.width_samples < options.min_width_samples ||
           (options.min_height && peak.height < *options.min_height);
  };
  peaks.erase(std::remove_if(peaks.begin(), peaks.end(), too_small), peaks.end());
  if (options.min_distance > 1) thin_out(peaks, options.min_distance);
  return peaks;
}

}  // namespace reprise::engine
