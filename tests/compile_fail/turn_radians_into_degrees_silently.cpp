// SPDX-License-Identifier: Apache-2.0
// message: conversion from .*Radians.* to non-scalar type .*Degrees|no viable conversion from .*Radians
#include "base/units.h"

namespace reprise {

constexpr Radians kAngle{1.0};
#ifdef MISTAKE
constexpr Degrees kShown = kAngle;
#else
constexpr Degrees kShown = to_degrees(kAngle);
#endif
static_assert(kShown > Degrees{57});

}  // namespace reprise
