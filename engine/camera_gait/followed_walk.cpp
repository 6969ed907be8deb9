// SPDX-License-Identifier: Apache-2.0
#include "engine/camera_gait/followed_walk.h"

#include <algorithm>
#include <array>

#include "engine/camera_gait/untangle_legs.h"
#include "engine/signal/median.h"

namespace reprise::engine {
namespace {

constexpr std::array kWeights = {UntangleOptions{}, UntangleOptions{30, true}, UntangleOptions{15, true},
                                 UntangleOptions{15, false}, UntangleOptions{60, true}};
constexpr double kAlike =
    1.6;  // the most that a step lasts of the median one, or the median of it. Unsourced

// How often the feet do not land by turns and evenly.
std::size_t breaks_of(const CameraStrides& strides) {
  std::size_t breaks = 0;
  for (std::size_t i = 1; i < strides.contacts.size(); ++i)
    breaks += strides.contacts[i].side == strides.contacts[i - 1].side ? 1 : 0;
  std::vector<double> times;
  for (const CameraStep& step : strides.steps) times.push_back((step.end - step.start).value());
  if (times.empty()) return breaks + 1;
  const double usual = median(times);
  for (const double time : times) breaks += time > kAlike * usual || usual > kAlike * time ? 1 : 0;
  return breaks;
}

}  // namespace

Result<FollowedWalk> follow_walk(std::span<const PoseFrame> frames, int direction, bool travels,
                                 bool network_landmarks, const ContactOptions& options) {
  Result<FollowedWalk> best = FollowedWalk{};
  std::size_t fewest = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    FollowedWalk walk;
    walk.frames = untangle_legs(frames, kWeights[i]);
    auto tracks = track_legs(walk.frames, direction, network_landmarks);
    if (!tracks) return tl::unexpected(tracks.error());
    walk.tracks = std::move(*tracks);
    walk.events = find_contacts(walk.tracks, options);
    walk.strides = find_camera_strides(walk.tracks, walk.events, travels);
    const std::size_t breaks = breaks_of(walk.strides);
    if (i > 0 && breaks >= fewest) continue;
    fewest = breaks;
    best = std::move(walk);
    if (fewest == 0) break;
  }
  return best;
}

}  // namespace reprise::engine
