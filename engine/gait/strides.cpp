// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/strides.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/gait/foot_motion.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/median.h"
#include "engine/signal/peaks.h"

namespace reprise::engine {
namespace {

/// What the search for events needs of a recording.
struct StrideSignals {
  Hertz rate{100};
  std::vector<double> dorsiflexion_radps;
  std::vector<double> energy;      ///< FootMotion::energy
  double rest_limit = 0;           ///< largest energy of a mid-stance
  std::vector<double> shock_mps2;  ///< change of the acceleration to the next sample

  [[nodiscard]] std::size_t samples(Seconds s) const {
    return static_cast<std::size_t>(std::max(1.0, std::round(s.value() * rate.value())));
  }
};

/// Adds the energy of a swing wherever the foot is not flat: no mid-stance lies there.
void exclude_tilted(const FootSamples& foot, std::size_t half, const StrideOptions& options,
                    FootMotion& motion) {
  std::vector<double> up;
  std::vector<double> size;
  for (const auto& a : foot.acceleration_mps2) {
    up.push_back(std::max(0.0, a.v.y()));
    size.push_back(a.norm());
  }
  up = centered_means(up, half);
  size = centered_means(size, half);
  const double least = std::cos(options.max_mid_stance_tilt.value());
  for (std::size_t i = 0; i < up.size(); ++i) {
    if (up[i] < least * size[i]) motion.energy[i] += motion.energy_of_swing;
  }
}

Result<std::vector<std::size_t>> find_swing_peaks(const StrideSignals& signals,
                                                  const StrideOptions& options) {
  const auto smooth = butterworth_zero_phase(signals.dorsiflexion_radps, signals.rate,
                                             {FilterBand::low_pass, 2, options.swing_cutoff, Hertz{0}, 1});
  if (!smooth) return tl::unexpected(smooth.error());
  PeakOptions peak_options;
  peak_options.min_height = options.min_swing_radps;
  peak_options.min_prominence = options.min_swing_radps;
  peak_options.min_distance = signals.samples(options.min_swing_distance);
  const auto peaks = find_peaks(*smooth, peak_options);
  if (!peaks) return tl::unexpected(peaks.error());
  std::vector<double> heights;
  for (const auto& peak : *peaks) heights.push_back(peak.height);
  std::sort(heights.begin(), heights.end());
  std::vector<std::size_t> swings;
  for (const auto& peak : *peaks) {
    if (peak.height >= options.min_swing_share * heights[heights.size() * 3 / 4])
      swings.push_back(peak.index);
  }
  return swings;
}

/// Peaks of one foot between which it never rests belong to one swing.
struct Swing {
  std::size_t highest = 0;
  std::size_t last = 0;  ///< the last peak that is at least half as high
};

std::vector<Swing> joined_swings(const StrideSignals& signals, const std::vector<std::size_t>& peaks) {
  const auto& w = signals.dorsiflexion_radps;
  std::vector<Swing> swings;
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    const std::size_t peak = peaks[i];
    if (i == 0 || signals.energy[lowest_in(signals.energy, peaks[i - 1], peak)] <= signals.rest_limit) {
      swings.push_back({peak, peak});
      continue;
    }
    Swing& swing = swings.back();
    if (w[peak] > w[swing.highest]) swing.highest = peak;
    if (w[peak] > 0.5 * w[swing.highest]) swing.last = peak;
  }
  return swings;
}

/// The fastest plantarflexion between mid-stance and swing.
std::size_t terminal_contact(const StrideSignals& signals, std::size_t mid_stance, std::size_t swing) {
  const std::size_t longest = signals.samples(Seconds{0.6});
  return lowest_in(signals.dorsiflexion_radps, std::max(mid_stance, swing > longest ? swing - longest : 0),
                   swing);
}

/// Where the dorsiflexion velocity falls through 0, between samples, at most 0.12 s before the shock of
/// landing: an earlier dip belongs to the swing, a later one to the rebound. The shock itself if the
/// foot already turns down by then. Unsourced
/// default: motion capture's contact was 10 to 50 ms before the shock.
std::optional<double> initial_contact(const StrideSignals& signals, std::size_t swing,
                                      std::size_t mid_stance) {
  const auto& w = signals.dorsiflexion_radps;
  const std::size_t before_shock = signals.samples(Seconds{0.12});
  std::size_t shock = swing;
  for (std::size_t i = swing; i < std::min(mid_stance, swing + signals.samples(Seconds{0.5})); ++i) {
    if (signals.shock_mps2[i] > signals.shock_mps2[shock]) shock = i;
  }
  std::size_t at = std::max(swing, shock > before_shock ? shock - before_shock : 0);
  if (w[at] <= 0) return static_cast<double>(shock);
  for (; at < mid_stance; ++at) {
    if (w[at] > 0 && w[at + 1] <= 0) return static_cast<double>(at) + w[at] / (w[at] - w[at + 1]);
  }
  return std::nullopt;
}

/// Mid-stances before and after each swing: one between two neighbors, or two, at the ends of a pause.
struct SwingBetween {
  std::size_t before = 0, after = 0;
  Swing swing;
  bool paused_before = true, paused_after = true;
};

/// In a slow gait, a pause lasts longer than two usual strides. Samples; 0 if there is no stride.
std::size_t slow_gait_pause(const std::vector<Swing>& swings) {
  std::vector<double> strides;
  for (std::size_t i = 1; i < swings.size(); ++i) {
    strides.push_back(static_cast<double>(swings[i].highest - swings[i - 1].highest));
  }
  return strides.empty() ? 0 : static_cast<std::size_t>(2 * median(strides));
}

std::vector<SwingBetween> with_mid_stances(const StrideSignals& signals, const std::vector<Swing>& swings,
                                           const StrideOptions& options) {
  // From mid-swing to mid-stance and back takes about 0.3 s more than the stance itself.
  const std::size_t reach = signals.samples(options.pause_search + Seconds{0.3});
  const std::size_t pause = std::max(signals.samples(options.pause + Seconds{0.3}), slow_gait_pause(swings));
  const std::size_t n = signals.energy.size();
  std::vector<SwingBetween> result;
  for (std::size_t i = 0; i < swings.size(); ++i) {
    SwingBetween s;
    s.swing = swings[i];
    const std::size_t first = s.swing.highest;
    const std::size_t last = s.swing.last;
    const std::size_t previous = i == 0 ? 0 : swings[i - 1].last;
    const std::size_t next = i + 1 == swings.size() ? n : swings[i + 1].highest;
    s.paused_before = i == 0 || first - previous > pause;
    s.paused_after = i + 1 == swings.size() || next - last > pause;
    const std::size_t from = std::max(previous, first > reach ? first - reach : 0);
    s.before = s.paused_before ? lowest_in(signals.energy, from, first) : result.back().after;
    s.after = lowest_in(signals.energy, last, s.paused_after ? std::min(next, last + reach) : next);
    result.push_back(s);
  }
  return result;
}

}  // namespace

