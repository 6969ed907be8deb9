// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/rasterizer.h"

#include <algorithm>
#include <cmath>

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3f;

std::uint8_t byte_of(float share) {
  const float raised =
      std::clamp(share, 0.0F, 1.0F) * 255.0F + 0.5F;  // never negative: cut off, it is rounded
  return static_cast<std::uint8_t>(raised);
}

class PartPainter {
 public:
  PartPainter(const FigurePart& part, const SkinnedPart& skinned, const FilmCamera& camera,
              const Light& light, SampleBuffer& buffer)
      : part_(part), skinned_(skinned), lens_(camera.lens.cast<float>()), light_(light), buffer_(buffer) {
    const Eigen::Matrix3f turn = camera.to_camera.cast<float>();
    const auto focal = static_cast<float>(camera.focal_px * kSamplesPerSide);
    const Eigen::Vector2f middle{static_cast<float>(buffer.width) / 2, static_cast<float>(buffer.height) / 2};
    vertices_.reserve(skinned.points.size());
    for (const Vector3f& point : skinned.points) {
      const Vector3f p = turn * (point - lens_);
      constexpr float kNearest = 0.1F;  // m before the lens
      if (!(p.z() > kNearest)) {
        vertices_.push_back({});
        continue;
      }
      const float nearness = 1 / p.z();
      vertices_.push_back({middle + focal * nearness * p.head<2>(), nearness});
    }
  }

  void draw() {
    for (const Triangle& triangle : part_.triangles) draw(triangle);
  }

 private:
  void draw(const Triangle& triangle) {
    const auto corner = [&](std::size_t k) { return static_cast<std::size_t>(triangle.point[k]); };
    const RasterVertex& a = vertices_[corner(0)];
    const RasterVertex& b = vertices_[corner(1)];
    const RasterVertex& c = vertices_[corner(2)];
    if (a.nearness <= 0 || b.nearness <= 0 || c.nearness <= 0) return;
    const auto mix = [&](const auto& of, float share_b, float share_c) {
      return (of(0) + share_b * (of(1) - of(0)) + share_c * (of(2) - of(0))).eval();
    };
    const auto normal = [&](std::size_t k) -> const Vector3f& { return skinned_.normals[corner(k)]; };
    const auto uv = [&](std::size_t k) -> const Eigen::Vector2f& {
      return part_.uvs[static_cast<std::size_t>(triangle.uv[k])];
    };
    const auto color = [&](std::size_t k) -> const Vector3f& { return part_.colors[corner(k)]; };
    // Toward the camera, as seen from one corner: triangles are small.
    const Vector3f view = lens_ - skinned_.points[corner(0)];
    const float deeper = part_.depth_share;
    fill_triangle(buffer_, a, b, c, [&](std::size_t sample, float near, float share_b, float share_c) {
      const float nearness = near * deeper;
      if (nearness <= buffer_.nearness[sample]) return;
      Vector3f albedo = part_.tint;
      if (part_.texture) {
        const Eigen::Vector2f at = mix(uv, share_b, share_c);
        const auto& texel = part_.texture->at(at.x(), at.y());
        if (part_.cut_out && texel[3] < 100) return;
        for (int i = 0; i < 3; ++i)
          albedo[i] *= static_cast<float>(texel[static_cast<std::size_t>(i)]) / 255.0F;
      } else if (!part_.colors.empty()) {
        albedo = mix(color, share_b, share_c);
      }
      Vector3f n = mix(normal, share_b, share_c);
      if (n.dot(view) < 0) n = -n;  // the inner side of a garment
      const float length = n.norm();
      if (length > 0) n /= length;
      buffer_.nearness[sample] = nearness;
      buffer_.color[sample] = lit(albedo, n.dot(light_.towards), n.y(), light_);
    });
  }

  const FigurePart& part_;
  const SkinnedPart& skinned_;
  Vector3f lens_;
  const Light& light_;
  SampleBuffer& buffer_;
  std::vector<RasterVertex> vertices_;
};

}  // namespace

SampleBuffer::SampleBuffer(int width_px, int height_px)
    : width(width_px * kSamplesPerSide), height(height_px * kSamplesPerSide) {
  const auto count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
  color.assign(count, {0, 0, 0, 0});
  nearness.assign(count, 0);
}

std::array<std::uint8_t, 4> lit(const Vector3f& albedo, float facing, float upward, const Light& light) {
  // The lamp wraps a little around edges, as a window does; the sky lights from above.
  const float direct = light.strength * std::max(0.0F, (facing + 0.15F) / 1.15F);
  const float around = light.ambient * (0.85F + 0.25F * upward);
  const float sum = direct + around;
  std::array<std::uint8_t, 4> out{0, 0, 0, 0};
  // sRGB as a square: close to its curve, and one multiplication.
  for (std::size_t i = 0; i < 3; ++i) {
    const float a = albedo[static_cast<int>(i)];
    out[i] = byte_of(std::sqrt(std::max(0.0F, a * a * sum)));
  }
  return out;
}

void draw_figure(const Figure& figure, const std::vector<SkinnedPart>& parts, const FilmCamera& camera,
                 const Light& light, SampleBuffer& buffer) {
  for (std::size_t i = 0; i < parts.size(); ++i)
    PartPainter(figure.parts[i], parts[i], camera, light, buffer).draw();
}

std::vector<std::uint8_t> resolve(const SampleBuffer& buffer) {
  const int width = buffer.width / kSamplesPerSide;
  const int height = buffer.height / kSamplesPerSide;
  constexpr unsigned kSamples = kSamplesPerSide * kSamplesPerSide;
  std::vector<std::uint8_t> out;
  out.reserve(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      std::array<unsigned, 3> sum{};
      for (int dy = 0; dy < kSamplesPerSide; ++dy) {
        for (int dx = 0; dx < kSamplesPerSide; ++dx) {
          const auto at =
              static_cast<std::size_t>(y * kSamplesPerSide + dy) * static_cast<std::size_t>(buffer.width) +
              static_cast<std::size_t>(x * kSamplesPerSide + dx);
          for (std::size_t c = 0; c < 3; ++c) sum[c] += buffer.color[at][c];
        }
      }
      for (const unsigned s : sum) out.push_back(static_cast<std::uint8_t>((s + kSamples / 2) / kSamples));
    }
  }
  return out;
}

}  // namespace reprise::simulation::rendered
