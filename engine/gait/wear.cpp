// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/wear.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

constexpr double kMinuteS = 60;
/// Means over so long, so that the sensor's own noise is no movement: its range grows with the rate and the
/// window. Unsourced default.
constexpr double kMeanOverS = 0.2;

/// The first minute of each run of `still` minutes, and the one after its last.
std::vector<std::pair<std::size_t, std::size_t>> still_runs(const std::vector<bool>& still) {
  std::vector<std::pair<std::size_t, std::size_t>> runs;
  for (std::size_t i = 0; i < still.size(); ++i) {
    if (!still[i]) continue;
    if (runs.empty() || runs.back().second != i) runs.emplace_back(i, i);
    runs.back().second = i + 1;
  }
  return runs;
}

}  // namespace

void WearMinutes::add(Seconds start, const InertialView& samples) {
  const double step = period(samples.rate).value();
  const auto block = static_cast<std::size_t>(std::max(1.0, std::round(kMeanOverS / step)));
  for (std::size_t i = 0; i < samples.size(); i += block) {
    const std::size_t count = std::min(block, samples.size() - i);
    Eigen::Vector3d mean = Eigen::Vector3d::Zero();
    for (std::size_t k = i; k < i + count; ++k) mean += samples.acceleration_mps2[k].v;
    mean /= static_cast<double>(count);
    const auto at = static_cast<std::size_t>((start.value() + static_cast<double>(i) * step) / kMinuteS);
    if (at >= minutes_.size()) minutes_.resize(at + 1);
    Minute& minute = minutes_[at];
    minute.low = minute.count == 0 ? Eigen::Array3d{mean} : minute.low.min(mean.array());
    minute.high = minute.count == 0 ? Eigen::Array3d{mean} : minute.high.max(mean.array());
    minute.sum += mean.array();
    minute.squares += mean.array().square();
    ++minute.count;
    minute.measured_s += static_cast<double>(count) * step;
  }
}

bool WearMinutes::is_still(std::size_t first, std::size_t count, const WearOptions& options) const {
  Eigen::Array3d low = minutes_[first].low;
  Eigen::Array3d high = minutes_[first].high;
  Eigen::Array3d sum = Eigen::Array3d::Zero();
  Eigen::Array3d squares = Eigen::Array3d::Zero();
  double n = 0;
  for (std::size_t i = first; i < first + count; ++i) {
    const Minute& minute = minutes_[i];
    low = low.min(minute.low);
    high = high.max(minute.high);
    sum += minute.sum;
    squares += minute.squares;
    n += static_cast<double>(minute.count);
  }
  const Eigen::Array3d sd = (squares / n - (sum / n).square()).max(0).sqrt();
  const auto still = ((high - low) < options.max_range_mps2 && sd < options.max_sd_mps2).count();
  return still >= options.still_axes;
}

std::vector<WearStretch> WearMinutes::states(std::span<const RecordedStretch> measured,
                                             const WearOptions& options) const {
  const auto window = static_cast<std::size_t>(std::max(1.0, std::round(options.window.value() / kMinuteS)));
  std::vector<bool> still(minutes_.size(), false);
  std::size_t unbroken = 0;
  for (std::size_t i = 0; i < minutes_.size(); ++i) {
    unbroken = minutes_[i].measured_s >= kMinuteS / 2 ? unbroken + 1 : 0;
    if (unbroken < window || !is_still(i + 1 - window, window, options)) continue;
    std::fill_n(still.begin() + static_cast<std::ptrdiff_t>(i + 1 - window), window, true);
  }
  std::vector<WearState> state(minutes_.size(), WearState::worn);
  for (const auto& [begin, end] : still_runs(still)) {
    const bool long_enough = static_cast<double>(end - begin) * kMinuteS >= options.not_worn_from.value();
    for (std::size_t i = begin; i < end; ++i)
      state[i] = long_enough ? WearState::not_worn : WearState::motionless;
  }
  std::vector<WearStretch> stretches;
  for (const RecordedStretch& part : measured) {
    double from = part.start.value();
    while (from < part.end.value()) {
      const auto minute = static_cast<std::size_t>(from / kMinuteS);
      if (minute >= state.size()) break;
      std::size_t next = minute + 1;
      while (next < state.size() && state[next] == state[minute]) ++next;
      const double to = next < state.size() ? std::min(part.end.value(), static_cast<double>(next) * kMinuteS)
                                            : part.end.value();
      stretches.push_back({Seconds{from}, Seconds{to}, state[minute]});
      from = to;
    }
  }
  return stretches;
}

}  // namespace reprise::engine
