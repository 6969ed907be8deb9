// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/kinematics/marker_body.h"

namespace reprise::engine {

/// What markers on the body show. Zero positions, signs and the frames behind them:
/// docs/reference/frames-and-units.md, "From motion capture".
enum class MarkerAngle : std::uint8_t {
  // one per side
  hip_flexion,    ///< thigh against the pelvis, forward positive; 0 with the pelvis as in upright standing
  hip_abduction,  ///< the same, outward positive
  trunk_hip_flexion,   ///< thigh against the line from hips to neck, where there is no pelvis
  knee_flexion,        ///< straight is 0; negative is hyperextension where both epicondyles are marked
  ankle_dorsiflexion,  ///< foot to shank, right angle is 0, toes up positive
  shoulder_elevation,  ///< upper arm from hanging along the trunk, 0 to pi
  elbow_flexion,       ///< straight is 0
  // one per body
  pelvic_tilt,  ///< line of the iliac spines, front below back positive, level is 0
  pelvic_obliquity,
  trunk_flexion,
  trunk_lateral_flexion,
};
inline constexpr std::size_t kMarkerAngleCount = 11;

struct MarkerAngleInfo {
  std::string_view name;   ///< as in files
  std::string_view label;  ///< for a reader
  bool sided;
};
[[nodiscard]] const MarkerAngleInfo& info(MarkerAngle angle);

/// The angle between the line of the iliac spines and the horizontal in upright standing. Mean of 30 pelves
/// held in the anatomical position (Preece et al. 2008, doi 10.1179/106698108790818459: 13 degrees, standard
/// deviation 5, range 0 to 23): hip flexion is wrong by what a person's pelvis differs from it.
inline constexpr Degrees kUprightPelvicTilt{13};

struct MarkerAngleSeries {
  MarkerAngle angle;
  std::optional<Side> side;                       ///< empty for those of the whole body
  std::vector<std::optional<double>> values_rad;  ///< one per frame of the recording; empty: not measured
};

struct NotMeasured {
  MarkerAngle angle;
  std::optional<Side> side;
  std::string reason;  ///< plain words, without a full stop
};

struct MarkerAngles {
  std::vector<MarkerAngleSeries> series;  ///< those with at least one value
  std::vector<NotMeasured> not_measured;  ///< the others
};

/// Joint angles of a body in every frame; each frame stands alone, nothing is filtered.
/// Hip and knee follow the joint coordinate system (Grood and Suntay 1983, as ISB recommends it, Wu et al.
/// 2002: flexion about the right axis of the upper segment, abduction about the axis across; read in the
/// abstract only), knee axis through the epicondyles. Without both epicondyles, knee flexion is the angle
/// between thigh and shank. Ankle, elbow and shoulder are angles between two lines.
[[nodiscard]] MarkerAngles angles_of(const MarkerBody& body);

}  // namespace reprise::engine
