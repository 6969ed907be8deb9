// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <map>

#include "engine/heart/heart_rate_variability.h"
#include "engine/heart/nn_statistics.h"

namespace reprise::engine {
namespace {

/// The class of 8 ms, counted from 300 ms (hrv-analysis). The small shift keeps intervals that are
/// whole milliseconds in their class.
long triangular_class(double duration_s) {
  constexpr double kWidthMs = 8;
  constexpr double kOriginMs = 300;
  return std::lround(std::floor((duration_s * 1000 - kOriginMs) / kWidthMs + 1e-9));
}

double share_above(std::span<const double> differences_s, double limit_s) {
  constexpr double kRoundingS = 1e-9;  // 50 ms exactly is not above 50 ms
  const auto above = std::count_if(differences_s.begin(), differences_s.end(),
                                   [&](double d) { return std::abs(d) > limit_s + kRoundingS; });
  return static_cast<double>(above) / static_cast<double>(differences_s.size());
}

}  // namespace

std::vector<double> successive_differences_s(std::span<const NnInterval> nn) {
  std::vector<double> differences_s;
  for (std::size_t i = 1; i < nn.size(); ++i) {
    if (nn[i].corrected || nn[i - 1].corrected || nn[i].after_break) continue;
    differences_s.push_back(nn[i].duration.value() - nn[i - 1].duration.value());
  }
  return differences_s;
}

Result<HrvTimeDomain> hrv_time_domain(std::span<const NnInterval> nn) {
  constexpr const char* kStage = "heart rate variability, time domain";
  if (auto ok = detail::check_nn(nn, kStage); !ok) return tl::unexpected(ok.error());
  const auto measured_s = detail::measured_s(nn);
  const auto differences_s = successive_differences_s(nn);
  if (differences_s.empty()) {
    return fail(ErrorCode::nothing_measured, kStage, "no two measured intervals follow each other",
                "record longer, or improve the sensor's contact");
  }
  HrvTimeDomain result;
  result.intervals = measured_s.size();
  result.mean_nn = Seconds{detail::mean(measured_s)};
  result.sdnn = Seconds{detail::standard_deviation(measured_s)};
  double squares = 0;
  for (const double d : differences_s) squares += d * d;
  const auto count = static_cast<double>(differences_s.size());
  result.rmssd = Seconds{std::sqrt(squares / count)};
  result.pnn50 = share_above(differences_s, 0.050);
  result.pnn20 = share_above(differences_s, 0.020);
  result.nn50 = static_cast<std::size_t>(std::lround(result.pnn50 * count));
  std::map<long, std::size_t> classes;
  std::size_t fullest = 0;
  double rates_bpm = 0;
  for (const double duration_s : measured_s) {
    rates_bpm += 60 / duration_s;
    fullest = std::max(fullest, ++classes[triangular_class(duration_s)]);
  }
  result.mean_heart_rate_bpm = rates_bpm / static_cast<double>(measured_s.size());
  result.triangular_index = static_cast<double>(measured_s.size()) / static_cast<double>(fullest);
  return result;
}

}  // namespace reprise::engine
