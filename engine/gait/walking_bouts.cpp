// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/walking_bouts.h"

#include <algorithm>
#include <cmath>

#include "engine/gait/walking_likeness.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/level_frame.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr const char* kBoutStage = "walking bouts";
constexpr double kWorkingRateHz = 25;
using detail::StepSignals;

/// A run of steps, as indices into the signals.
struct StepTrain {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t steps = 0;
};

/// Means of `factor` samples: the mean's zeros lie at the multiples of the new rate, so that little is
/// folded.
InertialSamples thinned(const InertialView& samples, std::size_t factor) {
  InertialSamples thin;
  thin.rate = samples.rate / static_cast<double>(factor);
  thin.acceleration_mps2.resize(samples.size() / factor);
  for (std::size_t i = 0; i < thin.acceleration_mps2.size(); ++i) {
    Eigen::Vector3d sum = Eigen::Vector3d::Zero();
    for (std::size_t k = 0; k < factor; ++k) sum += samples.acceleration_mps2[i * factor + k].v;
    thin.acceleration_mps2[i] = Vec3<Sensor>{sum / static_cast<double>(factor)};
  }
  return thin;
}

Result<StepSignals> step_signals(const InertialView& samples, std::size_t factor) {
  InertialSamples thin = thinned(samples, factor);
  GravityOptions gravity;
  gravity.cutoff = Hertz{0.5};
  gravity.order = 2;
  gravity.use_gyroscope = false;
  auto up = gravity_directions(thin, gravity);
  if (!up) return tl::unexpected(up.error());
  StepSignals signals;
  signals.rate = thin.rate;
  signals.up = std::move(*up);
  signals.vertical_mps2 = vertical_acceleration(thin.acceleration_mps2, signals.up);
  signals.acceleration_mps2 = std::move(thin.acceleration_mps2);
  ButterworthOptions band;
  band.band = FilterBand::band_pass;
  band.cutoff = Hertz{0.6};
  band.upper_cutoff = Hertz{3};
  auto filtered = butterworth_zero_phase(signals.vertical_mps2, signals.rate, band);
  if (!filtered) return tl::unexpected(filtered.error());
  signals.step_band_mps2 = std::move(*filtered);
  return signals;
}

/// Peaks high enough for a step while the trunk keeps its inclination.
std::vector<std::size_t> step_candidates(const StepSignals& signals, const WalkingBoutOptions& options) {
  const auto& v = signals.step_band_mps2;
  const auto half_second = static_cast<std::size_t>(std::lround(signals.rate.value() / 2));
  const double least_cosine = std::cos(options.max_tilt_change.value());
  // Where the recording starts and ends, the filter's continuation of it may look like a step.
  const std::size_t edge = half_second / 2 + 1;
  std::vector<std::size_t> candidates;
  for (std::size_t i = edge; i + edge < v.size(); ++i) {
    if (v[i] < options.min_step_peak_mps2 || !(v[i] > v[i - 1]) || v[i] < v[i + 1]) continue;
    const auto& before = signals.up[i - std::min(i, half_second)];
    const auto& after = signals.up[std::min(i + half_second, v.size() - 1)];
    if (before.dot(after) >= least_cosine) candidates.push_back(i);
  }
  return candidates;
}

std::vector<StepTrain> trains_of(std::span<const std::size_t> candidates, Hertz rate,
                                 const WalkingBoutOptions& options) {
  const double most = options.max_step_time.value() * rate.value();
  std::vector<StepTrain> trains;
  for (const std::size_t at : candidates) {
    if (trains.empty() || static_cast<double>(at - trains.back().last) > most) trains.push_back({at, at, 0});
    trains.back().last = at;
    ++trains.back().steps;
  }
  return trains;
}

