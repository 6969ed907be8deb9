// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/foot_sampling_rate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "engine/orientation/attitude.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {
namespace {

constexpr const char* kRateStage = "guessing the sampling rate";
constexpr std::array<double, 22> kUsualRatesHz = {20,  25,    30,  32,  40,  50,  51.2, 60,    64,  75,  80,
                                                  100, 102.4, 120, 125, 128, 150, 200,  204.8, 250, 256, 400};
// Two minutes at 200 Hz say enough.
constexpr std::size_t kMostRateSamples = 24'000;

using Vectors = std::span<const Vec3<Sensor>>;

// How much the foot moves: a swinging foot, too, stops turning for an instant, but it accelerates then. That
// 3 m/s2 weigh as 1 rad/s is an unsourced default.
std::vector<double> energies_of(Vectors acceleration, Vectors angular_velocity) {
  constexpr double kAsOneRadianMps2 = 3;
  std::vector<double> energy;
  energy.reserve(angular_velocity.size());
  for (std::size_t i = 0; i < angular_velocity.size(); ++i) {
    const double off = (acceleration[i].norm() - kGravityMps2) / kAsOneRadianMps2;
    energy.push_back(angular_velocity[i].v.squaredNorm() + off * off);
  }
  return energy;
}

// The lag at which the energy repeats best, after its first descent; 0: it does not.
std::size_t stride_period(const std::vector<double>& energy) {
  double mean = 0;
  for (const double e : energy) mean += e;
  mean /= static_cast<double>(energy.size());
  const std::size_t longest = std::min<std::size_t>(energy.size() / 3, 1500);
  std::vector<double> correlation(longest, 0.0);
  for (std::size_t lag = 0; lag < longest; ++lag) {
    for (std::size_t i = 0; i + lag < energy.size(); ++i)
      correlation[lag] += (energy[i] - mean) * (energy[i + lag] - mean);
    correlation[lag] /= static_cast<double>(energy.size() - lag);
  }
  const auto descent = std::find_if(correlation.begin(), correlation.end(), [](double c) { return c < 0; });
  const auto best = std::max_element(descent, correlation.end());
  constexpr double kClear = 0.3;  // of the energy's variance. Unsourced default
  if (best == correlation.end() || *best < kClear * correlation.front()) return 0;
  return static_cast<std::size_t>(best - correlation.begin());
}

// The middle of each stance: the least energy within a fifth of a stride, and little at all.
std::vector<std::size_t> rests_of(const std::vector<double>& energy, std::size_t stride) {
  const std::size_t half = std::max<std::size_t>(1, stride / 28);
  std::vector<double> smooth(energy.size(), 0.0);
  for (std::size_t i = half; i + half < energy.size(); ++i) {
    for (std::size_t k = i - half; k <= i + half; ++k) smooth[i] += energy[k];
  }
  std::vector<double> sorted(smooth);
  const auto high = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 95 / 100);
  std::nth_element(sorted.begin(), high, sorted.end());
  constexpr double kStill = 0.02;
  const std::size_t reach = std::max<std::size_t>(2, stride / 6);
  std::vector<std::size_t> rests;
  for (std::size_t i = reach + half; i + reach + half < smooth.size(); ++i) {
    if (smooth[i] > kStill * *high) continue;
    const auto around = smooth.begin() + static_cast<std::ptrdiff_t>(i - reach);
    if (*std::min_element(around, around + static_cast<std::ptrdiff_t>(2 * reach + 1)) < smooth[i]) continue;
    rests.push_back(i);
    i += reach;
  }
  return rests;
}

