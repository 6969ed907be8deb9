// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.h"
#include "engine/pose/image.h"
#include "sensing/video/libav.h"
#include "sensing/video/orientation.h"

namespace reprise::sensing::libav {

/// Sizes on the way from a decoded frame to the upright picture.
struct PictureLayout {
  int stored_width = 0, stored_height = 0;  ///< as decoded
  int shown_width = 0, shown_height = 0;    ///< upright, square pixels, full size
  int width = 0, height = 0;                ///< upright, scaled down to the limit
  Orientation orientation;
};

/// `pixel_aspect`: width of a stored pixel over its height; where it is unset or outside 1/4 to 4, it is
/// taken as 1. The longer side becomes at most `longest_side_px`; sides are rounded to whole pixels, at
/// least 1.
[[nodiscard]] PictureLayout layout_of(int stored_width, int stored_height, AVRational pixel_aspect,
                                      const Orientation& orientation, int longest_side_px);

/// Converts decoded frames of any pixel format into upright 8-bit RGB: colors by the frame's own matrix and
/// range (where it names no matrix: BT.709 from 720 lines on, BT.601 below, as players do; an unsourced
/// default).
class PictureConverter {
 public:
  /// Writes the picture into `pixels`, which grows as needed; the view borrows it.
  /// Precondition: the frame has the layout's stored size. Error: unsupported (a pixel format that cannot be
  /// converted).
  [[nodiscard]] Result<engine::ImageView> convert(const AVFrame& frame, const PictureLayout& layout,
                                                  std::vector<std::uint8_t>& pixels);

 private:
  [[nodiscard]] bool prepare(const AVFrame& frame, int width, int height);

  struct Key {
    int width = 0, height = 0, format = -1, to_width = 0, to_height = 0, colorspace = -1, range = -1;
    bool operator==(const Key&) const = default;
  };
  Key key_;
  SwsPointer scaler_;
  std::vector<std::uint8_t> unturned_;  // the picture before it is made upright, where that is needed
};

}  // namespace reprise::sensing::libav
