// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/pose/detection.h"
#include "engine/pose/region_of_interest.h"

namespace reprise::engine {

// Associates people from picture to picture by place, size and motion, never by looks. No pixels are read.

/// A person at one instant.
struct Detection2d {
  Eigen::Vector2d center_px = Eigen::Vector2d::Zero();  ///< middle of the hips
  double radius_px = 0;  ///< of the circle around the body: roughly half to one meter
  double score = 0;      ///< the detector's, 0 to 1
  RegionOfInterest region;
};

/// Returns the people of one picture from the detector's boxes. `seen`: the detector's input square. Two
/// boxes with nearly the same body circle are one person (a face and its mirror image in a cap); the more
/// certain box stays.
[[nodiscard]] std::vector<Detection2d> people_in(std::span<const Detection> detections,
                                                 const RegionOfInterest& seen);

/// A tracked person.
struct PersonTrack {
  Eigen::Vector2d center_px = Eigen::Vector2d::Zero();
  double radius_px = 0;
  Eigen::Vector2d velocity_px_per_s = Eigen::Vector2d::Zero();
  Seconds seen;        ///< last time
  int detections = 1;  ///< how often
};

/// Limits of a person's movement between detections; lengths in radii of the body circle. Unsourced
/// defaults that pass running (about 3 radii a second, mostly predicted) and refuse a swap to
/// another person.
struct ContinuityOptions {
  double reach = 0.4;             ///< distance from the predicted place, at once
  double reach_per_s = 1.5;       ///< and its growth
  double size_ratio = 1.5;        ///< ratio of sizes, at once
  double size_ratio_per_s = 0.5;  ///< and its growth
  Seconds coasting{0.5};          ///< how long the last velocity is extrapolated
  Seconds velocity_memory{0.2};   ///< time constant of the velocity's mean
};

/// Predicts the person's place at `time`.
[[nodiscard]] Eigen::Vector2d expected_center_px(const PersonTrack& track, Seconds time,
                                                 const ContinuityOptions& options);

/// Returns the cost of assigning a person at `center_px` of size `radius_px` to the track at `time`: 0 fits
/// perfectly, up to 1 it may be the same person, above 1 not.
[[nodiscard]] double association_cost(const PersonTrack& track, const Eigen::Vector2d& center_px,
                                      double radius_px, Seconds time, const ContinuityOptions& options);

/// Returns the track after a detection at `time`; the velocity is a running mean. `keep_velocity`: for
/// overlapping people, whose places say nothing about their motion.
[[nodiscard]] PersonTrack updated(const PersonTrack& track, const Eigen::Vector2d& center_px,
                                  double radius_px, Seconds time, const ContinuityOptions& options,
                                  bool keep_velocity = false);

/// Returns the index of each track's detection; empty if none fits. Assigns the best fits first, each
/// detection once, and only if `association_cost` is at most 1.
[[nodiscard]] std::vector<std::optional<std::size_t>> match_people(std::span<const PersonTrack> tracks,
                                                                   std::span<const Detection2d> detections,
                                                                   Seconds time,
                                                                   const ContinuityOptions& options);

}  // namespace reprise::engine
