// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/picture_flaws.h"

#include <algorithm>
#include <cmath>

namespace reprise::simulation::rendered {
namespace {

/// Blurs along rows or columns: `count` lines of `length` pixels, `step` and `line_step` values apart.
void blur_lines(std::vector<std::uint8_t>& rgb, int count, int length, std::size_t step,
                std::size_t line_step, double deviation) {
  const int reach = static_cast<int>(std::ceil(2.5 * deviation));
  std::vector<float> kernel;
  float sum = 0;
  for (int k = -reach; k <= reach; ++k) {
    kernel.push_back(static_cast<float>(std::exp(-0.5 * k * k / (deviation * deviation))));
    sum += kernel.back();
  }
  std::vector<float> line(static_cast<std::size_t>(length));
  for (int row = 0; row < count; ++row) {
    for (std::size_t channel = 0; channel < 3; ++channel) {
      const std::size_t begin = static_cast<std::size_t>(row) * line_step + channel;
      for (int i = 0; i < length; ++i)
        line[static_cast<std::size_t>(i)] = rgb[begin + static_cast<std::size_t>(i) * step];
      for (int i = 0; i < length; ++i) {
        float value = 0;
        for (int k = -reach; k <= reach; ++k) {
          value += kernel[static_cast<std::size_t>(k + reach)] *
                   line[static_cast<std::size_t>(std::clamp(i + k, 0, length - 1))];
        }
        const float raised = value / sum + 0.5F;  // never negative: cut off, it is rounded
        rgb[begin + static_cast<std::size_t>(i) * step] = static_cast<std::uint8_t>(raised);
      }
    }
  }
}

}  // namespace

void spoil(std::vector<std::uint8_t>& rgb, int width, int height, const PictureFlaws& flaws,
           std::uint64_t seed) {
  if (flaws.blur_px > 0) {
    blur_lines(rgb, height, width, 3, static_cast<std::size_t>(width) * 3, flaws.blur_px);
    blur_lines(rgb, width, height, static_cast<std::size_t>(width) * 3, 3, flaws.blur_px);
  }
  if (flaws.noise <= 0) return;
  std::uint64_t state = seed * 2 + 1;
  for (std::size_t i = 0; i < rgb.size(); i += 3) {
    // Xorshift64* (Vigna 2016); the sum of four bytes is near enough to normal, with deviation 148.
    state ^= state >> 12U;
    state ^= state << 25U;
    state ^= state >> 27U;
    const std::uint64_t bits = state * 0x2545f4914f6cdd1dULL;
    int sum = -510;
    for (unsigned k = 0; k < 4; ++k) sum += static_cast<int>(bits >> (32 + 8 * k) & 255U);
    const double more = flaws.noise * sum / 147.8;
    for (std::size_t c = 0; c < 3; ++c)
      rgb[i + c] = static_cast<std::uint8_t>(std::clamp(rgb[i + c] + more + 0.5, 0.0, 255.0));
  }
}

}  // namespace reprise::simulation::rendered
