// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/fit_line.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "base/units.h"
#include "engine/signal/check.h"

namespace reprise::engine {

double student_t_central(double t, int degrees) {
  const double theta = std::atan(t / std::sqrt(static_cast<double>(degrees)));
  const double cosine_squared = std::cos(theta) * std::cos(theta);
  const bool odd = degrees % 2 == 1;
  if (degrees == 1) return 2 * theta / kPi;
  double term = odd ? std::cos(theta) : 1;
  double sum = term;
  for (int k = odd ? 3 : 2; k <= degrees - 2; k += 2) {
    term *= cosine_squared * (k - 1) / k;
    sum += term;
  }
  return odd ? 2 / kPi * (theta + std::sin(theta) * sum) : std::sin(theta) * sum;
}

double student_t_quantile(double probability, int degrees) {
  const double central = 2 * probability - 1;
  double low = 0;
  double high = 1;
  while (student_t_central(high, degrees) < central && high < 1e9) high *= 2;
  for (int i = 0; i < 100 && high - low > 1e-12 * high; ++i) {
    const double middle = (low + high) / 2;
    (student_t_central(middle, degrees) < central ? low : high) = middle;
  }
  return (low + high) / 2;
}

Result<FittedLine> fit_line(std::span<const double> x, std::span<const double> y) {
  constexpr const char* kStage = "straight line";
  if (x.size() != y.size()) {
    return fail(ErrorCode::invalid_argument, kStage, "the coordinates differ in number",
                "give both coordinates of every point");
  }
  if (auto ok = detail::check_samples(x, 2, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_samples(y, 2, kStage); !ok) return tl::unexpected(ok.error());
  const auto n = static_cast<double>(x.size());
  double mean_x = 0, mean_y = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / n;
    mean_y += y[i] / n;
  }
  double xx = 0, xy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - mean_x) * (x[i] - mean_x);
    xy += (x[i] - mean_x) * (y[i] - mean_y);
  }
  if (!(xx > 0)) {
    return fail(ErrorCode::nothing_measured, kStage, "all points have the same first coordinate",
                "measure at different times");
  }
  FittedLine line;
  line.slope = xy / xx;
  line.intercept = mean_y - line.slope * mean_x;
  if (x.size() > 2) {
    double residuals = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double r = y[i] - line.intercept - line.slope * x[i];
      residuals += r * r;
    }
    // Above a thousand degrees of freedom the quantile has settled to four digits.
    const int degrees = static_cast<int>(std::min<std::size_t>(x.size() - 2, 1000));
    line.slope_confidence = student_t_quantile(0.975, degrees) * std::sqrt(residuals / (n - 2) / xx);
  }
  return line;
}

}  // namespace reprise::engine
