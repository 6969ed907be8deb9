// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/posture_definitions.h"

#include <cmath>

namespace reprise::engine {
namespace {

using enum PosturePoint;
using Needs = std::vector<PosturePoint>;

struct MeasureFacts {
  std::string_view name;
  std::string_view words;
  bool from_side;
  bool from_front_and_back;
};

constexpr std::array<MeasureFacts, kPostureMeasureCount> kMeasures = {{
    {"craniovertebral_angle", "craniovertebral angle", true, false},
    {"head_tilt", "head tilt", false, true},
    {"shoulder_level", "shoulder level", false, true},
    {"pelvic_level", "pelvic level", false, true},
    {"trunk_inclination", "trunk inclination", true, false},
    {"trunk_tilt", "trunk tilt", false, true},
    {"trunk_shift", "trunk shift", false, true},
    {"plumb_offset", "offset from the plumb line", true, true},
    {"knee_alignment", "knee alignment", false, true},
    {"trunk_asymmetry", "trunk asymmetry", false, true},
}};

UprightPoint of(const UprightPoints& at, PosturePoint point) {
  return at[static_cast<std::size_t>(point)];
}

UprightPoint mid(const UprightPoints& at, PosturePoint a, PosturePoint b) {
  return {(of(at, a).x + of(at, b).x) / 2, (of(at, a).y + of(at, b).y) / 2};
}

/// Of the line from `from` to `to`, above the horizontal.
double rise(UprightPoint from, UprightPoint to) {
  return std::atan2(to.y - from.y, to.x - from.x);
}

/// Of the line from `low` to `high` against the vertical.
double lean(UprightPoint low, UprightPoint high) {
  return std::atan2(high.x - low.x, high.y - low.y);
}

PostureDefinition level(PostureMeasure measure, PosturePoint left, PosturePoint right) {
  return {measure, {}, std::nullopt, {left, right}, [=](const UprightPoints& at) {
            return rise(of(at, right), of(at, left));
          }};
}

/// Varus is positive on both sides: the knee lies outward of the line from hip to ankle.
PostureDefinition knee(Side side, PosturePoint hip, PosturePoint knee_point, PosturePoint ankle) {
  return {PostureMeasure::knee_alignment, {}, side, {hip, knee_point, ankle}, [=](const UprightPoints& at) {
            const UprightPoint h = of(at, hip), k = of(at, knee_point), a = of(at, ankle);
            const UprightPoint thigh{k.x - h.x, k.y - h.y}, shank{a.x - k.x, a.y - k.y};
            const double turn =
                std::atan2(thigh.x * shank.y - thigh.y * shank.x, thigh.x * shank.x + thigh.y * shank.y);
            return side == Side::left ? -turn : turn;
          }};
}

/// How far a point, or the middle of two, lies from the plumb line through the middle of the heels.
PostureDefinition offset(std::string part, PosturePoint a, PosturePoint b) {
  Needs needs = a == b ? Needs{a} : Needs{a, b};
  needs.insert(needs.end(), {left_heel, right_heel});
  return {PostureMeasure::plumb_offset, std::move(part), std::nullopt, std::move(needs),
          [=](const UprightPoints& at) { return mid(at, a, b).x - mid(at, left_heel, right_heel).x; }};
}

PostureDefinition asymmetry(std::string part, PosturePoint left, PosturePoint right, PosturePoint midline) {
  return {PostureMeasure::trunk_asymmetry,
          std::move(part),
          std::nullopt,
          {left, right, midline},
          [=](const UprightPoints& at) {
            const double to_left = of(at, left).x - of(at, midline).x;
            const double to_right = of(at, midline).x - of(at, right).x;
            return (to_left - to_right) / (to_left + to_right);
          }};
}

std::vector<PostureDefinition> frontal(PostureView view) {
  using enum PostureMeasure;
  const bool front = view == PostureView::front;
  std::vector<PostureDefinition> all;
  all.push_back(level(head_tilt, left_ear, right_ear));
  all.push_back(level(shoulder_level, left_shoulder, right_shoulder));
  all.push_back(front ? level(pelvic_level, left_asis, right_asis)
                      : level(pelvic_level, left_psis, right_psis));
  const Needs trunk = {left_shoulder, right_shoulder, left_hip, right_hip};
  all.push_back({trunk_tilt, {}, std::nullopt, trunk, [](const UprightPoints& at) {
                   return lean(mid(at, left_hip, right_hip), mid(at, left_shoulder, right_shoulder));
                 }});
  all.push_back({trunk_shift, {}, std::nullopt, trunk, [](const UprightPoints& at) {
                   return mid(at, left_shoulder, right_shoulder).x - mid(at, left_hip, right_hip).x;
                 }});
  if (!front) {
    all.push_back({trunk_shift, "c7", std::nullopt, {c7, natal_cleft}, [](const UprightPoints& at) {
                     return of(at, c7).x - of(at, natal_cleft).x;
                   }});
  }
  all.push_back(offset("ear", left_ear, right_ear));
  if (!front) all.push_back(offset("c7", c7, c7));
  if (front) all.push_back(offset("jugular_notch", jugular_notch, jugular_notch));
  all.push_back(offset("shoulder", left_shoulder, right_shoulder));
  if (front) all.push_back(offset("navel", navel, navel));
  all.push_back(offset("hip", left_hip, right_hip));
  if (!front) all.push_back(offset("natal_cleft", natal_cleft, natal_cleft));
  all.push_back(offset("knee", left_knee, right_knee));
  all.push_back(knee(Side::left, left_hip, left_knee, left_ankle));
  all.push_back(knee(Side::right, right_hip, right_knee, right_ankle));
  const PosturePoint midline = front ? jugular_notch : natal_cleft;
  all.push_back(asymmetry("axilla", left_axilla, right_axilla, midline));
  all.push_back(asymmetry("waist", left_waist, right_waist, midline));
  return all;
}

std::vector<PostureDefinition> sagittal(PostureView view) {
  using enum PostureMeasure;
  const bool left = view == PostureView::left_side;
  const PosturePoint ear = left ? left_ear : right_ear;
  const PosturePoint shoulder = left ? left_shoulder : right_shoulder;
  const PosturePoint hip = left ? left_hip : right_hip;
  const PosturePoint ankle = left ? left_ankle : right_ankle;
  std::vector<PostureDefinition> all;
  all.push_back({craniovertebral_angle, {}, std::nullopt, {ear, c7}, [=](const UprightPoints& at) {
                   return rise(of(at, c7), of(at, ear));
                 }});
  all.push_back({trunk_inclination, {}, std::nullopt, {shoulder, hip}, [=](const UprightPoints& at) {
                   return lean(of(at, hip), of(at, shoulder));
                 }});
  const auto from_ankle = [&](const char* part, PosturePoint point) {
    all.push_back({plumb_offset, part, std::nullopt, {point, ankle}, [=](const UprightPoints& at) {
                     return of(at, point).x - of(at, ankle).x;
                   }});
  };
  from_ankle("ear", ear);
  from_ankle("shoulder", shoulder);
  from_ankle("hip", hip);
  from_ankle("knee", left ? left_knee : right_knee);
  return all;
}

}  // namespace

std::string_view name(PostureMeasure measure) {
  return kMeasures[static_cast<std::size_t>(measure)].name;
}

std::string_view words(PostureMeasure measure) {
  return kMeasures[static_cast<std::size_t>(measure)].words;
}

bool is_measured_from(PostureMeasure measure, PostureView view) {
  const MeasureFacts& facts = kMeasures[static_cast<std::size_t>(measure)];
  return is_side(view) ? facts.from_side : facts.from_front_and_back;
}

std::vector<PostureDefinition> posture_definitions(PostureView view) {
  return is_side(view) ? sagittal(view) : frontal(view);
}

}  // namespace reprise::engine
