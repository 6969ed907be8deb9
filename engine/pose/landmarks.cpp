// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/landmarks.h"

#include <algorithm>

namespace reprise::engine {
namespace {

constexpr std::array<std::string_view, kLandmarkCount> kNames = {
    "nose",        "left_eye_inner",  "left_eye",        "left_eye_outer", "right_eye_inner",
    "right_eye",   "right_eye_outer", "left_ear",        "right_ear",      "mouth_left",
    "mouth_right", "left_shoulder",   "right_shoulder",  "left_elbow",     "right_elbow",
    "left_wrist",  "right_wrist",     "left_pinky",      "right_pinky",    "left_index",
    "right_index", "left_thumb",      "right_thumb",     "left_hip",       "right_hip",
    "left_knee",   "right_knee",      "left_ankle",      "right_ankle",    "left_heel",
    "right_heel",  "left_foot_index", "right_foot_index"};

}  // namespace

std::string_view name(Landmark landmark) {
  return kNames[static_cast<std::size_t>(landmark)];
}

std::optional<Landmark> landmark_from_name(std::string_view name) {
  const auto* const found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<Landmark>(found - kNames.begin());
}

Landmark mirrored(Landmark landmark) {
  const auto i = static_cast<std::size_t>(landmark);
  if (i == 0) return landmark;
  if (i <= 3) return static_cast<Landmark>(i + 3);  // left eye: three points, then three of the right eye
  if (i <= 6) return static_cast<Landmark>(i - 3);
  return static_cast<Landmark>(i % 2 == 1 ? i + 1 : i - 1);  // from the ears on, left and right alternate
}

}  // namespace reprise::engine
