// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "simulation/rendered/figure.h"
#include "simulation/rendered/film_camera.h"
#include "simulation/rendered/rig_pose.h"

namespace reprise::simulation::rendered {

/// Each pixel is the mean of this many samples squared.
inline constexpr int kSamplesPerSide = 2;

struct Light {
  Eigen::Vector3f towards{0.4F, 0.8F, 0.3F};  ///< the lamp, length 1
  float strength = 0.75F;
  float ambient = 0.45F;
};

/// A picture in the making, by sample: color (sRGB, 0 to 255; the fourth is free) and nearness, 1 / distance
/// along the camera's axis; 0 is infinitely far.
struct SampleBuffer {
  int width = 0;  ///< in samples
  int height = 0;
  std::vector<std::array<std::uint8_t, 4>> color;
  std::vector<float> nearness;

  SampleBuffer() = default;
  /// Black and empty, for a picture of that many pixels.
  SampleBuffer(int width_px, int height_px);
};

/// A corner of a triangle on its way into the picture.
struct RasterVertex {
  Eigen::Vector2f at{0, 0};  ///< samples from the top left corner
  float nearness = 0;        ///< positive
};

/// Calls `paint(sample index, nearness, share of b, share of c)` for each sample whose middle lies in the
/// triangle, edges included, and within the buffer. The nearest is not looked for: `paint` decides.
template <class Paint>
void fill_triangle(const SampleBuffer& buffer, const RasterVertex& a, const RasterVertex& b,
                   const RasterVertex& c, const Paint& paint);

/// Draws a posed figure over the contents of the buffer. Points behind the lens: their triangles are left
/// out.
void draw_figure(const Figure& figure, const std::vector<SkinnedPart>& parts, const FilmCamera& camera,
                 const Light& light, SampleBuffer& buffer);

/// The color of a surface: `albedo` sRGB 0 to 1, `facing`: cosine to the lamp. 0 to 255.
[[nodiscard]] std::array<std::uint8_t, 4> lit(const Eigen::Vector3f& albedo, float facing, float upward,
                                              const Light& light);

/// The means of the samples, RGB, rows from the top.
[[nodiscard]] std::vector<std::uint8_t> resolve(const SampleBuffer& buffer);

template <class Paint>
void fill_triangle(const SampleBuffer& buffer, const RasterVertex& a, const RasterVertex& b,
                   const RasterVertex& c, const Paint& paint) {
  const auto cross = [](const Eigen::Vector2f& u, const Eigen::Vector2f& v) {
    return u.x() * v.y() - u.y() * v.x();
  };
  const Eigen::Vector2f ab = b.at - a.at;
  const Eigen::Vector2f ac = c.at - a.at;
  const float area = cross(ab, ac);
  if (!(std::abs(area) > 1e-9F)) return;
  const auto limits = [&](int axis, int size) {
    const float least = std::min({a.at[axis], b.at[axis], c.at[axis]});
    const float most = std::max({a.at[axis], b.at[axis], c.at[axis]});
    const auto last = static_cast<float>(size - 1);
    return std::pair{static_cast<int>(std::ceil(std::clamp(least - 0.5F, 0.0F, last + 1))),
                     static_cast<int>(std::floor(std::clamp(most - 0.5F, -1.0F, last)))};
  };
  const auto [left, right] = limits(0, buffer.width);
  const auto [top, bottom] = limits(1, buffer.height);
  for (int y = top; y <= bottom; ++y) {
    for (int x = left; x <= right; ++x) {
      const Eigen::Vector2f p =
          Eigen::Vector2f(static_cast<float>(x) + 0.5F, static_cast<float>(y) + 0.5F) - a.at;
      const float share_b = cross(p, ac) / area;
      const float share_c = cross(ab, p) / area;
      if (share_b < 0 || share_c < 0 || share_b + share_c > 1) continue;
      const float nearness =
          a.nearness + share_b * (b.nearness - a.nearness) + share_c * (c.nearness - a.nearness);
      paint(
          static_cast<std::size_t>(y) * static_cast<std::size_t>(buffer.width) + static_cast<std::size_t>(x),
          nearness, share_b, share_c);
    }
  }
}

}  // namespace reprise::simulation::rendered
