// SPDX-License-Identifier: Apache-2.0
// message: could not convert .*Hertz.* to .*Seconds|no known conversion from .*Hertz
#include "base/units.h"

namespace reprise {

constexpr double frames_in(Seconds duration, Seconds frame) {
  return duration / frame;
}
#ifdef MISTAKE
static_assert(frames_in(Seconds{2}, Hertz{25}) > 0);
#else
static_assert(frames_in(Seconds{2}, period(Hertz{25})) > 0);
#endif

}  // namespace reprise
