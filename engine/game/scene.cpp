// SPDX-License-Identifier: Apache-2.0
// Where the things of a game are: all that a screen has to draw.

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/game/game.h"
#include "engine/game/scene_parts.h"

namespace reprise::engine {
namespace {

constexpr double kScaleEnd = 1.15;  // of the top: so high is the scene
constexpr double kAboveLid = 0.1;   // progress: the scene goes on so far above a ceiling

constexpr double kBalloonX = 0.28;
constexpr double kHillComesFrom = 1.2;
constexpr double kHillWaits = 0.66;
constexpr double kHillNear = 0.44;
constexpr double kHillGone = -0.25;
constexpr double kHillSpeed = 0.9;  // widths a second, once it is flown over or missed
constexpr Seconds kHillSinks{0.5};

constexpr double kBasketX = 0.14;
constexpr double kFirstFruitX = 0.45;
constexpr double kFruitStep = 0.12;
constexpr double kFruitPlaces = 4;
constexpr Seconds kFruitFalls{0.6};
constexpr double kFruitArc = 0.12;
constexpr Seconds kFruitWithers{0.5};
constexpr double kSmallFruit = 0.35;

constexpr int kVariants = 3;
constexpr std::size_t kInRow = 5;

}  // namespace

double Game::high(double progress) const {
  const double end = limits_.ceiling ? *limits_.ceiling + kAboveLid : kScaleEnd * limits_.top;
  return end > 0 ? std::clamp(progress / end, 0.0, 1.0) : 0.0;
}

double Game::share_kept() const {
  if (!attempt_ || !(task_.hold > Seconds{0})) return 0;
  return attempt_->reached ? 1.0 : std::clamp(attempt_->kept / task_.hold, 0.0, 1.0);
}

// Of the exercise's own time for going out.
double Game::way() const {
  return attempt_ ? std::clamp((clock_ - attempt_->began) / limits_.pace.out, 0.0, 1.0) : 0.0;
}

// A number from 0 to 1 for each task and purpose, by the seed alone (the finalizer of SplitMix64).
double Game::random(int task, int what) const {
  std::uint64_t z = options_.seed + 0x9e3779b97f4a7c15U * static_cast<std::uint64_t>(task * 4 + what + 1);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return static_cast<double>((z ^ (z >> 31U)) >> 11U) * 0x1.0p-53;
}

int Game::variant(int task) const {
  return std::min(kVariants - 1, static_cast<int>(random(task, 1) * kVariants));
}

double Game::fruit_x() const {
  return kFirstFruitX + kFruitStep * std::floor(random(state_.done, 0) * kFruitPlaces);
}

// Of the task: the hill, or the picker beneath the fruit.
double Game::place() const {
  if (options_.kind == GameKind::river || options_.kind == GameKind::lanterns) return 0;
  if (options_.kind == GameKind::balloon) {
    const double waits = along(kHillComesFrom, kHillWaits, coming_);
    const double near = along(waits, along(kHillNear, kBalloonX, share_kept()), way());
    if (!attempt_ || !attempt_->reached) return near;
    return std::max(kHillGone, near - kHillSpeed * (clock_ - *attempt_->reached).value());
  }
  const double there = along(from_x_, fruit_x(), coming_);
  if (!attempt_ || !attempt_->reached || !going_back_) return there;
  return along(kBasketX, there, height_ / std::max(task_.height, 1e-6));
}

void Game::draw() {
  state_.phase = phase();
  state_.task = task_;
  state_.kept = share_kept();
  state_.objects.clear();
  switch (options_.kind) {
    case GameKind::balloon:
      if (limits_.ceiling) draw_lid();
      return draw_balloon();
    case GameKind::orchard:
      if (limits_.ceiling) draw_lid();
      return draw_orchard();
    case GameKind::river: return draw_river();
    case GameKind::lanterns: return draw_lanterns();
  }
}

void Game::draw_lid() {
  state_.objects.push_back({GameShape::lid, 0, 0.5, high(*limits_.ceiling), 1, 0, at_lid_});
}

void Game::draw_balloon() {
  const std::size_t drawn = std::min(gathered_.size(), kMostGathered);
  for (std::size_t i = 0; i < drawn; ++i) {
    const int task = gathered_[i];
    // Each has a place of its own in the sky: columns in a fixed order, heights at random.
    const double column = static_cast<double>((i * 11) % kMostGathered) + 0.5;
    state_.objects.push_back({GameShape::gathered, task, column / static_cast<double>(kMostGathered),
                              0.82 + 0.15 * random(task, 2), 1, variant(task), true});
  }
  if (leaving_) {
    const Seconds age = clock_ - leaving_->at;
    const double x = leaving_->x - kHillSpeed * age.value();
    const double left = leaving_->won ? 1.0 : 1 - age / kHillSinks;
    if (x > kHillGone && left > 0)
      state_.objects.push_back(
          {GameShape::hill, leaving_->task, x, leaving_->y * left, 1, leaving_->variant, leaving_->won});
  }
  if (state_.done < state_.tasks) {
    const bool over = attempt_ && attempt_->reached;
    state_.objects.push_back(
        {GameShape::hill, state_.done, place(), high(task_.height), 1, variant(state_.done), over});
  }
  state_.objects.push_back({GameShape::balloon, 0, kBalloonX, high(height_), 1, 0, share_kept() > 0});
}

void Game::draw_orchard() {
  const auto put = [this](GameShape shape, int task, double x, double y, double size, int kind, bool bright) {
    state_.objects.push_back({shape, task, x, y, size, kind, bright});
  };
  put(GameShape::basket, 0, kBasketX, 0, 1, 0, false);
  const double age = leaving_ ? (clock_ - leaving_->at).value() : 0;
  const double falls = age / kFruitFalls.value();
  const bool falling = leaving_ && leaving_->won && falls < 1;

  const std::size_t lying = std::min(gathered_.size() - (falling ? 1 : 0), kMostGathered);
  for (std::size_t i = 0; i < lying; ++i) {
    const std::size_t row = i / kInRow;
    const double across = (static_cast<double>(i % kInRow) - 2) * 0.026 + (row % 2 == 1 ? 0.013 : 0);
    put(GameShape::gathered, gathered_[i], kBasketX + across, 0.035 + 0.03 * static_cast<double>(row), 1,
        variant(gathered_[i]), true);
  }
  if (falling) {
    const double y = along(high(height_), 0.05, falls) + kFruitArc * 4 * falls * (1 - falls);
    put(GameShape::fruit, leaving_->task, along(leaving_->x, kBasketX, falls), y, 1, leaving_->variant, true);
  }
  const double withers = 1 - age / kFruitWithers.value();
  if (leaving_ && !leaving_->won && withers > 0)
    put(GameShape::fruit, leaving_->task, leaving_->x, leaving_->y, withers, leaving_->variant, false);

  const bool on = state_.done < state_.tasks;
  const bool holds = attempt_ && attempt_->reached;
  const double x = on ? place() : from_x_;
  if (on && holds) {
    put(GameShape::fruit, state_.done, x, high(std::min(height_, task_.height)), 1, variant(state_.done),
        true);
  } else if (on) {
    put(GameShape::fruit, state_.done, fruit_x(), high(task_.height), along(kSmallFruit, 1, coming_),
        variant(state_.done), false);
  }
  // Beyond the fruit there is nothing to reach for.
  const double reach = on ? std::min(height_, task_.height) : height_;
  put(GameShape::picker, 0, x, high(reach), 1, 0, holds || share_kept() > 0);
}

}  // namespace reprise::engine