struct RateStride {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::vector<RateStride> strides_between(const std::vector<std::size_t>& rests,
                                        const std::vector<double>& energy, std::size_t stride) {
  constexpr double kSwing = 9;  // rad2/s2: a foot that swings turns faster
  std::vector<RateStride> strides;
  for (std::size_t k = 1; k < rests.size(); ++k) {
    const RateStride s{rests[k - 1], rests[k]};
    if (s.end - s.begin > 3 * stride) continue;
    const auto begin = energy.begin() + static_cast<std::ptrdiff_t>(s.begin);
    if (*std::max_element(begin, energy.begin() + static_cast<std::ptrdiff_t>(s.end)) > kSwing)
      strides.push_back(s);
  }
  return strides;
}

double median_length(const std::vector<RateStride>& strides) {
  std::vector<std::size_t> lengths;
  lengths.reserve(strides.size());
  for (const RateStride& s : strides) lengths.push_back(s.end - s.begin);
  const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
  std::nth_element(lengths.begin(), middle, lengths.end());
  return static_cast<double>(*middle);
}

// The mean acceleration that a stride leaves over with this period, m/s2.
double residual_of(const RateStride& s, Vectors acceleration, Vectors angular_velocity, Seconds period) {
  constexpr std::size_t kAround = 5;
  Vec3<Sensor> up;
  for (std::size_t i = s.begin - kAround; i <= s.begin + kAround; ++i) up = up + acceleration[i];
  up = up * (1.0 / (2 * kAround + 1));
  Attitude attitude = attitude_of_up(up);
  const Vec3<Level> gravity = attitude * up;
  Vec3<Level> sum;
  Vec3<Level> last = attitude * acceleration[s.begin];
  for (std::size_t i = s.begin; i < s.end; ++i) {  // by trapezoids: half a sample counts here
    attitude = turned(attitude, (angular_velocity[i] + angular_velocity[i + 1]) * 0.5, period);
    const Vec3<Level> next = attitude * acceleration[i + 1];
    sum = sum + (last + next) * 0.5 - gravity;
    last = next;
  }
  return sum.norm() / static_cast<double>(s.end - s.begin);
}

double median_residual(const std::vector<RateStride>& strides, Vectors acceleration, Vectors angular_velocity,
                       double rate_hz) {
  std::vector<double> residuals;
  residuals.reserve(strides.size());
  for (const RateStride& s : strides)
    residuals.push_back(residual_of(s, acceleration, angular_velocity, Seconds{1 / rate_hz}));
  const auto middle = residuals.begin() + static_cast<std::ptrdiff_t>(residuals.size() / 2);
  std::nth_element(residuals.begin(), middle, residuals.end());
  return *middle;
}

}  // namespace

Result<SamplingRateGuess> guess_sampling_rate(Vectors acceleration_mps2, Vectors angular_velocity_radps) {
  if (acceleration_mps2.size() != angular_velocity_radps.size()) {
    return fail(ErrorCode::invalid_argument, kRateStage, "there are not as many accelerations as rotations",
                "give both of each sample");
  }
  const auto unclear = [](const char* cause) {
    return fail(ErrorCode::nothing_measured, kRateStage, cause, "give the rate of the recording");
  };
  const std::size_t size = std::min(kMostRateSamples, acceleration_mps2.size());
  const Vectors acceleration = acceleration_mps2.first(size);
  const Vectors angular_velocity = angular_velocity_radps.first(size);
  for (std::size_t i = 0; i < size; ++i) {
    if (acceleration[i].v.allFinite() && angular_velocity[i].v.allFinite()) continue;
    return fail(ErrorCode::invalid_argument, kRateStage, "a sample is not finite",
                "leave missing samples out");
  }
  constexpr std::size_t kLeastSamples = 300;
  if (size < kLeastSamples) return unclear("the recording is too short");
  std::vector<double> turning;
  turning.reserve(size);
  for (const Vec3<Sensor>& w : angular_velocity) turning.push_back(w.v.squaredNorm());
  const std::size_t stride = stride_period(turning);
  const auto energy = energies_of(acceleration, angular_velocity);
  if (stride == 0) return unclear("the foot's movement does not repeat as in walking");
  const auto strides = strides_between(rests_of(energy, stride), energy, stride);
  constexpr std::size_t kLeastStrides = 6;
  if (strides.size() < kLeastStrides) return unclear("fewer than six strides end at rest");
  // Steps of 1 %; a stride lasts 0.7 to 3 s, which bounds the rate.
  const double usual_stride = median_length(strides);
  const double lowest = usual_stride / 3;
  const double highest = usual_stride / 0.7;
  double best_hz = lowest;
  double least = median_residual(strides, acceleration, angular_velocity, lowest);
  for (double rate_hz = lowest * 1.01; rate_hz <= highest; rate_hz *= 1.01) {
    const double residual = median_residual(strides, acceleration, angular_velocity, rate_hz);
    if (residual >= least) continue;
    least = residual;
    best_hz = rate_hz;
  }
  if (best_hz <= lowest * 1.02 || best_hz >= highest / 1.02) return unclear("no rate fits the strides");
  const auto* const usual = std::min_element(
      kUsualRatesHz.begin(), kUsualRatesHz.end(),
      [&](double a, double b) { return std::abs(std::log(a / best_hz)) < std::abs(std::log(b / best_hz)); });
  return SamplingRateGuess{Hertz{best_hz}, Hertz{*usual}};
}

}  // namespace reprise::engine
