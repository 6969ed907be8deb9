// SPDX-License-Identifier: Apache-2.0
#include "simulation/rendered/room.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/synthesis/random.h"

namespace reprise::simulation::rendered {
namespace {

using Eigen::Vector3d;
using Eigen::Vector3f;
using Random = engine::detail::CounterRandom;

constexpr std::uint8_t kFloorMark = 255;

/// A thing on a wall: a door, a shelf, a picture.
struct Panel {
  double left = 0, right = 0, bottom = 0, top = 0;
  Vector3f color{0, 0, 0};
  bool striped = false;  ///< as books are
};

class RoomPainter {
 public:
  RoomPainter(const Room& room, const Light& light) : room_(room), light_(light), random_(room.seed) {
    wall_ = color(1, 0.55F, 0.95F);
    floor_ = color(2, 0.25F, 0.75F);
    boards_ = random_.uniform(3) < 0.6;
    for (std::uint64_t wall = 0; wall < 4; ++wall) {
      for (std::uint64_t k = 0; k < 4; ++k) {
        const std::uint64_t id = 100 + wall * 40 + k * 8;
        Panel panel;
        panel.left = -room.half_width + 2 * room.half_width * random_.uniform(id);
        panel.right = panel.left + 0.3 + 1.3 * random_.uniform(id + 1);
        const bool door = k == 0;
        panel.bottom = door ? 0 : 0.4 + 1.2 * random_.uniform(id + 2);
        panel.top = door ? 2.05 : std::min(2.5, panel.bottom + 0.25 + 0.8 * random_.uniform(id + 3));
        panel.color = color(id + 4, 0.1F, 0.9F);
        panel.striped = k == 1;
        panels_[wall].push_back(panel);
      }
    }
  }

  /// The nearest surface along a ray: its distance along `direction`, and its color.
  struct Hit {
    double distance = std::numeric_limits<double>::infinity();
    std::array<std::uint8_t, 4> color{0, 0, 0, 0};
  };
  [[nodiscard]] Hit look(const Vector3d& lens, const Vector3d& direction) const {
    Hit hit;
    const auto nearer = [&](double t) { return t > 1e-6 && t < hit.distance; };
    if (direction.y() != 0) {
      const bool down = direction.y() < 0;
      const double t = ((down ? 0 : room_.height) - lens.y()) / direction.y();
      const Vector3d p = lens + t * direction;
      if (nearer(t) && inside(p)) {
        hit = {t, down ? lit(floor_color(p.x(), p.z()), 0.8F, 1, light_)
                       : lit(Vector3f(0.9F, 0.9F, 0.88F), 0.2F, 0, light_)};
        if (down) hit.color[3] = kFloorMark;
      }
    }
    for (int axis = 0; axis < 3; axis += 2) {
      if (direction[axis] == 0) continue;
      const double side = direction[axis] > 0 ? room_.half_width : -room_.half_width;
      const double t = (side - lens[axis]) / direction[axis];
      const Vector3d p = lens + t * direction;
      if (!nearer(t)) continue;
      const std::size_t wall = static_cast<std::size_t>(axis) + (side > 0 ? 1 : 0);
      Vector3f normal{0, 0, 0};
      normal[axis] = side > 0 ? -1.0F : 1.0F;
      hit = {t, lit(wall_color(wall, p[2 - axis], p.y()), normal.dot(light_.towards), 0, light_)};
    }
    for (const Box& box : room_.boxes) look_at(box, lens, direction, hit);
    return hit;
  }

