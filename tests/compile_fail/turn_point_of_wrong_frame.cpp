// SPDX-License-Identifier: Apache-2.0
// message: no match for .operator\*.*Rotation<reprise::World, reprise::Camera>|invalid operands to binary expression
#include "base/frames.h"

namespace reprise {

Vec3<World> to_world(const Rotation<World, Camera>& turn, const Vec3<World>& point) {
#ifdef MISTAKE
  return turn * point;
#else
  return turn * (turn.inverse() * point);
#endif
}

}  // namespace reprise
