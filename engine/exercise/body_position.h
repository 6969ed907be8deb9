// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// A person's body position, in the words of the catalog's `positions`.
enum class BodyPosition : std::uint8_t {
  standing,
  sitting,
  long_sitting,  ///< on the floor or a bed, legs stretched out
  lying_on_back,
  lying_on_side,
  lying_on_front,
  kneeling,
  on_hands_and_knees,
};
inline constexpr std::size_t kBodyPositionCount = 8;

[[nodiscard]] std::string_view name(BodyPosition position);
[[nodiscard]] std::optional<BodyPosition> body_position_from_name(std::string_view name);

/// A set of positions.
class BodyPositions {
 public:
  constexpr BodyPositions() = default;
  constexpr BodyPositions(std::initializer_list<BodyPosition> positions) {
    for (const BodyPosition position : positions) add(position);
  }
  [[nodiscard]] static constexpr BodyPositions all() {
    BodyPositions every;
    every.bits_ = (1U << kBodyPositionCount) - 1;
    return every;
  }
  constexpr void add(BodyPosition position) { bits_ |= 1U << static_cast<unsigned>(position); }
  constexpr void add(BodyPositions others) { bits_ |= others.bits_; }
  [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr bool any_of(BodyPositions others) const { return (bits_ & others.bits_) != 0; }
  [[nodiscard]] constexpr bool within(BodyPositions others) const { return (bits_ & ~others.bits_) == 0; }
  bool operator==(const BodyPositions&) const = default;

 private:
  unsigned bits_ = 0;
};

/// Returns the positions that fit the inclination of trunk, thighs and shins to the camera's
/// vertical, and the direction of the chest. One if the view decides; several if it does not; all
/// if the trunk is not seen. With the legs out of sight: standing or sitting. The limits are
/// unsourced defaults (docs/guide/set-up-check.md).
[[nodiscard]] BodyPositions possible_positions(const Pose& pose);

}  // namespace reprise::engine
