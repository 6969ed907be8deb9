// SPDX-License-Identifier: Apache-2.0
#include "session/measure_deviation.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

#include "engine/inverse_kinematics/seen_landmark.h"
#include "engine/kinematics/view.h"
#include "session/misfit.h"

namespace reprise::session {
namespace {

constexpr double kStep = 1e-3;        // rad or m, for slopes by differences
constexpr Seconds kAnewAfter{0.099};  // deviations change slowly
constexpr double kNormal90 = 1.645;   // quantile of the normal distribution
// Chosen on rendered people; the floor of hidden limbs on one recording of a person (docs/accuracy.md).
constexpr double kFactor = 1.6;
constexpr double kAngleFloor = 3 * kPi / 180;
constexpr double kAngleFloorAway = 8 * kPi / 180;     // more, for one who turns the back to the camera
constexpr double kAngleFloorHidden = 40 * kPi / 180;  // more, for a limb that is not seen at all
constexpr double kAngleFloorAxial = 15 * kPi / 180;   // more, for a turn of the upper arm about its length
constexpr double kAngleFloorNod = 20 * kPi / 180;     // more, for a nod towards the camera or away
constexpr double kRatioFloor = 0.02;
constexpr double kRatioFloorAway = 0.06;
constexpr double kRatioFloorHidden = 0.1;

/// How far landmarks of a network lie off that no movement's fit explains, meters: in the picture's plane and
/// in depth. What stands together errs together, so that within the head it is less.
struct LandmarkError {
  double plane_m;
  double depth_m;
};
constexpr LandmarkError kOfHead = {0.005, 0.012};
constexpr LandmarkError kOfHands = {0.02, 0.04};
constexpr LandmarkError kOfBody = {0.015, 0.03};

LandmarkError error_of(engine::Landmark landmark) {
  using enum engine::Landmark;
  if (landmark <= mouth_right) return kOfHead;
  return landmark >= left_pinky && landmark <= right_thumb ? kOfHands : kOfBody;
}

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

/// 1 towards the camera, 0 across or unknown, -1 away. The camera looks along +z.
double facing_of(const engine::FittedBody& fitted, std::size_t i) {
  if (i < fitted.states.size() && fitted.states[i]) return -fitted.states[i]->pelvis(2, 0);
  const auto azimuth = engine::facing_azimuth(*fitted.frames[i].pose);
  return azimuth ? std::cos(azimuth->value()) : 0;
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

/// Pixels a meter at the trunk; 0 without a picture.
double scale_of(const engine::Pose& pose) {
  using enum engine::Landmark;
  if (!pose.image) return 0;
  double px = 0;
  double m = 0;
  for (const auto& [from, to] : {std::pair{left_shoulder, left_hip}, std::pair{right_shoulder, right_hip}}) {
    const engine::ImagePoint& a = (*pose.image)[from];
    const engine::ImagePoint& b = (*pose.image)[to];
    px += std::hypot(a.x_px - b.x_px, a.y_px - b.y_px);
    m += (pose.world_m[from].v - pose.world_m[to].v).head<2>().norm();
  }
  return m > 0 ? px / m : 0;
}

/// Of a measure whose landmarks err each for itself, by its slopes along each.
std::optional<double> deviation_of_landmarks(const engine::Pose& pose, engine::Measure measure,
                                             engine::Side side) {
  const double scale = scale_of(pose);
  double variance = 0;
  for (const engine::Landmark landmark : engine::landmarks_of(measure, side)) {
    const LandmarkError error = error_of(landmark);
    for (int axis = 0; axis < 3; ++axis) {
      const auto value_at = [&](double step_m) {
        engine::Pose moved = pose;
        moved.world_m[landmark].v[axis] += step_m;
        if (moved.image && axis < 2)
          (axis == 0 ? (*moved.image)[landmark].x_px : (*moved.image)[landmark].y_px) += step_m * scale;
        return engine::measure(moved, measure, side);
      };
      const auto below = value_at(-kStep);
      const auto above = value_at(kStep);
      if (!below || !above) return std::nullopt;
      const double slope = (above->value - below->value) / (2 * kStep);
      variance += std::pow(slope * (axis == 2 ? error.depth_m : error.plane_m), 2);
    }
  }
  return std::sqrt(variance);
}

}  // namespace

std::vector<MeasureDeviations> measure_deviations(const engine::FittedBody& fitted,
                                                  std::span<const engine::Measure> measures) {
  std::vector<engine::Measure> solved;
  if (!fitted.covariances.empty())
    std::copy_if(measures.begin(), measures.end(), std::back_inserter(solved), solved_for);
  std::vector<MeasureDeviations> out(fitted.frames.size());
  std::optional<std::size_t> last;
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto& pose = fitted.frames[i].pose;
    const bool known = pose && (solved.empty() || (fitted.states[i] && fitted.covariances[i]));
    if (!known || (last && fitted.frames[i].time - fitted.frames[*last].time < kAnewAfter)) {
      if (last) out[i] = out[*last];
      continue;
    }
    if (!solved.empty())
      out[i] = deviations_at(*pose, fitted.measured.shape, *fitted.states[i], *fitted.covariances[i], solved);
    const double facing = facing_of(fitted, i);
    for (const engine::Measure measure : measures) {
      for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
        auto& deviation = out[i].at(measure, side);
        if (std::find(solved.begin(), solved.end(), measure) == solved.end())
          deviation = deviation_of_landmarks(*pose, measure, side);
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
  double floor = engine::is_angle(measure)
                     ? kAngleFloor + away * kAngleFloorAway + hidden * kAngleFloorHidden
                     : kRatioFloor + away * kRatioFloorAway + hidden * kRatioFloorHidden;
  if (measure == engine::Measure::shoulder_external_rotation) floor += kAngleFloorAxial;
  if (measure == engine::Measure::neck_flexion) floor += std::abs(facing) * kAngleFloorNod;
  return std::hypot(kFactor * posterior, floor);
}

double half_width_90(double deviation) {
  return kNormal90 * deviation;
}

}  // namespace reprise::session
