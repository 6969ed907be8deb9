// SPDX-License-Identifier: Apache-2.0
#include "exercises/figure_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "exercises/reference_movement.h"

namespace reprise::exercises {
namespace {

using L = engine::Landmark;

constexpr int kMoments = 16;          // of a repetition, to find the square that holds it
constexpr double kBorder = 0.08;      // of the square, on each side: limbs and head are thicker than points
constexpr double kAboutAlikeM = 0.1;  // smaller differences in depth are ignored

std::optional<engine::Side> nearer_side(const engine::PerLandmark<Vec3<World>>& landmarks,
                                        const Rotation<Camera, World>& to_camera) {
  double left_is_farther_m = 0;
  constexpr std::array kTold = {L::left_shoulder, L::left_hip};
  for (const L left : kTold) {
    left_is_farther_m +=
        (to_camera * (landmarks[left] - landmarks[engine::mirrored(left)])).v.z() / kTold.size();
  }
  if (std::abs(left_is_farther_m) < kAboutAlikeM) return std::nullopt;
  return left_is_farther_m > 0 ? engine::Side::right : engine::Side::left;
}

struct SeenFrom {
  Rotation<Camera, World> to_camera;
  std::optional<engine::Side> nearer;
};

/// Returns the camera of the view, on the side where the working side is near. For a person lying face down
/// it is the opposite one.
SeenFrom seen_from(engine::View view, const engine::BodyFigure& start, engine::Side working) {
  engine::VirtualCamera camera = camera_for(view);
  const auto seen = [&] {
    const auto to_camera = engine::camera_from_world(camera);
    return SeenFrom{to_camera, nearer_side(start.landmarks, to_camera)};
  };
  const SeenFrom first = seen();
  if (!first.nearer || first.nearer == working) return first;
  camera.azimuth = -camera.azimuth;
  return seen();
}

}  // namespace

Result<DrawingStage> stage_of(const CatalogExercise& exercise, const DrawingOptions& options) {
  DrawingStage stage;
  stage.movement = options.mirror ? engine::mirrored(exercise.movement.correct) : exercise.movement.correct;
  const auto start = engine::figure_at(stage.movement, 0);
  if (!start) return tl::unexpected(start.error());
  const auto& views = exercise.definition.views;
  const engine::View view = options.view.value_or(views.empty() ? engine::View::side : views.front());
  const SeenFrom seen = seen_from(view, *start, options.mirror ? engine::Side::left : engine::Side::right);
  stage.to_camera = seen.to_camera;
  stage.nearer = seen.nearer;

  Eigen::Vector2d low = (seen.to_camera * start->landmarks[0]).v.head<2>();
  Eigen::Vector2d high = low;
  low.y() = std::min(low.y(), 0.0);  // includes the floor
  high.y() = std::max(high.y(), 0.0);
  for (int moment = 0; moment <= kMoments; ++moment) {
    const auto figure = engine::figure_at(stage.movement, double(moment) / kMoments);
    if (!figure) return tl::unexpected(figure.error());
    for (const auto& point : figure->landmarks) {
      const Eigen::Vector2d at = (seen.to_camera * point).v.head<2>();
      low = low.cwiseMin(at);
      high = high.cwiseMax(at);
    }
  }
  stage.side_m = (high - low).maxCoeff() / (1 - 2 * kBorder);
  stage.corner_m = (low + high) / 2 - Eigen::Vector2d::Constant(stage.side_m / 2);
  return stage;
}

Result<FigureDrawing> draw_figure(const DrawingStage& stage, double share) {
  const auto figure = engine::figure_at(stage.movement, share);
  if (!figure) return tl::unexpected(figure.error());
  FigureDrawing drawing;
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    const Eigen::Vector2d at =
        ((stage.to_camera * figure->landmarks[l]).v.head<2>() - stage.corner_m) / stage.side_m;
    drawing.points[l] = {at.x(), at.y()};
  }
  drawing.floor_y = -stage.corner_m.y() / stage.side_m;
  drawing.nearer = stage.nearer;
  return drawing;
}

}  // namespace reprise::exercises
