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
    {one(L::left_hip), one(L::right_hip), {0.97, 0}, {0.89, 0}, 0.013},
    {one(L::left_shoulder), one(L::right_shoulder), {0.90, 0}, {0.84, 0}, 0.020},
    {kHips, kShoulders, {0.78, 0}, {0.60, 0.003}, 0.027},
    {one(L::left_hip), one(L::left_knee), {0.79, -0.015}, {0.36, -0.041}, 0.032},
    {one(L::right_hip), one(L::right_knee), {0.79, -0.015}, {0.36, -0.041}, 0.032},
    {one(L::left_knee), one(L::left_ankle), {0.57, 0.055}, {0.25, -0.045}, 0.030},
    {one(L::right_knee), one(L::right_ankle), {0.57, 0.055}, {0.25, -0.045}, 0.030},
    {one(L::left_shoulder), one(L::left_elbow), {0.82, -0.004}, {0.35, 0.048}, 0.027},
    {one(L::right_shoulder), one(L::right_elbow), {0.82, -0.004}, {0.35, 0.048}, 0.027},
    {one(L::left_elbow), one(L::left_wrist), {0.16, -0.021}, {0.19, -0.029}, 0.026},
    {one(L::right_elbow), one(L::right_wrist), {0.16, -0.021}, {0.19, -0.029}, 0.026},
}};

}  // namespace

std::span<const LandmarkOffset> network_offsets() {
  static const std::array<LandmarkOffset, 3> offsets = {
      {{L::left_hip, Segment::pelvis, {0.0106, 0.0079, 0}},
       {L::left_hip, Segment::left_thigh, {0.0063, -0.0192, 0}},
       {L::left_shoulder, Segment::trunk, {0.002, 0.008, 0}}}};
  return offsets;
}

std::span<const LandmarkOffset> network_offsets_in_space() {
  static const std::array<LandmarkOffset, 6> offsets = {
      {{L::left_hip, Segment::pelvis, {0.0142, 0.0011, 0}},
       {L::left_knee, Segment::left_thigh, {-0.0043, -0.0023, 0}},
       {L::left_ankle, Segment::left_foot, {0.0075, 0.0107, 0}},
       {L::left_heel, Segment::left_foot, {0.0054, 0.0105, 0}},
       {L::left_foot_index, Segment::left_foot, {-0.0066, -0.0031, 0}},
       {L::left_shoulder, Segment::trunk, {-0.0053, 0.0177, 0}}}};
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
