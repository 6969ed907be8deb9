// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "simulation/rendered/film_camera.h"
#include "simulation/rendered/rasterizer.h"

namespace reprise::simulation::rendered {

/// A block on the floor: a seat, a low table. Meters, room axes.
struct Box {
  Eigen::Vector3d least{0, 0, 0};
  Eigen::Vector3d most{0, 0, 0};
};

/// Floor, four walls with things on them, a ceiling, and blocks. Colors and things follow from the
/// seed.
struct Room {
  std::uint64_t seed = 1;
  double half_width = 4;  ///< from the middle to each wall, meters
  double height = 2.7;
  std::vector<Box> boxes = {};
};

/// What a standing camera sees of the room, once for all pictures. The fourth channel of the color is 255
/// where the floor is seen.
[[nodiscard]] SampleBuffer draw_room(const Room& room, const FilmCamera& camera, const Light& light);

/// Where the figure keeps the lamp from the floor: a grid around the person, 0 (lit) to 1.
class FloorShadow {
 public:
  FloorShadow(const std::vector<SkinnedPart>& parts, const Light& light);
  [[nodiscard]] float at(double x, double z) const;
  /// Darkens the floor that a room's buffer shows.
  void cast(const FilmCamera& camera, SampleBuffer& buffer) const;

 private:
  static constexpr int kCells = 192;
  static constexpr double kCell = 0.025;  // meters
  double from_x_ = 0;
  double from_z_ = 0;
  std::vector<float> cells_;
};

}  // namespace reprise::simulation::rendered
