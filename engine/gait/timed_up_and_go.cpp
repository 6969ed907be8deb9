// SPDX-License-Identifier: Apache-2.0
#include "engine/gait/timed_up_and_go.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/signal/butterworth.h"
#include "engine/signal/level_frame.h"
#include "engine/signal/median.h"
#include "engine/signal/resample.h"

namespace reprise::engine {
namespace {

constexpr const char* kTugStage = "Timed Up and Go";

/// The main axis of the rotations that are no turns: medio-lateral, because rising and sitting down bend the
/// trunk.
Eigen::Vector3d bending_axis(const InertialView& samples, std::span<const Vec3<Sensor>> up) {
  Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const Eigen::Vector3d& omega = samples.angular_velocity_radps[i].v;
    const Eigen::Vector3d horizontal = omega - omega.dot(up[i].v) * up[i].v;
    spread += horizontal * horizontal.transpose();
  }
  return Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(spread).eigenvectors().col(2);
}

/// Mean of the directions in [begin, end), unit length.
Eigen::Vector3d mean_direction(std::span<const Vec3<Sensor>> up, SampleRange range) {
  Eigen::Vector3d sum = Eigen::Vector3d::Zero();
  for (std::size_t i = range.begin; i < range.end; ++i) sum += up[i].v;
  return sum.normalized();
}

/// The inclination from `upright` about `axis`, rad.
std::vector<double> inclination_of(std::span<const Vec3<Sensor>> up, const Eigen::Vector3d& upright,
                                   const Eigen::Vector3d& axis) {
  std::vector<double> inclination;
  inclination.reserve(up.size());
  for (const auto& direction : up) {
    inclination.push_back(std::atan2(upright.cross(direction.v).dot(axis), upright.dot(direction.v)));
  }
  return inclination;
}

double median_in(std::span<const double> x, SampleRange range) {
  return median({x.begin() + static_cast<std::ptrdiff_t>(range.begin),
                 x.begin() + static_cast<std::ptrdiff_t>(range.end)});
}

/// The trunk bends from one inclination to its most and back to another one.
struct Bend {
  std::size_t peak = 0;
  double from = 0;  ///< inclination before, in the direction of bending
  double most = 0;
  double to = 0;
  [[nodiscard]] double size() const { return most - std::max(from, to); }
};

Bend bend_in(std::span<const double> inclination, SampleRange range, double from, double to) {
  const auto first = inclination.begin() + static_cast<std::ptrdiff_t>(range.begin);
  const auto most = std::max_element(first, inclination.begin() + static_cast<std::ptrdiff_t>(range.end));
  return {static_cast<std::size_t>(most - inclination.begin()), from, *most, to};
}

/// When the inclination last passed `level` before the peak (step -1), or first after it (step +1).
Seconds crossing(std::span<const double> x, std::size_t peak, int step, double level, Hertz rate) {
  std::size_t i = peak;
  const std::size_t limit = step < 0 ? 0 : x.size() - 1;
  while (i != limit && x[i] > level) i = step < 0 ? i - 1 : i + 1;
  double at = static_cast<double>(i);
  if (x[i] <= level && i != peak) {
    const std::size_t inner = step < 0 ? i + 1 : i - 1;
    at -= step * (level - x[i]) / (x[inner] - x[i]);
  }
  return Seconds{at / rate.value()};
}

detail::MovementBounds bending(std::span<const double> x, const Bend& bend, Hertz rate) {
  const double rise = bend.most - bend.from;
  return detail::minimum_jerk_bounds(crossing(x, bend.peak, -1, bend.from + 0.1 * rise, rate),
                                     crossing(x, bend.peak, -1, bend.from + 0.9 * rise, rate));
}

detail::MovementBounds straightening(std::span<const double> x, const Bend& bend, Hertz rate) {
  const double fall = bend.most - bend.to;
  return detail::minimum_jerk_bounds(crossing(x, bend.peak, +1, bend.to + 0.9 * fall, rate),
                                     crossing(x, bend.peak, +1, bend.to + 0.1 * fall, rate));
}

/// The two bends of a test, with the inclination signed so that both are forward.
struct Bends {
  std::vector<double> inclination;
  Bend rise;
  Bend sit;
};

Bends bends_of(std::vector<double> inclination, const Turn& turn, const Turn& turn_to_sit, Hertz rate) {
  const auto at = [&](Seconds time) {
    const double i =
        std::clamp(time.value() * rate.value(), 1.0, static_cast<double>(inclination.size() - 1));
    return static_cast<std::size_t>(i);
  };
  const std::size_t n = inclination.size();
  const auto half_second = std::clamp<std::size_t>(static_cast<std::size_t>(rate.value() / 2), 1, n);
  const SampleRange before{0, at(turn.start)};
  const SampleRange after{std::min(at(turn_to_sit.start), n - 1), n};
  const SampleRange walking{std::min(at(turn.start), at(turn_to_sit.start) - 1), at(turn_to_sit.start)};
  std::optional<Bends> best;
  for (const double sign : {1.0, -1.0}) {
    Bends bends;
    bends.inclination = inclination;
    for (double& x : bends.inclination) x *= sign;
    const auto& x = bends.inclination;
    const double upright = median_in(x, walking);
    bends.rise = bend_in(x, before, median_in(x, {0, half_second}), upright);
    bends.sit = bend_in(x, after, upright, median_in(x, {n - half_second, n}));
    if (!best || bends.rise.size() + bends.sit.size() > best->rise.size() + best->sit.size())
      best = std::move(bends);
  }
  return std::move(*best);
}

Result<void> check_bends(const Bends& bends, Radians least) {
  const bool rose = bends.rise.size() >= least.value();
  if (rose && bends.sit.size() >= least.value()) return {};
  return fail(ErrorCode::nothing_measured, kTugStage,
              rose ? "the trunk does not bend to sit down at the end"
                   : "the trunk does not bend to rise at the start",
              "start and end the recording while the person sits still, with the sensor at the lower back");
}

}  // namespace

