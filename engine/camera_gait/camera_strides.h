// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/camera_gait/contacts.h"
#include "engine/camera_gait/leg_tracks.h"

namespace reprise::engine {

/// From one initial contact of a foot to its next. Lengths in those of a leg in the picture.
struct CameraStride {
  Side side = Side::left;
  Seconds start{0};
  Seconds end{0};
  std::optional<Seconds> foot_off;
  std::optional<double> length;       ///< of the heel's way over the ground; nullopt on the spot
  std::optional<Radians> foot_angle;  ///< at the contact that ends it: sole to floor, toes up positive, in
                                      ///< the plane of the picture, from the foot's angle at mid-stance

  [[nodiscard]] Seconds duration() const { return end - start; }
  /// 0 to 1.
  [[nodiscard]] std::optional<double> stance_share() const {
    if (!foot_off) return std::nullopt;
    return (*foot_off - start) / duration();
  }
};

/// From the initial contact of the other foot to this one's.
struct CameraStep {
  Side side = Side::left;  ///< of the foot that lands
  Seconds start{0};
  Seconds end{0};
  double length = 0;  ///< of one heel ahead of the other as it lands, in leg lengths
};

struct CameraStrides {
  std::vector<CameraStride> strides;  ///< in order of their starts
  std::vector<CameraStep> steps;      ///< the same; a contact without one before it makes no step
  std::vector<FootEvent> contacts;    ///< initial contacts alone
};

/// Defaults are unsourced.
struct CameraStrideOptions {
  Seconds shortest{0.6};  ///< of a stride
  Seconds longest{2.6};   ///< longer, a contact between was missed
};

/// Puts the events of one pass together. `travels`: the hips move through the picture.
[[nodiscard]] CameraStrides find_camera_strides(const LegTracks& tracks, std::span<const FootEvent> events,
                                                bool travels, const CameraStrideOptions& options = {});

/// Time of both feet on the ground as a share of the stride: from each contact to the other foot's foot off.
/// Negative where both were in the air: who runs. Empty where an event is missing.
[[nodiscard]] std::vector<double> double_support_shares(const CameraStrides& strides,
                                                        std::span<const FootEvent> events);

}  // namespace reprise::engine
