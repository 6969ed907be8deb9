// SPDX-License-Identifier: Apache-2.0
#include "engine/scene/thumbnail.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace reprise::engine {
namespace {

/// The size to which a picture is scaled down, and what each pixel there covers.
class Scale {
 public:
  Scale(int width, int height, int longest_side) : width_(width), height_(height) {
    const double scale = std::min(1.0, static_cast<double>(longest_side) / std::max(width, height));
    to_width_ = std::max(1, static_cast<int>(std::lround(width * scale)));
    to_height_ = std::max(1, static_cast<int>(std::lround(height * scale)));
  }
  struct Range {
    int from;
    int until;
  };
  [[nodiscard]] Range columns(int x) const { return covered(x, width_, to_width_); }
  [[nodiscard]] Range rows(int y) const { return covered(y, height_, to_height_); }
  [[nodiscard]] Thumbnail empty() const {
    Thumbnail out{to_width_, to_height_, {}};
    out.gray.reserve(static_cast<std::size_t>(to_width_) * static_cast<std::size_t>(to_height_));
    return out;
  }

 private:
  static Range covered(int at, int from, int to) {
    const int first = at * from / to;
    return {first, std::max(first + 1, (at + 1) * from / to)};
  }

  int width_;
  int height_;
  int to_width_ = 1;
  int to_height_ = 1;
};

}  // namespace

Thumbnail thumbnail_of(const ImageView& image, int longest_side) {
  const Scale scale{image.width, image.height, longest_side};
  Thumbnail out = scale.empty();
  // Rows are added up first, all bytes of them alike, because that takes several at once.
  const auto row_bytes = static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.channels);
  std::vector<std::uint32_t> sums(row_bytes);
  for (int y = 0; y < out.height; ++y) {
    const auto [top, bottom] = scale.rows(y);
    std::fill(sums.begin(), sums.end(), 0);
    for (int v = top; v < bottom; ++v) {
      const std::uint8_t* const row = image.pixels + v * image.stride_bytes;
      for (std::size_t i = 0; i < row_bytes; ++i) sums[i] += row[i];
    }
    for (int x = 0; x < out.width; ++x) {
      const auto [left, right] = scale.columns(x);
      std::uint64_t sum = 0;
      for (int u = left; u < right; ++u) {
        const std::uint32_t* const pixel = &sums[static_cast<std::size_t>(u * image.channels)];
        sum += std::uint64_t{pixel[0]} + pixel[1] + pixel[2];
      }
      out.gray.push_back(static_cast<float>(sum) / static_cast<float>(3 * (bottom - top) * (right - left)));
    }
  }
  return out;
}

Thumbnail smaller(const Thumbnail& picture, int longest_side) {
  const Scale scale{picture.width, picture.height, longest_side};
  Thumbnail out = scale.empty();
  for (int y = 0; y < out.height; ++y) {
    const auto [top, bottom] = scale.rows(y);
    for (int x = 0; x < out.width; ++x) {
      const auto [left, right] = scale.columns(x);
      float sum = 0;
      for (int v = top; v < bottom; ++v) {
        for (int u = left; u < right; ++u) sum += picture.at(u, v);
      }
      out.gray.push_back(sum / static_cast<float>((bottom - top) * (right - left)));
    }
  }
  return out;
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
