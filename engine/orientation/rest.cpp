// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/rest.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "engine/signal/check.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr const char* kRest = "rest of an inertial sensor";

/// Sums up to each sample, from which the mean and deviation of any window follow at once.
class RunningMoments {
 public:
  explicit RunningMoments(std::span<const Vec3<Sensor>> samples) {
    if (samples.empty()) return;
    origin_ = samples.front().v;  // keeps the squares small, and so their digits
    sum_.reserve(samples.size() + 1);
    square_.reserve(samples.size() + 1);
    sum_.emplace_back(Eigen::Vector3d::Zero());
    square_.push_back(0);
    for (const auto& sample : samples) {
      const Eigen::Vector3d d = sample.v - origin_;
      sum_.emplace_back(sum_.back() + d);
      square_.push_back(square_.back() + d.squaredNorm());
    }
  }
  [[nodiscard]] Eigen::Vector3d mean(std::size_t begin, std::size_t end) const {
    return origin_ + (sum_[end] - sum_[begin]) / static_cast<double>(end - begin);
  }
  [[nodiscard]] double deviation(std::size_t begin, std::size_t end) const {
    const double n = static_cast<double>(end - begin);
    const double variance =
        (square_[end] - square_[begin]) / n - ((sum_[end] - sum_[begin]) / n).squaredNorm();
    return std::sqrt(std::max(0.0, variance));
  }

 private:
  Eigen::Vector3d origin_ = Eigen::Vector3d::Zero();
  std::vector<Eigen::Vector3d> sum_;
  std::vector<double> square_;
};

}  // namespace

Result<void> check_inertial(const InertialView& samples, std::string_view stage) {
  if (auto ok = detail::check_rate(samples.rate, stage); !ok) return ok;
  if (samples.size() == 0) {
    return fail(ErrorCode::nothing_measured, std::string(stage), "no samples", "record first");
  }
  if (samples.has_gyroscope() && samples.angular_velocity_radps.size() != samples.size()) {
    return fail(ErrorCode::invalid_argument, std::string(stage),
                std::to_string(samples.angular_velocity_radps.size()) + " angular velocities for " +
                    std::to_string(samples.size()) + " accelerations",
                "bring both sensors to the same times first");
  }
  const auto finite = [](const Vec3<Sensor>& sample) { return sample.v.allFinite(); };
  if (!std::all_of(samples.acceleration_mps2.begin(), samples.acceleration_mps2.end(), finite) ||
      !std::all_of(samples.angular_velocity_radps.begin(), samples.angular_velocity_radps.end(), finite)) {
    return fail(ErrorCode::invalid_argument, std::string(stage), "a sample is not a finite number",
                "fill or cut out gaps first");
  }
  return {};
}

Result<std::vector<SampleRange>> find_rests(const InertialView& samples, const RestOptions& options) {
  if (auto ok = check_inertial(samples, kRest); !ok) return tl::unexpected(ok.error());
  const std::size_t n = samples.size();
  const auto in_samples = [&](Seconds s) {
    return static_cast<std::size_t>(std::max(2.0, std::round(s.value() * samples.rate.value())));
  };
  const std::size_t window = in_samples(options.window);
  std::vector<SampleRange> rests;
  if (n < window) return rests;

  const RunningMoments acceleration(samples.acceleration_mps2);
  const RunningMoments angular(samples.angular_velocity_radps);
  const auto is_still = [&](std::size_t begin, std::size_t end) {
    if (acceleration.deviation(begin, end) > options.max_acceleration_sd_mps2) return false;
    return !samples.has_gyroscope() ||
           (angular.deviation(begin, end) <= options.max_angular_velocity_sd_radps &&
            angular.mean(begin, end).norm() <= options.max_bias_radps);
  };
  // Every sample of a still window is at rest; overlapping windows join.
  for (std::size_t begin = 0; begin + window <= n; ++begin) {
    if (!is_still(begin, begin + window)) continue;
    if (!rests.empty() && begin <= rests.back().end) {
      rests.back().end = begin + window;
    } else {
      rests.push_back({begin, begin + window});
    }
  }
  const std::size_t shortest = in_samples(options.shortest);
  rests.erase(std::remove_if(rests.begin(), rests.end(),
                             [&](const SampleRange& r) { return r.end - r.begin < shortest; }),
              rests.end());
  return rests;
}

std::optional<Vec3<Sensor>> gyroscope_bias(const InertialView& samples, std::span<const SampleRange> rests) {
  if (!samples.has_gyroscope()) return std::nullopt;
  std::array<std::vector<double>, 3> axes;
  for (const auto& rest : rests) {
    for (std::size_t i = rest.begin; i < rest.end; ++i) {
      for (std::size_t k = 0; k < 3; ++k) {
        axes[k].push_back(samples.angular_velocity_radps[i].v[static_cast<int>(k)]);
      }
    }
  }
  if (axes[0].empty()) return std::nullopt;
  return Vec3<Sensor>{median(axes[0]), median(axes[1]), median(axes[2])};
}

}  // namespace reprise::engine
