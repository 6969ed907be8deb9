// SPDX-License-Identifier: Apache-2.0
// A SIMULATED limb's inertial sensor (100 Hz, five minutes: it rests for 3 s, swings about all axes and is
// carried to and fro; noise and a gyroscope bias), with the truth, and what the engine's filters make of it.
// As JSON, for orientation_peer.mjs, which gives the same samples to another library.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/units.h"
#include "engine/orientation/complementary_filter.h"
#include "engine/orientation/error_state_filter.h"
#include "engine/orientation/simulated_sensor.h"

namespace reprise::engine {
namespace {

constexpr Hertz kLimbRate{100};
constexpr Seconds kLimbTime{300};

test::BodyPose limb(double t) {
  const double s = std::clamp(t - 3, 0.0, 1.0);
  const double ease = s * s * s * (10 - 15 * s + 6 * s * s);
  test::BodyPose pose;
  pose.attitude = test::about(Eigen::Vector3d::UnitY(), 0.8 * ease * std::sin(0.7 * t)) *
                  test::about(Eigen::Vector3d::UnitZ(), 0.6 * ease * std::sin(2 * t)) *
                  test::about(Eigen::Vector3d::UnitX(), 0.4 * ease * std::sin(1.3 * t));
  pose.position_m = Eigen::Vector3d(0.1, 0.05, 0.1) * ease * std::sin(4 * t);
  return pose;
}

constexpr int kRounds = 5;

/// The RMS angle between up as the filter has it and as it is, in sensor axes; and nanoseconds a sample, of
/// the fastest round.
template <class Filter>
nlohmann::json judged(const char* name, const InertialSamples& samples,
                      const std::vector<Eigen::Vector3d>& up) {
  std::vector<Eigen::Vector3d> found(up.size());
  double fastest_ns = std::numeric_limits<double>::infinity();
  const double count = static_cast<double>(up.size());
  for (int round = 0; round < kRounds; ++round) {
    Filter filter;
    const auto begin = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < up.size(); ++i) {
      const Attitude attitude =
          filter.step({samples.acceleration_mps2[i], samples.angular_velocity_radps[i], std::nullopt});
      found[i] = attitude.q.conjugate() * Eigen::Vector3d::UnitY();
    }
    const std::chrono::duration<double, std::nano> spent = std::chrono::steady_clock::now() - begin;
    fastest_ns = std::min(fastest_ns, spent.count() / count);
  }
  double squares = 0;
  for (std::size_t i = 0; i < up.size(); ++i)
    squares += std::pow(std::atan2(found[i].cross(up[i]).norm(), found[i].dot(up[i])), 2);
  return {{"name", name}, {"error_deg", std::sqrt(squares / count) * 180 / kPi}, {"ns", fastest_ns}};
}

int run() {
  test::SimulatedSensor sensor;
  sensor.mounting = test::about({1, 2, 3}, 2.0);
  sensor.bias_radps = {0.02, -0.015, 0.01};
  sensor.acceleration_noise_mps2 = 0.05;
  sensor.angular_velocity_noise_radps = 0.005;
  const InertialSamples samples = test::simulate(limb, kLimbTime, kLimbRate, sensor);
  std::vector<Eigen::Vector3d> up;
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t i = 0; i < samples.acceleration_mps2.size(); ++i) {
    const auto attitude = limb(static_cast<double>(i) / kLimbRate.value()).attitude * sensor.mounting;
    up.push_back(attitude.conjugate() * Eigen::Vector3d::UnitY());
    const auto& a = samples.acceleration_mps2[i].v;
    const auto& w = samples.angular_velocity_radps[i].v;
    rows.push_back({a.x(), a.y(), a.z(), w.x(), w.y(), w.z(), up[i].x(), up[i].y(), up[i].z()});
  }
  const nlohmann::json filters{judged<ComplementaryFilter>("complementary filter", samples, up),
                               judged<ErrorStateFilter>("error-state Kalman filter", samples, up)};
  const nlohmann::json out{{"rate_hz", kLimbRate.value()}, {"samples", rows}, {"filters", filters}};
  std::puts(out.dump().c_str());
  return 0;
}

}  // namespace
}  // namespace reprise::engine

int main() {
  return reprise::engine::run();
}
