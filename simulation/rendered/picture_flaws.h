// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

namespace reprise::simulation::rendered {

/// What a camera does to a picture.
struct PictureFlaws {
  double light = 1;      ///< times the lamp and the room's light, 0.1 to 3
  double blur_px = 0;    ///< deviation of the lens's blur, 0 to 10
  double noise = 2;      ///< deviation of each value, of 255; 0 to 60
  int compression = 20;  ///< H.264's constant rate factor, 0 to 51; 20 looks clean, 35 is coarse
};

/// Blurs an RGB picture and adds noise; the same seed gives the same. `width` pixels a row.
void spoil(std::vector<std::uint8_t>& rgb, int width, int height, const PictureFlaws& flaws,
           std::uint64_t seed);

}  // namespace reprise::simulation::rendered
