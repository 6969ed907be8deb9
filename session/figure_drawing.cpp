#include "session/figure_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "session/drawn_movement.h"

namespace reprise {
namespace {

using L = Landmark;

constexpr int kMoments = 16;          // of a repetition, to find the square that holds it
constexpr double kBorder = 0.08;      // of the square, on each side: limbs and head are thicker than points
constexpr double kAboutAlikeM = 0.1;  // nearer by less than this is no difference

Rotation<Camera, World> seen_from(View view, bool mirror) {
  VirtualCamera camera = camera_for(view);
  if (mirror) camera.azimuth = -camera.azimuth;
  return camera_from_world(camera);
}

std::optional<Side> nearer_side(const PerLandmark<Vec3<World>>& landmarks,
                                const Rotation<Camera, World>& to_camera) {
  double left_is_farther_m = 0;
  constexpr std::array kTold = {L::left_shoulder, L::left_hip};
  for (const L left : kTold) {
    left_is_farther_m += (to_camera * (landmarks[left] - landmarks[mirrored(left)])).v.z() / kTold.size();
  }
  if (std::abs(left_is_farther_m) < kAboutAlikeM) return std::nullopt;
  return left_is_farther_m > 0 ? Side::right : Side::left;
}

}  // namespace

Result<FigureDrawing> draw_figure(const CatalogueExercise& exercise, double share,
                                  const DrawingOptions& options) {
  const MovementDefinition movement =
      options.mirror ? mirrored(exercise.movement.correct) : exercise.movement.correct;
  const auto& views = exercise.definition.views;
  const View best = views.empty() ? View::side : views.front();
  const auto to_camera = seen_from(options.view.value_or(best), options.mirror);
  const auto now = figure_at(movement, share);
  if (!now) return tl::unexpected(now.error());

  Eigen::Vector2d low = (to_camera * now->landmarks[0]).v.head<2>();
  Eigen::Vector2d high = low;
  low.y() = std::min(low.y(), 0.0);  // the floor belongs to it
  high.y() = std::max(high.y(), 0.0);
  for (int moment = 0; moment <= kMoments; ++moment) {
    const auto figure = figure_at(movement, double(moment) / kMoments);
    if (!figure) return tl::unexpected(figure.error());
    for (const auto& point : figure->landmarks) {
      const Eigen::Vector2d at = (to_camera * point).v.head<2>();
      low = low.cwiseMin(at);
      high = high.cwiseMax(at);
    }
  }
  const double side_m = (high - low).maxCoeff() / (1 - 2 * kBorder);
  const Eigen::Vector2d corner = (low + high) / 2 - Eigen::Vector2d::Constant(side_m / 2);

  FigureDrawing drawing;
  for (std::size_t l = 0; l < kLandmarkCount; ++l) {
    const Eigen::Vector2d at = ((to_camera * now->landmarks[l]).v.head<2>() - corner) / side_m;
    drawing.points[l] = {at.x(), at.y()};
  }
  drawing.floor_y = -corner.y() / side_m;
  drawing.nearer = nearer_side(now->landmarks, to_camera);
  return drawing;
}

}  // namespace reprise
