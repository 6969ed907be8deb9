// SPDX-License-Identifier: Apache-2.0
#include "sensing/landmarks/bare_landmarks.h"

#include <cassert>
#include <cmath>

#include "sensing/landmarks/landmark_builder.h"

namespace reprise::sensing {
namespace {

/// Meters with their origin between the hips: no coordinate is larger than a person, and the hips' middle is
/// zero.
bool looks_like_meters(const std::vector<std::optional<BarePoints>>& frames) {
  constexpr double kLargestM = 4;
  constexpr double kMiddleM = 0.05;
  bool any = false;
  for (const auto& points : frames) {
    if (!points) continue;
    for (const auto& point : *points) {
      if (point && !(point->cwiseAbs().maxCoeff() <= kLargestM)) return false;
    }
    const auto& left = (*points)[engine::Landmark::left_hip];
    const auto& right = (*points)[engine::Landmark::right_hip];
    if (left && right && ((*left + *right) / 2).cwiseAbs().maxCoeff() > kMiddleM) return false;
    any = any || (left && right);
  }
  return any;
}

/// Shares of the picture's size rather than pixels.
bool looks_normalized(const std::vector<std::optional<BarePoints>>& frames) {
  constexpr double kLargestShare = 2;  // points may lie outside the picture
  bool any = false;
  for (const auto& points : frames) {
    if (!points) continue;
    for (const auto& point : *points) {
      if (point && !(point->head<2>().cwiseAbs().maxCoeff() <= kLargestShare)) return false;
      any = any || point;
    }
  }
  return any;
}

void put(LandmarkRow& row, const std::optional<BarePoints>& points, bool meters) {
  if (!points) return;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    if (!(*points)[i]) continue;
    const Eigen::Vector3d& p = *(*points)[i];
    if (meters) {
      row.world_m[i].v = p;
      row.has_world.set(i);
    } else {
      row.image[i] = {p.x(), p.y(), p.z()};
      row.has_image.set(i);
    }
  }
}

}  // namespace

Result<void> check_bare_rate(const LandmarkReadOptions& options) {
  if (options.rate && options.rate->value() > 0 && std::isfinite(options.rate->value())) return {};
  return fail(ErrorCode::invalid_argument, "reading landmarks",
              "the file holds bare arrays without times, and no frame rate was given",
              "give the frame rate of the video they come from");
}

Result<LandmarkRecording> landmarks_from_bare(LandmarkFormat format,
                                              const std::vector<std::optional<BarePoints>>& frames,
                                              const LandmarkReadOptions& options,
                                              const std::vector<std::optional<BarePoints>>* world_m) {
  if (auto checked = check_bare_rate(options); !checked) return tl::unexpected(checked.error());
  assert(world_m == nullptr || world_m->size() == frames.size());
  const bool first_is_meters = world_m == nullptr && looks_like_meters(frames);
  if (world_m == nullptr && !first_is_meters && looks_normalized(frames)) {
    return fail(ErrorCode::unsupported, "reading landmarks",
                "the positions are shares of the picture's size (0 to 1), not pixels",
                "multiply x by the picture's width and y by its height, or give meters");
  }
  LandmarkBuilder builder{format};
  builder.source().rate = options.rate;
  builder.source().picture = options.picture;
  for (std::size_t f = 0; f < frames.size(); ++f) {
    LandmarkRow row;
    row.time = Seconds{static_cast<double>(f) / options.rate->value()};
    put(row, frames[f], first_is_meters);
    if (world_m != nullptr) put(row, (*world_m)[f], true);
    if (auto added = builder.add(row, "frame " + std::to_string(f)); !added)
      return tl::unexpected(added.error());
  }
  return std::move(builder).finish();
}

}  // namespace reprise::sensing
