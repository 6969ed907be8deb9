// SPDX-License-Identifier: Apache-2.0
#include "engine/cameras/board_corners.h"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "base/units.h"

namespace reprise::engine {
namespace {

using Eigen::Matrix2d;
using Eigen::Vector2d;

constexpr int kRing = 16;
constexpr int kRadius = 5;               // pixels
constexpr double kLeastResponse = 0.05;  // of the strongest response. Unsourced default
constexpr double kLeastContrast = 10;    // brightness on the ring. Unsourced default

struct Candidate {
  float response = 0;
  int x = 0;
  int y = 0;
};

/// Crossings add up in `sum`; edges and stripes in `difference` and `mean`.
GreyImage responses(const GreyImage& image) {
  std::array<std::ptrdiff_t, kRing> ring{};
  for (int i = 0; i < kRing; ++i) {
    const double angle = 2 * kPi * i / kRing;
    ring[static_cast<std::size_t>(i)] =
        std::lround(kRadius * std::sin(angle)) * image.width + std::lround(kRadius * std::cos(angle));
  }
  GreyImage out = image;
  std::fill(out.values.begin(), out.values.end(), 0.0F);
  for (int y = kRadius; y < image.height - kRadius; ++y) {
    for (int x = kRadius; x < image.width - kRadius; ++x) {
      const std::size_t here =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x);
      const float* at = image.values.data() + here;
      float sum = 0;
      float difference = 0;
      float total = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        const float a = at[ring[i]];
        const float b = at[ring[i + 4]];
        const float c = at[ring[i + 8]];
        const float d = at[ring[i + 12]];
        sum += std::abs(a - b + c - d);
        difference += std::abs(a - c) + std::abs(b - d);
        total += a + b + c + d;
      }
      const float middle = (at[0] + at[1] + at[-1] + at[image.width] + at[-image.width]) / 5;
      const float response = sum - difference - 16 * std::abs(total / 16 - middle);
      out.values[here] = std::max(0.0F, response);
    }
  }
  return out;
}

std::vector<Candidate> candidates(const GreyImage& image) {
  constexpr int kApart = 3;  // pixels
  const GreyImage response = responses(image);
  float strongest = 0;
  for (const float one : response.values) strongest = std::max(strongest, one);
  const auto least = std::max(20.0F, static_cast<float>(kLeastResponse) * strongest);
  std::vector<Candidate> out;
  for (int y = kRadius; y < image.height - kRadius; ++y) {
    for (int x = kRadius; x < image.width - kRadius; ++x) {
      const float here = response.at(x, y);
      if (here < least) continue;
      bool highest = true;
      for (int v = -kApart; v <= kApart && highest; ++v)
        for (int u = -kApart; u <= kApart && highest; ++u) {
          const float other =
              response.at(std::clamp(x + u, 0, image.width - 1), std::clamp(y + v, 0, image.height - 1));
          highest = other < here || (other == here && (v > 0 || (v == 0 && u >= 0)));
        }
      if (highest) out.push_back({here, x, y});
    }
  }
  std::sort(out.begin(), out.end(),
            [](const Candidate& a, const Candidate& b) { return a.response > b.response; });
  if (out.size() > kMostBoardCorners) out.resize(kMostBoardCorners);
  return out;
}

/// Where the brightness on a circle passes the middle between its darkest and brightest; four times at a
/// corner.
std::optional<BoardCorner> with_edges(const GreyImage& image, const Vector2d& position) {
  constexpr std::size_t kSamples = 32;
  constexpr double kOpposite = 0.6;  // radians that opposite edges may bend. Unsourced default
  if (!image.holds(position, kRadius + 1)) return std::nullopt;
  std::array<double, kSamples> ring{};
  for (std::size_t i = 0; i < kSamples; ++i) {
    const double angle = 2 * kPi * static_cast<double>(i) / kSamples;
    for (const double radius : {0.7 * kRadius, 0.9 * kRadius})
      ring[i] += 0.5 * image.between(position + radius * Vector2d{std::cos(angle), std::sin(angle)});
  }
  const auto [low, high] = std::minmax_element(ring.begin(), ring.end());
  if (*high - *low < kLeastContrast) return std::nullopt;
  const double level = 0.5 * (*low + *high);
  BoardCorner corner;
  corner.position = position;
  std::size_t count = 0;
  for (std::size_t i = 0; i < kSamples; ++i) {
    const double a = ring[i] - level;
    const double b = ring[(i + 1) % kSamples] - level;
    if ((a < 0) == (b < 0)) continue;
    if (count == 4) return std::nullopt;
    if (count == 0) corner.first_is_dark = b < 0;
    corner.edges[count++] = 2 * kPi * (static_cast<double>(i) + a / (a - b)) / kSamples;
  }
  if (count != 4) return std::nullopt;
  for (const std::size_t i : {0U, 1U})
    if (std::abs(corner.edges[i + 2] - corner.edges[i] - kPi) > kOpposite) return std::nullopt;
  return corner;
}

}  // namespace

std::optional<Vector2d> refined_corner(const GreyImage& image, const Vector2d& position, double reach) {
  constexpr int kMostSteps = 12;
  constexpr double kReached = 0.005;  // pixels
  Vector2d at = position;
  const int half = std::max(2, static_cast<int>(std::lround(reach)));
  for (int step = 0; step < kMostSteps; ++step) {
    if (!image.holds(at, half + 2)) return std::nullopt;
    Matrix2d gradients = Matrix2d::Zero();
    Vector2d pull = Vector2d::Zero();
    for (int v = -half; v <= half; ++v) {
      for (int u = -half; u <= half; ++u) {
        const Vector2d aside{u, v};
        const Vector2d p = at + aside;
        const Vector2d g{image.between(p + Vector2d{0.5, 0}) - image.between(p - Vector2d{0.5, 0}),
                         image.between(p + Vector2d{0, 0.5}) - image.between(p - Vector2d{0, 0.5})};
        const Matrix2d outer = std::exp(-2 * aside.squaredNorm() / (half * half)) * g * g.transpose();
        gradients += outer;
        pull += outer * aside;
      }
    }
    const double trace = gradients.trace();
    if (!(trace > 1) || !(gradients.determinant() > 0.005 * trace * trace)) return std::nullopt;
    const Vector2d move = gradients.inverse() * pull;
    at += move;
    if (!((at - position).norm() <= reach)) return std::nullopt;
    if (move.norm() < kReached) return at;
  }
  return at;
}

std::vector<BoardCorner> board_corners(const GreyImage& image) {
  if (image.width < 4 * kRadius || image.height < 4 * kRadius) return {};
  std::vector<BoardCorner> out;
  for (const Candidate& candidate : candidates(image)) {
    const auto position = refined_corner(image, {candidate.x + 0.5, candidate.y + 0.5}, 3);
    if (!position) continue;
    const bool again = std::any_of(out.begin(), out.end(), [&](const BoardCorner& other) {
      return (other.position - *position).norm() < 2;
    });
    if (again) continue;
    if (auto corner = with_edges(image, *position)) out.push_back(*corner);
  }
  return out;
}

}  // namespace reprise::engine
