// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "base/result.h"
#include "base/units.h"
#include "engine/balance/cop_path.h"

namespace reprise::engine {

/// Time lags of the fitted lines. Those read from a public script of stabilogram diffusion analysis:
/// diffusion 0 to 0.5 s and 2 to 10 s, scaling exponents 0 to 0.4 s and 1 to 10 s.
struct DiffusionOptions {
  Seconds short_term_end{0.5};
  Seconds long_term_start{2};
  Seconds long_term_end{10};
  Seconds short_exponent_end{0.4};
  Seconds long_exponent_start{1};
  Hertz highest_rate{100};  ///< faster recordings are averaged down to it. Unsourced default
  Seconds shortest{20};     ///< twice the longest lag. Unsourced default
};

struct DiffusionDirection {
  double short_term_m2ps = 0;      ///< diffusion coefficient D of the short term (open loop)
  double long_term_m2ps = 0;       ///< of the long term (closed loop); may be negative by chance
  double short_term_exponent = 0;  ///< Hurst exponent H: above 0.5 persistent, below anti-persistent
  double long_term_exponent = 0;
  std::optional<Seconds> critical_time;  ///< where both lines cross; missing if they do not cross after 0
  std::optional<double> critical_m2;     ///< their common mean square displacement there
};

struct Diffusion {
  DiffusionDirection ap, ml;
  DiffusionDirection planar;  ///< of the squared distance in the plane
};

/// Stabilogram diffusion analysis (after Collins, De Luca 1993): the mean square displacement of the center
/// of pressure over a time lag, two straight lines through it, and two through its logarithms. Diffusion:
/// mean square = 2 D lag, so D is half of the slope (in the plane too: D planar = D ap + D ml). Exponents:
/// mean square ~ lag^(2 H), so H is half of the slope of the logarithms. Steps and lags as in a public script
/// that keeps whole slopes in place of halves. Critical point: where the two straight lines cross. Errors: as
/// `sway`; nothing_measured (shorter than `shortest`, or a direction that does not move), invalid_argument
/// (lags out of order).
[[nodiscard]] Result<Diffusion> stabilogram_diffusion(const CopView& path,
                                                      const DiffusionOptions& options = {});

}  // namespace reprise::engine
