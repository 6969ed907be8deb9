// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/savitzky_golay.h"

#include <Eigen/Core>
#include <Eigen/QR>
#include <cmath>
#include <numeric>
#include <string>

#include "engine/signal/check.h"

namespace reprise::engine {
namespace {

constexpr const char* kSavitzkyGolay = "Savitzky-Golay filter";

Result<void> check_options(Hertz rate, const SavitzkyGolayOptions& options) {
  if (auto ok = detail::check_rate(rate, kSavitzkyGolay); !ok) return ok;
  if (options.order < 0 || options.order > 8 || options.derivative < 0 ||
      options.derivative > options.order || options.window % 2 == 0 || options.window <= options.order) {
    return fail(ErrorCode::invalid_argument, kSavitzkyGolay,
                "window " + std::to_string(options.window) + ", order " + std::to_string(options.order) +
                    ", derivative " + std::to_string(options.derivative),
                "choose an odd window above the order, an order up to 8, and a derivative up to the order");
  }
  return {};
}

/// Weights, one row per position in the window, whose product with the samples is the polynomial's derivative
/// at that position. Abscissae are scaled to [-1, 1], which keeps the fit well conditioned.
Eigen::MatrixXd weights_of(Hertz rate, const SavitzkyGolayOptions& options) {
  const int n = options.window;
  const int columns = options.order + 1;
  const double half = n > 1 ? (n - 1) / 2.0 : 1.0;
  Eigen::MatrixXd powers(n, columns);
  Eigen::MatrixXd derivatives = Eigen::MatrixXd::Zero(n, columns);
  for (int i = 0; i < n; ++i) {
    const double t = (i - (n - 1) / 2.0) / half;
    for (int k = 0; k < columns; ++k) {
      powers(i, k) = std::pow(t, k);
      if (k < options.derivative) continue;
      double factor = 1;
      for (int d = 0; d < options.derivative; ++d) factor *= k - d;
      derivatives(i, k) = factor * std::pow(t, k - options.derivative);
    }
  }
  const Eigen::MatrixXd fit = powers.householderQr().solve(Eigen::MatrixXd::Identity(n, n));
  return derivatives * fit * std::pow(rate.value() / half, options.derivative);
}

}  // namespace

Result<std::vector<double>> savitzky_golay(std::span<const double> samples, Hertz sample_rate,
                                           const SavitzkyGolayOptions& options) {
  if (auto ok = check_options(sample_rate, options); !ok) return tl::unexpected(ok.error());
  const auto window = static_cast<std::size_t>(options.window);
  if (auto ok = detail::check_samples(samples, window, kSavitzkyGolay); !ok)
    return tl::unexpected(ok.error());

  const Eigen::MatrixXd weights = weights_of(sample_rate, options);
  const std::size_t half = window / 2;
  const std::size_t last_start = samples.size() - window;
  std::vector<double> result(samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::size_t start = i < half ? 0 : std::min(i - half, last_start);
    const auto row = weights.row(static_cast<Eigen::Index>(i - start));
    double sum = 0;
    for (std::size_t k = 0; k < window; ++k) sum += row[static_cast<Eigen::Index>(k)] * samples[start + k];
    result[i] = sum;
  }
  return result;
}

Result<CausalSavitzkyGolay> CausalSavitzkyGolay::create(Hertz sample_rate,
                                                        const SavitzkyGolayOptions& options) {
  if (auto ok = check_options(sample_rate, options); !ok) return tl::unexpected(ok.error());
  const Eigen::VectorXd newest = weights_of(sample_rate, options).bottomRows(1).transpose();
  return CausalSavitzkyGolay(std::vector<double>(newest.data(), newest.data() + newest.size()));
}

std::optional<double> CausalSavitzkyGolay::step(double sample) {
  if (!std::isfinite(sample)) {
    recent_.clear();
    return std::nullopt;
  }
  if (recent_.size() == weights_.size()) recent_.erase(recent_.begin());
  recent_.push_back(sample);
  if (recent_.size() < weights_.size()) return std::nullopt;
  return std::inner_product(recent_.begin(), recent_.end(), weights_.begin(), 0.0);
}

}  // namespace reprise::engine
