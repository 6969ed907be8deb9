// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/stance.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "engine/balance/stance_states.h"
#include "engine/balance/trunk_sway.h"
#include "engine/signal/check.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr const char* kStance = "standing time";

using Forces = std::span<const std::optional<double>>;

std::vector<double> measured_of(Forces force_n) {
  std::vector<double> measured;
  for (const auto& n : force_n) {
    if (n) measured.push_back(*n);
  }
  return measured;
}

Result<void> check_force(Hertz rate, Forces force_n) {
  if (auto ok = detail::check_rate(rate, kStance); !ok) return ok;
  if (rate.value() < 10) {
    return fail(ErrorCode::unsupported, kStance,
                "the rate is " + std::to_string(rate.value()) + " Hz; at least 10 Hz are needed",
                "record at 50 Hz or more");
  }
  const std::vector<double> measured = measured_of(force_n);
  if (measured.empty() && !force_n.empty()) {
    return fail(ErrorCode::nothing_measured, kStance, "a force was not measured: the plate's, or a foot's",
                "record the plate, or both feet, and check that they are connected");
  }
  return detail::check_samples(measured, 2, kStance);
}

/// The given body weight, or the median of the loaded samples.
Result<double> body_weight(std::optional<double> given_n, Forces force_n) {
  if (given_n) {
    if (*given_n > 0 && std::isfinite(*given_n)) return *given_n;
    return fail(ErrorCode::invalid_argument, kStance, "the body weight is not positive",
                "give the weight in Newton");
  }
  std::vector<double> loaded = measured_of(force_n);
  std::erase_if(loaded, [](double force) { return force < kUnloadedN; });
  if (loaded.empty()) {
    return fail(ErrorCode::nothing_measured, kStance, "the plate or the insoles are never loaded",
                "stand on them, and check that they are connected");
  }
  return median(std::move(loaded));
}

/// The distance between the means of the center of pressure in the windows after and before each sample;
/// missing if a window is incomplete.
std::vector<std::optional<double>> cop_jumps_m(std::span<const std::optional<CopPoint>> cop,
                                               std::size_t window) {
  std::vector<double> ap(cop.size() + 1, 0.0), ml(cop.size() + 1, 0.0);
  std::vector<std::size_t> measured(cop.size() + 1, 0);
  for (std::size_t i = 0; i < cop.size(); ++i) {
    ap[i + 1] = ap[i] + (cop[i] ? cop[i]->ap_m : 0);
    ml[i + 1] = ml[i] + (cop[i] ? cop[i]->ml_m : 0);
    measured[i + 1] = measured[i] + (cop[i] ? 1 : 0);
  }
  std::vector<std::optional<double>> jumps(cop.size());
  const auto w = static_cast<double>(window);
  for (std::size_t i = window; i + window <= cop.size(); ++i) {
    if (measured[i + window] - measured[i - window] < 2 * window) continue;
    const double ap_jump = (ap[i + window] - 2 * ap[i] + ap[i - window]) / w;
    const double ml_jump = (ml[i + window] - 2 * ml[i] + ml[i - window]) / w;
    jumps[i] = std::hypot(ap_jump, ml_jump);
  }
  return jumps;
}

/// Mean of `values` over the `window` samples that end at each sample (fewer at the start).
template <class T>
std::vector<T> trailing_means(const std::vector<T>& values, std::size_t window) {
  std::vector<T> means;
  means.reserve(values.size());
  T sum = values.front() * 0.0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    sum += values[i];
    if (i >= window) sum -= values[i - window];
    means.push_back(sum / static_cast<double>(std::min(i + 1, window)));
  }
  return means;
}

}  // namespace

Result<std::vector<QuietStance>> stances_on_plate(Hertz rate, Forces vertical_force_n,
                                                  std::span<const std::optional<CopPoint>> cop,
                                                  const PlateStanceOptions& options) {
  if (auto ok = check_force(rate, vertical_force_n); !ok) return tl::unexpected(ok.error());
  if (!cop.empty() && cop.size() != vertical_force_n.size()) {
    return fail(ErrorCode::invalid_argument, kStance, "forces and centers of pressure differ in number",
                "give one center of pressure for each force, or none");
  }
  const auto weight = body_weight(options.body_weight_n, vertical_force_n);
  if (!weight) return tl::unexpected(weight.error());
  const auto window =
      static_cast<std::size_t>(std::max(1L, std::lround(options.cop_jump_window.value() * rate.value())));
  const auto jumps = cop_jumps_m(cop, window);
  std::vector<detail::StanceState> states(vertical_force_n.size());
  for (std::size_t i = 0; i < states.size(); ++i) {
    auto& state = states[i];
    if (!vertical_force_n[i]) {
      state.lost = StanceEnd::samples_missing;
      continue;
    }
    const double share = *vertical_force_n[i] / *weight;
    state.ready = share >= options.ready_low && share <= options.ready_high;
    if (share < options.lost || (!cop.empty() && !cop[i])) {
      state.lost = StanceEnd::unloaded;
    } else if (!cop.empty() && jumps[i] && *jumps[i] > options.cop_jump.value()) {
      state.lost = StanceEnd::cop_jump;
      state.size = *jumps[i];
    }
  }
  return detail::find_stances(states, rate, options.timing, StandingFoot::both);
}

