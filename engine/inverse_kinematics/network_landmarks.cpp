// SPDX-License-Identifier: Apache-2.0
#include "engine/inverse_kinematics/network_landmarks.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr std::array<L, 2> kHips = {L::left_hip, L::right_hip};
constexpr std::array<L, 2> kShoulders = {L::left_shoulder, L::right_shoulder};

constexpr std::array<L, 2> one(L landmark) {
  return {landmark, landmark};
}

constexpr std::array<DepthLine, 11> kDepthLines = {{
    {one(L::left_hip), one(L::right_hip), {0.96, -0.009}, {1.11, 0.023}, 0.013},
    {one(L::left_shoulder), one(L::right_shoulder), {0.93, -0.016}, {0.98, 0.037}, 0.020},
    {kHips, kShoulders, {0.75, -0.024}, {0.36, 0.011}, 0.029},
    {one(L::left_hip), one(L::left_knee), {0.66, -0.004}, {0.28, -0.025}, 0.032},
    {one(L::right_hip), one(L::right_knee), {0.66, -0.004}, {0.28, -0.025}, 0.032},
    {one(L::left_knee), one(L::left_ankle), {0.52, 0.046}, {0.15, -0.032}, 0.030},
    {one(L::right_knee), one(L::right_ankle), {0.52, 0.046}, {0.15, -0.032}, 0.030},
    {one(L::left_shoulder), one(L::left_elbow), {0.75, 0.008}, {0.17, 0.020}, 0.027},
    {one(L::right_shoulder), one(L::right_elbow), {0.75, 0.008}, {0.17, 0.020}, 0.027},
    {one(L::left_elbow), one(L::left_wrist), {0.14, -0.051}, {0.48, -0.005}, 0.026},
    {one(L::right_elbow), one(L::right_wrist), {0.14, -0.051}, {0.48, -0.005}, 0.026},
}};

}  // namespace

std::span<const LandmarkOffset> network_offsets() {
  static const std::array<LandmarkOffset, 3> offsets = {
      {{L::left_hip, Segment::pelvis, {0.0106, 0.0079, 0}},
       {L::left_hip, Segment::left_thigh, {0.0063, -0.0192, 0}},
       {L::left_shoulder, Segment::trunk, {0.002, 0.008, 0}}}};
  return offsets;
}

std::span<const DepthLine> network_depth_lines() {
  return kDepthLines;
}

DepthLine::Shown shown_at(const DepthLine& line, double facing) {
  const double front = 0.5 * (1 + facing);
  const DepthLine::Shown& towards = facing > 0 ? line.front : line.back;
  return {front * line.front.share + (1 - front) * line.back.share, towards.forward * facing};
}

Proportions network_proportions() {
  Proportions proportions;
  proportions.half_shoulders = 0.105;
  proportions.upper_arm = 0.16;
  return proportions;
}

}  // namespace reprise::engine
