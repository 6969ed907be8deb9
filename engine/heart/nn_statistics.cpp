// SPDX-License-Identifier: Apache-2.0
#include "engine/heart/nn_statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace reprise::engine::detail {

Result<void> check_nn(std::span<const NnInterval> nn, std::string_view stage) {
  const auto usable = [](const NnInterval& interval) {
    return std::isfinite(interval.duration.value()) && interval.duration.value() > 0 &&
           std::isfinite(interval.end.value());
  };
  if (std::all_of(nn.begin(), nn.end(), usable)) return {};
  return fail(ErrorCode::invalid_argument, std::string(stage), "an interval is not above 0 seconds",
              "leave out intervals that the sensor could not measure");
}

std::vector<double> measured_s(std::span<const NnInterval> nn) {
  std::vector<double> values;
  values.reserve(nn.size());
  for (const NnInterval& interval : nn) {
    if (!interval.corrected) values.push_back(interval.duration.value());
  }
  return values;
}

std::vector<double> durations_s(std::span<const NnInterval> nn) {
  std::vector<double> values;
  values.reserve(nn.size());
  for (const NnInterval& interval : nn) values.push_back(interval.duration.value());
  return values;
}

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double standard_deviation(std::span<const double> values) {
  if (values.size() < 2) return 0;
  const double center = mean(values);
  double squares = 0;
  for (const double v : values) squares += (v - center) * (v - center);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

}  // namespace reprise::engine::detail
