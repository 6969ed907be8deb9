// SPDX-License-Identifier: Apache-2.0
#include "engine/orientation/sensor_pair.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

OrientationSample between(const OrientationSample& a, const OrientationSample& b, double share) {
  OrientationSample mixed;
  mixed.acceleration_mps2 =
      Vec3<Sensor>{a.acceleration_mps2.v + share * (b.acceleration_mps2.v - a.acceleration_mps2.v)};
  mixed.angular_velocity_radps = Vec3<Sensor>{
      a.angular_velocity_radps.v + share * (b.angular_velocity_radps.v - a.angular_velocity_radps.v)};
  return mixed;
}

}  // namespace

SensorPair::SensorPair(Hertz rate, const SensorPairOptions& options)
    : period_s_(period(rate).value()), options_(options) {}

double SensorPair::time_of(Clock& clock, std::uint64_t number, double came_s) const {
  if (!clock.started) {
    clock = {true, number, came_s, came_s};
    return came_s;
  }
  const double since_first = static_cast<double>(number - clock.first) * period_s_;
  clock.offset_s += options_.drift * std::max(0.0, came_s - clock.last_came_s);
  clock.offset_s = std::min(clock.offset_s, came_s - since_first);
  clock.last_came_s = came_s;
  return clock.offset_s + since_first;
}

void SensorPair::add(std::size_t sensor, std::uint64_t number, Seconds came,
                     const OrientationSample& sample) {
  if (!sample.is_finite() || !std::isfinite(came.value())) return;
  const double time_s = time_of(clocks_[sensor], number, came.value());
  auto& queue = sensor == 0 ? first_ : second_;
  // A clock that was moved back must not turn the order of samples.
  const double after_s = queue.empty() ? -1e300 : queue.back().time_s;
  queue.push_back({std::max(time_s, after_s + 0.1 * period_s_), sample});
}

void SensorPair::restart(std::size_t sensor) {
  clocks_[sensor] = {};
}

std::optional<OrientationSample> SensorPair::second_at(double time_s) {
  while (second_.size() >= 2 && second_[1].time_s <= time_s) second_.pop_front();
  if (second_.empty() || second_.front().time_s > time_s) return std::nullopt;
  const Timed& a = second_.front();
  if (second_.size() < 2) return a.time_s == time_s ? std::optional{a.sample} : std::nullopt;
  const Timed& b = second_[1];
  if (b.time_s - a.time_s > options_.bridged.value() + period_s_) return std::nullopt;
  return between(a.sample, b.sample, (time_s - a.time_s) / (b.time_s - a.time_s));
}

std::vector<PairedSample> SensorPair::take(Seconds now) {
  std::vector<PairedSample> out;
  const auto give = [&](double time_s, const OrientationSample& sample) {
    if (time_s <= last_s_) return;
    last_s_ = time_s;
    out.push_back({Seconds{time_s}, sample, second_at(time_s)});
  };
  while (!first_.empty()) {
    const Timed& next = first_.front();
    const bool reached = !second_.empty() && second_.back().time_s >= next.time_s;
    if (!reached && now.value() - next.time_s < options_.patience.value()) break;
    if (before_) {
      const double gap_s = next.time_s - before_->time_s;
      const auto steps = static_cast<int>(std::lround(gap_s / period_s_));
      for (int i = 1; i < steps && gap_s <= options_.bridged.value() + period_s_; ++i) {
        const double share = static_cast<double>(i) / steps;
        give(before_->time_s + share * gap_s, between(before_->sample, next.sample, share));
      }
    }
    give(next.time_s, next.sample);
    before_ = next;
    first_.pop_front();
  }
  // Without the first sensor there are no moments; what the second one sent is of no use.
  while (first_.empty() && second_.size() > 2 &&
         second_.back().time_s - second_.front().time_s > 2 * options_.patience.value())
    second_.pop_front();
  return out;
}

}  // namespace reprise::engine
