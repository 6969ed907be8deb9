// SPDX-License-Identifier: Apache-2.0
#include "session/misfit.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace reprise::session {
namespace {

// Of well seen points of rendered people nine of ten lie within 5 cm
// (tests/revalidation/rendered_points.mjs).
constexpr double kWavers = 0.05;         // m: a miss up to this is no error of the fit
constexpr double kSegment = 0.25;        // m: of a forearm, the shortest that a measure rests on
constexpr double kClearlyVisible = 0.5;  // visibility
constexpr double kFarOff = 0.12;         // m: half the length of a forearm
constexpr double kOften = 0.1;           // share of the frames in which the joint is seen

bool well_seen(const engine::FittedBody& fitted, std::size_t i, engine::Landmark landmark) {
  return fitted.frames[i].pose && fitted.frames[i].pose->visibility[landmark] >= kClearlyVisible;
}

}  // namespace

double misfit_deviation(const engine::FittedBody& fitted, std::size_t i, engine::Measure measure,
                        engine::Side side) {
  if (i >= fitted.misses.size() || !fitted.misses[i]) return 0;
  double worst = 0;
  for (const engine::Landmark l : engine::landmarks_of(measure, side)) {
    const std::size_t s = engine::seen_index(l);
    if (s == engine::kSeenCount || !well_seen(fitted, i, l)) continue;
    worst = std::max(worst, static_cast<double>((*fitted.misses[i])[s]));
  }
  return std::atan(std::max(0.0, worst - kWavers) / kSegment);
}

std::optional<Warning> misfit_warning(const engine::FittedBody& fitted) {
  std::string names;
  for (std::size_t s = 0; s < engine::kSeenCount; ++s) {
    const engine::Landmark landmark = engine::kSeenLandmarks[s];
    int seen = 0;
    int off = 0;
    for (std::size_t i = 0; i < fitted.misses.size(); ++i) {
      if (!fitted.misses[i] || !well_seen(fitted, i, landmark)) continue;
      ++seen;
      off += (*fitted.misses[i])[s] > kFarOff ? 1 : 0;
    }
    if (off == 0 || off < kOften * seen) continue;
    std::string name{engine::name(landmark)};
    std::replace(name.begin(), name.end(), '_', ' ');
    names +=
        (names.empty() ? "" : ", ") + name + " (" + std::to_string(100 * off / seen) + " % of the pictures)";
  }
  if (names.empty()) return std::nullopt;
  return Warning{
      "fit_disagrees",
      "The measured posture does not follow what the picture shows at: " + names +
          ". Angles there are uncertain, and their ± is wider.",
      "Look at the figure in the report; film closer, in better light, with that limb across the view."};
}

}  // namespace reprise::session
