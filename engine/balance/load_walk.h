// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/side.h"
#include "base/units.h"
#include "engine/balance/weight_bearing.h"

namespace reprise::engine {

struct LoadWalkOptions {
  double body_weight_n = 0;    ///< required, 100 to 3000
  double limit_share = 0;      ///< required, of body weight, of the affected foot
  Side affected = Side::left;  ///< the foot that the limit holds for
  Hertz rate{0};               ///< required, of both feet, at least 10

  // Unsourced defaults from here on.
  double contact_share = 0.05;  ///< as of WeightBearingOptions, with kUnloadedN at least
  Seconds shortest_contact{0.1};
  Seconds lifted_for{2};           ///< so long both feet hang free for the zero
  double lifted_n = 20;            ///< the forces of a foot that hangs free differ by no more
  Seconds settled{1.5};            ///< after standing up
  Seconds stood_for{4};            ///< at least, for the check
  Seconds patience{20};            ///< so long for a shift of the weight
  double weight_tolerance = 0.15;  ///< of body weight, of both feet's load on average
  double shift_share = 0.05;       ///< of body weight, which the affected foot takes and gives; no more than
  double shift_of_limit = 0.5;     ///< this share of the limit
  double uneven = 0.2;             ///< how much both feet's load may change by what the affected one takes
  std::size_t steps_unfelt = 5;    ///< of the other foot, with none of the affected one
  Seconds below_zero{0.3};         ///< so long below minus a contact's force: the zero was wrong
  std::array<double, 2> louder{1.2, 1.5};  ///< of the limit: from there on levels 2 and 3
};

enum class LoadWalkStep : std::uint8_t {
  lift,     ///< both feet hang free, for the zero
  stand,    ///< both feet on the floor, and a little weight to the affected one and back: the check
  tracking  ///< the load is measured
};
[[nodiscard]] std::string_view name(LoadWalkStep step);

/// Why the attempt before failed.
enum class LoadWalkTrouble : std::uint8_t {
  not_lifted,  ///< what should be zero is as much as a contact
  too_light,   ///< both feet's load is less than the body's weight, or part of it goes elsewhere
  too_heavy,
  no_shift,  ///< the affected foot never took weight, or its sensor does not feel it
  uneven     ///< what the affected foot takes is not what the other one gives: the sensors differ
};
[[nodiscard]] std::string_view name(LoadWalkTrouble trouble);

struct LoadWalkState {
  LoadWalkStep step = LoadWalkStep::lift;
  double done = 0;  ///< of the present step, 0 to 1
  std::optional<LoadWalkTrouble> trouble;
  std::optional<double> share;  ///< of body weight, on the affected foot; missing until it has a zero
  int level = 0;                ///< 0: not above the limit; 1 to 3: how far
  std::size_t steps = 0;        ///< times the affected foot bore load
  std::size_t steps_above = 0;  ///< of them above the limit
  double largest_share = 0;     ///< of these steps
  bool zero_off = false;        ///< a foot bears less than none, and the zero must be taken anew
  bool unfelt = false;          ///< the other foot steps and the affected one does not: check its sensor
};

/// Both feet's forces while the load was measured, one by one in time: of 0.3 s at most they may be apart. A
/// pause is one missing sample.
struct LoadWalkForces {
  std::vector<std::optional<double>> left_n, right_n;
};

/// Live feedback for walking with partial weight bearing, from a zero and a check to steps and what they
/// bore. The walk is measured afterwards from `forces`; the counts here are by the same rules.
class LoadWalk {
 public:
  /// Errors: those of LoadMonitor::create; unsupported (below 10 Hz, or a limit below a contact's force).
  [[nodiscard]] static Result<LoadWalk> create(const LoadWalkOptions& options);

  /// From the zero on anew; steps and forces so far stay.
  void calibrate();
  /// One sample of a foot, N, in the order of its time; empty: missing.
  void step(Side foot, std::optional<double> force_n);
  /// While it is paused nothing is counted or kept, and nothing is above the limit.
  void pause(bool paused);

  [[nodiscard]] const LoadWalkState& state() const { return state_; }
  [[nodiscard]] const LoadWalkOptions& options() const { return options_; }
  /// All so far, with samples that still wait for the other foot.
  [[nodiscard]] LoadWalkForces forces() const;

 private:
  struct Foot {
    double zero_n = 0;
    double smooth_n = 0;
    bool smoothed = false;
    std::size_t held = 0;  ///< samples for the zero
    double least_n = 0, most_n = 0, sum_n = 0;
    std::size_t below = 0;  ///< samples below zero
    std::deque<std::optional<double>> waiting;
    std::vector<std::optional<double>> kept;
  };
  struct Standing {
    std::size_t up = 0, count = 0;
    double sum_a = 0, sum_t = 0, sum_aa = 0, sum_at = 0;
    double least = 0, most = 0;
  };
  struct Contact {
    std::size_t samples = 0;
    double peak_share = 0;
    bool above = false;
    bool counted = false, counted_above = false;
  };

  LoadWalk(const LoadWalkOptions& options, LoadMonitor monitor);
  [[nodiscard]] Foot& foot(Side side) { return feet_[side == Side::left ? 0 : 1]; }
  [[nodiscard]] std::size_t samples_of(Seconds time) const;
  void lift(Foot& foot, double force_n);
  void end_lift();
  void stand();
  void judge_standing();
  void track(Side side, std::optional<double> force_n);
  void follow_affected(std::optional<double> force_n);
  void follow_other(std::optional<double> force_n);
  void watch_zero(Foot& foot, std::optional<double> force_n);
  void keep(Side side, std::optional<double> force_n);
  void restart_standing();

  LoadWalkOptions options_;
  double contact_n_ = 0;
  LoadMonitor monitor_;
  LoadWalkState state_;
  std::array<Foot, 2> feet_;
  Standing standing_;
  Contact contact_, other_;
  std::size_t others_ = 0;  ///< contacts of the other foot since the affected one's last
  bool paused_ = false;
};

}  // namespace reprise::engine
