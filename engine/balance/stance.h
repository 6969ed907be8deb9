// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/balance/cop_path.h"
#include "engine/signal/inertial.h"

namespace reprise::engine {

enum class StanceEnd : std::uint8_t {
  recording_ended,  ///< still standing at the last sample: the time is a lower limit
  unloaded,         ///< the plate or both insoles lost the load
  cop_jump,         ///< the center of pressure moved to another support: the other foot came down, or a step
  other_foot_down,  ///< the lifted foot took load
  foot_lifted,      ///< one foot of a stance on two feet lost its load
  samples_missing,  ///< nothing was recorded from there on: the time is a lower limit
  trunk_movement,   ///< the trunk moved faster, or tilted further, than quiet standing allows
};

enum class StandingFoot : std::uint8_t { both, left, right };

/// A time of quiet standing; seconds from the recording's first sample.
struct QuietStance {
  Seconds start{0};
  Seconds end{0};
  StanceEnd reason = StanceEnd::recording_ended;
  StandingFoot foot = StandingFoot::both;  ///< of insoles; `both` if the source cannot tell
};

/// Timing that all three sources share. Unsourced defaults.
struct StanceTiming {
  Seconds settle{0.5};    ///< standing begins where its condition holds this long
  Seconds confirm{0.1};   ///< support is lost where the condition fails this long
  Seconds shortest{0.5};  ///< shorter stances are left out
};

/// Unsourced defaults.
struct PlateStanceOptions {
  StanceTiming timing;
  std::optional<double> body_weight_n = std::nullopt;  ///< missing: the median of the loaded samples
  double ready_low = 0.9, ready_high = 1.1;            ///< share of body weight to begin
  double lost = 0.8;                                   ///< below this share support is lost
  Meters cop_jump{0.05};                               ///< distance of the means before and after a sample
  Seconds cop_jump_window{0.2};                        ///< of each of these means
};

/// Times of quiet standing (single-leg or tandem) on one force plate: the whole weight on the plate and the
/// center of pressure on one support. `vertical_force_n`: Newton, positive under load, one a sample; `cop`:
/// as many points, or empty if not measured. A missing force is not 0 N: what lasts longer than `confirm`
/// ends the stance. Errors: invalid_argument (rate, lengths, not finite, a body weight that is not positive),
/// unsupported (below 10 Hz), nothing_measured (never loaded). Empty if the person never stands quietly.
[[nodiscard]] Result<std::vector<QuietStance>> stances_on_plate(
    Hertz rate, std::span<const std::optional<double>> vertical_force_n,
    std::span<const std::optional<CopPoint>> cop, const PlateStanceOptions& options = {});

/// Unsourced defaults.
struct InsoleStanceOptions {
  StanceTiming timing;
  std::optional<double> body_weight_n = std::nullopt;  ///< missing: the median of the loaded sums
  double lifted = 0.05;       ///< share of body weight, and kUnloadedN at least: below, a foot is lifted
  double lost = 0.5;          ///< below this share of body weight under both feet support is lost
  bool on_both_feet = false;  ///< tandem stance: both feet loaded. Otherwise: one foot lifted
};

/// The same from an insole under each foot; `foot` tells the standing one. Forces in Newton, one a sample. A
/// sample that lacks a foot counts as missing. Errors: also nothing_measured (one foot alone).
[[nodiscard]] Result<std::vector<QuietStance>> stances_on_insoles(
    Hertz rate, std::span<const std::optional<double>> left_n, std::span<const std::optional<double>> right_n,
    const InsoleStanceOptions& options = {});

/// Unsourced defaults.
struct TrunkStanceOptions {
  StanceTiming timing{Seconds{1}, Seconds{0.1}, Seconds{0.5}};
  Seconds window{0.25};                        ///< of the moving root mean square
  double ready_mps2 = 0.4, lost_mps2 = 1.5;    ///< moving RMS of the acceleration's norm less gravity
  double ready_radps = 0.4, lost_radps = 1.0;  ///< moving RMS of the angular velocity's norm
  Radians lost_tilt{Degrees{20}};  ///< of the mean over `window` from the direction at the stance's start
};

/// The same from a sensor at the trunk, in any mounting. It cannot see a foot that touches down softly.
/// Errors: as trunk_sway, but shorter recordings are taken (1 s).
[[nodiscard]] Result<std::vector<QuietStance>> stances_by_trunk(const InertialView& trunk,
                                                                const TrunkStanceOptions& options = {});

}  // namespace reprise::engine
