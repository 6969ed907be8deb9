// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "engine/pose/landmarks.h"

namespace reprise::engine {

/// A straight part of a drawn person, between two landmarks.
struct Bone {
  Landmark from;
  Landmark to;
  bool fine = false;  ///< left out of small drawings
};

/// The bones of the left arm and leg; `mirrored` gives those of the right.
inline constexpr std::array<Bone, 8> kLeftBones = {{
    {Landmark::left_shoulder, Landmark::left_elbow},
    {Landmark::left_elbow, Landmark::left_wrist},
    {Landmark::left_wrist, Landmark::left_index, true},
    {Landmark::left_hip, Landmark::left_knee},
    {Landmark::left_knee, Landmark::left_ankle},
    {Landmark::left_ankle, Landmark::left_heel, true},
    {Landmark::left_heel, Landmark::left_foot_index, true},
    {Landmark::left_ankle, Landmark::left_foot_index},
}};

/// The trunk's outline: each bone begins where the one before ends.
inline constexpr std::array<Bone, 4> kTrunkBones = {{
    {Landmark::left_shoulder, Landmark::right_shoulder},
    {Landmark::right_shoulder, Landmark::right_hip},
    {Landmark::right_hip, Landmark::left_hip},
    {Landmark::left_hip, Landmark::left_shoulder},
}};

}  // namespace reprise::engine
