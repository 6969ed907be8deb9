// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "engine/heart/heart_rate_variability.h"
#include "engine/heart/nn_statistics.h"
#include "engine/signal/sample_entropy.h"

namespace reprise::engine {
namespace {

constexpr std::size_t kSmallestBox = 4;
constexpr std::size_t kLargestBox = 16;

/// The squares that remain of one box after its straight line, summed.
double detrended_squares(std::span<const double> box) {
  const auto n = static_cast<double>(box.size());
  const double center = (n - 1) / 2;
  const double level = detail::mean(box);
  double moment = 0;
  double squares = 0;
  for (std::size_t i = 0; i < box.size(); ++i) {
    moment += (static_cast<double>(i) - center) * (box[i] - level);
    squares += (box[i] - level) * (box[i] - level);
  }
  const double spread = n * (n * n - 1) / 12;
  return std::max(0.0, squares - moment * moment / spread);
}

}  // namespace

std::optional<double> detrended_fluctuation(std::span<const double> values, std::size_t smallest,
                                            std::size_t largest) {
  constexpr std::size_t kFewestBoxes = 4;
  if (values.size() < kFewestBoxes * largest) return std::nullopt;
  const double center = detail::mean(values);
  std::vector<double> profile;
  profile.reserve(values.size());
  double sum = 0;
  for (const double v : values) profile.push_back(sum += v - center);
  std::vector<double> log_size;
  std::vector<double> log_fluctuation;
  constexpr double kNothing = 1e-12;  // of the mean: rounding
  for (std::size_t size = smallest; size <= largest; ++size) {
    const std::size_t boxes = profile.size() / size;
    double squares = 0;
    for (std::size_t b = 0; b < boxes; ++b) {
      squares += detrended_squares(std::span<const double>(profile).subspan(b * size, size));
    }
    const double fluctuation = std::sqrt(squares / static_cast<double>(boxes * size));
    if (!(fluctuation > kNothing * std::abs(center))) return std::nullopt;
    log_size.push_back(std::log(static_cast<double>(size)));
    log_fluctuation.push_back(std::log(fluctuation));
  }
  const double size_level = detail::mean(log_size);
  double moment = 0;
  double spread = 0;
  for (std::size_t i = 0; i < log_size.size(); ++i) {
    moment += (log_size[i] - size_level) * log_fluctuation[i];
    spread += (log_size[i] - size_level) * (log_size[i] - size_level);
  }
  return moment / spread;
}

Result<HrvNonlinear> hrv_nonlinear(std::span<const NnInterval> nn) {
  constexpr const char* kStage = "heart rate variability, nonlinear";
  if (auto ok = detail::check_nn(nn, kStage); !ok) return tl::unexpected(ok.error());
  const auto measured_s = detail::measured_s(nn);
  const auto differences_s = successive_differences_s(nn);
  if (differences_s.size() < 2) {
    return fail(ErrorCode::nothing_measured, kStage, "no three measured intervals follow each other",
                "record longer, or improve the sensor's contact");
  }
  HrvNonlinear result;
  const double sdsd_s = detail::standard_deviation(differences_s);
  const double sdnn_s = detail::standard_deviation(measured_s);
  result.sd1 = Seconds{sdsd_s / std::sqrt(2.0)};
  result.sd2 = Seconds{std::sqrt(std::max(0.0, 2 * sdnn_s * sdnn_s - sdsd_s * sdsd_s / 2))};
  constexpr double kNothingS = 1e-9;
  if (result.sd1.value() > kNothingS) {
    result.csi = result.sd2 / result.sd1;
    if (result.sd2.value() > kNothingS) {
      result.cvi = std::log10(16 * result.sd1.value() * result.sd2.value() * 1e6);
    }
  }
  const auto part_s = detail::durations_s(longest_part(nn));
  const double tolerance_s = 0.2 * detail::standard_deviation(part_s);
  if (tolerance_s > kNothingS) {
    if (const auto entropy = sample_entropy(part_s, 2, tolerance_s)) result.sample_entropy = *entropy;
    result.dfa_alpha1 = detrended_fluctuation(part_s, kSmallestBox, kLargestBox);
  }
  return result;
}

}  // namespace reprise::engine