Result<std::vector<QuietStance>> stances_on_insoles(Hertz rate, Forces left_n, Forces right_n,
                                                    const InsoleStanceOptions& options) {
  if (auto ok = check_force(rate, left_n); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_force(rate, right_n); !ok) return tl::unexpected(ok.error());
  if (left_n.size() != right_n.size()) {
    return fail(ErrorCode::invalid_argument, kStance, "the two insoles differ in number of samples",
                "give both insoles at the same times");
  }
  std::vector<std::optional<double>> sums(left_n.size());
  for (std::size_t i = 0; i < sums.size(); ++i) {
    if (left_n[i] && right_n[i]) sums[i] = *left_n[i] + *right_n[i];
  }
  const auto weight = body_weight(options.body_weight_n, sums);
  if (!weight) return tl::unexpected(weight.error());
  const double lifted_n = std::max(options.lifted * *weight, kUnloadedN);
  const double lost_n = options.lost * *weight;
  const auto states_of = [&](StandingFoot foot) {
    std::vector<detail::StanceState> states(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) {
      auto& state = states[i];
      if (!sums[i]) {
        state.lost = StanceEnd::samples_missing;
        continue;
      }
      const bool left_up = *left_n[i] < lifted_n;
      const bool right_up = *right_n[i] < lifted_n;
      if (*sums[i] < lost_n) {
        state.lost = StanceEnd::unloaded;
      } else if (foot == StandingFoot::both && (left_up || right_up)) {
        state.lost = StanceEnd::foot_lifted;
      } else if (foot != StandingFoot::both && !(foot == StandingFoot::left ? right_up : left_up)) {
        state.lost = StanceEnd::other_foot_down;
      }
      state.ready = !state.lost;
    }
    return states;
  };
  if (options.on_both_feet) {
    return detail::find_stances(states_of(StandingFoot::both), rate, options.timing, StandingFoot::both);
  }
  auto found = detail::find_stances(states_of(StandingFoot::left), rate, options.timing, StandingFoot::left);
  for (const auto& stance :
       detail::find_stances(states_of(StandingFoot::right), rate, options.timing, StandingFoot::right)) {
    found.push_back(stance);
  }
  std::sort(found.begin(), found.end(),
            [](const QuietStance& a, const QuietStance& b) { return a.start < b.start; });
  return found;
}

Result<std::vector<QuietStance>> stances_by_trunk(const InertialView& trunk,
                                                  const TrunkStanceOptions& options) {
  const auto mean = detail::mean_specific_force(trunk, Seconds{1}, Hertz{20}, kStance);
  if (!mean) return tl::unexpected(mean.error());
  std::vector<double> norms_mps2;
  for (const auto& sample : trunk.acceleration_mps2) norms_mps2.push_back(sample.norm());
  // The norm, unlike the mean vector, is the same before and after a lasting tilt.
  const double gravity_mps2 = median(norms_mps2);
  const auto window =
      static_cast<std::size_t>(std::max(1L, std::lround(options.window.value() * trunk.rate.value())));
  std::vector<double> squares, turns(trunk.size(), 0.0);
  std::vector<Eigen::Vector3d> forces;
  for (std::size_t i = 0; i < trunk.size(); ++i) {
    forces.push_back(trunk.acceleration_mps2[i].v);
    squares.push_back(std::pow(norms_mps2[i] - gravity_mps2, 2));
    if (trunk.has_gyroscope()) turns[i] = trunk.angular_velocity_radps[i].v.squaredNorm();
  }
  squares = trailing_means(squares, window);
  turns = trailing_means(turns, window);
  forces = trailing_means(forces, window);

  std::vector<detail::StanceState> states(trunk.size());
  std::optional<Eigen::Vector3d> reference;  // the direction of gravity where this quiet time began
  const auto confirm = static_cast<std::size_t>(
      std::max(1L, std::lround(options.timing.confirm.value() * trunk.rate.value())));
  std::size_t ready_in_a_row = 0;
  std::size_t lost_in_a_row = 0;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const double moved_mps2 = std::sqrt(std::max(squares[i], 0.0));
    const double turned_radps = std::sqrt(std::max(turns[i], 0.0));
    auto& state = states[i];
    state.ready = moved_mps2 < options.ready_mps2 && turned_radps < options.ready_radps;
    ready_in_a_row = state.ready ? ready_in_a_row + 1 : 0;
    // Each time the trunk has been quiet for a whole window while no reference stands, it becomes the
    // reference.
    if (!reference && ready_in_a_row >= window) reference = forces[i];
    bool lost = moved_mps2 > options.lost_mps2 || turned_radps > options.lost_radps;
    if (reference) {
      const double tilt = std::atan2(reference->cross(forces[i]).norm(), reference->dot(forces[i]));
      lost = lost || tilt > options.lost_tilt.value();
    }
    lost_in_a_row = lost ? lost_in_a_row + 1 : 0;
    if (!lost) continue;
    state.lost = StanceEnd::trunk_movement;
    state.ready = false;
    ready_in_a_row = 0;
    // A new stance may begin in a new direction, but only once this loss is confirmed.
    if (lost_in_a_row >= confirm) reference.reset();
  }
  return detail::find_stances(states, trunk.rate, options.timing, StandingFoot::both);
}

}  // namespace reprise::engine
