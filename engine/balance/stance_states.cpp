// SPDX-License-Identifier: Apache-2.0
#include "engine/balance/stance_states.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace reprise::engine::detail {
namespace {

std::size_t samples_in(Seconds time, Hertz rate) {
  return static_cast<std::size_t>(std::max(1L, std::lround(time.value() * rate.value())));
}

/// The sample that a loss found at `first` is timed at.
std::size_t loss_sample(std::span<const StanceState> states, std::size_t first) {
  if (states[first].lost != StanceEnd::cop_jump) return first;
  std::size_t largest = first;
  for (std::size_t i = first; i < states.size() && states[i].lost == StanceEnd::cop_jump; ++i) {
    if (states[i].size > states[largest].size) largest = i;
  }
  return largest;
}

}  // namespace

std::vector<QuietStance> find_stances(std::span<const StanceState> states, Hertz rate,
                                      const StanceTiming& timing, StandingFoot foot) {
  const std::size_t settle = samples_in(timing.settle, rate);
  const std::size_t confirm = samples_in(timing.confirm, rate);
  const auto time_of = [&](std::size_t sample) {
    return Seconds{static_cast<double>(sample) / rate.value()};
  };
  std::vector<QuietStance> found;
  bool standing = false;
  std::size_t start = 0;
  std::size_t ready = 0;
  std::size_t lost = 0;
  const auto finish = [&](std::size_t end, StanceEnd reason) {
    const QuietStance stance{time_of(start), time_of(end), reason, foot};
    if (stance.end - stance.start >= timing.shortest) found.push_back(stance);
    standing = false;
  };
  for (std::size_t i = 0; i < states.size(); ++i) {
    ready = states[i].ready && !states[i].lost ? ready + 1 : 0;
    lost = states[i].lost ? lost + 1 : 0;
    if (!standing && ready >= settle) {
      standing = true;
      start = i + 1 - settle;
    }
    if (standing && lost >= confirm) {
      const std::size_t first = i + 1 - lost;
      const StanceEnd reason = *states[first].lost;
      finish(loss_sample(states, first), reason);
    }
  }
  if (standing) finish(states.size(), StanceEnd::recording_ended);
  return found;
}

}  // namespace reprise::engine::detail
