// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/lower_back_step_length.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/signal/butterworth.h"

namespace reprise::engine {
namespace {

constexpr const char* kLengthStage = "step length from the lower back";

Result<void> check_height(const std::optional<Meters>& height, double least_m, double most_m) {
  if (!height || (height->value() >= least_m && height->value() <= most_m)) return {};
  return fail(ErrorCode::invalid_argument, kLengthStage,
              "a height of " + std::to_string(height->value()) + " m is outside " + std::to_string(least_m) +
                  " to " + std::to_string(most_m) + " m",
              "give heights in meters");
}

std::vector<double> integrated(std::span<const double> x, Hertz rate) {
  std::vector<double> sum(x.size(), 0.0);
  for (std::size_t i = 1; i < x.size(); ++i) sum[i] = sum[i - 1] + (x[i - 1] + x[i]) / (2 * rate.value());
  return sum;
}

}  // namespace

Result<std::optional<Meters>> pendulum_height(const StepLengthOptions& options) {
  if (auto ok = check_height(options.sensor_height, 0.4, 1.5); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_height(options.body_height, 0.8, 2.5); !ok) return tl::unexpected(ok.error());
  if (options.sensor_height) return options.sensor_height;
  constexpr double kSensorByBodyHeight = 0.60;
  if (options.body_height) return std::optional<Meters>{*options.body_height * kSensorByBodyHeight};
  return std::optional<Meters>{};
}

namespace detail {

Result<std::vector<double>> step_lengths_m(const BoutSignals& bout, std::span<const FootContact> contacts,
                                           Meters height, const StepLengthOptions& options) {
  ButterworthOptions drift;
  drift.band = FilterBand::high_pass;
  drift.order = 4;
  drift.cutoff = Hertz{0.1};
  const Hertz rate = bout.samples.rate;
  const auto acceleration = butterworth_zero_phase(bout.vertical_mps2, rate, drift);
  if (!acceleration) return tl::unexpected(acceleration.error());
  drift.cutoff = options.drift_cutoff;
  const auto speed = butterworth_zero_phase(integrated(*acceleration, rate), rate, drift);
  if (!speed) return tl::unexpected(speed.error());
  const std::vector<double> displacement_m = integrated(*speed, rate);

  const auto sample_of = [&](const FootContact& contact) {
    const double at = contact.time.value() * rate.value() - static_cast<double>(bout.offset);
    return static_cast<std::size_t>(
        std::clamp(std::lround(at), 0L, static_cast<long>(displacement_m.size()) - 1));
  };
  std::vector<double> lengths;
  for (std::size_t i = 1; i < contacts.size(); ++i) {
    const auto from = displacement_m.begin() + static_cast<std::ptrdiff_t>(sample_of(contacts[i - 1]));
    const auto to = displacement_m.begin() + static_cast<std::ptrdiff_t>(sample_of(contacts[i]));
    const auto [lowest, highest] = std::minmax_element(from, to + 1);
    const double rise = std::min(*highest - *lowest, height.value());
    lengths.push_back(options.scale * 2 * std::sqrt(2 * height.value() * rise - rise * rise));
  }
  return lengths;
}

}  // namespace detail

}  // namespace reprise::engine
