// SPDX-License-Identifier: Apache-2.0
#include "engine/kinematics/body_part.h"

#include <array>

namespace reprise::engine {
namespace {

constexpr std::array<std::string_view, kBodyPartCount> kPartNames = {"head", "shoulder", "elbow", "hand",
                                                                     "hip",  "knee",     "foot"};

}  // namespace

std::string_view name(BodyPart part) {
  return kPartNames[static_cast<std::size_t>(part)];
}

BodyPart part_of(Landmark landmark) {
  if (landmark < Landmark::left_shoulder) return BodyPart::head;
  if (landmark < Landmark::left_elbow) return BodyPart::shoulder;
  if (landmark < Landmark::left_wrist) return BodyPart::elbow;
  if (landmark < Landmark::left_hip) return BodyPart::hand;
  if (landmark < Landmark::left_knee) return BodyPart::hip;
  if (landmark < Landmark::left_ankle) return BodyPart::knee;
  return BodyPart::foot;
}

std::optional<Side> side_of(Landmark landmark) {
  if (part_of(landmark) == BodyPart::head) return std::nullopt;
  // From the shoulders on, odd indices are left.
  return static_cast<std::size_t>(landmark) % 2 == 1 ? Side::left : Side::right;
}

}  // namespace reprise::engine
