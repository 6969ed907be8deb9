// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/scene_monitor.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

// Unsourced defaults, chosen so that real clips from a camera that stands still give no finding
// (tests/revalidation/robustness.mjs).
constexpr int kDetailSide = 256;  // pixels of the longer side, about what the pose networks see
constexpr int kMotionSide = 128;
constexpr int kSceneSide = 32;
constexpr double kSameScene = 0.75;    // correlation; below, another scene; fast movement gives 0.8 and more
constexpr double kSuddenly = 0.15;     // and that much less than of the picture before
constexpr double kSamePicture = 0.05;  // mean difference of brightness; below, the same picture again
constexpr double kSettling = 1.0;      // mean difference of brightness
constexpr Seconds kStandstill{0.7};    // shorter ones are repeated pictures of a converted rate
constexpr int kFrameReach = 3;         // thumbnail pixels between two pictures
constexpr int kAnchorReach = 8;        // the farthest that one anchor is followed
constexpr double kCameraMoved = 0.05;  // of the longer side
constexpr Seconds kMoveWindow{4.0};    // within this time; slower is drift
constexpr double kDarkBelow = 60;      // nine of ten pixels
constexpr double kBlurredBelow = 0.4;  // sharpness; smooth is 0.25
constexpr double kMargin = 0.05;       // around the landmarks, as a share of the picture

}  // namespace

void SceneMonitor::add(const ImageView& image, Seconds time, const std::optional<PictureRegion>& person) {
  const Thumbnail detail = thumbnail_of(image, kDetailSide);
  brightness_.push_back(brightness_below(detail, 0.9));
  sharpness_.push_back(sharpness(detail));
  const Thumbnail picture = smaller(detail, kMotionSide);
  if (!first_ || first_->gray.size() != picture.gray.size()) {
    first_ = picture;
    first_time_ = time;
    anchor(picture, person);
    places_.emplace_back();
  } else {
    look_for_standstill(picture, time);
    look_for_cut(picture, time);
    follow_camera(picture, time, person);
  }
  last_ = picture;
  last_time_ = time;
}

void SceneMonitor::look_for_standstill(const Thumbnail& picture, Seconds time) {
  most_changed_ = std::max(most_changed_, difference(*first_, picture));
  if (difference(*last_, picture) > kSamePicture) return;
  if (!standstills_.empty() && standstills_.back().until == last_time_) {
    standstills_.back().until = time;
  } else {
    standstills_.push_back({last_time_, time});
  }
}

void SceneMonitor::look_for_cut(const Thumbnail& picture, Seconds time) {
  const auto alike = correlation(smaller(*last_, kSceneSide), smaller(picture, kSceneSide));
  const double before = std::exchange(last_alike_, alike.value_or(0));
  if (!alike || *alike >= kSameScene || *alike > before - kSuddenly) return;
  cuts_.push_back(time);
  anchor_.reset();
  places_.emplace_back();
}

void SceneMonitor::anchor(const Thumbnail& picture, const std::optional<PictureRegion>& person) {
  anchor_ = picture;
  anchor_person_ = person;
  shift_ = {};
}

void SceneMonitor::follow_camera(const Thumbnail& picture, Seconds time,
                                 const std::optional<PictureRegion>& person) {
  if (!anchor_) {
    anchor_x_ = anchor_y_ = 0;
    return anchor(picture, person);
  }
  std::optional<PictureRegion> ignored = anchor_person_;
  if (ignored && person) {
    ignored =
        PictureRegion{std::min(ignored->left, person->left), std::min(ignored->top, person->top),
                      std::max(ignored->right, person->right), std::max(ignored->bottom, person->bottom)};
  } else if (person) {
    ignored = person;
  }
  const auto shift = background_shift(*anchor_, picture, ignored, shift_, kFrameReach);
  if (!shift) return;
  shift_ = *shift;
  const double side = std::max(picture.width, picture.height);
  places_.back().push_back({time, anchor_x_ + shift_.x / side, anchor_y_ + shift_.y / side});
  if (std::max(std::abs(shift_.x), std::abs(shift_.y)) < kAnchorReach) return;
  anchor_x_ += shift_.x / side;
  anchor_y_ += shift_.y / side;
  anchor(picture, person);
}

SceneFindings SceneMonitor::findings() const {
  SceneFindings found;
  found.cuts = cuts_;
  const Seconds duration = last_time_ - first_time_;
  Seconds frozen{0};
  for (const TimeRange& range : standstills_) {
    if (range.until - range.from < kStandstill) continue;
    found.frozen.push_back(range);
    frozen += range.until - range.from;
  }
  // A photo as a video differs a little at first, until its compression has settled.
  found.still = most_changed_ < kSettling && frozen > 0.5 * duration;
  if (found.still) found.frozen.clear();
  for (const auto& scene : places_) {
    for (std::size_t i = 0, from = 0; i < scene.size(); ++i) {
      while (scene[i].time - scene[from].time > kMoveWindow) ++from;
      const double way = std::hypot(scene[i].x - scene[from].x, scene[i].y - scene[from].y);
      if (way < kCameraMoved) continue;
      std::size_t start = from;  // where it left its place
      while (std::hypot(scene[start + 1].x - scene[from].x, scene[start + 1].y - scene[from].y) <
             kCameraMoved / 4) {
        ++start;
      }
      if (found.camera_moves.empty() || found.camera_moves.back().until < scene[start].time) {
        found.camera_moves.push_back({scene[start].time, scene[i].time});
      } else {
        found.camera_moves.back().until = scene[i].time;
      }
    }
  }
  if (!brightness_.empty()) {
    found.dark = median(brightness_) < kDarkBelow;
    const double sharp = median(sharpness_);
    found.blurred = sharp > 0 && sharp < kBlurredBelow;
  }
  return found;
}

std::optional<PictureRegion> region_of(const Pose& pose, int width_px, int height_px) {
  if (!pose.image || width_px <= 0 || height_px <= 0) return std::nullopt;
  PictureRegion r{1, 1, 0, 0};
  for (const ImagePoint& p : *pose.image) {
    r.left = std::min(r.left, p.x_px / width_px);
    r.right = std::max(r.right, p.x_px / width_px);
    r.top = std::min(r.top, p.y_px / height_px);
    r.bottom = std::max(r.bottom, p.y_px / height_px);
  }
  return PictureRegion{r.left - kMargin, r.top - kMargin, r.right + kMargin, r.bottom + kMargin};
}

}  // namespace reprise::engine
