// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/canvas.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <limits>

namespace reprise::engine {
namespace {

// Seven rows from the top, the leftmost of five squares in the highest bit.
using Glyph = std::array<std::uint8_t, 7>;
constexpr std::array<Glyph, 26> kLetters = {{
    {0x0E, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11}, {0x1E, 0x11, 0x11, 0x1E, 0x11, 0x11, 0x1E},  // A B
    {0x0E, 0x11, 0x10, 0x10, 0x10, 0x11, 0x0E}, {0x1E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x1E},  // C D
    {0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x1F}, {0x1F, 0x10, 0x10, 0x1E, 0x10, 0x10, 0x10},  // E F
    {0x0E, 0x11, 0x10, 0x17, 0x11, 0x11, 0x0F}, {0x11, 0x11, 0x11, 0x1F, 0x11, 0x11, 0x11},  // G H
    {0x0E, 0x04, 0x04, 0x04, 0x04, 0x04, 0x0E}, {0x01, 0x01, 0x01, 0x01, 0x11, 0x11, 0x0E},  // I J
    {0x11, 0x12, 0x14, 0x18, 0x14, 0x12, 0x11}, {0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x1F},  // K L
    {0x11, 0x1B, 0x15, 0x15, 0x11, 0x11, 0x11}, {0x11, 0x19, 0x15, 0x13, 0x11, 0x11, 0x11},  // M N
    {0x0E, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E}, {0x1E, 0x11, 0x11, 0x1E, 0x10, 0x10, 0x10},  // O P
    {0x0E, 0x11, 0x11, 0x11, 0x15, 0x12, 0x0D}, {0x1E, 0x11, 0x11, 0x1E, 0x14, 0x12, 0x11},  // Q R
    {0x0F, 0x10, 0x10, 0x0E, 0x01, 0x01, 0x1E}, {0x1F, 0x04, 0x04, 0x04, 0x04, 0x04, 0x04},  // S T
    {0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x0E}, {0x11, 0x11, 0x11, 0x11, 0x11, 0x0A, 0x04},  // U V
    {0x11, 0x11, 0x11, 0x15, 0x15, 0x1B, 0x11}, {0x11, 0x11, 0x0A, 0x04, 0x0A, 0x11, 0x11},  // W X
    {0x11, 0x11, 0x0A, 0x04, 0x04, 0x04, 0x04}, {0x1F, 0x01, 0x02, 0x04, 0x08, 0x10, 0x1F},  // Y Z
}};
constexpr Glyph kColon = {0x00, 0x04, 0x04, 0x00, 0x04, 0x04, 0x00};
constexpr int kAdvance = 6;  // squares from one letter to the next

Glyph glyph_of(char c) {
  if (c >= 'A' && c <= 'Z') return kLetters[static_cast<std::size_t>(c - 'A')];
  return c == ':' ? kColon : Glyph{};
}

// Where the light comes from, in camera axes (x right, y down, z away); of length 1.
constexpr double kLightX = -0.45, kLightY = -0.65, kLightZ = -0.612;
constexpr double kAmbient = 0.5;

Paint lit(const Paint& paint, double brightness) {
  const auto part = [&](std::uint8_t value) {
    return static_cast<std::uint8_t>(std::clamp(std::lround(value * brightness), 0L, 255L));
  };
  return {part(paint.red), part(paint.green), part(paint.blue)};
}

double mix(double a, double b, double t) {
  return a + t * (b - a);
}

}  // namespace

Canvas::Canvas(int width, int height)
    : width_(width),
      height_(height),
      rgb_(std::size_t{3} * static_cast<std::size_t>(width) * static_cast<std::size_t>(height)),
      depth_m_(static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
               std::numeric_limits<float>::infinity()) {
  assert(width > 0 && height > 0);
}

ImageView Canvas::view() const {
  return {rgb_.data(), width_, height_, std::ptrdiff_t{3} * width_, 3};
}

void Canvas::blend(int x, int y, const Paint& paint, double share) {
  std::uint8_t* const p = &rgb_[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                                     static_cast<std::size_t>(x))];
  const std::uint8_t parts[] = {paint.red, paint.green, paint.blue};
  for (int c = 0; c < 3; ++c) p[c] = static_cast<std::uint8_t>(std::lround(mix(p[c], parts[c], share)));
}

