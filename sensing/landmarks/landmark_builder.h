// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bitset>
#include <string>
#include <vector>

#include "sensing/landmarks/landmark_recording.h"

namespace reprise::sensing {

using LandmarkMask = std::bitset<engine::kLandmarkCount>;

/// One instant of a file; numbers are valid only where their mask is set.
struct LandmarkRow {
  Seconds time;
  engine::PerLandmark<engine::ImagePoint> image;
  engine::PerLandmark<Vec3<Camera>> world_m;
  engine::PerLandmark<double> visibility;
  LandmarkMask has_image, has_world, has_visibility;
};

/// Builds a recording from the rows of any file format, with the same checks and the same handling of missing
/// values (landmark_recording.h).
class LandmarkBuilder {
 public:
  explicit LandmarkBuilder(LandmarkFormat format) { source_.format = format; }

  /// Appends an instant. `place` ("line 12", "frame 3") goes into the error.
  /// Errors: corrupt (not finite, out of range, time does not rise), unsupported (too many frames, too long).
  [[nodiscard]] Result<void> add(const LandmarkRow& row, const std::string& place);

  /// Facts about the source that only the format's reader knows; `finish` completes them.
  [[nodiscard]] LandmarkSource& source() { return source_; }

  /// Errors: nothing_measured if no row has a position, or if only pixels exist and hips, shoulders, knees
  /// and ankles are never seen together, so that their scale is unknown.
  [[nodiscard]] Result<LandmarkRecording> finish() &&;

 private:
  struct Masks {
    LandmarkMask image, world, visibility;
  };
  [[nodiscard]] Result<void> check(const LandmarkRow& row, const std::string& place) const;
  [[nodiscard]] Result<void> make_world_from_image();
  void fill_gaps();
  void settle_visibility();
  void describe_missing();

  std::vector<engine::PoseFrame> frames_;
  std::vector<Masks> masks_;  // beside frames_
  Masks ever_;
  LandmarkSource source_;
};

/// The error of every landmark reader for invalid content.
[[nodiscard]] tl::unexpected<Error> bad_landmarks(std::string cause, std::string remedy);

}  // namespace reprise::sensing
