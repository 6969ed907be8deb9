// SPDX-License-Identifier: Apache-2.0
// message: no match for .operator\*.*Rotation<reprise::World, reprise::Camera>|invalid operands to binary expression
#include "base/frames.h"

namespace reprise {

struct Sensor;

Rotation<World, Sensor> chain(const Rotation<World, Camera>& outer, const Rotation<Camera, Sensor>& inner) {
#ifdef MISTAKE
  return outer * inner.inverse();
#else
  return outer * inner;
#endif
}

}  // namespace reprise
