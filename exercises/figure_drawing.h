// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "exercises/catalog.h"

namespace reprise::exercises {

struct DrawingOptions {
  std::optional<engine::View> view = {};  ///< from where; empty: the exercise's best view
  bool mirror = false;                    ///< the left side works
};

/// A place in a square picture: 0 to 1, from its top left corner.
struct DrawnPoint {
  double x = 0;
  double y = 0;
};

/// A figure as a camera sees it that stands far away.
struct FigureDrawing {
  engine::PerLandmark<DrawnPoint> points;
  double floor_y = 0;
  std::optional<engine::Side> nearer;  ///< whose arm and leg are nearer as it starts; empty: about alike
};

/// What all drawings of one repetition share.
struct DrawingStage {
  engine::MovementDefinition movement;
  Rotation<Camera, World> to_camera;
  Eigen::Vector2d corner_m = Eigen::Vector2d::Zero();  ///< of the square, as the camera sees it
  double side_m = 1;
  std::optional<engine::Side> nearer;
};

/// The square that holds the whole repetition with a border around it, so that its shares fit on each other.
/// Seen from the side, the working side is the near one. Errors: as `figure_at`.
[[nodiscard]] Result<DrawingStage> stage_of(const CatalogExercise& exercise,
                                            const DrawingOptions& options = {});

/// The figure at a share of one repetition, 0 to 1. Errors: as `figure_at`.
[[nodiscard]] Result<FigureDrawing> draw_figure(const DrawingStage& stage, double share);

}  // namespace reprise::exercises
