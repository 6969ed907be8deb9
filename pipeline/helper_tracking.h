// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/result.h"
#include "engine/pose/image.h"
#include "engine/pose/networks.h"
#include "engine/pose/pose_tracker.h"

namespace reprise::pipeline {

/// Follows a second person beside the one who is followed already. Head, trunk and thighs of each are painted
/// over in the other's picture, so that neither is taken for the other; a limb of the one in front of the
/// other stays in sight, as do hands at a limb. Keeps one picture as memory, overwritten by the next.
class HelperTracking {
 public:
  /// The first person's picture: without the second, where they were seen just before and apart from each
  /// other. Valid until the next call.
  [[nodiscard]] engine::ImageView for_first(const engine::ImageView& image, Seconds time);

  /// Looks for the second person. `first`: the first one there; empty, and the second is not looked for.
  /// Errors: those of engine::track.
  [[nodiscard]] Result<engine::PoseFrame> track(engine::PoseNetworks& networks,
                                                const engine::ImageView& image, Seconds time,
                                                const std::optional<engine::Pose>& first);

 private:
  [[nodiscard]] engine::ImageView painted(const engine::ImageView& image, const engine::Pose& hidden,
                                          const engine::Pose* shown);

  engine::PoseTracker tracker_;
  std::optional<engine::PoseFrame> first_;
  std::optional<engine::PoseFrame> second_;
  std::vector<std::uint8_t> painted_;
};

}  // namespace reprise::pipeline