void Canvas::fill_rows(int from, int until, Paint paint) {
  const auto first =
      static_cast<std::size_t>(std::clamp(from, 0, height_)) * static_cast<std::size_t>(width_);
  const auto last =
      static_cast<std::size_t>(std::clamp(until, 0, height_)) * static_cast<std::size_t>(width_);
  for (std::size_t i = first; i < last; ++i) {
    rgb_[3 * i] = paint.red;
    rgb_[3 * i + 1] = paint.green;
    rgb_[3 * i + 2] = paint.blue;
    depth_m_[i] = std::numeric_limits<float>::infinity();
  }
}

void Canvas::limb(const RoundEnd& a, const RoundEnd& b, Paint paint) {
  const double most = std::max(a.radius_px, b.radius_px) + 1;
  const double along_x = b.x_px - a.x_px;
  const double along_y = b.y_px - a.y_px;
  const double length2 = along_x * along_x + along_y * along_y;
  const auto first = [&](double p, double q, int limit) {
    return static_cast<int>(std::clamp(std::floor(std::min(p, q) - most), 0.0, double(limit)));
  };
  const auto last = [&](double p, double q, int limit) {
    return static_cast<int>(std::clamp(std::ceil(std::max(p, q) + most), 0.0, double(limit)));
  };
  for (int y = first(a.y_px, b.y_px, height_); y < last(a.y_px, b.y_px, height_); ++y) {
    for (int x = first(a.x_px, b.x_px, width_); x < last(a.x_px, b.x_px, width_); ++x) {
      const double px = x + 0.5 - a.x_px;
      const double py = y + 0.5 - a.y_px;
      const double t = length2 > 0 ? std::clamp((px * along_x + py * along_y) / length2, 0.0, 1.0) : 0.0;
      const double from_axis_x = px - t * along_x;
      const double from_axis_y = py - t * along_y;
      const double radius = mix(a.radius_px, b.radius_px, t);
      const double distance = std::hypot(from_axis_x, from_axis_y);
      const double cover = std::clamp(radius - distance + 0.5, 0.0, 1.0);  // soft edges
      if (cover <= 0 || !(radius > 0)) continue;
      const double nx = from_axis_x / radius;
      const double ny = from_axis_y / radius;
      const double nz = std::sqrt(std::max(0.0, 1 - nx * nx - ny * ny));  // towards the lens
      const auto depth =
          static_cast<float>(mix(a.depth_m, b.depth_m, t) - nz * mix(a.radius_m, b.radius_m, t));
      float& nearest = depth_m_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                                static_cast<std::size_t>(x)];
      if (depth >= nearest) continue;
      const double facing = std::max(0.0, nx * kLightX + ny * kLightY - nz * kLightZ);
      blend(x, y, lit(paint, kAmbient + (1 - kAmbient) * facing), cover);
      if (cover > 0.5) nearest = depth;
    }
  }
}

void Canvas::text(int x, int y, int scale, std::string_view words, Paint paint) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Glyph glyph = glyph_of(words[i]);
    for (int row = 0; row < 7 * scale; ++row) {
      for (int column = 0; column < 5 * scale; ++column) {
        const bool set = (glyph[static_cast<std::size_t>(row / scale)] >> (4 - column / scale) & 1) != 0;
        const int at_x = x + static_cast<int>(i) * kAdvance * scale + column;
        const int at_y = y + row;
        if (set && at_x >= 0 && at_x < width_ && at_y >= 0 && at_y < height_) blend(at_x, at_y, paint, 1);
      }
    }
  }
}

int Canvas::text_width(int scale, std::string_view words) {
  return words.empty() ? 0 : (static_cast<int>(words.size()) * kAdvance - 1) * scale;
}

}  // namespace reprise::engine
