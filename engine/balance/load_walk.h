// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
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
  Hertz rate{0};               ///< required, of both feet, at least 50: a landing's peak is short

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
  double gain_tolerance = 0.15;    ///< of the affected foot's sensor, as the check tells it
  std::size_t steps_unfelt = 5;    ///< of the other foot, with none of the affected one
  double zero_of_limit = 0.1;      ///< of the limit: so far below zero, and 10 N at least, for
  Seconds below_zero{0.3};         ///< so long: the zero was wrong
  double release_of_limit = 0.05;  ///< so far below the limit the warning ends
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
  no_shift,   ///< the affected foot never took weight, or its sensor does not feel it
  uneven,     ///< what the affected foot takes is not what the other one gives: the sensors differ
  exchanged,  ///< most of the weight was on the affected foot, or its sensor is under the other
  too_much    ///< the affected foot bore more than the limit
};
[[nodiscard]] std::string_view name(LoadWalkTrouble trouble);

struct LoadWalkState {
  LoadWalkStep step = LoadWalkStep::lift;
  double done = 0;  ///< of the present step, 0 to 1
  std::optional<LoadWalkTrouble> trouble;
  std::optional<double> share;  ///< of body weight, on the affected foot; missing until it has a zero
  int level = 0;                ///< 0: not above the limit; 1 to 3: how far; a missing sample keeps it
  std::size_t steps = 0;        ///< landings of the affected foot, and loads above the limit without one
  std::size_t steps_above = 0;  ///< of them above the limit
  std::optional<double> largest_share;  ///< of all its contacts, as far as it was measured
  bool beyond = false;                  ///< one reached the end of the sensor's range
  bool zero_off = false;                ///< a foot bears less than none, and the zero must be taken anew
  bool unfelt = false;  ///< the other foot steps and the affected one does not: check its sensor
};

/// Live feedback for walking with partial weight bearing, from a zero and a check to steps and what they
/// bore. The check asks for a small shift of weight: from both feet's load at several distributions follow
/// the gains of both sensors, if the person leans on nothing. The two feet's samples need not be of the same
/// time: nothing compares them but the check, which is slow, and a count of landings.
class LoadWalk {
 public:
  /// Errors: those of LoadMonitor::create; unsupported (below 50 Hz, or a limit below a contact's force).
  [[nodiscard]] static Result<LoadWalk> create(const LoadWalkOptions& options);

  /// From the zero on anew; steps and forces so far stay.
  void calibrate();
  /// One sample of a foot, N, in the order of its time; empty: missing. `beyond`: it is the end of the
  /// sensor's range, and the load may be larger.
  void step(Side foot, std::optional<double> force_n, bool beyond = false);
  /// While it is paused nothing is counted or kept, and, after the check, nothing is above the limit.
  void pause(bool paused);
  /// The highest level since the call before.
  [[nodiscard]] int take_loudest();

  [[nodiscard]] const LoadWalkState& state() const { return state_; }
  [[nodiscard]] const LoadWalkOptions& options() const { return options_; }
  /// The affected foot's forces while the load was measured. Pauses, and forces beyond the sensor's range,
  /// are missing.
  [[nodiscard]] const std::vector<std::optional<double>>& forces_n() const { return forces_n_; }

 private:
  struct Foot {
    double zero_n = 0;
    double smooth_n = 0;
    bool smoothed = false;
    std::size_t held = 0;  ///< samples for the zero
    double least_n = 0, most_n = 0, sum_n = 0;
    std::size_t below = 0;  ///< samples below zero
  };
  struct Standing {
    std::size_t seated = 0, up = 0, count = 0;
    double sum_a = 0, sum_t = 0, sum_aa = 0, sum_at = 0;
    double least = 0, most = 0;
  };
  struct Contact {
    std::size_t samples = 0;
    double peak_share = 0;
    bool landed = false;  ///< its beginning was measured
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
  void fail_standing(LoadWalkTrouble trouble);
  void track(Side side, std::optional<double> force_n, bool beyond);
  void warn(std::optional<double> force_n);
  void follow_affected(std::optional<double> force_n, bool beyond);
  void count(double force_n);
  void follow_other(std::optional<double> force_n);
  void watch_zero(Foot& foot, std::optional<double> force_n);

  LoadWalkOptions options_;
  double contact_n_ = 0;
  double zero_error_n_ = 0;
  LoadMonitor monitor_;
  LoadWalkState state_;
  std::array<Foot, 2> feet_;
  Standing standing_;
  Contact contact_, other_;
  bool in_air_ = false;     ///< the affected foot's sample before was measured, and without load
  std::size_t others_ = 0;  ///< landings of the other foot since the affected one's last
  int loudest_ = 0;
  bool paused_ = false;
  std::vector<std::optional<double>> forces_n_;
};

}  // namespace reprise::engine
