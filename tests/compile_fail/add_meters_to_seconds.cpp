// SPDX-License-Identifier: Apache-2.0
// message: no match for .operator\+.*(Meters|MetresTag).*(Seconds|SecondsTag)|invalid operands to binary expression
#include "base/units.h"

namespace reprise {

constexpr Meters kStep{0.7};
constexpr Seconds kTime{0.5};
#ifdef MISTAKE
constexpr auto kSum = kStep + kTime;
#else
constexpr auto kSum = kStep + Meters{0.1};
#endif
static_assert(kSum > kStep);
static_assert(kTime > Seconds{0});

}  // namespace reprise
