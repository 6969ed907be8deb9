// SPDX-License-Identifier: Apache-2.0
#include "engine/posture/posture_points.h"

#include <algorithm>
#include <array>

namespace reprise::engine {
namespace {

struct PointFacts {
  std::string_view name;
  std::string_view words;
  bool automatic;
  bool front, back, left, right;  ///< the views that show it
};

constexpr std::array<PointFacts, kPosturePointCount> kPoints = {{
    {"left_eye", "left eye", true, true, false, true, false},
    {"right_eye", "right eye", true, true, false, false, true},
    {"left_ear", "left ear", true, true, true, true, false},
    {"right_ear", "right ear", true, true, true, false, true},
    {"c7", "C7", false, false, true, true, true},
    {"jugular_notch", "jugular notch", false, true, false, false, false},
    {"left_shoulder", "left shoulder", true, true, true, true, false},
    {"right_shoulder", "right shoulder", true, true, true, false, true},
    {"left_axilla", "left axilla", false, true, true, false, false},
    {"right_axilla", "right axilla", false, true, true, false, false},
    {"left_waist", "left waist crease", false, true, true, false, false},
    {"right_waist", "right waist crease", false, true, true, false, false},
    {"navel", "navel", false, true, false, false, false},
    {"natal_cleft", "natal cleft", false, false, true, false, false},
    {"left_asis", "left ASIS", false, true, false, true, false},
    {"right_asis", "right ASIS", false, true, false, false, true},
    {"left_psis", "left PSIS", false, false, true, true, false},
    {"right_psis", "right PSIS", false, false, true, false, true},
    {"left_hip", "left hip", true, true, true, true, false},
    {"right_hip", "right hip", true, true, true, false, true},
    {"left_knee", "left knee", true, true, true, true, false},
    {"right_knee", "right knee", true, true, true, false, true},
    {"left_ankle", "left ankle", true, true, true, true, false},
    {"right_ankle", "right ankle", true, true, true, false, true},
    {"left_heel", "left heel", true, true, true, true, false},
    {"right_heel", "right heel", true, true, true, false, true},
}};
constexpr std::array<std::string_view, kPostureViewCount> kViews = {"front", "back", "left_side",
                                                                    "right_side"};
constexpr std::array<std::string_view, 3> kOrigins = {"automatic", "moved", "placed"};

const PointFacts& facts_of(PosturePoint point) {
  return kPoints[static_cast<std::size_t>(point)];
}

template <class Value, std::size_t kCount>
std::optional<Value> value_named(const std::array<std::string_view, kCount>& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Value>(found - names.begin());
}

}  // namespace

std::string_view name(PosturePoint point) {
  return facts_of(point).name;
}

std::optional<PosturePoint> posture_point_from_name(std::string_view name) {
  const auto found =
      std::find_if(kPoints.begin(), kPoints.end(), [&](const PointFacts& one) { return one.name == name; });
  if (found == kPoints.end()) return std::nullopt;
  return static_cast<PosturePoint>(found - kPoints.begin());
}

std::string_view words(PosturePoint point) {
  return facts_of(point).words;
}

bool is_automatic(PosturePoint point) {
  return facts_of(point).automatic;
}

std::string_view name(PostureView view) {
  return kViews[static_cast<std::size_t>(view)];
}

std::optional<PostureView> posture_view_from_name(std::string_view name) {
  return value_named<PostureView>(kViews, name);
}

bool is_seen(PosturePoint point, PostureView view) {
  const PointFacts& facts = facts_of(point);
  switch (view) {
    case PostureView::front: return facts.front;
    case PostureView::back: return facts.back;
    case PostureView::left_side: return facts.left;
    case PostureView::right_side: return facts.right;
  }
  return false;
}

std::string_view name(PointOrigin origin) {
  return kOrigins[static_cast<std::size_t>(origin)];
}

std::optional<PointOrigin> point_origin_from_name(std::string_view name) {
  return value_named<PointOrigin>(kOrigins, name);
}

const PlacedPoint* find_point(const PosturePicture& picture, PosturePoint point) {
  const auto found = std::find_if(picture.points.begin(), picture.points.end(),
                                  [&](const PlacedPoint& one) { return one.point == point; });
  return found == picture.points.end() ? nullptr : &*found;
}

}  // namespace reprise::engine
