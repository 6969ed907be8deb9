// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/thumbnail.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

/// Box means of any picture: `brightness(x, y)` of each of its pixels.
template <class Brightness>
Thumbnail scaled_down(int width, int height, int longest_side, Brightness&& brightness) {
  const double scale = std::min(1.0, static_cast<double>(longest_side) / std::max(width, height));
  Thumbnail out;
  out.width = std::max(1, static_cast<int>(std::lround(width * scale)));
  out.height = std::max(1, static_cast<int>(std::lround(height * scale)));
  out.gray.reserve(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height));
  for (int y = 0; y < out.height; ++y) {
    const int top = y * height / out.height;
    const int bottom = std::max(top + 1, (y + 1) * height / out.height);
    for (int x = 0; x < out.width; ++x) {
      const int left = x * width / out.width;
      const int right = std::max(left + 1, (x + 1) * width / out.width);
      float sum = 0;
      for (int v = top; v < bottom; ++v) {
        for (int u = left; u < right; ++u) sum += brightness(u, v);
      }
      out.gray.push_back(sum / static_cast<float>((bottom - top) * (right - left)));
    }
  }
  return out;
}

}  // namespace

Thumbnail thumbnail_of(const ImageView& image, int longest_side) {
  return scaled_down(image.width, image.height, longest_side, [&](int x, int y) {
    const std::uint8_t* pixel = image.pixels + y * image.stride_bytes + x * image.channels;
    return static_cast<float>(pixel[0] + pixel[1] + pixel[2]) / 3;
  });
}

Thumbnail smaller(const Thumbnail& picture, int longest_side) {
  return scaled_down(picture.width, picture.height, longest_side,
                     [&](int x, int y) { return picture.at(x, y); });
}

double brightness_below(const Thumbnail& picture, double share) {
  std::vector<float> sorted = picture.gray;
  const auto rank = static_cast<std::ptrdiff_t>(share * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), sorted.begin() + rank, sorted.end());
  return sorted[static_cast<std::size_t>(rank)];
}

double sharpness(const Thumbnail& picture) {
  constexpr int kApart = 4;
  constexpr double kStrongShare = 0.15;  // of the picture's contrast
  constexpr double kLeastStep = 4;
  constexpr double kClearContrast = 60;
  constexpr double kSmooth = 1.0 / kApart;
  const double contrast = brightness_below(picture, 0.95) - brightness_below(picture, 0.05);
  const double strong = std::max(kStrongShare * contrast, kLeastStep);
  double sum = 0;
  int edges = 0;
  const auto look = [&](int x, int y, int dx, int dy) {
    const double whole = std::abs(picture.at(x + kApart * dx, y + kApart * dy) - picture.at(x, y));
    if (whole < strong) return;
    double largest = 0;
    for (int i = 0; i < kApart; ++i) {
      const double step = picture.at(x + (i + 1) * dx, y + (i + 1) * dy) - picture.at(x + i * dx, y + i * dy);
      largest = std::max(largest, std::abs(step));
    }
    sum += std::min(1.0, largest / whole);
    ++edges;
  };
  for (int y = 0; y + kApart < picture.height; ++y) {
    for (int x = 0; x + kApart < picture.width; ++x) {
      look(x, y, 1, 0);
      look(x, y, 0, 1);
    }
  }
  if (edges > 0) return sum / edges;
  return contrast >= kClearContrast ? kSmooth : 0;
}

}  // namespace reprise::engine
