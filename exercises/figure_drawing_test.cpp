// SPDX-License-Identifier: Apache-2.0
#include "exercises/figure_drawing.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "exercises/pace.h"
#include "tests/support/shipped_catalog.h"

namespace reprise::exercises {
namespace {

using L = engine::Landmark;

double apart(const DrawnPoint& a, const DrawnPoint& b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

Result<FigureDrawing> drawn(const CatalogExercise& exercise, double share,
                            const DrawingOptions& options = {}) {
  const auto stage = stage_of(exercise, options);
  if (!stage) return tl::unexpected(stage.error());
  return draw_figure(*stage, share);
}

TEST(DrawFigure, EveryExerciseMovesInsideItsSquareSmoothlyAndReturns) {
  for (const CatalogExercise& exercise : shipped()) {
    const std::string& id = exercise.definition.id;
    const DrawingStage stage = stage_of(exercise).value();
    const auto first = draw_figure(stage, 0).value();
    auto before = first;
    double moved = 0;
    constexpr int kFrames = 40;
    for (int i = 1; i <= kFrames; ++i) {
      const auto now = draw_figure(stage, double(i) / kFrames).value();
      for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
        const DrawnPoint& p = now.points[l];
        EXPECT_TRUE(p.x > 0.02 && p.x < 0.98 && p.y > 0.02 && p.y < 0.98) << id << " " << engine::name(L(l));
        EXPECT_LT(apart(p, before.points[l]), 0.15) << id << ": a jump of " << engine::name(L(l));
        moved = std::max(moved, apart(p, first.points[l]));
      }
      before = now;
    }
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l)
      EXPECT_LT(apart(before.points[l], first.points[l]), 0.01) << id << ": a loop must close";
    EXPECT_GT(moved, exercise.definition.kind == engine::Kind::hold ? 0 : 0.01)
        << id << ": nothing is seen to move";
  }
}

TEST(DrawFigure, FromTheSideTheWorkingSideIsTheNearOne) {
  const CatalogExercise& exercise = **find(shipped(), "standing_hip_extension");
  const auto right = drawn(exercise, 0.4, {engine::View::side, false}).value();
  const auto left = drawn(exercise, 0.4, {engine::View::side, true}).value();
  EXPECT_EQ(right.nearer, engine::Side::right);
  EXPECT_EQ(left.nearer, engine::Side::left);
  // Seen from the other side, the mirrored picture.
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const DrawnPoint& other = left.points[engine::mirrored(L(l))];
    EXPECT_NEAR(right.points[l].x, 1 - other.x, 1e-9);
    EXPECT_NEAR(right.points[l].y, other.y, 1e-9);
  }
  EXPECT_EQ(drawn(exercise, 0.4, {engine::View::front, false})->nearer, std::nullopt);
  for (const CatalogExercise& any : shipped()) {
    for (const bool mirror : {false, true}) {
      const auto nearer = stage_of(any, {engine::View::side, mirror})->nearer;
      if (nearer) {
        EXPECT_EQ(*nearer, mirror ? engine::Side::left : engine::Side::right) << any.definition.id;
      }
    }
  }
}

TEST(DrawFigure, FromInFrontTheLeftHandIsOnTheRightOfThePicture) {
  const auto squat = drawn(**find(shipped(), "squat"), 0, {engine::View::front}).value();
  EXPECT_GT(squat.points[L::left_wrist].x, squat.points[L::right_wrist].x);
  EXPECT_LT(squat.points[L::nose].y, squat.points[L::left_ankle].y) << "y runs down";
  EXPECT_LT(squat.points[L::left_ankle].y, squat.floor_y);
}

TEST(DrawFigure, AShareOutsideTheRepetitionIsRefused) {
  for (const double share : {-0.1, 1.1, std::nan("")})
    EXPECT_EQ(drawn(**find(shipped(), "squat"), share).error().code, ErrorCode::invalid_argument);
}

TEST(Pace, KeepsTheTempoOfTheFileAndMeetsTheDrawing) {
  for (const CatalogExercise& exercise : shipped()) {
    const std::string& id = exercise.definition.id;
    const Pace pace = pace_of(exercise).value();
    const engine::Tempo& tempo = exercise.definition.tempo;
    if (tempo.out) {
      EXPECT_EQ(pace.out, *tempo.out) << id;
    }
    if (tempo.hold) {
      EXPECT_EQ(pace.hold, *tempo.hold) << id;
    }
    if (tempo.back) {
      EXPECT_EQ(pace.back, *tempo.back) << id;
    }
    EXPECT_GT(duration(pace), Seconds{0.5}) << id;
    EXPECT_EQ(moment_at(pace, Seconds{0}).share, 0) << id;
    EXPECT_NEAR(moment_at(pace, pace.out).share, pace.extreme, 1e-9) << id;
    EXPECT_NEAR(moment_at(pace, duration(pace) - Seconds{1e-9}).share, 1, 1e-6) << id;
    double before = 0;
    for (int i = 0; i < 100; ++i) {
      const PaceMoment now = moment_at(pace, duration(pace) * (i / 100.0));
      EXPECT_GE(now.share, before) << id;
      EXPECT_EQ(now.repetition, 0) << id;
      before = now.share;
    }
    EXPECT_EQ(moment_at(pace, duration(pace) * 2.5).repetition, 2) << id;
  }
}

TEST(Pace, PartsOfASquat) {
  Pace pace{Seconds{2}, Seconds{1}, Seconds{3}, 0.45, 0.55};
  EXPECT_EQ(moment_at(pace, Seconds{-1}).part, engine::MovementPart::rest);
  EXPECT_EQ(moment_at(pace, Seconds{1}).part, engine::MovementPart::out);
  EXPECT_NEAR(moment_at(pace, Seconds{1}).share, 0.225, 1e-12);
  EXPECT_EQ(moment_at(pace, Seconds{2.5}).part, engine::MovementPart::extreme);
  EXPECT_NEAR(moment_at(pace, Seconds{2.5}).share, 0.5, 1e-12);
  EXPECT_EQ(moment_at(pace, Seconds{4.5}).part, engine::MovementPart::back);
  EXPECT_NEAR(moment_at(pace, Seconds{4.5}).share, 0.775, 1e-12);
}

}  // namespace
}  // namespace reprise::exercises