Result<std::vector<StrideEvents>> find_strides(const FootSamples& foot, const StrideOptions& options) {
  StrideSignals signals;
  signals.rate = foot.rate;
  signals.dorsiflexion_radps.reserve(foot.angular_velocity_radps.size());
  for (const auto& w : foot.angular_velocity_radps) signals.dorsiflexion_radps.push_back(w.v.z());
  FootMotion motion = foot_motion(std::span<const Vec3<Foot>>(foot.acceleration_mps2),
                                  std::span<const Vec3<Foot>>(foot.angular_velocity_radps), Vec3<Foot>{},
                                  foot.rate, options.mid_stance_window);
  exclude_tilted(foot, signals.samples(options.mid_stance_window) / 2, options, motion);
  signals.energy = std::move(motion.energy);
  signals.rest_limit = options.max_mid_stance_energy * motion.energy_of_swing;
  signals.shock_mps2.resize(signals.energy.size());
  for (std::size_t i = 0; i + 1 < signals.energy.size(); ++i) {
    signals.shock_mps2[i] = (foot.acceleration_mps2[i + 1] - foot.acceleration_mps2[i]).norm();
  }
  const auto peaks = find_swing_peaks(signals, options);
  if (!peaks) return tl::unexpected(peaks.error());

  const double dt = period(signals.rate).value();
  std::vector<StrideEvents> strides;
  std::optional<Seconds> previous;
  for (const auto& s : with_mid_stances(signals, joined_swings(signals, *peaks), options)) {
    if (s.paused_before) previous.reset();
    const auto contact = initial_contact(signals, s.swing.last, s.after);
    const bool rests =
        signals.energy[s.before] <= signals.rest_limit && signals.energy[s.after] <= signals.rest_limit;
    if (!contact || s.before >= s.swing.highest || s.after <= s.swing.last || !rests) {
      previous.reset();
      continue;
    }
    StrideEvents stride;
    stride.begin = s.before;
    stride.end = s.after;
    stride.terminal_contact =
        Seconds{dt * static_cast<double>(terminal_contact(signals, s.before, s.swing.highest))};
    stride.initial_contact = Seconds{dt * *contact};
    stride.previous_initial_contact = previous;
    stride.starts = s.paused_before;
    stride.stops = s.paused_after;
    stride.swing_peak_radps = signals.dorsiflexion_radps[s.swing.highest];
    previous = stride.initial_contact;
    strides.push_back(stride);
  }
  return strides;
}

}  // namespace reprise::engine
