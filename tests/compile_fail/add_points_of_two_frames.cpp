// SPDX-License-Identifier: Apache-2.0
// message: no match for .operator\+.*Vec3<reprise::World>.*Vec3<reprise::Camera>|invalid operands to binary expression
#include "base/frames.h"

namespace reprise {

Vec3<World> shift(const Vec3<World>& point, const Vec3<Camera>& seen, const Rotation<World, Camera>& turn) {
#ifdef MISTAKE
  (void)turn;
  return point + seen;
#else
  return point + turn * seen;
#endif
}

}  // namespace reprise