/// Leaves out weak peaks at both ends: shuffling before the first and after the last step.
void trim(std::span<const double> v, std::span<const std::size_t> candidates, StepTrain& train,
          double share) {
  auto first = std::lower_bound(candidates.begin(), candidates.end(), train.first);
  auto last = std::upper_bound(candidates.begin(), candidates.end(), train.last);
  std::vector<double> heights;
  for (auto at = first; at != last; ++at) heights.push_back(v[*at]);
  const double least = share * median(std::move(heights));
  while (first != last && v[*first] < least) ++first;
  while (first != last && v[*(last - 1)] < least) --last;
  train = {*first, *(last - 1), static_cast<std::size_t>(last - first)};
}

std::vector<StepTrain> joined(std::span<const StepTrain> trains, Hertz rate,
                              const WalkingBoutOptions& options) {
  const double most = options.max_pause.value() * rate.value();
  std::vector<StepTrain> bouts;
  for (const StepTrain& train : trains) {
    if (bouts.empty() || static_cast<double>(train.first - bouts.back().last) > most) {
      bouts.push_back(train);
    } else {
      bouts.back().last = train.last;
      bouts.back().steps += train.steps;
    }
  }
  return bouts;
}

bool may_be_walking(const StepSignals& signals, const StepTrain& bout, const WalkingBoutOptions& options) {
  const auto margin = static_cast<std::size_t>(signals.rate.value() / 4);
  const SampleRange range{bout.first - std::min(bout.first, margin),
                          std::min(bout.last + margin, signals.up.size())};
  const double interval = static_cast<double>(bout.last - bout.first) / static_cast<double>(bout.steps - 1);
  const auto likeness =
      detail::walking_likeness(signals, range, static_cast<std::size_t>(std::lround(interval)));
  if (likeness.intensity_mps2 > options.max_intensity_mps2) return false;
  if (likeness.slow_share > options.max_slow_share || likeness.fast_share > 2 * options.max_fast_share)
    return false;
  if (likeness.repetition < options.min_repetition) return false;
  constexpr double kRepeats = 0.5;  // unsourced default
  const bool needs_repetition =
      static_cast<int>(bout.steps) < options.few_steps || likeness.fast_share > options.max_fast_share;
  if (needs_repetition && likeness.repetition < kRepeats) return false;
  if (likeness.horizontal_share > options.max_horizontal_share) return false;
  // A leg swings once a stride and the trunk rises twice; a pedal makes both once a turn.
  return likeness.horizontal_share < 2 || likeness.horizontal_at_step < kRepeats;
}

}  // namespace

Result<std::vector<WalkingBout>> find_walking_bouts(const InertialView& samples,
                                                    const WalkingBoutOptions& options) {
  const double rate = samples.rate.value();
  const auto two_seconds = static_cast<std::size_t>(std::isfinite(rate) ? std::clamp(2 * rate, 1.0, 1e6) : 1);
  if (auto ok = detail::check_inertial(samples, Hertz{20}, two_seconds, kBoutStage); !ok) {
    return tl::unexpected(ok.error());
  }
  const auto factor = std::max<std::size_t>(1, static_cast<std::size_t>(rate / kWorkingRateHz));
  const auto signals = step_signals(samples, factor);
  if (!signals) return tl::unexpected(signals.error());
  const auto candidates = step_candidates(*signals, options);
  auto trains = trains_of(candidates, signals->rate, options);
  // A step alone is not walking, nor does it join two trains.
  std::erase_if(trains, [](const StepTrain& train) { return train.steps < 2; });
  std::vector<WalkingBout> bouts;
  for (StepTrain bout : joined(trains, signals->rate, options)) {
    trim(signals->step_band_mps2, candidates, bout, options.min_end_peak_share);
    if (static_cast<int>(bout.steps) < std::max(options.min_steps, 2)) continue;
    if (!may_be_walking(*signals, bout, options)) continue;
    // A thinned sample stands for the middle of its block.
    const std::size_t first = bout.first * factor + factor / 2;
    const std::size_t last = bout.last * factor + factor / 2;
    const std::size_t margin = (last - first) / (bout.steps - 1) / 4;
    bouts.push_back(
        {{first - std::min(first, margin), std::min(last + margin + 1, samples.size())}, bout.steps});
  }
  return bouts;
}

}  // namespace reprise::engine
