// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

#include "engine/skeleton/shape.h"
#include "engine/synthesis/camera.h"
#include "engine/synthesis/canvas.h"

namespace reprise::engine {

/// The caption of every painted picture.
inline constexpr std::string_view kSimulatedWords = "SIMULATED: NO PERSON";

/// Paints a body as round limbs before a wall and a floor, as the camera sees it: its left side blue, its
/// right side orange. The picture names both sides and says that it is simulated.
class FigurePainter {
 public:
  /// `look_at`: as for `take_picture`. Preconditions: `check` holds for shape and camera.
  FigurePainter(const BodyShape& shape, const VirtualCamera& camera, const Vec3<World>& look_at);

  /// `landmarks`: meters, the floor at y = 0. The picture belongs to the painter and lasts until the next
  /// call.
  [[nodiscard]] ImageView paint(const PerLandmark<Vec3<World>>& landmarks);

 private:
  [[nodiscard]] RoundEnd end(const Vec3<World>& point, double thickness) const;
  void paint_room();
  void paint_trunk(const PerLandmark<Vec3<World>>& p);
  void paint_side(const PerLandmark<Vec3<World>>& p, bool left);
  void paint_words();

  BodyShape shape_;
  VirtualCamera camera_;
  Viewpoint viewpoint_;
  Canvas canvas_;
};

}  // namespace reprise::engine
