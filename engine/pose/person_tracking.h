#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "base/units.h"
#include "engine/pose/detection.h"
#include "engine/pose/region_of_interest.h"

namespace reprise {

// Who is who from picture to picture: by place, size and motion, never by looks. Nothing here sees a pixel.

/// A person at one instant.
struct Detection2d {
  Eigen::Vector2d center_px = Eigen::Vector2d::Zero();  ///< middle of the hips
  double radius_px = 0;  ///< of the circle around the body: roughly half to one meter
  double score = 0;      ///< the detector's, 0 to 1
  RegionOfInterest region;
};

/// The people of one picture from the detector's boxes. `seen`: the square that the detector was shown. Two
/// boxes with nearly the same body circle are one person (a face and its mirror in a cap): the surer one
/// stays.
[[nodiscard]] std::vector<Detection2d> people_in(std::span<const Detection> detections,
                                                 const RegionOfInterest& seen);

/// A person remembered.
struct PersonTrack {
  Eigen::Vector2d center_px = Eigen::Vector2d::Zero();
  double radius_px = 0;
  Eigen::Vector2d velocity_px_per_s = Eigen::Vector2d::Zero();
  Seconds seen;       ///< when last
  int sightings = 1;  ///< how often
};

/// How far a person may get; lengths in radii of the body circle. Unsourced defaults, set so that running
/// (about 3 radii a second, which the prediction mostly takes up) passes and a swap to somebody else does
/// not.
struct ContinuityOptions {
  double reach = 0.4;             ///< from the predicted place, at once
  double reach_per_s = 1.5;       ///< and growing with the time since
  double size_ratio = 1.5;        ///< larger or smaller by this factor, at once
  double size_ratio_per_s = 0.5;  ///< and growing with the time since
  Seconds coasting{0.5};          ///< how long the last velocity is believed
  Seconds velocity_memory{0.2};   ///< time constant of the velocity's mean
};

/// Where the track's person is expected at `time`.
[[nodiscard]] Eigen::Vector2d expected_center_px(const PersonTrack& track, Seconds time,
                                                 const ContinuityOptions& options);

/// How badly a person at `center_px` of size `radius_px` fits the track at `time`: 0 perfectly, up to 1 it
/// may be the same person, above 1 not.
[[nodiscard]] double association_cost(const PersonTrack& track, const Eigen::Vector2d& center_px,
                                      double radius_px, Seconds time, const ContinuityOptions& options);

/// The track after its person was seen at `time`; the velocity is a running mean. `keep_velocity`: while two
/// people overlap, the place is not proof of how either of them moves.
[[nodiscard]] PersonTrack updated(const PersonTrack& track, const Eigen::Vector2d& center_px,
                                  double radius_px, Seconds time, const ContinuityOptions& options,
                                  bool keep_velocity = false);

/// For each track the index of its sighting, empty where none fits. Best fits first, each sighting once, only
/// where `association_cost` is at most 1.
[[nodiscard]] std::vector<std::optional<std::size_t>> match_people(std::span<const PersonTrack> tracks,
                                                                   std::span<const Detection2d> sightings,
                                                                   Seconds time,
                                                                   const ContinuityOptions& options);

}  // namespace reprise
