// SPDX-License-Identifier: Apache-2.0
#include "engine/muscle/emg_onset.h"

#include <algorithm>
#include <cmath>

#include "engine/muscle/emg_filter.h"
#include "engine/signal/butterworth.h"

namespace reprise::engine {
namespace {

constexpr const char* kEmgOnset = "EMG onset";

struct Window {
  std::size_t begin = 0, end = 0;
};

/// The window of `length` samples with the least mean energy.
Window quietest_window(const std::vector<double>& energy, std::size_t length) {
  double sum = 0;
  for (std::size_t i = 0; i < length; ++i) sum += energy[i];
  double least = sum;
  std::size_t begin = 0;
  for (std::size_t i = length; i < energy.size(); ++i) {
    sum += energy[i] - energy[i - length];
    if (sum >= least) continue;
    least = sum;
    begin = i + 1 - length;
  }
  return {begin, begin + length};
}

double rms_of(std::span<const double> samples, const Window& window) {
  double squares = 0;
  for (std::size_t i = window.begin; i < window.end; ++i) squares += samples[i] * samples[i];
  return std::sqrt(squares / static_cast<double>(window.end - window.begin));
}

/// Baseline mean + k standard deviations of the energy.
double energy_threshold(const std::vector<double>& energy, const Window& baseline, double k) {
  const auto n = static_cast<double>(baseline.end - baseline.begin);
  double mean = 0, squares = 0;
  for (std::size_t i = baseline.begin; i < baseline.end; ++i) mean += energy[i] / n;
  for (std::size_t i = baseline.begin; i < baseline.end; ++i) squares += std::pow(energy[i] - mean, 2);
  return mean + k * std::sqrt(squares / (n - 1));
}

/// Runs above the threshold; pauses of at most `pause` samples do not end one.
std::vector<Window> active_windows(const std::vector<double>& energy, double threshold, std::size_t pause) {
  std::vector<Window> windows;
  for (std::size_t i = 0; i < energy.size(); ++i) {
    if (!(energy[i] > threshold)) continue;
    if (!windows.empty() && i - windows.back().end <= pause) {
      windows.back().end = i + 1;
    } else {
      windows.push_back({i, i + 1});
    }
  }
  return windows;
}

Result<std::vector<double>> smoothed_energy(std::span<const double> filtered, Hertz rate, Hertz smoothing) {
  auto energy = teager_kaiser_energy(filtered);
  for (double& v : energy) v = std::abs(v);
  ButterworthOptions low_pass;
  low_pass.cutoff = smoothing;
  return butterworth_zero_phase(energy, rate, low_pass);
}

}  // namespace

std::vector<double> teager_kaiser_energy(std::span<const double> samples) {
  if (samples.size() < 3) return {};
  std::vector<double> energy(samples.size());
  for (std::size_t i = 1; i + 1 < samples.size(); ++i) {
    energy[i] = samples[i] * samples[i] - samples[i - 1] * samples[i + 1];
  }
  energy.front() = energy[1];
  energy.back() = energy[energy.size() - 2];
  return energy;
}

Result<EmgBursts> emg_bursts(std::span<const double> samples, Hertz rate, const EmgOnsetOptions& options) {
  EmgFilterOptions band;
  band.low = options.low;
  band.high = options.high;
  const auto filtered = filter_emg(samples, rate, band);
  if (!filtered) return tl::unexpected(filtered.error());
  const auto in_samples = [&](Seconds time) {
    return static_cast<std::size_t>(std::lround(std::max(0.0, time.value()) * rate.value()));
  };
  const std::size_t length = in_samples(options.baseline);
  if (length < 10 || samples.size() < 2 * length) {
    return fail(ErrorCode::nothing_measured, kEmgOnset, "the recording is shorter than two baselines",
                "record some seconds, with rest before or after the contraction");
  }
  const auto energy = smoothed_energy(filtered->samples, rate, options.smoothing);
  if (!energy) return tl::unexpected(energy.error());
  const Window baseline = quietest_window(*energy, length);
  EmgBursts result;
  result.baseline_start = Seconds{static_cast<double>(baseline.begin) / rate.value()};
  result.baseline_rms = rms_of(filtered->samples, baseline);
  const double largest = std::abs(*std::max_element(
      samples.begin(), samples.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
  // Rounding of the filters alone leaves some 1e-14 of a constant signal.
  if (rms_of(filtered->samples, {0, samples.size()}) <= 1e-9 * largest) {
    return fail(ErrorCode::nothing_measured, kEmgOnset, "the signal is flat",
                "check the electrodes, the cable and the amplifier");
  }
  const double threshold = energy_threshold(*energy, baseline, options.threshold_sd);
  for (const auto& window : active_windows(*energy, threshold, in_samples(options.longest_pause))) {
    if (window.end - window.begin < std::max<std::size_t>(1, in_samples(options.shortest_burst))) continue;
    EmgBurst burst;
    burst.rms = rms_of(filtered->samples, window);
    burst.contrast = burst.rms / std::max(result.baseline_rms, 1e-300);
    const double least_rms = options.least_share_of_hum * filtered->mains_rms;
    if (burst.contrast < options.least_contrast || burst.rms < least_rms) continue;
    burst.onset = Seconds{static_cast<double>(window.begin) / rate.value()};
    burst.offset = Seconds{static_cast<double>(window.end - 1) / rate.value()};
    // A pause this short does not end a burst, so it does not tell one that begins with the recording either.
    const std::size_t pause = in_samples(options.longest_pause);
    burst.complete = window.begin > pause && window.end + pause < samples.size();
    result.bursts.push_back(burst);
  }
  return result;
}

}  // namespace reprise::engine