 private:
  [[nodiscard]] bool inside(const Vector3d& p) const {
    return std::abs(p.x()) <= room_.half_width && std::abs(p.z()) <= room_.half_width;
  }
  [[nodiscard]] Vector3f color(std::uint64_t id, float least, float most) const {
    const auto light = static_cast<float>(random_.uniform(id * 16));
    const float value = least + (most - least) * light;
    Vector3f c;
    for (int i = 0; i < 3; ++i) {
      const auto shade = static_cast<float>(random_.uniform(id * 16 + 1 + static_cast<std::uint64_t>(i)));
      c[i] = std::clamp(value * (0.8F + 0.35F * shade), 0.03F, 1.0F);
    }
    return c;
  }
  [[nodiscard]] float grain(double u, double v, double size) const {
    const auto cell = [&](double x) {  // the floor reaches to the horizon, on both sides
      const double number = std::clamp(std::floor(x / size) + 1e6, -1e15, 1e15);
      return static_cast<std::uint64_t>(static_cast<std::int64_t>(number));
    };
    return static_cast<float>(random_.uniform(cell(u) * 8'000'003 + cell(v)) - 0.5);
  }
  [[nodiscard]] Vector3f floor_color(double x, double z) const {
    if (!boards_) return floor_ * (1 + 0.25F * grain(x, z, 0.012) + 0.1F * grain(x, z, 0.12));
    const double board = std::floor(z / 0.14);
    const bool gap = z / 0.14 - board < 0.03;
    const float tone =
        0.25F * grain(board, 17, 1) + 0.10F * grain(x, z, 0.02) + 0.08F * grain(x / 12, z, 0.01);
    return floor_ * (gap ? 0.6F : 1 + tone);
  }
  [[nodiscard]] Vector3f wall_color(std::size_t wall, double along, double up) const {
    if (up < 0.09) return {0.9F, 0.89F, 0.87F};
    for (const Panel& panel : panels_[wall]) {
      if (along < panel.left || along > panel.right || up < panel.bottom || up > panel.top) continue;
      const double edge = std::min({along - panel.left, panel.right - along, panel.top - up});
      if (edge < 0.03) return panel.color * 0.6F;
      if (panel.striped) return panel.color * (1 + 1.2F * grain(along, static_cast<double>(wall), 0.05));
      return panel.color * (1 + 0.06F * grain(along, up, 0.03));
    }
    return wall_ * (1 + 0.04F * grain(along, up, 0.01) + 0.03F * grain(along, up, 0.3));
  }

  void look_at(const Box& box, const Vector3d& lens, const Vector3d& direction, Hit& hit) const {
    double in = -std::numeric_limits<double>::infinity();
    double out = -in;
    int entered = 0;
    for (int axis = 0; axis < 3; ++axis) {
      if (direction[axis] == 0) {
        if (lens[axis] < box.least[axis] || lens[axis] > box.most[axis]) return;
        continue;
      }
      double first = (box.least[axis] - lens[axis]) / direction[axis];
      double second = (box.most[axis] - lens[axis]) / direction[axis];
      if (first > second) std::swap(first, second);
      if (first > in) {
        in = first;
        entered = axis;
      }
      out = std::min(out, second);
    }
    if (!(in < out) || in <= 0 || in >= hit.distance) return;
    Vector3f normal{0, 0, 0};
    normal[entered] = direction[entered] > 0 ? -1.0F : 1.0F;
    const Vector3d p = lens + in * direction;
    const Vector3f wood = color(9, 0.2F, 0.7F) * (1 + 0.1F * grain(p.x() + p.y(), p.z() + p.y(), 0.02));
    hit = {in, lit(wood, normal.dot(light_.towards), normal.y(), light_)};
  }

