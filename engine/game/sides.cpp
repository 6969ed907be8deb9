// SPDX-License-Identifier: Apache-2.0
#include "engine/game/sides.h"

namespace reprise::engine {
namespace {

constexpr int kInVainAtMost = 2;

}  // namespace

std::optional<Side> SideShare::next() {
  switch (sides_) {
    case GameSides::none: return {};
    case GameSides::left: return asked_ = Side::left;
    case GameSides::right: return asked_ = Side::right;
    case GameSides::either: break;
  }
  if (asked_ && in_vain_ >= kInVainAtMost) {
    in_vain_ = 0;
    return asked_ = other(*asked_);
  }
  const int ahead = moved_[0] - moved_[1];
  if (ahead == 0 && !asked_) return asked_ = (seed_ % 2 == 0 ? Side::left : Side::right);
  if (ahead == 0) return asked_ = (in_vain_ > 0 ? *asked_ : other(*asked_));
  return asked_ = (ahead > 0 ? Side::right : Side::left);
}

void SideShare::moved(std::optional<Side> side) {
  if (sides_ != GameSides::either || !asked_) return;
  const Side used = side.value_or(*asked_);
  in_vain_ = used == *asked_ ? 0 : in_vain_ + 1;
  ++moved_[static_cast<std::size_t>(used)];
}

}  // namespace reprise::engine
