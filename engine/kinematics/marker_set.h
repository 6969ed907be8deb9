// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/kinematics/measure.h"

namespace reprise::engine {

/// Where on the body a marker sits. "center" is the middle of a joint, as networks and some exports give it.
enum class BodyPoint : std::uint8_t {
  // one per side
  front_iliac_spine,  ///< ASIS
  back_iliac_spine,   ///< PSIS
  hip_center,
  knee_lateral,
  knee_medial,
  knee_center,
  ankle_lateral,
  ankle_medial,
  ankle_center,
  heel,
  fifth_metatarsal,
  toe,
  small_toe,
  shoulder,
  elbow_lateral,
  elbow_medial,
  elbow_center,
  wrist_lateral,
  wrist_medial,
  wrist_center,
  // one per body; stands on both sides
  sacrum,
  neck,
};
inline constexpr std::size_t kBodyPointCount = 22;

/// "hip center", "front iliac spine", ...
[[nodiscard]] std::string_view name(BodyPoint point);

/// Which column of a recording each point of the body is.
struct RecognisedMarkers {
  std::string_view set;  ///< e.g. "opencap"
  std::array<std::array<std::optional<std::size_t>, 2>, kBodyPointCount> marker{};
  std::vector<std::string> warnings;

  [[nodiscard]] const std::optional<std::size_t>& at(BodyPoint point, Side side) const {
    return marker[static_cast<std::size_t>(point)][static_cast<std::size_t>(side)];
  }
};

/// The sets of names that are known: "opencap" (its augmented markers), "video" (20 keypoints as OpenPose
/// names them), "clinical" (RASI, LKNE, ...), "gait2354" (OpenSim's example), "landmarks" (our own 33),
/// "upper_body".
[[nodiscard]] std::span<const std::string_view> marker_set_names();

/// Finds the points of the body among marker names: those of `wanted`, else of the set with the most points;
/// of two that have as many, the first. Capitals do not matter, and what stands before the last colon is
/// taken for a person's name ("Daphnee:RASI"). Errors: not_found (no set is called `wanted`), unsupported (no
/// name is known; the cause says which names there are).
[[nodiscard]] Result<RecognisedMarkers> recognise_markers(std::span<const std::string> names,
                                                          std::string_view wanted = {});

}  // namespace reprise::engine
