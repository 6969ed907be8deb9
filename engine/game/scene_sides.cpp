// SPDX-License-Identifier: Apache-2.0
// Where the things are of the games that have a left and a right.

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/game/game.h"
#include "engine/game/scene_parts.h"

namespace reprise::engine {
namespace {

constexpr double kMiddle = 0.5;
constexpr double kAcross = 0.42;  // from the middle to the edge of the scene

constexpr double kLilyWaits = 0.6;  // ahead of the boat
constexpr double kLilyNear = 0.12;
constexpr double kLilyPassed = -0.3;
constexpr double kDownstream = 0.5;  // lengths of the scene a second
constexpr Seconds kLilyFades{0.6};

constexpr double kShoulder = 0.42;   // height of the middle of the arcs
constexpr double kHandRadius = 0.3;  // of the arcs
constexpr double kLanternRadius = 0.36;
constexpr double kHighest = 2.6;  // rad from hanging, at the upper end of the scale
constexpr Seconds kLanternRises{2.5};
constexpr double kLanternRise = 0.45;  // upwards in that time
constexpr Seconds kLanternFades{0.6};

double sign(Side side) {
  return side == Side::left ? -1 : 1;
}

/// Returns the sides on which a task's things stand: one, or both if none is asked for.
std::vector<double> signs(std::optional<Side> side) {
  if (side) return {sign(*side)};
  return {-1, 1};
}

struct Point {
  double x;
  double y;
};

/// Returns a point on the arc around the shoulders; `high`: 0 hanging to 1 highest.
Point on_arc(double radius, double high, double side) {
  const double angle = kHighest * high;
  return {kMiddle + side * radius * std::sin(angle), kShoulder - radius * std::cos(angle)};
}

}  // namespace

// How far ahead of the boat the lily is.
double Game::ahead() const {
  const double waits = along(1, kLilyWaits, coming_);
  const double near = along(waits, along(kLilyNear, 0, share_kept()), way());
  if (!attempt_ || !attempt_->reached) return near;
  return std::max(kLilyPassed, near - kDownstream * (clock_ - *attempt_->reached).value());
}

void Game::draw_river() {
  const auto put = [this](GameShape shape, int task, double x, double y, double size, int kind, bool bright) {
    state_.objects.push_back({shape, task, x, y, size, kind, bright});
  };
  const auto across = [this](double side, double progress) {
    return kMiddle + side * kAcross * high(progress);
  };
  for (const double side : limits_.ceiling ? signs(task_.side) : std::vector<double>{})
    put(GameShape::lid, 0, across(side, *limits_.ceiling), 0, 1, 0, at_lid_);
  const std::size_t drawn = std::min(gathered_.size(), kMostGathered);
  for (std::size_t i = 0; i < drawn; ++i)
    put(GameShape::gathered, gathered_[i], random(gathered_[i], 2), random(gathered_[i], 3), 1,
        variant(gathered_[i]), true);
  if (leaving_) {
    const Seconds age = clock_ - leaving_->at;
    const double left = leaving_->won ? 1.0 : 1 - age / kLilyFades;
    const double y = leaving_->y - kDownstream * age.value();
    if (left > 0 && y > kLilyPassed)
      put(GameShape::lily, leaving_->task, leaving_->x, y, left, leaving_->variant, leaving_->won);
  }
  const bool reached = attempt_ && attempt_->reached;
  if (state_.done < state_.tasks) {
    for (const double side : signs(task_.side))
      put(GameShape::lily, state_.done, across(side, task_.height), ahead(), along(0.4, 1, coming_),
          variant(state_.done), reached);
  }
  const double to = sign(moving_.value_or(task_.side.value_or(Side::right)));
  put(GameShape::boat, 0, across(to, height_), 0, 1, 0, share_kept() > 0 || reached);
}

void Game::draw_lanterns() {
  const auto put = [this](GameShape shape, int task, Point at, double size, int kind, bool bright) {
    state_.objects.push_back({shape, task, at.x, at.y, size, kind, bright});
  };
  for (const double side : limits_.ceiling ? signs(task_.side) : std::vector<double>{})
    put(GameShape::lid, 0, on_arc(kLanternRadius, high(*limits_.ceiling), side), 1, 0, at_lid_);
  const bool rising = leaving_ && leaving_->won && clock_ - leaving_->at < kLanternRises;
  const std::size_t drawn = std::min(gathered_.size() - (rising ? 1 : 0), kMostGathered);
  for (std::size_t i = 0; i < drawn; ++i)
    put(GameShape::gathered, gathered_[i],
        {0.06 + 0.88 * random(gathered_[i], 2), 0.8 + 0.17 * random(gathered_[i], 3)}, 1,
        variant(gathered_[i]), true);
  if (leaving_) {
    const Seconds age = clock_ - leaving_->at;
    const double left = leaving_->won ? 1.0 : 1 - age / kLanternFades;
    const bool fading = !leaving_->won && left > 0;
    for (const double side : rising || fading ? signs(leaving_->side) : std::vector<double>{}) {
      Point at = on_arc(kLanternRadius, leaving_->y, side);
      if (rising) at.y = std::min(0.97, at.y + kLanternRise * (age / kLanternRises));
      put(GameShape::lantern, leaving_->task, at, left, leaving_->variant, leaving_->won);
    }
  }
  const bool reached = attempt_ && attempt_->reached;
  if (state_.done < state_.tasks) {
    for (const double side : signs(task_.side))
      put(GameShape::lantern, state_.done, on_arc(kLanternRadius, high(task_.height), side),
          along(0.4, 1, coming_), variant(state_.done), reached);
  }
  const auto hand = options_.sides == GameSides::none ? std::nullopt : moving_ ? moving_ : task_.side;
  for (const double side : signs(hand))
    put(GameShape::hand, 0, on_arc(kHandRadius, high(height_), side), 1, 0, share_kept() > 0 || reached);
}

}  // namespace reprise::engine
