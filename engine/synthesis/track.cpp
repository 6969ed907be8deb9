// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/track.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/signal/interpolate.h"

namespace reprise::engine::detail {
namespace {

Posture overlay(const std::vector<DofValue>& base, const std::vector<DofValue>& angles) {
  Posture posture;
  for (const auto& value : base) posture[value.dof] = value.angle;
  for (const auto& value : angles) posture[value.dof] = value.angle;
  return posture;
}

}  // namespace

Result<void> check_keyframes(const MovementDefinition& definition) {
  constexpr const char* kStage = "movement definition";
  const auto& keyframes = definition.keyframes;
  if (keyframes.size() < 2 || keyframes.front().at != 0 || keyframes.back().at != 1) {
    return fail(ErrorCode::invalid_argument, kStage, "the keyframes do not run from 0 to 1",
                "give at least two keyframes, the first at 0 and the last at 1");
  }
  for (std::size_t k = 0; k < keyframes.size(); ++k) {
    if (k > 0 && !(keyframes[k].at > keyframes[k - 1].at)) {
      return fail(ErrorCode::invalid_argument, kStage,
                  "keyframe " + std::to_string(k) + " is not later than the one before",
                  "order the keyframes by their share of the repetition");
    }
    for (const auto* values : {&definition.base, &keyframes[k].angles}) {
      for (const auto& value : *values) {
        if (!(std::abs(value.angle.value()) <= 2 * kPi)) {
          return fail(ErrorCode::invalid_argument, kStage,
                      std::string(name(value.dof)) + " is not an angle within one full turn",
                      "give the angle in degrees, as the files do");
        }
      }
    }
  }
  if (!(definition.duration.value() > 0 && definition.duration.value() <= 600)) {
    return fail(ErrorCode::invalid_argument, kStage, "the duration of a repetition is not from 0 to 600 s",
                "give a positive duration");
  }
  const auto& width = definition.stance.stance_width;
  const auto& seat = definition.stance.seat_height;
  if ((width && !(*width >= 0 && *width <= 1)) || (seat && !(seat->value() >= 0 && seat->value() <= 2))) {
    return fail(ErrorCode::invalid_argument, kStage, "the stance width or seat height is out of range",
                "give the width as a fraction of stature up to 1, the height in meters up to 2");
  }
  const auto may_fly = [](const Keyframe& k) { return k.flight >= 0 && k.flight <= 0.5; };
  if (!(definition.stance.support_height >= 0 && definition.stance.support_height <= 2) ||
      !std::all_of(keyframes.begin(), keyframes.end(), may_fly)) {
    return fail(ErrorCode::invalid_argument, kStage, "the height of the support or a flight is out of range",
                "give them as fractions of stature, the support up to 2, a flight up to 0.5");
  }
  return {};
}

Track::Track(const MovementDefinition& definition) : stance_(definition.stance) {
  std::vector<Posture> postures;
  std::vector<double> distances;
  std::vector<double> flights;
  for (const auto& keyframe : definition.keyframes) {
    shares_.push_back(keyframe.at);
    flights.push_back(keyframe.flight);
    postures.push_back(overlay(definition.base, keyframe.angles));
    double distance = 0;
    for (std::size_t i = 0; i < kDofCount; ++i) {
      distance += std::abs((postures.back()[dof_at(i)] - postures.front()[dof_at(i)]).value());
    }
    distances.push_back(distance);
  }
  for (std::size_t i = 0; i < kDofCount; ++i) {
    std::vector<double> values;
    for (const auto& posture : postures) values.push_back(posture[dof_at(i)].value());
    curves_.push_back(curve_through(std::move(values)));
  }
  flight_ = curve_through(std::move(flights));
  // The farthest keyframe, and as long as the next ones stay as far.
  const auto farthest = std::max_element(distances.begin(), distances.end());
  auto k = static_cast<std::size_t>(farthest - distances.begin());
  extreme_ = hold_end_ = shares_[k];
  while (k + 1 < postures.size() && postures[k + 1] == postures[k]) hold_end_ = shares_[++k];
  const double most = *farthest;
  for (double& distance : distances) distance = most > 0 ? distance / most : 0;
  depth_ = curve_through(std::move(distances));
}

Track::Curve Track::curve_through(std::vector<double> values) const {
  Curve curve{std::move(values), {}};
  if (shares_.size() == 2) {
    curve.slopes = {0, 0};
    return curve;
  }
  // Shape-preserving slopes: 0 where the angle turns or rests. Held to twice the flatter neighbor, so that
  // the polynomial of fifth order, too, never overshoots. At rest before the first keyframe and after the
  // last.
  curve.slopes = pchip_slopes(shares_, curve.values);
  curve.slopes.front() = curve.slopes.back() = 0;
  for (std::size_t k = 1; k + 1 < shares_.size(); ++k) {
    const double before = (curve.values[k] - curve.values[k - 1]) / (shares_[k] - shares_[k - 1]);
    const double after = (curve.values[k + 1] - curve.values[k]) / (shares_[k + 1] - shares_[k]);
    const double most = 2 * std::min(std::abs(before), std::abs(after));
    curve.slopes[k] = std::clamp(curve.slopes[k], -most, most);
  }
  return curve;
}

double Track::evaluate(const Curve& curve, double share) const {
  if (share <= 0) return curve.values.front();
  if (share >= 1) return curve.values.back();
  const auto above = std::upper_bound(shares_.begin(), shares_.end() - 1, share);
  const auto k = static_cast<std::size_t>(above - shares_.begin()) - 1;
  const double length = shares_[k + 1] - shares_[k];
  const double u = (share - shares_[k]) / length;
  const double u3 = u * u * u;
  // Hermite of fifth order with no acceleration at the ends; with slopes 0 it is the minimum-jerk movement.
  const double step = u3 * (10 - 15 * u + 6 * u * u);
  const double leave = u - u3 * (6 - 8 * u + 3 * u * u);
  const double arrive = u3 * (-4 + 7 * u - 3 * u * u);
  return curve.values[k] + (curve.values[k + 1] - curve.values[k]) * step +
         length * (curve.slopes[k] * leave + curve.slopes[k + 1] * arrive);
}

Posture Track::at(double share, double range_scale) const {
  Posture posture;
  for (std::size_t i = 0; i < kDofCount; ++i) {
    const double first = curves_[i].values.front();
    posture[dof_at(i)] = Radians{first + range_scale * (evaluate(curves_[i], share) - first)};
  }
  return posture;
}

Stance Track::stance(double share, double range_scale) const {
  Stance stance = stance_;
  const double first = flight_.values.front();
  stance.flight = std::max(0.0, first + range_scale * (evaluate(flight_, share) - first));
  return stance;
}

double Track::depth(double share) const {
  return evaluate(depth_, share);
}

}  // namespace reprise::engine::detail
