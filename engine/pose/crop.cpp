// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/crop.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace reprise::engine {
namespace {

struct Weights {
  float scale;   // from 0..255 to the network's range
  float offset;  // what black becomes
};

// One bilinear sample from the four pixels around it; `right` and `below` are distances in bytes.
inline void blend(const std::uint8_t* pixel, std::ptrdiff_t right, std::ptrdiff_t below, float fx, float fy,
                  Weights weights, float* out) {
  const float w11 = fx * fy;
  const float w10 = fy - w11;
  const float w01 = fx - w11;
  const float w00 = 1.0F - fx - w10;
  for (int c = 0; c < 3; ++c) {
    const float value = w00 * static_cast<float>(pixel[c]) + w01 * static_cast<float>(pixel[right + c]) +
                        w10 * static_cast<float>(pixel[below + c]) +
                        w11 * static_cast<float>(pixel[below + right + c]);
    out[c] = value * weights.scale + weights.offset;
  }
}

// A sample near or beyond the edge. (x, y): in pixels, whole numbers at the middle of pixels.
void sample_at_border(const ImageView& image, double x, double y, CropBorder border, Weights weights,
                      float* out) {
  const bool outside = x < -0.5 || y < -0.5 || x > image.width - 0.5 || y > image.height - 0.5;
  if (outside && border == CropBorder::black) {
    out[0] = out[1] = out[2] = weights.offset;
    return;
  }
  const double inside_x = std::clamp(x, 0.0, image.width - 1.0);
  const double inside_y = std::clamp(y, 0.0, image.height - 1.0);
  const int column = std::min(static_cast<int>(inside_x), std::max(image.width - 2, 0));
  const int row = std::min(static_cast<int>(inside_y), std::max(image.height - 2, 0));
  const std::ptrdiff_t right = image.width > 1 ? image.channels : 0;
  const std::ptrdiff_t below = image.height > 1 ? image.stride_bytes : 0;
  blend(image.pixels + row * image.stride_bytes + static_cast<std::ptrdiff_t>(column) * image.channels, right,
        below, static_cast<float>(inside_x - column), static_cast<float>(inside_y - row), weights, out);
}

struct Range {
  int begin;
  int end;
};

// Which steps i in [0, count) keep start + i * step within [0, limit], with a step to spare for rounding.
Range steps_inside(double start, double step, double limit, Range range) {
  if (std::abs(step) < 1e-9) {
    const bool inside = start > 1e-3 && start < limit - 1e-3;
    return inside ? range : Range{range.begin, range.begin};
  }
  const double a = -start / step;
  const double b = (limit - start) / step;
  const double low = std::clamp(std::ceil(std::min(a, b)) + 1, -1e9, 1e9);
  const double high = std::clamp(std::floor(std::max(a, b)) - 1, -1e9, 1e9);
  const int begin = std::max(range.begin, static_cast<int>(low));
  const int end = std::min(range.end, static_cast<int>(high) + 1);
  return begin < end ? Range{begin, end} : Range{range.begin, range.begin};
}

// The middle of a row, where all four pixels exist: no tests, the distance between pixels known beforehand.
template <int kChannels>
void sample_inside(const ImageView& image, double x0, double y0, double dx, double dy, Range range,
                   Weights weights, float* out) {
  for (int i = range.begin; i < range.end; ++i) {
    const double x = x0 + i * dx;
    const double y = y0 + i * dy;
    const int column = static_cast<int>(x);
    const int row = static_cast<int>(y);
    blend(image.pixels + row * image.stride_bytes + static_cast<std::ptrdiff_t>(column) * kChannels,
          kChannels, image.stride_bytes, static_cast<float>(x - column), static_cast<float>(y - row), weights,
          out + 3 * static_cast<std::ptrdiff_t>(i));
  }
}

}  // namespace

void crop(const ImageView& image, const RegionOfInterest& region, const CropOptions& options,
          std::span<float> output) {
  const int side = options.side;
  assert(is_valid(image) && is_usable(region) && side > 0);
  assert(output.size() == static_cast<std::size_t>(side) * static_cast<std::size_t>(side) * 3);
  const Weights weights{(options.high - options.low) / 255.0F, options.low};
  const double pixel = region.side_px / side;  // one output pixel, in pixels of the picture
  const double dx = pixel * std::cos(region.rotation.value());
  const double dy = pixel * std::sin(region.rotation.value());
  const double first = 0.5 - 0.5 * side;  // from the region's middle to the middle of its first output pixel
  for (int row = 0; row < side; ++row) {
    const double down = first + row;
    // A pixel's own coordinates are whole at its middle, the picture's are half there.
    const double x0 = region.center_px.x() - 0.5 + first * dx - down * dy;
    const double y0 = region.center_px.y() - 0.5 + first * dy + down * dx;
    float* const out = output.data() + static_cast<std::ptrdiff_t>(row) * side * 3;
    Range inside = steps_inside(x0, dx, image.width - 1.0, {0, side});
    inside = steps_inside(y0, dy, image.height - 1.0, inside);
    const auto at_border = [&](Range range) {
      for (int i = range.begin; i < range.end; ++i)
        sample_at_border(image, x0 + i * dx, y0 + i * dy, options.border, weights,
                         out + 3 * static_cast<std::ptrdiff_t>(i));
    };
    at_border({0, inside.begin});
    if (image.channels == 4) {
      sample_inside<4>(image, x0, y0, dx, dy, inside, weights, out);
    } else {
      sample_inside<3>(image, x0, y0, dx, dy, inside, weights, out);
    }
    at_border({inside.end, side});
  }
}

}  // namespace reprise::engine
