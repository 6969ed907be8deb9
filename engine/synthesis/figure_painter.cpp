// SPDX-License-Identifier: Apache-2.0
#include "engine/synthesis/figure_painter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/pose/bones.h"
#include "engine/synthesis/thickness.h"

namespace reprise::engine {
namespace {

using L = Landmark;

constexpr Paint kWall{238, 240, 242};
constexpr Paint kFloor{214, 219, 224};
constexpr Paint kFloorLine{150, 158, 166};
constexpr Paint kInk{26, 32, 38};
constexpr Paint kTrunk{176, 182, 188};
constexpr Paint kHead{222, 196, 176};
constexpr Paint kLeft{52, 120, 190};  // blue and orange differ for red-green color blindness, too
constexpr Paint kRight{228, 128, 36};

constexpr double kWallBehindM = 2.0;  // the wall, behind the person
constexpr double kNearestM = 0.2;     // nearer parts are not drawn thicker

// The thickness of a limb at both ends, as shares of stature. Unsourced defaults unless from Thickness.
struct LimbEnds {
  double from;
  double to;
};
// Of kLeftBones.
constexpr std::array<LimbEnds, kLeftBones.size()> kLimbs = {{
    {0.026, 0.020},
    {0.020, 0.014},
    {0.015, 0.010},
    {Thickness::kThigh, Thickness::kShank},
    {Thickness::kShank, 0.018},
    {0.018, 0.014},
    {0.014, 0.010},
    {0.016, 0.010},
}};

}  // namespace

FigurePainter::FigurePainter(const BodyShape& shape, const VirtualCamera& camera, const Vec3<World>& look_at)
    : shape_(shape),
      camera_(camera),
      viewpoint_(viewpoint_of(camera, look_at)),
      canvas_(camera.width_px, camera.height_px) {}

RoundEnd FigurePainter::end(const Vec3<World>& point, double thickness) const {
  const Vec3<Camera> seen = viewpoint_.to_camera * (point - viewpoint_.lens);
  const double depth_m = std::max(seen.v.z(), kNearestM);
  const double scale = camera_.focal_px / depth_m;
  const double radius_m = thickness * shape_.stature.value();
  return {camera_.width_px / 2.0 + scale * seen.v.x(), camera_.height_px / 2.0 + scale * seen.v.y(),
          scale * radius_m, depth_m, radius_m};
}

void FigurePainter::paint_room() {
  const double behind_m = camera_.distance.value() + kWallBehindM;
  const double edge = camera_.height_px / 2.0 + camera_.focal_px * camera_.height.value() / behind_m;
  const int row = static_cast<int>(std::clamp(edge, 0.0, double(camera_.height_px)));
  canvas_.fill_rows(0, row, kWall);
  canvas_.fill_rows(row, camera_.height_px, kFloor);
  canvas_.fill_rows(row, row + std::max(2, camera_.height_px / 300), kFloorLine);
}

void FigurePainter::paint_trunk(const PerLandmark<Vec3<World>>& p) {
  const auto middle = [&](L left) { return 0.5 * (p[left] + p[mirrored(left)]); };
  const auto limb = [&](const Vec3<World>& a, double thick_a, const Vec3<World>& b, double thick_b,
                        Paint paint) { canvas_.limb(end(a, thick_a), end(b, thick_b), paint); };
  const Vec3<World> hips = middle(L::left_hip);
  const Vec3<World> shoulders = middle(L::left_shoulder);
  const Vec3<World> ears = middle(L::left_ear);
  limb(p[L::left_shoulder], 0.035, p[L::right_shoulder], 0.035, kTrunk);
  limb(p[L::left_hip], 0.045, p[L::right_hip], 0.045, kTrunk);
  limb(p[L::left_hip], 0.045, p[L::left_shoulder], 0.042, kTrunk);
  limb(p[L::right_hip], 0.045, p[L::right_shoulder], 0.042, kTrunk);
  limb(hips, 0.055, shoulders + 0.2 * (hips - shoulders), Thickness::kTrunk, kTrunk);
  limb(shoulders, 0.028, ears, 0.028, kHead);
  limb(ears, Thickness::kHead, ears + 0.1 * (ears - shoulders), 0.050, kHead);
  limb(ears, 0.020, p[L::nose], 0.010, kHead);
}

void FigurePainter::paint_side(const PerLandmark<Vec3<World>>& p, bool left) {
  for (std::size_t i = 0; i < kLimbs.size(); ++i) {
    const L from = left ? kLeftBones[i].from : mirrored(kLeftBones[i].from);
    const L to = left ? kLeftBones[i].to : mirrored(kLeftBones[i].to);
    canvas_.limb(end(p[from], kLimbs[i].from), end(p[to], kLimbs[i].to), left ? kLeft : kRight);
  }
}

void FigurePainter::paint_words() {
  const int scale = std::max(1, camera_.height_px / 180);
  const int margin = 5 * scale;
  canvas_.text(margin, margin, scale, kSimulatedWords, kInk);
  const int low = camera_.height_px - margin - Canvas::text_height(scale);
  canvas_.text(margin, low, scale, "LEFT", kLeft);
  canvas_.text(margin + Canvas::text_width(scale, "LEFT "), low, scale, "RIGHT", kRight);
}

ImageView FigurePainter::paint(const PerLandmark<Vec3<World>>& landmarks) {
  paint_room();
  paint_trunk(landmarks);
  paint_side(landmarks, true);
  paint_side(landmarks, false);
  paint_words();
  return canvas_.view();
}

}  // namespace reprise::engine
