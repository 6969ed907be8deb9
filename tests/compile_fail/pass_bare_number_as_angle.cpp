// SPDX-License-Identifier: Apache-2.0
// message: could not convert .*from .double. to .reprise::Radians|no known conversion from 'double' to
#include "base/units.h"

namespace reprise {

constexpr bool is_overhead(Radians elevation) {
  return elevation > Radians{kPi / 2};
}
#ifdef MISTAKE
static_assert(is_overhead(120.0));  // degrees or radians? The type does not tell
#else
static_assert(is_overhead(Degrees{120.0}));
#endif

}  // namespace reprise
