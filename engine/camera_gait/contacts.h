// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/side.h"
#include "base/units.h"
#include "engine/camera_gait/leg_tracks.h"

namespace reprise::engine {

enum class ContactMethod : std::uint8_t {
  /// Initial contact: the heel farthest ahead of the hips; foot off: the toes farthest behind them (Zeni,
  /// Richards and Higginson 2008, there of the sacrum, as its abstract and published code describe it).
  from_hips,
  /// Initial contact: the heel's speed over the ground falls below a share of its swing's; foot off: that of
  /// the toes rises above it.
  ground_speed,
};

/// Defaults are unsourced but for the method.
struct ContactOptions {
  ContactMethod method = ContactMethod::from_hips;
  double min_prominence = 0.25;  ///< of the heel's way to and fro, in leg lengths: less is no step
  double belt_speed = 0;         ///< leg lengths a second, for `ground_speed` on a treadmill
  double slow_share = 0.35;      ///< of the swing's largest speed, for `ground_speed`
  Seconds least_step{0.25};      ///< between contacts of both feet: of two nearer ones the plainer stays
};

struct FootEvent {
  Side side = Side::left;
  Seconds time{0};
  bool is_contact = true;  ///< else the foot leaves the ground
  double prominence = 0;   ///< of the foot's way to and fro, leg lengths
};

/// Initial contacts and foot off of both feet in order of time. What lies so near to an end of the pass that
/// the heel has not turned back is left out.
[[nodiscard]] std::vector<FootEvent> find_contacts(const LegTracks& tracks,
                                                   const ContactOptions& options = {});

}  // namespace reprise::engine
