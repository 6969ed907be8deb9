// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/side.h"

namespace reprise::engine {

/// The side on which a game asks for movements.
enum class GameSides : std::uint8_t {
  none,   ///< the movement has no side, or both sides move together
  left,   ///< prescribed
  right,  ///< prescribed
  either,
};

/// Returns a task's side after task, so that either side gets its share: the one that moved less often is
/// asked for, and again if the other one moved in its place. After two such tasks the other side has one
/// turn, so that no one is asked in vain for long. Equal seeds give equal sides.
class SideShare {
 public:
  SideShare(GameSides sides, std::uint64_t seed) : sides_(sides), seed_(seed) {}

  /// Returns the side of the next task; nullopt: no side is asked for.
  [[nodiscard]] std::optional<Side> next();
  /// Notes the side that moved in the last task; nullopt: unknown, and taken for the one that was asked for.
  void moved(std::optional<Side> side);

 private:
  GameSides sides_;
  std::uint64_t seed_;
  std::optional<Side> asked_;
  std::array<int, 2> moved_{};
  int in_vain_ = 0;  ///< tasks in a row in which the other side moved
};

}  // namespace reprise::engine
