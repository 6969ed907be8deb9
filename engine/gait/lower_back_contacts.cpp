// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/lower_back_contacts.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/gait/lower_back_bout.h"
#include "engine/signal/butterworth.h"
#include "engine/signal/level_frame.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

/// A candidate for a contact, in samples of the bout with its margins.
struct StepPeak {
  double at = 0;
  double height = 0;
};

/// The top of the parabola through a peak and its neighbors.
StepPeak refined(std::span<const double> v, std::size_t i) {
  const double bend = v[i - 1] - 2 * v[i] + v[i + 1];
  const double offset = bend < 0 ? std::clamp(0.5 * (v[i - 1] - v[i + 1]) / bend, -0.5, 0.5) : 0;
  return {static_cast<double>(i) + offset, v[i]};
}

std::vector<StepPeak> peaks_between(std::span<const double> v, std::size_t begin, std::size_t end) {
  std::vector<StepPeak> peaks;
  for (std::size_t i = std::max<std::size_t>(begin, 1); i < end && i + 1 < v.size(); ++i) {
    if (v[i] > 0 && v[i] > v[i - 1] && v[i] >= v[i + 1]) peaks.push_back(refined(v, i));
  }
  return peaks;
}

void drop_weak(std::vector<StepPeak>& peaks, double share) {
  if (peaks.empty()) return;
  std::vector<double> heights;
  for (const auto& peak : peaks) heights.push_back(peak.height);
  const double least = share * median(heights);
  std::erase_if(peaks, [&](const StepPeak& peak) { return peak.height < least; });
}

/// Slow walking shows two peaks a step; the lower one is none.
void drop_close(std::vector<StepPeak>& peaks, double share) {
  if (peaks.size() < 3) return;
  std::vector<double> intervals;
  for (std::size_t i = 1; i < peaks.size(); ++i) intervals.push_back(peaks[i].at - peaks[i - 1].at);
  const double least = share * median(intervals);
  std::vector<StepPeak> kept;
  for (const auto& peak : peaks) {
    if (kept.empty() || peak.at - kept.back().at >= least) {
      kept.push_back(peak);
    } else if (peak.height > kept.back().height) {
      kept.back() = peak;
    }
  }
  peaks = std::move(kept);
}

/// The likeliest sides: the yaw rate speaks for the right foot where positive; staying on one side costs.
std::vector<Side> likeliest_sides(std::span<const double> yaw, std::span<const StepPeak> peaks, Hertz rate,
                                  double same_side_cost) {
  std::vector<double> sizes;
  for (const double y : yaw) sizes.push_back(std::abs(y));
  const double cost = same_side_cost * median(sizes);
  std::vector<std::array<int, 2>> from(yaw.size());
  std::array<double, 2> score{-yaw[0], yaw[0]};
  for (std::size_t i = 1; i < yaw.size(); ++i) {
    // After a pause either foot may start.
    const double pause_s = (peaks[i].at - peaks[i - 1].at) / rate.value();
    const double stay = pause_s > 1.25 ? 0 : cost;
    std::array<double, 2> next{};
    for (int side = 0; side < 2; ++side) {
      const auto s = static_cast<std::size_t>(side);
      const double changed = score[1 - s];
      const double stayed = score[s] - stay;
      from[i][s] = changed >= stayed ? 1 - side : side;
      next[s] = std::max(changed, stayed) + (side == 1 ? yaw[i] : -yaw[i]);
    }
    score = next;
  }
  std::vector<Side> sides(yaw.size());
  int side = score[1] > score[0] ? 1 : 0;
  for (std::size_t i = yaw.size(); i-- > 0;) {
    sides[i] = side == 1 ? Side::right : Side::left;
    side = from[i][static_cast<std::size_t>(side)];
  }
  return sides;
}

Result<std::vector<Side>> sides_of(const detail::BoutSignals& bout, std::span<const StepPeak> peaks,
                                   const LowerBackContactOptions& options) {
  ButterworthOptions band;
  band.band = FilterBand::band_pass;
  band.cutoff = options.yaw_low;
  band.upper_cutoff = options.yaw_high;
  const auto yaw =
      butterworth_zero_phase(yaw_rate(bout.samples.angular_velocity_radps, bout.up), bout.samples.rate, band);
  if (!yaw) return tl::unexpected(yaw.error());
  std::vector<double> at_contacts;
  for (const auto& peak : peaks)
    at_contacts.push_back((*yaw)[static_cast<std::size_t>(std::lround(peak.at))]);
  return likeliest_sides(at_contacts, peaks, bout.samples.rate, options.same_side_cost);
}

}  // namespace

Result<std::vector<FootContact>> find_lower_back_contacts(const InertialView& samples, SampleRange bout,
                                                          const LowerBackContactOptions& options) {
  const auto signals = detail::bout_signals(samples, bout);
  if (!signals) return tl::unexpected(signals.error());
  return detail::contacts_in(*signals, options);
}

namespace detail {

Result<std::vector<FootContact>> contacts_in(const BoutSignals& bout,
                                             const LowerBackContactOptions& options) {
  ButterworthOptions band;
  band.band = FilterBand::band_pass;
  band.cutoff = options.low;
  band.upper_cutoff = options.high;
  if (bout.swing) {
    // A leg's own swing comes once a stride, both feet's contacts twice. Unsourced defaults.
    band.cutoff = 1.4 * bout.swing->stride_rate;
    band.upper_cutoff = 2.8 * bout.swing->stride_rate;
  }
  const auto filtered = butterworth_zero_phase(bout.vertical_mps2, bout.samples.rate, band);
  if (!filtered) return tl::unexpected(filtered.error());
  // A peak comes after its contact.
  const auto delay = static_cast<std::size_t>(bout.samples.rate.value() / 10);
  auto peaks = peaks_between(*filtered, bout.inside.begin, bout.inside.end + delay);
  drop_weak(peaks, options.min_peak_share);
  drop_close(peaks, options.min_interval_share);
  std::vector<FootContact> contacts;
  for (const auto& peak : peaks) {
    const double at = static_cast<double>(bout.offset) + peak.at;
    contacts.push_back({Seconds{at / bout.samples.rate.value()}, std::nullopt});
  }
  if (peaks.empty() || !bout.samples.has_gyroscope() || bout.swing) return contacts;
  const auto sides = sides_of(bout, peaks, options);
  if (!sides) return tl::unexpected(sides.error());
  for (std::size_t i = 0; i < contacts.size(); ++i) contacts[i].side = (*sides)[i];
  return contacts;
}

}  // namespace detail

}  // namespace reprise::engine
