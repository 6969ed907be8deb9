// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/symmetric_networks.h"

#include <array>

#include "engine/pose/landmarks.h"

namespace reprise::engine {
namespace {

using L = Landmark;

/// Millimeters along the crop's axes; of the right, x is the same, y and z are opposite.
struct Asymmetry {
  Landmark left;
  std::array<float, 3> mm;
};

// Half the difference between a picture and its mirror image, median over the frames of a clip, mean of
// twelve clips of rendered people (tests/revalidation/mirrored.mjs).
constexpr std::array<Asymmetry, 17> kAsymmetries = {{
    {L::nose, {-10, 0, 0}},
    {L::left_eye_inner, {0, 4, 5}},
    {L::left_eye, {1, 4, 17}},
    {L::left_eye_outer, {4, -2, 5}},
    {L::left_ear, {6, -22, -4}},
    {L::mouth_left, {8, -17, 13}},
    {L::left_shoulder, {14, 29, -28}},
    {L::left_elbow, {24, -13, -11}},
    {L::left_wrist, {12, -1, 34}},
    {L::left_pinky, {18, 2, 58}},
    {L::left_index, {19, 17, 57}},
    {L::left_thumb, {16, 12, 40}},
    {L::left_hip, {1, 6, 23}},
    {L::left_knee, {19, 40, 3}},
    {L::left_ankle, {9, 14, -6}},
    {L::left_heel, {-3, 16, 16}},
    {L::left_foot_index, {-11, 20, 21}},
}};

}  // namespace

Result<void> SymmetricNetworks::find_landmarks(std::span<const float> input, LandmarkOutput& output) {
  if (auto ran = heavy_->find_landmarks(input, output); !ran) return ran;
  if (output.world_m.size() < 3 * kLandmarkCount) return {};  // refused where it is decoded
  for (const Asymmetry& asymmetry : kAsymmetries) {
    float* const left = output.world_m.data() + 3 * static_cast<std::size_t>(asymmetry.left);
    float* const right = output.world_m.data() + 3 * static_cast<std::size_t>(mirrored(asymmetry.left));
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const float m = asymmetry.mm[axis] / 1000;
      left[axis] -= m;
      if (right != left) right[axis] -= axis == 0 ? m : -m;
    }
  }
  return {};
}

}  // namespace reprise::engine
