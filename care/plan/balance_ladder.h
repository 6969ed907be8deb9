// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kinematics/measure.h"
#include "fhir/fields/days.h"

// Which level of a balance programme is due: rules, no inference (docs/reference/programme.md). It gets
// easier by itself, harder only to a level that a clinician released, and never by more than one level a
// session.
namespace reprise::care {

enum class Stance : std::uint8_t { feet_apart, feet_together, semi_tandem, tandem, single_leg };

/// In the order of the enumeration: "feet-apart", …
inline constexpr std::array<std::string_view, 5> kStanceNames = {"feet-apart", "feet-together", "semi-tandem",
                                                                 "tandem", "single-leg"};

/// What makes a stance harder and needs a release of its own.
struct BalanceHazards {
  bool eyes_closed = false;
  bool foam = false;
  bool dual_task = false;
  friend bool operator==(const BalanceHazards&, const BalanceHazards&) = default;
};

struct BalanceLevel {
  Stance stance = Stance::feet_apart;
  std::optional<engine::Side> side;  ///< single leg: the one to stand on; empty for the others
  BalanceHazards hazards;
  int hold_s = 0;
  int holds = 0;         ///< of a session
  std::string released;  ///< the day; empty: not released
};

/// Names the task of a level, without its side: "tandem.foam.eyes_closed.10s". The `part` of its results.
[[nodiscard]] std::string part_of(const BalanceLevel& level);

/// The levels that are released one after the other, from the first on.
[[nodiscard]] std::size_t released_levels(std::span<const BalanceLevel> levels);

/// A hold during a session, in order.
enum class HoldOutcome : std::uint8_t {
  whole,     ///< to its end
  supported  ///< the support or a step was needed
};

struct BalanceNow {
  std::size_t level = 0;  ///< of the next hold
  int left = 0;           ///< holds of the session; 0: it is over
};

/// Returns where a session is after some holds. Each hold that needed the support makes the next one easier,
/// never below the first level; the number of holds stays that of the level it began at.
[[nodiscard]] BalanceNow balance_now(std::span<const BalanceLevel> levels, std::size_t began_at,
                                     std::span<const HoldOutcome> done);

/// What the record has of one level in one session.
struct LevelResult {
  std::size_t level = 0;
  int holds = 0;
  int whole = 0;  ///< of these
};

struct BalanceSession {
  std::int64_t time_ms = 0;  ///< since 1970
  fhir::Day day = 0;         ///< local day of the author
  std::vector<LevelResult> levels;
  bool unclear = false;               ///< a result is unreadable: nothing gets harder by it
  std::vector<std::string> evidence;  ///< "Observation/ID"
};

struct BalanceDue {
  std::size_t level = 0;
  int whole_sessions = 0;             ///< the newest ones in a row that were whole at `level`
  bool ready = false;                 ///< for the next level, which is not released
  std::optional<fhir::Day> since;     ///< of the first of these sessions
  std::vector<std::string> evidence;  ///< of these sessions
};

/// Returns the level that is due. `done`: the oldest first. A level gets harder after `sessions` whole
/// sessions in a row at it, if the next one is released; easier after a session that needed the support at
/// it, or where its release was withdrawn.
[[nodiscard]] BalanceDue balance_due(std::span<const BalanceLevel> levels, int sessions,
                                     std::span<const BalanceSession> done);

}  // namespace reprise::care
