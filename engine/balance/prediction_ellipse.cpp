// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/prediction_ellipse.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numeric>

#include "engine/signal/check.h"

namespace reprise::engine {

Result<PredictionEllipse> prediction_ellipse(std::span<const double> first, std::span<const double> second,
                                             double probability) {
  constexpr const char* kStage = "prediction ellipse";
  if (first.size() != second.size() || !(probability > 0 && probability < 1)) {
    return fail(ErrorCode::invalid_argument, kStage, "the coordinates or the probability cannot be used",
                "give both coordinates of every point, and a probability between 0 and 1");
  }
  if (auto ok = detail::check_samples(first, 3, kStage); !ok) return tl::unexpected(ok.error());
  if (auto ok = detail::check_samples(second, 3, kStage); !ok) return tl::unexpected(ok.error());
  const auto n = static_cast<double>(first.size());
  const double mean_x = std::accumulate(first.begin(), first.end(), 0.0) / n;
  const double mean_y = std::accumulate(second.begin(), second.end(), 0.0) / n;
  double xx = 0, xy = 0, yy = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    const double x = first[i] - mean_x;
    const double y = second[i] - mean_y;
    xx += x * x;
    xy += x * y;
    yy += y * y;
  }
  xx /= n - 1;
  xy /= n - 1;
  yy /= n - 1;
  const double half_gap = std::hypot((xx - yy) / 2, xy);
  const double larger = (xx + yy) / 2 + half_gap;
  // The smaller eigenvalue from the determinant: the difference would cancel where the points lie on a line.
  const double smaller = larger > 0 ? std::max(0.0, (xx * yy - xy * xy) / larger) : 0;

  const double freedom = n - 2;
  const double f = freedom / 2 * (std::pow(1 - probability, -2 / freedom) - 1);
  const double scale = 2 * (n - 1) * (n + 1) / (n * freedom) * f;
  PredictionEllipse ellipse;
  ellipse.semi_major = std::sqrt(scale * larger);
  ellipse.semi_minor = std::sqrt(scale * smaller);
  ellipse.area = kPi * ellipse.semi_major * ellipse.semi_minor;
  ellipse.angle = Radians{0.5 * std::atan2(2 * xy, xx - yy)};
  return ellipse;
}

}  // namespace reprise::engine
