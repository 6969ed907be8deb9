// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/skin_paint.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "engine/synthesis/random.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3f;
using L = engine::Landmark;

/// Smooth noise from -1 to 1 with features of `size_m`.
float mottle(const Vector3f& point, float size_m, const engine::detail::CounterRandom& random) {
  const Vector3f at = point / size_m;
  const Vector3f cell{std::floor(at.x()), std::floor(at.y()), std::floor(at.z())};
  const Vector3f within = at - cell;
  float sum = 0;
  for (unsigned corner = 0; corner < 8; ++corner) {
    const Vector3f step{static_cast<float>(corner & 1U), static_cast<float>((corner >> 1U) & 1U),
                        static_cast<float>((corner >> 2U) & 1U)};
    const Vector3f c = cell + step;
    std::uint64_t key = 0;
    for (int axis = 0; axis < 3; ++axis)
      key = key * 4096 + static_cast<std::uint64_t>(static_cast<int>(c[axis]) + 2048);
    float share = 1;
    for (int axis = 0; axis < 3; ++axis) share *= step[axis] > 0 ? within[axis] : 1 - within[axis];
    sum += share * static_cast<float>(2 * random.uniform(key) - 1);
  }
  return sum;
}

/// 1 within an ellipse across the face, fading to 0 at twice its size.
float spot(const Vector3f& point, const Vector3f& middle, float half_height, float half_width) {
  const float x = (point.z() - middle.z()) / half_width;
  const float y = (point.y() - middle.y()) / half_height;
  return std::clamp(2 - std::hypot(x, y), 0.0F, 1.0F);
}

}  // namespace

std::vector<Vector3f> paint_skin(const std::vector<Vector3f>& points,
                                 const engine::PerLandmark<CarriedPoint>& landmarks, const Person& person) {
  const auto at = [&](L landmark) -> Vector3f { return landmarks[landmark].rest.cast<float>(); };
  const engine::detail::CounterRandom random(static_cast<std::uint64_t>(person.skin_tone) + 77);
  const Vector3f tone = skin_color(person.skin_tone);
  const Vector3f lips = tone.cwiseProduct(Vector3f(0.85F, 0.55F, 0.55F));
  const Vector3f mouth = (at(L::mouth_left) + at(L::mouth_right)) / 2;
  const Vector3f eyes[] = {at(L::left_eye), at(L::right_eye)};
  const float front = at(L::nose).x() - 0.06F;  // of the face
  const float eye_height = eyes[0].y();
  const float ears = at(L::left_ear).x();
  std::vector<Vector3f> colors;
  colors.reserve(points.size());
  for (const Vector3f& p : points) {
    Vector3f color = tone * (1 + 0.05F * mottle(p, 0.05F, random) + 0.04F * mottle(p, 0.015F, random));
    if (p.x() > front) {
      const float lip = spot(p, mouth, 0.006F, 0.018F);
      color = (1 - lip) * color + lip * lips;
      for (const Vector3f& eye : eyes) {
        const float brow = 0.8F * spot(p, eye + Vector3f(0, 0.022F, 0), 0.003F, 0.014F);
        color = (1 - brow) * color + brow * person.hair_color;
      }
    }
    const bool crown = p.y() > eye_height + 0.065F;
    const bool back = p.x() < ears - 0.01F && p.y() > eye_height - 0.04F;
    if (!person.hair.empty() && (crown || back)) color = 0.3F * color + 0.7F * person.hair_color;
    colors.push_back(color.cwiseMin(1).cwiseMax(0));
  }
  return colors;
}

std::vector<Vector3f> paint_eye(const std::vector<Vector3f>& points) {
  Vector3f middle{0, 0, 0};
  for (const Vector3f& p : points) middle += p / static_cast<float>(points.size());
  float radius = 1e-6F;
  for (const Vector3f& p : points) radius = std::max(radius, (p - middle).norm());
  std::vector<Vector3f> colors;
  colors.reserve(points.size());
  for (const Vector3f& p : points) {
    const Vector3f out = (p - middle) / radius;
    const bool iris = out.x() > 0 && std::hypot(out.y(), out.z()) < 0.55F;
    colors.emplace_back(iris ? Vector3f(0.24F, 0.18F, 0.14F) : Vector3f(0.80F, 0.79F, 0.77F));
  }
  return colors;
}

}  // namespace reprise::simulation::rendered
