// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/qrs_template.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {

QrsLikeness QrsTemplate::compare(const QrsShape& shape) const {
  QrsLikeness best{-1, 0};
  for (int lag = -kReach; lag <= kReach; ++lag) {
    const double* moved = shape.data() + kReach + lag;
    double product = 0, square = 0;
    for (std::size_t i = 0; i < median_.size(); ++i) {
      product += moved[i] * median_[i];
      square += moved[i] * moved[i];
    }
    const double scale = std::sqrt(square * square_);
    const double correlation = scale > 0 ? product / scale : 0;
    if (correlation > best.correlation) best = {correlation, lag * kQrsShapeStepS};
  }
  return best;
}

void QrsTemplate::push(const QrsShape& shape) {
  const double later_s = size_ == 0 ? 0 : compare(shape).later_s;
  const auto lag = static_cast<std::ptrdiff_t>(std::lround(later_s / kQrsShapeStepS));
  std::copy_n(shape.begin() + kReach + lag, median_.size(), last_[next_].begin());
  next_ = (next_ + 1) % kBeats;
  size_ = std::min(size_ + 1, kBeats);
  square_ = 0;
  for (std::size_t i = 0; i < median_.size(); ++i) {
    std::array<double, kBeats> values{};
    for (std::size_t beat = 0; beat < size_; ++beat) values[beat] = last_[beat][i];
    std::sort(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(size_));
    median_[i] = (values[(size_ - 1) / 2] + values[size_ / 2]) / 2;
    square_ += median_[i] * median_[i];
  }
}

bool half_are_alike(std::span<const QrsShape> shapes) {
  constexpr double kAlike = 0.85;
  std::size_t most = 0;
  for (const QrsShape& one : shapes) {
    QrsTemplate as_template;
    as_template.push(one);
    const auto alike = std::count_if(shapes.begin(), shapes.end(), [&](const QrsShape& other) {
      return as_template.compare(other).correlation >= kAlike;
    });
    most = std::max(most, static_cast<std::size_t>(alike));
  }
  return most >= 3 && 2 * most >= shapes.size();
}

}  // namespace reprise::engine
