// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/pose/landmarks.h"
#include "engine/skeleton/shape.h"
#include "simulation/rendered/pack.h"
#include "simulation/rendered/person.h"

namespace reprise::simulation::rendered {

/// One mesh with one look. Meters, ISB axes of the room: x forward, y up, z to the person's right.
struct FigurePart {
  std::vector<Eigen::Vector3f> rest;  ///< points in the posture that the mesh was made in
  std::vector<SkinWeights> weights;   ///< by point
  std::vector<Triangle> triangles;
  std::vector<Eigen::Vector2f> uvs;
  std::vector<Eigen::Vector3f> colors;  ///< sRGB by point; empty: from the texture
  std::optional<Texture> texture;
  Eigen::Vector3f tint{1, 1, 1};  ///< times the texture; without colors and texture, the color
  bool cut_out = false;           ///< not drawn where the texture is transparent
  /// Nearness is this share of what it is, so that what lies under clothes does not come through them.
  float depth_share = 1;
};

/// A point that a bone carries.
struct CarriedPoint {
  int bone = 0;
  Eigen::Vector3d rest{0, 0, 0};  ///< in the axes of FigurePart
};

/// A dressed person as meshes on a rig.
struct Figure {
  Rig rig;
  std::vector<Eigen::Vector3d> joints;  ///< by bone, at rest
  std::vector<FigurePart> parts;
  /// Shoulders, elbows, wrists, hips, knees and ankles are the rig's joints; fingers are knuckles; heel and
  /// toe the ends of the bare foot, eyes, ears, nose and mouth points of the face.
  engine::PerLandmark<CarriedPoint> landmarks;
  engine::BodyShape shape;  ///< the body model with the figure's lengths, in shoes
};

/// Morphs, scales and dresses the base mesh. Errors: those of reading; corrupt (a rig without the bones that
/// are needed).
[[nodiscard]] Result<Figure> make_figure(const Pack& pack, const Person& person);

/// Stretches limbs along their length: moves points (decimeters, as in the pack) and joints. `rig`: as in the
/// pack; bones that it lacks are left out.
void scale_limbs(const LimbScales& scales, const Rig& rig, const std::vector<SkinWeights>& weights,
                 std::vector<Eigen::Vector3d>& points, std::vector<Eigen::Vector3d>& joints);

/// The middle of each bone's joint points.
[[nodiscard]] std::vector<Eigen::Vector3d> joints_of(const Rig& rig,
                                                     const std::vector<Eigen::Vector3d>& points);

}  // namespace reprise::simulation::rendered
