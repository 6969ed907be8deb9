// SPDX-License-Identifier: Apache-2.0
#include "session/measure_deviation.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "engine/inverse_kinematics/seen_landmark.h"
#include "session/misfit.h"

namespace reprise::session {
namespace {

constexpr double kStep = 1e-3;        // rad, for slopes by differences
constexpr Seconds kAnewAfter{0.099};  // deviations change slowly
constexpr double kNormal90 = 1.645;   // quantile of the normal distribution
// Chosen on rendered people; the floor of hidden limbs on one recording of a person (docs/accuracy.md).
constexpr double kFactor = 1.6;
constexpr double kAngleFloor = 3 * kPi / 180;
constexpr double kAngleFloorAway = 8 * kPi / 180;     // more, for one who turns the back to the camera
constexpr double kAngleFloorHidden = 40 * kPi / 180;  // more, for a limb that is not seen at all
constexpr double kRatioFloor = 0.02;
constexpr double kRatioFloorAway = 0.06;
constexpr double kRatioFloorHidden = 0.1;

bool solved_for(engine::Measure measure) {
  const auto& seen = engine::kSeenLandmarks;
  for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
    for (const engine::Landmark l : engine::landmarks_of(measure, side)) {
      if (std::find(seen.begin(), seen.end(), l) == seen.end()) return false;
    }
  }
  return true;
}

/// Of the limb that a sided measure rests on. Midline measures have one side that is seen well.
double least_visibility(const engine::Pose& pose, engine::Measure measure, engine::Side side) {
  double least = 1;
  if (!engine::info(measure).sided) return least;
  for (const engine::Landmark l : engine::landmarks_of(measure, side))
    least = std::min(least, pose.visibility[l]);
  return least;
}

using Row = Eigen::Matrix<float, 1, engine::kFrameSize>;

MeasureDeviations deviations_at(const engine::Pose& pose, const engine::BodyShape& shape,
                                const engine::BodyState& state, const engine::FrameCovariance& covariance,
                                std::span<const engine::Measure> measures) {
  constexpr std::array kSides = {engine::Side::left, engine::Side::right};
  std::vector<std::array<Row, 2>> slopes(measures.size(), {Row::Zero(), Row::Zero()});
  std::vector<std::array<bool, 2>> known(measures.size(), {true, true});
  engine::Trajectory one{{state}, shape, {}};
  for (int u = 0; u < engine::kFrameSize; ++u) {
    if (u >= 3 && u < 6) continue;  // a place changes no measure
    std::array<engine::Pose, 2> moved = {pose, pose};
    for (int way = 0; way < 2; ++way) {
      engine::FrameVector step = engine::FrameVector::Zero();
      step[u] = way == 0 ? -kStep : kStep;
      moved[static_cast<std::size_t>(way)].world_m =
          engine::landmarks_of(shape, engine::moved(one, {step}, engine::SharedVector::Zero()).states[0]);
    }
    for (std::size_t m = 0; m < measures.size(); ++m) {
      for (std::size_t s = 0; s < kSides.size(); ++s) {
        const auto below = engine::measure(moved[0], measures[m], kSides[s]);
        const auto above = engine::measure(moved[1], measures[m], kSides[s]);
        if (below && above) {
          slopes[m][s][u] = static_cast<float>((above->value - below->value) / (2 * kStep));
        } else {
          known[m][s] = false;
        }
      }
    }
  }
  MeasureDeviations out;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    for (std::size_t s = 0; s < kSides.size(); ++s) {
      if (!known[m][s]) continue;
      const float variance = (slopes[m][s] * covariance * slopes[m][s].transpose()).value();
      if (std::isfinite(variance) && variance >= 0)
        out.at(measures[m], kSides[s]) = std::sqrt(static_cast<double>(variance));
    }
  }
  return out;
}

}  // namespace

std::vector<MeasureDeviations> measure_deviations(const engine::FittedBody& fitted,
                                                  std::span<const engine::Measure> measures) {
  if (fitted.covariances.empty()) return {};
  std::vector<engine::Measure> wanted;
  std::copy_if(measures.begin(), measures.end(), std::back_inserter(wanted), solved_for);
  std::vector<MeasureDeviations> out(fitted.frames.size());
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& pose = fitted.frames[i].pose;
    if (!pose || !fitted.states[i] || !fitted.covariances[i]) {
      if (last) out[i] = out[*last];
      continue;
    }
    if (last && fitted.frames[i].time - fitted.frames[*last].time < kAnewAfter) {
      out[i] = out[*last];
      continue;
    }
    out[i] = deviations_at(*pose, fitted.measured.shape, *fitted.states[i], *fitted.covariances[i], wanted);
    const double facing = -fitted.states[i]->pelvis(2, 0);  // the camera looks along +z
    for (const engine::Measure measure : wanted) {
      for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
        auto& deviation = out[i].at(measure, side);
        if (!deviation) continue;
        deviation = calibrated(measure, *deviation, facing, least_visibility(*pose, measure, side));
        if (engine::is_angle(measure))
          deviation = std::hypot(*deviation, misfit_deviation(fitted, i, measure, side));
      }
    }
    last = i;
  }
  return out;
}

double calibrated(engine::Measure measure, double posterior, double facing, double visibility) {
  const double away = std::clamp(-facing, 0.0, 1.0);
  const double hidden = 1 - std::clamp(visibility, 0.0, 1.0);
  const double floor = engine::is_angle(measure)
                           ? kAngleFloor + away * kAngleFloorAway + hidden * kAngleFloorHidden
                           : kRatioFloor + away * kRatioFloorAway + hidden * kRatioFloorHidden;
  return std::hypot(kFactor * posterior, floor);
}

double half_width_90(double deviation) {
  return kNormal90 * deviation;
}

}  // namespace reprise::session