  const Room& room_;
  const Light& light_;
  Random random_;
  Vector3f wall_, floor_;
  bool boards_ = false;
  std::array<std::vector<Panel>, 4> panels_;
};

}  // namespace

SampleBuffer draw_room(const Room& room, const FilmCamera& camera, const Light& light) {
  SampleBuffer buffer(camera.width, camera.height);
  const RoomPainter painter(room, light);
  const double focal = camera.focal_px * kSamplesPerSide;
  for (int y = 0; y < buffer.height; ++y) {
    for (int x = 0; x < buffer.width; ++x) {
      // Length 1 along the camera's axis, so that distances are depths.
      const Vector3d ray{(x + 0.5 - buffer.width / 2.0) / focal, (y + 0.5 - buffer.height / 2.0) / focal, 1};
      const auto hit = painter.look(camera.lens, camera.to_camera.transpose() * ray);
      const auto at =
          static_cast<std::size_t>(y) * static_cast<std::size_t>(buffer.width) + static_cast<std::size_t>(x);
      buffer.color[at] = hit.color;
      buffer.nearness[at] = static_cast<float>(1 / hit.distance);
    }
  }
  return buffer;
}

FloorShadow::FloorShadow(const std::vector<SkinnedPart>& parts, const Light& light)
    : cells_(static_cast<std::size_t>(kCells) * kCells, 0) {
  Vector3f sum{0, 0, 0};
  float count = 0;
  for (const SkinnedPart& part : parts) {
    for (const Vector3f& p : part.points) sum += p;
    count += static_cast<float>(part.points.size());
  }
  const Vector3f slope = light.towards / std::max(0.2F, light.towards.y());
  const Vector3f middle = sum / std::max(1.0F, count);
  const Vector3f below = middle - middle.y() * slope;
  from_x_ = static_cast<double>(below.x()) - kCells * kCell / 2;
  from_z_ = static_cast<double>(below.z()) - kCells * kCell / 2;
  for (const SkinnedPart& part : parts) {
    for (const Vector3f& p : part.points) {
      const Vector3f foot = p - p.y() * slope;
      const int x = static_cast<int>(std::floor((static_cast<double>(foot.x()) - from_x_) / kCell));
      const int z = static_cast<int>(std::floor((static_cast<double>(foot.z()) - from_z_) / kCell));
      if (x < 1 || z < 1 || x > kCells - 2 || z > kCells - 2) continue;
      for (int dz = -1; dz <= 1; ++dz) {
        for (int dx = -1; dx <= 1; ++dx)
          cells_[static_cast<std::size_t>(z + dz) * kCells + static_cast<std::size_t>(x + dx)] = 1;
      }
    }
  }
}

float FloorShadow::at(double x, double z) const {
  // The mean of four cells, by how near they are: a soft edge.
  const double u = (x - from_x_) / kCell - 0.5;
  const double v = (z - from_z_) / kCell - 0.5;
  if (!(u >= 0 && v >= 0 && u < kCells - 1 && v < kCells - 1)) return 0;
  const auto i = static_cast<std::size_t>(u);
  const auto j = static_cast<std::size_t>(v);
  const auto s = static_cast<float>(u - static_cast<double>(i));
  const auto t = static_cast<float>(v - static_cast<double>(j));
  const auto cell = [&](std::size_t column, std::size_t row) { return cells_[row * kCells + column]; };
  return (1 - t) * ((1 - s) * cell(i, j) + s * cell(i + 1, j)) +
         t * ((1 - s) * cell(i, j + 1) + s * cell(i + 1, j + 1));
}

void FloorShadow::cast(const FilmCamera& camera, SampleBuffer& buffer) const {
  // The part of the picture that shows the grid.
  Eigen::Vector2d least = Eigen::Vector2d::Constant(1e9);
  Eigen::Vector2d most = -least;
  for (int corner = 0; corner < 4; ++corner) {
    const Vector3d p{from_x_ + (corner % 2 == 0 ? 0 : kCells * kCell), 0,
                     from_z_ + (corner < 2 ? 0 : kCells * kCell)};
    if (camera.in_camera(p).z() < 0.2) {  // reaches behind the lens: the whole picture
      least = {0, 0};
      most = {static_cast<double>(camera.width), static_cast<double>(camera.height)};
      break;
    }
    least = least.cwiseMin(camera.pixel(p));
    most = most.cwiseMax(camera.pixel(p));
  }
  const auto sample = [](double pixels, int size) {
    return static_cast<int>(std::clamp(pixels * kSamplesPerSide, 0.0, static_cast<double>(size)));
  };
  const double focal = camera.focal_px * kSamplesPerSide;
  const Eigen::Matrix3d to_room = camera.to_camera.transpose();
  constexpr float kDarkest = 0.5F;
  for (int y = sample(least.y(), buffer.height); y < sample(most.y() + 1, buffer.height); ++y) {
    for (int x = sample(least.x(), buffer.width); x < sample(most.x() + 1, buffer.width); ++x) {
      auto& color = buffer.color[static_cast<std::size_t>(y) * static_cast<std::size_t>(buffer.width) +
                                 static_cast<std::size_t>(x)];
      if (color[3] != kFloorMark) continue;
      const Vector3d ray = to_room * Vector3d((x + 0.5 - buffer.width / 2.0) / focal,
                                              (y + 0.5 - buffer.height / 2.0) / focal, 1);
      const double t = -camera.lens.y() / ray.y();
      const float dark = at(camera.lens.x() + t * ray.x(), camera.lens.z() + t * ray.z());
      if (dark <= 0) continue;
      for (std::size_t c = 0; c < 3; ++c)
        color[c] = static_cast<std::uint8_t>(static_cast<float>(color[c]) * (1 - kDarkest * dark));
    }
  }
}

}  // namespace reprise::simulation::rendered
