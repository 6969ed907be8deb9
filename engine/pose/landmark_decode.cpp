// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/landmark_decode.h"

#include <Eigen/Geometry>
#include <cmath>
#include <span>
#include <string>

namespace reprise::engine {
namespace {

constexpr std::size_t kValuesPerLandmark = 5;  // x, y, z, visibility, presence
constexpr std::size_t kChannels = kNetworkLandmarkCount;
constexpr std::size_t kCenterIndex = 33;
constexpr std::size_t kCircleIndex = 34;
constexpr std::size_t kUsedLandmarks = 35;

bool all_finite(std::span<const float> values) {
  for (const float value : values)
    if (!std::isfinite(value)) return false;
  return true;
}

Result<void> check(const LandmarkOutput& output) {
  const auto corrupt = [](std::string cause) {
    return fail(ErrorCode::corrupt, "landmark detection", std::move(cause),
                "install the pinned model files again");
  };
  if (output.landmarks.size() != kChannels * kValuesPerLandmark || output.world_m.size() != kChannels * 3 ||
      output.heatmap.size() != kChannels * kHeatmapSize * kHeatmapSize) {
    return corrupt("the landmark network gave " + std::to_string(output.landmarks.size()) +
                   " landmark values, " + std::to_string(output.heatmap.size()) + " heat-map values and " +
                   std::to_string(output.world_m.size()) +
                   " world values; 195, 159744 and 117 were expected");
  }
  if (!all_finite(output.landmarks) || !all_finite(output.world_m) || !std::isfinite(output.presence))
    return corrupt("the landmark network gave numbers that are not finite");
  return {};
}

ImagePoint in_picture(const LandmarkOutput& output, std::size_t i, const RegionOfInterest& region,
                      const HeatmapRefinementOptions& options) {
  const float* const values = output.landmarks.data() + i * kValuesPerLandmark;
  const Eigen::Vector2d share = refine_from_heatmap(
      output.heatmap, kChannels, i, Eigen::Vector2d{values[0], values[1]} / kLandmarkInputSize, options);
  const Eigen::Vector2d point_px = to_picture(region, share);
  return {point_px.x(), point_px.y(), values[2] / double{kLandmarkInputSize} * region.side_px};
}

}  // namespace

double body_radius_px(const LandmarkReading& reading) {
  return std::hypot(reading.circle.x_px - reading.center.x_px, reading.circle.y_px - reading.center.y_px);
}

RegionOfInterest region_around(const LandmarkReading& reading) {
  return region_around_person({reading.center.x_px, reading.center.y_px},
                              {reading.circle.x_px, reading.circle.y_px});
}

Result<LandmarkReading> decode_landmarks(const LandmarkOutput& output, const RegionOfInterest& region,
                                         const HeatmapRefinementOptions& options) {
  static_assert(kUsedLandmarks <= kChannels);
  if (auto checked = check(output); !checked) return tl::unexpected(checked.error());
  LandmarkReading reading;
  auto& image = reading.pose.image.emplace();
  const Eigen::Rotation2Dd turn(region.rotation.value());
  for (std::size_t i = 0; i < kLandmarkCount; ++i) {
    image[i] = in_picture(output, i, region, options);
    const float* const world = output.world_m.data() + 3 * i;
    const Eigen::Vector2d xy = turn * Eigen::Vector2d{world[0], world[1]};
    reading.pose.world_m[i] = Vec3<Camera>{xy.x(), xy.y(), world[2]};
    const double logit = output.landmarks[i * kValuesPerLandmark + 3];
    reading.pose.visibility[i] = 1.0 / (1.0 + std::exp(-logit));
  }
  reading.center = in_picture(output, kCenterIndex, region, options);
  reading.circle = in_picture(output, kCircleIndex, region, options);
  return reading;
}

}  // namespace reprise::engine
