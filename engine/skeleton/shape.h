// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/result.h"
#include "base/units.h"

namespace reprise::engine {

/// Lengths as fractions of stature. Those marked W are Drillis & Contini's, as Winter (Biomechanics and Motor
/// Control of Human Movement, 2009) gives them; read second-hand, in published code that tabulates Winter's
/// figure. The others are unsourced defaults, chosen so that the landmarks lie where a camera sees them.
struct Proportions {
  double shank = 0.246;           ///< W: knee height 0.285 less ankle height 0.039
  double thigh = 0.245;           ///< W: hip height 0.530 less knee height 0.285
  double ankle_height = 0.039;    ///< W
  double heel_behind = 0.035;     ///< heel behind the ankle
  double toe_ahead = 0.110;       ///< tip of the big toe ahead of the ankle (W: the foot is 0.152 long)
  double half_hips = 0.055;       ///< hip joint from the midline
  double trunk = 0.288;           ///< W: shoulder height 0.818 less hip height 0.530
  double half_shoulders = 0.129;  ///< W: shoulder joint from the midline
  double upper_arm = 0.186;       ///< W
  double forearm = 0.146;         ///< W
  double knuckles = 0.050;        ///< wrist to the knuckles of index and little finger (W: the hand is 0.108)
  double half_palm = 0.018;       ///< these knuckles from the middle of the palm
  double thumb = 0.030;           ///< wrist to the thumb, along the hand and as far to its side
  double eye_height = 0.118;      ///< W: eyes 0.936 less shoulders 0.818
};

struct BodyShape {
  Meters stature{1.70};  ///< unsourced default
  Proportions proportions = {};
};

/// Refuses a stature outside 0.4 to 2.6 m and proportions that are not positive.
[[nodiscard]] Result<void> check(const BodyShape& shape);

}  // namespace reprise::engine
