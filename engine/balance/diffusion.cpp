// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/diffusion.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "engine/signal/fit_line.h"

namespace reprise::engine {
namespace {

constexpr const char* kDiffusion = "stabilogram diffusion";

/// Mean square displacement over 0 to `lags` samples.
std::vector<double> mean_square_displacement(std::span<const double> samples, std::size_t lags) {
  std::vector<double> result(lags + 1, 0.0);
  for (std::size_t lag = 1; lag <= lags; ++lag) {
    double sum = 0;
    for (std::size_t i = lag; i < samples.size(); ++i) {
      const double moved = samples[i] - samples[i - lag];
      sum += moved * moved;
    }
    result[lag] = sum / static_cast<double>(samples.size() - lag);
  }
  return result;
}

/// The line through the displacements at lags from `from` to `to`, or through both logarithms (lag 0 left
/// out).
std::optional<FittedLine> fit_lags(std::span<const double> squares_m2, Hertz rate, Seconds from, Seconds to,
                                   bool logarithms) {
  std::vector<double> x, y;
  for (std::size_t lag = logarithms ? 1 : 0; lag < squares_m2.size(); ++lag) {
    const double time_s = static_cast<double>(lag) / rate.value();
    if (time_s < from.value() - 1e-9 || time_s > to.value() + 1e-9) continue;
    if (logarithms && !(squares_m2[lag] > 0)) continue;
    x.push_back(logarithms ? std::log(time_s) : time_s);
    y.push_back(logarithms ? std::log(squares_m2[lag]) : squares_m2[lag]);
  }
  const auto line = fit_line(x, y);
  if (!line) return std::nullopt;
  return *line;
}

std::optional<DiffusionDirection> analyze(std::span<const double> squares_m2, Hertz rate,
                                          const DiffusionOptions& o) {
  const auto short_line = fit_lags(squares_m2, rate, Seconds{0}, o.short_term_end, false);
  const auto long_line = fit_lags(squares_m2, rate, o.long_term_start, o.long_term_end, false);
  const auto short_power = fit_lags(squares_m2, rate, Seconds{0}, o.short_exponent_end, true);
  const auto long_power = fit_lags(squares_m2, rate, o.long_exponent_start, o.long_term_end, true);
  if (!short_line || !long_line || !short_power || !long_power) return std::nullopt;
  DiffusionDirection direction;
  direction.short_term_m2ps = short_line->slope / 2;
  direction.long_term_m2ps = long_line->slope / 2;
  direction.short_term_exponent = short_power->slope / 2;
  direction.long_term_exponent = long_power->slope / 2;
  const double time_s =
      (long_line->intercept - short_line->intercept) / (short_line->slope - long_line->slope);
  if (std::isfinite(time_s) && time_s > 0) {
    direction.critical_time = Seconds{time_s};
    direction.critical_m2 = short_line->intercept + short_line->slope * time_s;
  }
  return direction;
}

bool has_ordered_lags(const DiffusionOptions& o) {
  return o.short_term_end.value() > 0 && o.long_term_start >= o.short_term_end &&
         o.long_term_end > o.long_term_start && o.short_exponent_end.value() > 0 &&
         o.long_exponent_start >= o.short_exponent_end && o.long_term_end > o.long_exponent_start &&
         o.highest_rate.value() > 0;
}

}  // namespace

Result<Diffusion> stabilogram_diffusion(const CopView& path, const DiffusionOptions& options) {
  if (!has_ordered_lags(options)) {
    return fail(ErrorCode::invalid_argument, kDiffusion, "the time lags are not in order",
                "use short terms that end before the long terms start");
  }
  detail::CopLimits limits;
  limits.shortest = std::max(options.shortest, options.long_term_end * 1.5);
  if (auto ok = detail::check_cop(path, limits, kDiffusion); !ok) return tl::unexpected(ok.error());

  const auto ap = detail::thin(path.ap_m, path.rate, options.highest_rate);
  const auto ml = detail::thin(path.ml_m, path.rate, options.highest_rate);
  const auto lags =
      static_cast<std::size_t>(std::floor(options.long_term_end.value() * ap.rate.value() + 1e-9));
  const auto ap_m2 = mean_square_displacement(ap.samples, lags);
  const auto ml_m2 = mean_square_displacement(ml.samples, lags);
  std::vector<double> planar_m2(ap_m2);
  for (std::size_t lag = 0; lag <= lags; ++lag) planar_m2[lag] += ml_m2[lag];
  const auto ap_result = analyze(ap_m2, ap.rate, options);
  const auto ml_result = analyze(ml_m2, ap.rate, options);
  const auto planar_result = analyze(planar_m2, ap.rate, options);
  if (!ap_result || !ml_result || !planar_result) {
    return fail(ErrorCode::nothing_measured, kDiffusion,
                "one direction does not move, or the lags hold too few samples",
                "check the sensor, and record at 50 Hz or more");
  }
  return Diffusion{*ap_result, *ml_result, *planar_result};
}

}  // namespace reprise::engine
