// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/scene/thumbnail.h"

namespace reprise::engine {

/// A part of a picture as shares of its width and height.
struct PictureRegion {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
};

/// A shift of the picture's content: pixels of the thumbnail, right and down.
struct Shift {
  int x = 0;
  int y = 0;
};

/// Mean absolute difference in brightness, 0 to 255. Precondition: equal sizes.
[[nodiscard]] double difference(const Thumbnail& a, const Thumbnail& b);

/// Correlation of the brightness of two pictures, -1 to 1: 1 for the same scene in any light. Empty where one
/// has no contrast. Precondition: equal sizes.
[[nodiscard]] std::optional<double> correlation(const Thumbnail& a, const Thumbnail& b);

/// Returns by how much the background moved from `a` to `b`: the shift, at most `reach` from `around`, at
/// which the blocks outside `person` agree best (block matching on differences from each block's mean, large
/// ones capped, so that light and passers-by count little). Empty where too little of the background has
/// contrast, or no shift explains it much better than the others. Precondition: equal sizes.
[[nodiscard]] std::optional<Shift> background_shift(const Thumbnail& a, const Thumbnail& b,
                                                    const std::optional<PictureRegion>& person, Shift around,
                                                    int reach);

}  // namespace reprise::engine
