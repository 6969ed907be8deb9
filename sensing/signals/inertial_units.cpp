// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/inertial_units.h"

#include <Eigen/Core>
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "engine/signal/inertial.h"
#include "sensing/files/signal_unit.h"

namespace reprise::sensing {
namespace {

constexpr std::size_t kMostSamplesLookedAt = 200'000;
constexpr double kLeastOfGravity = 0.7, kMostOfGravity = 1.4;
constexpr double kWindowS = 0.25;
constexpr std::size_t kLeastWindows = 10;
constexpr double kClearCorrelation = 0.5;
constexpr double kFastestRadps = 40;        // beyond 2000 deg/s, the range of common gyroscopes
constexpr double kClearDisagreement = 0.7;  // walking feet, whose impacts turn the mean, reach -0.45
constexpr double kDegreesFrom = 20;
const double kUnitBoundary = std::sqrt(kPi / 180);  // between the slopes 1 and pi/180

Eigen::Vector3d vector_at(const SensorAxes& sensor, std::size_t i) {
  return {(*sensor.axes[0])[i], (*sensor.axes[1])[i], (*sensor.axes[2])[i]};
}

/// Lengths of the vector, thinned evenly.
std::vector<double> lengths_of(const SensorAxes& sensor, const std::vector<engine::SampleRange>& runs) {
  std::size_t count = 0;
  for (const auto& run : runs) count += run.end - run.begin;
  const std::size_t step = std::max<std::size_t>(1, count / kMostSamplesLookedAt);
  std::vector<double> lengths;
  lengths.reserve(count / step + 1);
  for (const auto& run : runs) {
    for (std::size_t i = run.begin; i < run.end; i += step) lengths.push_back(vector_at(sensor, i).norm());
  }
  return lengths;
}

double quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

std::string two_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2g", value);
  return text;
}

Eigen::Vector3d mean_of(const SensorAxes& sensor, std::size_t from, std::size_t to) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (std::size_t i = from; i < to; ++i) sum += vector_at(sensor, i);
  return sum / static_cast<double>(to - from);
}

}  // namespace

double acceleration_factor(const SensorAxes& acceleration, const std::vector<engine::SampleRange>& runs,
                           const std::string& sensor, std::vector<SignalFinding>& findings) {
  const double median = quantile(lengths_of(acceleration, runs), 0.5);
  const auto shows_gravity = [&](double factor) {
    const double in_g = median * factor / engine::kGravityMps2;
    return in_g >= kLeastOfGravity && in_g <= kMostOfGravity;
  };
  const auto said = si_unit(acceleration.unit);
  const bool usable = said && said->unit == "m/s2";
  if (usable && shows_gravity(said->factor)) return said->factor;
  for (const char* unit : {"m/s2", "g", "mg"}) {
    const double factor = si_unit(unit)->factor;
    if (!shows_gravity(factor)) continue;
    findings.push_back({usable ? "unit_contradicted" : "unit_guessed",
                        "Acceleration of '" + sensor + "' has a median of " + two_digits(median) +
                            "; it was taken as " + unit +
                            (usable ? ", although the file says " + acceleration.unit + "." : "."),
                        "If that is wrong, give the unit in a description of the columns."});
    return factor;
  }
  findings.push_back({"no_gravity",
                      "Acceleration of '" + sensor + "' has a median of " + two_digits(median) +
                          (usable ? " " + acceleration.unit : std::string{}) +
                          "; gravity is not in it, or it is no acceleration.",
                      "Export the acceleration with gravity, and give its unit."});
  return usable ? said->factor : 1;
}

std::optional<RotationAgreement> rotation_agreement(const SensorAxes& acceleration,
                                                    const SensorAxes& angular_velocity,
                                                    const std::vector<engine::SampleRange>& runs,
                                                    Hertz rate) {
  const auto half = static_cast<std::size_t>(std::max(1.0, std::round(kWindowS * rate.value() / 2)));
  const double seconds = 2 * static_cast<double>(half) / rate.value();
  const double usual = quantile(lengths_of(acceleration, runs), 0.5);
  double turned_turned = 0, predicted_predicted = 0, turned_predicted = 0;
  std::size_t windows = 0;
  for (const auto& run : runs) {
    // Means over two windows that follow each other; the rotation between their centers lies in the middle.
    for (std::size_t i = run.begin; i + 4 * half <= run.end; i += 2 * half) {
      if (windows > kMostSamplesLookedAt) break;
      const Eigen::Vector3d before = mean_of(acceleration, i, i + 2 * half);
      const Eigen::Vector3d after = mean_of(acceleration, i + 2 * half, i + 4 * half);
      const auto still = [&](const Eigen::Vector3d& a) { return std::abs(a.norm() - usual) < 0.15 * usual; };
      const Eigen::Vector3d turned = after - before;
      if (!still(before) || !still(after) || turned.norm() > 0.5 * usual) continue;
      const Eigen::Vector3d rotation = mean_of(angular_velocity, i + half, i + 3 * half) * seconds;
      const Eigen::Vector3d predicted = -rotation.cross((before + after) / 2);
      turned_turned += turned.squaredNorm();
      predicted_predicted += predicted.squaredNorm();
      turned_predicted += turned.dot(predicted);
      ++windows;
    }
  }
  if (windows < kLeastWindows || turned_turned <= 0 || predicted_predicted <= 0) return std::nullopt;
  // Gravity must have turned by more than noise: 0.01 rad from window to window.
  if (turned_turned / static_cast<double>(windows) < 1e-4 * usual * usual) return std::nullopt;
  return RotationAgreement{turned_predicted / predicted_predicted,
                           turned_predicted / std::sqrt(turned_turned * predicted_predicted)};
}

double angular_velocity_factor(const SensorAxes& acceleration, const SensorAxes& angular_velocity,
                               const std::vector<engine::SampleRange>& runs, Hertz rate,
                               const std::string& sensor, std::vector<SignalFinding>& findings) {
  constexpr double kDegreeFactor = kPi / 180;
  const auto said = si_unit(angular_velocity.unit);
  const bool usable = said && said->unit == "rad/s";
  const auto agreement = rotation_agreement(acceleration, angular_velocity, runs, rate);
  const bool clear = agreement && agreement->correlation > kClearCorrelation;
  if (agreement && agreement->correlation < -kClearDisagreement) {
    findings.push_back({"axes_disagree", "The gyroscope of '" + sensor + "' turns against its accelerometer.",
                        "Check the signs and the order of the axes."});
  }
  double factor = usable ? said->factor : 1;
  std::string reason;
  const double high = quantile(lengths_of(angular_velocity, runs), 0.99);
  if (high > kFastestRadps) {  // whatever gravity seems to say: a foot's own acceleration can look like it
    factor = kDegreeFactor;
    reason = "because of its size";
  } else if (clear) {
    factor = std::abs(agreement->slope) < kUnitBoundary ? kDegreeFactor : 1;
    reason = "from the turning of gravity";
  } else if (!usable) {
    factor = high > kDegreesFrom ? kDegreeFactor : 1;
    reason = "because of its size";
  }
  const bool contradicts = usable && factor != said->factor;
  if (!usable || contradicts) {
    findings.push_back({contradicts ? "unit_contradicted" : "unit_guessed",
                        "Angular velocity of '" + sensor + "' was taken as " +
                            (factor == 1 ? "rad/s " : "deg/s ") + reason +
                            (contradicts ? ", although the file says " + angular_velocity.unit + "." : "."),
                        "If that is wrong, give the unit in a description of the columns."});
  }
  return factor;
}

}  // namespace reprise::sensing