std::string_view to_string(TimedUpAndGoPhase phase) {
  switch (phase) {
    case TimedUpAndGoPhase::rise: return "rise";
    case TimedUpAndGoPhase::walk_out: return "walk_out";
    case TimedUpAndGoPhase::turn: return "turn";
    case TimedUpAndGoPhase::walk_back: return "walk_back";
    case TimedUpAndGoPhase::turn_to_sit: return "turn_to_sit";
    case TimedUpAndGoPhase::sit_down: return "sit_down";
  }
  return "rise";
}

Result<TimedUpAndGo> measure_timed_up_and_go(const InertialView& samples,
                                             const TimedUpAndGoOptions& options) {
  const double hz = samples.rate.value();
  const auto two_seconds = static_cast<std::size_t>(std::isfinite(hz) ? std::clamp(2 * hz, 1.0, 1e6) : 1);
  if (auto ok = detail::check_inertial(samples, Hertz{20}, two_seconds, kTugStage); !ok) {
    return tl::unexpected(ok.error());
  }
  if (!samples.has_gyroscope()) {
    return fail(ErrorCode::unsupported, kTugStage,
                "the recording has no gyroscope, so the turns cannot be seen",
                "record the gyroscope too, or time the test with a stopwatch");
  }
  const auto up = gravity_directions(samples);
  if (!up) return tl::unexpected(up.error());
  const auto turns = find_turns(samples, *up, options.turns);
  if (!turns) return tl::unexpected(turns.error());
  if (turns->size() < 2) {
    return fail(ErrorCode::nothing_measured, kTugStage,
                std::to_string(turns->size()) + " turns of at least 90 degrees were found, not two",
                "record the whole test: rise, walk 3 m, turn, walk back, turn, sit down");
  }
  TimedUpAndGo test;
  test.turn = turns->front();
  test.turn_to_sit = turns->back();
  const auto sample_at = [&](Seconds time) {
    return static_cast<std::size_t>(
        std::clamp(time.value() * hz, 0.0, static_cast<double>(samples.size() - 1)));
  };
  const Eigen::Vector3d upright =
      mean_direction(*up, {sample_at(test.turn.start), sample_at(test.turn_to_sit.start) + 1});
  ButterworthOptions smooth;
  smooth.cutoff = options.cutoff;
  auto inclination =
      butterworth_zero_phase(inclination_of(*up, upright, bending_axis(samples, *up)), samples.rate, smooth);
  if (!inclination) return tl::unexpected(inclination.error());
  const Bends bends = bends_of(std::move(*inclination), test.turn, test.turn_to_sit, samples.rate);
  if (auto ok = check_bends(bends, options.min_flexion); !ok) return tl::unexpected(ok.error());

  const auto& x = bends.inclination;
  test.start = bending(x, bends.rise, samples.rate).start;
  test.end = straightening(x, bends.sit, samples.rate).end;
  test.rise_flexion = Radians{bends.rise.most - bends.rise.from};
  test.sit_flexion = Radians{bends.sit.most - bends.sit.from};
  const Seconds risen = straightening(x, bends.rise, samples.rate).end;
  const Seconds sitting = bending(x, bends.sit, samples.rate).start;
  using enum TimedUpAndGoPhase;
  test.phases = {{rise, test.start, risen},
                 {walk_out, risen, std::max(risen, test.turn.start)},
                 {turn, test.turn.start, test.turn.end},
                 {walk_back, test.turn.end, std::max(test.turn.end, test.turn_to_sit.start)},
                 {turn_to_sit, test.turn_to_sit.start, test.turn_to_sit.end},
                 {sit_down, sitting, test.end}};
  return test;
}

}  // namespace reprise::engine
