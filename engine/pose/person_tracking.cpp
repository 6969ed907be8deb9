// SPDX-License-Identifier: Apache-2.0
#include "engine/pose/person_tracking.h"

#include <algorithm>
#include <cmath>

namespace reprise::engine {
namespace {

// Body circles closer than this share of the smaller radius, and of similar size, belong to one person.
constexpr double kSamePersonDistance = 0.25;
constexpr double kSamePersonRatio = 1.3;

bool same_person(const Detection2d& a, const Detection2d& b) {
  const double smaller = std::min(a.radius_px, b.radius_px);
  const double larger = std::max(a.radius_px, b.radius_px);
  return (a.center_px - b.center_px).norm() < kSamePersonDistance * smaller &&
         larger < kSamePersonRatio * smaller;
}

struct Pair {
  double cost;
  std::size_t track;
  std::size_t detection;
};

}  // namespace

std::vector<Detection2d> people_in(std::span<const Detection> detections, const RegionOfInterest& seen) {
  std::vector<Detection2d> people;
  for (const Detection& detection : detections) {
    const Eigen::Vector2d center_px = to_picture(seen, detection.key_points[0]);
    const Eigen::Vector2d circle_px = to_picture(seen, detection.key_points[1]);
    const Detection2d person{center_px, (circle_px - center_px).norm(), detection.score,
                             region_around_person(center_px, circle_px)};
    if (!is_usable(person.region)) continue;
    const bool known = std::any_of(people.begin(), people.end(),
                                   [&](const Detection2d& other) { return same_person(person, other); });
    if (!known) people.push_back(person);
  }
  return people;
}

Eigen::Vector2d expected_center_px(const PersonTrack& track, Seconds time, const ContinuityOptions& options) {
  const double since = std::clamp((time - track.seen).value(), 0.0, options.coasting.value());
  return track.center_px + since * track.velocity_px_per_s;
}

double association_cost(const PersonTrack& track, const Eigen::Vector2d& center_px, double radius_px,
                        Seconds time, const ContinuityOptions& options) {
  if (!(radius_px > 0) || !(track.radius_px > 0)) return 2;
  const double since = std::max(0.0, (time - track.seen).value());
  const double reach_px = track.radius_px * (options.reach + options.reach_per_s * since);
  const double distance = (center_px - expected_center_px(track, time, options)).norm() / reach_px;
  const double allowed_ratio = options.size_ratio + options.size_ratio_per_s * since;
  const double ratio = std::abs(std::log(radius_px / track.radius_px)) / std::log(allowed_ratio);
  return std::max(distance, ratio);
}

PersonTrack updated(const PersonTrack& track, const Eigen::Vector2d& center_px, double radius_px,
                    Seconds time, const ContinuityOptions& options, bool keep_velocity) {
  PersonTrack next{center_px, radius_px, track.velocity_px_per_s, time, track.detections + 1};
  const double since = (time - track.seen).value();
  if (!keep_velocity && since > 0) {
    const double weight = 1 - std::exp(-since / options.velocity_memory.value());
    next.velocity_px_per_s += weight * ((center_px - track.center_px) / since - track.velocity_px_per_s);
  }
  return next;
}

std::vector<std::optional<std::size_t>> match_people(std::span<const PersonTrack> tracks,
                                                     std::span<const Detection2d> detections, Seconds time,
                                                     const ContinuityOptions& options) {
  std::vector<Pair> pairs;
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    for (std::size_t s = 0; s < detections.size(); ++s) {
      const double cost =
          association_cost(tracks[t], detections[s].center_px, detections[s].radius_px, time, options);
      if (cost <= 1) pairs.push_back({cost, t, s});
    }
  }
  std::stable_sort(pairs.begin(), pairs.end(), [](const Pair& a, const Pair& b) { return a.cost < b.cost; });
  std::vector<std::optional<std::size_t>> match(tracks.size());
  std::vector<bool> taken(detections.size(), false);
  for (const Pair& pair : pairs) {
    if (match[pair.track] || taken[pair.detection]) continue;
    match[pair.track] = pair.detection;
    taken[pair.detection] = true;
  }
  return match;
}

}  // namespace reprise::engine
