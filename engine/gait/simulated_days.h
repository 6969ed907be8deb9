// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>
#include <vector>

#include "base/units.h"
#include "engine/signal/inertial.h"
#include "engine/signal/test_noise.h"

// Simulated days of a sensor at the lower back: truth for tests and measurements of time. Nothing here is a
// person's. Drawn in closed form, because a week at 100 Hz has sixty million samples.
namespace reprise::engine::simulated_days {

enum class Doing : std::uint8_t {
  walking,
  sitting,     ///< shifts every few minutes
  still,       ///< sits and only breathes
  sleeping,    ///< breathes, and turns over every 15 to 45 minutes
  on_a_table,  ///< the sensor, alone
  off,         ///< nothing is recorded
};

struct Episode {
  Doing doing = Doing::sitting;
  double duration_s = 0;
  double steps_per_s = 1.8;  ///< of walking; at the first and the last moment a foot strikes
  double rise_m = 0.04;      ///< of the pelvis in a step
};

struct DaySensor {
  Hertz rate{100};
  double noise_mps2 = 0.05;
  unsigned seed = 7;
};

/// Draws episodes one after the other; axes: x forward, y up, z to the right.
class DayDrawing {
 public:
  explicit DayDrawing(DaySensor sensor = {}) : sensor_(sensor), random_(sensor.seed), noise_(0, 1) {}

  /// The samples of an episode; none while the sensor is off.
  [[nodiscard]] InertialSamples next(const Episode& episode) {
    InertialSamples samples;
    samples.rate = sensor_.rate;
    const auto count = static_cast<std::size_t>(std::lround(episode.duration_s * sensor_.rate.value()));
    if (episode.doing == Doing::off) return samples;
    samples.acceleration_mps2.reserve(count);
    next_move_s_ = first_move(episode.doing);
    for (std::size_t i = 0; i < count; ++i) {
      const double t = static_cast<double>(i) / sensor_.rate.value();
      const Eigen::Vector3d a = episode.doing == Doing::walking ? walk(episode, t) : rest(episode, t);
      samples.acceleration_mps2.emplace_back(Eigen::Vector3d(a + sensor_.noise_mps2 * shake()));
    }
    return samples;
  }

 private:
  [[nodiscard]] Eigen::Vector3d shake() {
    const double x = noise_(random_);
    const double y = noise_(random_);
    return {x, y, noise_(random_)};
  }
  [[nodiscard]] double between(double low, double high) {
    return low + (high - low) * static_cast<double>(random_()) / 4294967296.0;
  }
  [[nodiscard]] double first_move(Doing doing) {
    if (doing == Doing::sleeping) return between(300, 2700);
    return doing == Doing::sitting ? between(10, 300) : 1e12;
  }

  /// The pelvis of virtual_lower_back::Gait, on flat ground; it sets in and ends within half a step.
  [[nodiscard]] static Eigen::Vector3d walk(const Episode& e, double t) {
    const double half = 0.5 / e.steps_per_s;
    const double on = std::clamp(std::min(t, e.duration_s - t) / half + 0.5, 0.0, 1.0);
    const double w = 2 * kPi * e.steps_per_s;
    return {-on * 0.008 * w * w * std::sin(w * t), kGravityMps2 + on * e.rise_m / 2 * w * w * std::cos(w * t),
            -on * 0.02 * w * w / 4 * std::sin(w * t / 2)};
  }

  [[nodiscard]] Eigen::Vector3d rest(const Episode& e, double t) {
    if (e.doing == Doing::on_a_table) return {0.2, 0.1, kGravityMps2};
    constexpr double kMoveS = 3;
    if (t > next_move_s_ + kMoveS) {
      roll_rad_ = e.doing == Doing::sleeping ? between(0, 2 * kPi) : 0;
      lean_rad_ = between(0.05, 0.4);
      next_move_s_ = t + (e.doing == Doing::sleeping ? between(900, 2700) : between(60, 420));
    }
    const double breath = 0.006 * std::sin(2 * kPi * 0.25 * t);
    const double moving = t > next_move_s_ ? std::sin(2 * kPi * 0.7 * (t - next_move_s_)) : 0;
    const double lean = lean_rad_ + breath + 0.1 * moving;
    if (e.doing == Doing::sleeping) {
      const double roll = roll_rad_ + breath + 0.5 * moving;
      return kGravityMps2 * Eigen::Vector3d(std::cos(roll), 0.1, std::sin(roll));
    }
    return kGravityMps2 * Eigen::Vector3d(-std::sin(lean), std::cos(lean), 0.08 * moving);
  }

  DaySensor sensor_;
  std::mt19937 random_;
  test::NormalNoise noise_;
  double next_move_s_ = 0;
  double roll_rad_ = 0;
  double lean_rad_ = 0.2;
};

/// A day from midnight: asleep, then sitting with walks of each length in between, in a random order, then
/// the sensor on a table, then asleep again.
struct SimulatedDay {
  double wakes_h = 7;
  double sleeps_h = 23;
  double taken_off_h = 0;  ///< in the evening, before sleep; on the table
  int walks_of_7_s = 40;
  int walks_of_20_s = 60;
  int walks_of_45_s = 25;
  int walks_of_300_s = 6;

  [[nodiscard]] std::vector<Episode> episodes(std::mt19937& random) const {
    std::vector<double> walks;
    const auto add = [&](int count, double duration_s) {
      walks.insert(walks.end(), static_cast<std::size_t>(count), duration_s);
    };
    add(walks_of_7_s, 7);
    add(walks_of_20_s, 20);
    add(walks_of_45_s, 45);
    add(walks_of_300_s, 300);
    for (std::size_t i = walks.size(); i > 1; --i) std::swap(walks[i - 1], walks[random() % i]);
    double walked_s = 0;
    for (const double walk : walks) walked_s += walk;
    const double awake_s = (sleeps_h - wakes_h - taken_off_h) * 3600;
    const double pause_s = (awake_s - walked_s) / (static_cast<double>(walks.size()) + 1);
    std::vector<Episode> all = {{Doing::sleeping, wakes_h * 3600}};
    for (const double walk : walks) {
      all.push_back({Doing::sitting, pause_s});
      // Slower in short walks, as people are; a whole number of steps.
      const double wanted = walk < 30 ? 1.6 : 1.9;
      const double steps = std::round(walk * (wanted + 0.1 * static_cast<double>(random() % 3)));
      all.push_back({Doing::walking, walk, steps / walk, walk < 30 ? 0.03 : 0.04});
    }
    all.push_back({Doing::sitting, pause_s});
    if (taken_off_h > 0) all.push_back({Doing::on_a_table, taken_off_h * 3600});
    all.push_back({Doing::sleeping, (24 - sleeps_h) * 3600});
    return all;
  }
};

}  // namespace reprise::engine::simulated_days
