// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>

#include "engine/pose/image.h"
#include "engine/pose/region_of_interest.h"

namespace reprise::engine {

/// What lies outside the picture.
enum class CropBorder {
  replicate,  ///< the nearest pixel of the edge
  black,      ///< black at once where the sampling point leaves the picture
};

struct CropOptions {
  int side = 256;  ///< of the output, in its own pixels, > 0
  CropBorder border = CropBorder::replicate;
  float low = 0;   ///< what black becomes
  float high = 1;  ///< what white becomes
};

/// Cuts `region` out of `image`, upright, as the float tensor that a network reads: side x side x 3, row by
/// row, RGB interleaved. Each output pixel is one bilinear sample at its middle (no averaging when
/// shrinking), as MediaPipe's OpenGL path does, which its references come from; its OpenCV path samples at
/// corners and rounds to 8 bit. Preconditions: a valid image (`is_valid`), a usable region, `output.size()` =
/// side * side * 3.
void crop(const ImageView& image, const RegionOfInterest& region, const CropOptions& options,
          std::span<float> output);

}  // namespace reprise::engine
