#pragma once

#include <optional>

#include "session/catalogue.h"

namespace reprise {

struct DrawingOptions {
  std::optional<View> view = {};  ///< from where; empty: the exercise's best view
  bool mirror = false;            ///< the left side works
};

/// A place in a square picture: 0 to 1, from its top left corner.
struct DrawnPoint {
  double x = 0;
  double y = 0;
};

/// A figure as a camera sees it that stands far away.
struct FigureDrawing {
  PerLandmark<DrawnPoint> points;
  double floor_y = 0;
  std::optional<Side> nearer;  ///< whose arm and leg are nearer to the camera; empty: about alike
};

/// The figure of an exercise at a share of one repetition, 0 to 1. The square holds the whole repetition with
/// a border around it, so that shares of one repetition fit on each other. From the side, the working side is
/// the near one. Errors: as `figure_at`.
[[nodiscard]] Result<FigureDrawing> draw_figure(const CatalogueExercise& exercise, double share,
                                                const DrawingOptions& options = {});

}  // namespace reprise
