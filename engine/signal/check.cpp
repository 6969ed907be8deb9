// SPDX-License-Identifier: Apache-2.0
#include "engine/signal/check.h"

#include <cmath>
#include <string>

namespace reprise::engine::detail {

Result<void> check_samples(std::span<const double> samples, std::size_t at_least, std::string_view stage) {
  if (samples.size() < at_least) {
    return fail(ErrorCode::nothing_measured, std::string(stage),
                "the signal has " + std::to_string(samples.size()) + " samples; at least " +
                    std::to_string(at_least) + " are needed",
                "record longer, or choose a shorter window or a lower order");
  }
  for (std::size_t i = 0; i < samples.size(); ++i) {
    if (!std::isfinite(samples[i])) {
      return fail(ErrorCode::invalid_argument, std::string(stage),
                  "sample " + std::to_string(i) + " is not a finite number",
                  "leave missing samples out, or fill the gaps first");
    }
  }
  return {};
}

Result<void> check_rate(Hertz rate, std::string_view stage) {
  if (!std::isfinite(rate.value()) || rate.value() <= 0) {
    return fail(ErrorCode::invalid_argument, std::string(stage),
                "the sampling rate is " + std::to_string(rate.value()) + " Hz; it must be positive",
                "give the rate of the recording");
  }
  return {};
}

Result<void> check_times(std::span<const double> times_s, std::size_t value_count, std::string_view stage) {
  if (times_s.size() != value_count) {
    return fail(ErrorCode::invalid_argument, std::string(stage),
                std::to_string(times_s.size()) + " times for " + std::to_string(value_count) + " values",
                "give one time for each value");
  }
  for (std::size_t i = 0; i < times_s.size(); ++i) {
    if (!std::isfinite(times_s[i]) || (i > 0 && times_s[i] <= times_s[i - 1])) {
      return fail(ErrorCode::invalid_argument, std::string(stage),
                  "the time of sample " + std::to_string(i) + " is not later than the one before",
                  "sort the samples by time and drop repeated ones");
    }
  }
  return {};
}

}  // namespace reprise::engine::detail
