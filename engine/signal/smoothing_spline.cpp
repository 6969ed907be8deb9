// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/smoothing_spline.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace reprise::engine {
namespace {

constexpr std::size_t kMaxOrder = 4;
/// A symmetric band matrix or its lower factor: row i holds columns i - order to i, the diagonal last.
using BandRow = std::array<double, kMaxOrder + 1>;

/// Weights of a difference of some order: 1, -2, 1 and so on.
std::vector<double> difference_weights(std::size_t order) {
  std::vector<double> weights = {1};
  for (std::size_t k = 0; k < order; ++k) {
    weights.push_back(0);
    for (std::size_t i = weights.size() - 1; i > 0; --i) weights[i] = weights[i - 1] - weights[i];
    weights[0] = -weights[0];
  }
  return weights;
}

/// I + weight D'D, factored as L diagonal L' in place; everything is a band of `order`.
class Equations {
 public:
  Equations(std::size_t size, std::size_t order, double weight)
      : order_(order), rows_(size), diagonal_(size) {
    const std::vector<double> d = difference_weights(order);
    for (BandRow& row : rows_) row.fill(0);
    for (std::size_t i = 0; i + order < size; ++i) {
      for (std::size_t a = 0; a <= order; ++a) {
        for (std::size_t b = 0; b <= a; ++b) at(i + a, i + b) += weight * d[a] * d[b];
      }
    }
    for (std::size_t i = 0; i < size; ++i) at(i, i) += 1;
    factor();
  }

  [[nodiscard]] std::vector<double> solve(std::span<const double> right) const {
    std::vector<double> x(right.begin(), right.end());
    for (std::size_t i = 0; i < x.size(); ++i) {
      for (std::size_t k = first(i); k < i; ++k) x[i] -= at(i, k) * x[k];
    }
    for (std::size_t i = 0; i < x.size(); ++i) x[i] /= diagonal_[i];
    for (std::size_t i = x.size(); i-- > 0;) {
      for (std::size_t k = i + 1; k <= last(i); ++k) x[i] -= at(k, i) * x[k];
    }
    return x;
  }

  /// Sum of the inverse's diagonal, from its band alone: the inverse's rows follow from the last one upwards.
  [[nodiscard]] double inverse_trace() const {
    std::vector<BandRow> inverse(rows_.size());
    const auto z = [&](std::size_t i, std::size_t k) -> double& {
      return inverse[std::max(i, k)][order_ - (std::max(i, k) - std::min(i, k))];
    };
    double trace = 0;
    for (std::size_t i = rows_.size(); i-- > 0;) {
      for (std::size_t j = last(i); j > i; --j) {
        double sum = 0;
        for (std::size_t k = i + 1; k <= last(i); ++k) sum -= at(k, i) * z(k, j);
        z(i, j) = sum;
      }
      double sum = 1 / diagonal_[i];
      for (std::size_t k = i + 1; k <= last(i); ++k) sum -= at(k, i) * z(k, i);
      z(i, i) = sum;
      trace += sum;
    }
    return trace;
  }

 private:
  [[nodiscard]] double& at(std::size_t row, std::size_t column) {
    return rows_[row][order_ - (row - column)];
  }
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return rows_[row][order_ - (row - column)];
  }
  [[nodiscard]] std::size_t first(std::size_t row) const { return row - std::min(row, order_); }
  [[nodiscard]] std::size_t last(std::size_t row) const { return std::min(row + order_, rows_.size() - 1); }

  void factor() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      for (std::size_t j = first(i); j < i; ++j) {
        double value = at(i, j);
        for (std::size_t k = std::max(first(i), first(j)); k < j; ++k)
          value -= at(i, k) * diagonal_[k] * at(j, k);
        at(i, j) = value / diagonal_[j];
      }
      diagonal_[i] = at(i, i);
      for (std::size_t k = first(i); k < i; ++k) diagonal_[i] -= at(i, k) * at(i, k) * diagonal_[k];
    }
  }

  std::size_t order_;
  std::vector<BandRow> rows_;
  std::vector<double> diagonal_;
};

struct Candidate {
  std::vector<double> values;
  double score = 0;  ///< generalized cross-validation: smaller predicts better
};

/// At the cutoff a wave's roughness weighs as much as its distance.
double weight_of(Hertz cutoff, Hertz rate, std::size_t order) {
  const double roughness = 2 * std::sin(kPi * (cutoff / rate));
  return std::pow(roughness, -2.0 * static_cast<double>(order));
}

Candidate smoothed_at(std::span<const double> samples, Hertz cutoff, Hertz rate, std::size_t order,
                      bool scored) {
  const Equations equations{samples.size(), order, weight_of(cutoff, rate, order)};
  Candidate out{equations.solve(samples)};
  if (!scored) return out;
  double rest = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) rest += std::pow(samples[i] - out.values[i], 2);
  const auto n = static_cast<double>(samples.size());
  const double free = n - equations.inverse_trace();
  out.score = n * rest / (free * free);
  return out;
}

}  // namespace

Result<SmoothedSignal> smoothing_spline(std::span<const double> samples, Hertz rate,
                                        const SmoothingSplineOptions& options) {
  const auto refuse = [](std::string cause, const char* remedy) {
    return fail(ErrorCode::invalid_argument, "smoothing spline", std::move(cause), remedy);
  };
  if (options.order < 1 || options.order > static_cast<int>(kMaxOrder))
    return refuse("the order is not from 1 to 4", "use 3");
  const auto order = static_cast<std::size_t>(options.order);
  if (samples.size() < 2 * order + 2) {
    return refuse("there are " + std::to_string(samples.size()) + " samples; " +
                      std::to_string(2 * order + 2) + " are needed",
                  "record longer");
  }
  if (!std::all_of(samples.begin(), samples.end(), [](double v) { return std::isfinite(v); }))
    return refuse("a sample is not finite", "fill gaps first");
  if (!(rate.value() > 0) ||
      (options.cutoff && !(options.cutoff->value() > 0 && *options.cutoff < 0.5 * rate)))
    return refuse("the cutoff is not between 0 and half of the rate", "choose a cutoff like 6 Hz");

  if (options.cutoff)
    return SmoothedSignal{smoothed_at(samples, *options.cutoff, rate, order, false).values, *options.cutoff};
  // The score is flat near its minimum: steps of a twelfth of an octave are fine enough.
  constexpr int kSteps = 96;
  SmoothedSignal best;
  double best_score = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const Hertz cutoff = 0.45 * rate * std::pow(2.0, -i / 12.0);
    Candidate candidate = smoothed_at(samples, cutoff, rate, order, true);
    if (!best.values.empty() && !(candidate.score < best_score)) continue;
    best_score = candidate.score;
    best = {std::move(candidate.values), cutoff};
  }
  return best;
}

}  // namespace reprise::engine
