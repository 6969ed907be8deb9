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
  const test::SimulatedSensor sensor = test::noisy_sensor();
  const InertialSamples samples = test::simulate(test::carried_limb, kLimbTime, kLimbRate, sensor);
  std::vector<Eigen::Vector3d> up;
  nlohmann::json rows = nlohmann::json::array();
  for (std::size_t i = 0; i < samples.acceleration_mps2.size(); ++i) {
    const auto attitude =
        test::carried_limb(static_cast<double>(i) / kLimbRate.value()).attitude * sensor.mounting;
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
