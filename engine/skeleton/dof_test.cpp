// SPDX-License-Identifier: Apache-2.0
#include "engine/skeleton/dof.h"

#include <gtest/gtest.h>

#include <string>

namespace reprise::engine {
namespace {

TEST(Dof, NamesRoundTripAndMirrorByName) {
  for (std::size_t i = 0; i < kDofCount; ++i) {
    const Dof dof = dof_at(i);
    EXPECT_EQ(dof_from_name(name(dof)), dof);
    std::string expected{name(dof)};
    if (expected.starts_with("left_")) {
      expected.replace(0, 4, "right");
    } else if (expected.starts_with("right_")) {
      expected.replace(0, 5, "left");
    }
    EXPECT_EQ(name(mirrored(dof)), expected);
    EXPECT_EQ(mirrored(mirrored(dof)), dof);
  }
  EXPECT_EQ(dof_from_name("left_tail_wag"), std::nullopt);
}

TEST(Posture, MirroredTwiceIsItself) {
  Posture posture;
  for (std::size_t i = 0; i < kDofCount; ++i) posture[dof_at(i)] = Radians{0.01 * static_cast<double>(i + 1)};
  const Posture other = mirrored(posture);
  EXPECT_EQ(other[Dof::right_knee_flexion], posture[Dof::left_knee_flexion]);
  EXPECT_EQ(other[Dof::trunk_flexion], posture[Dof::trunk_flexion]);
  EXPECT_EQ(other[Dof::trunk_rotation], -posture[Dof::trunk_rotation]);
  EXPECT_EQ(mirrored(other), posture);
}

}  // namespace
}  // namespace reprise::engine
