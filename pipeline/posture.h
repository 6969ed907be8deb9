// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "pipeline/recording.h"
#include "session/measurements/posture.h"

namespace reprise::pipeline {

struct PosturePhotoFile {
  std::filesystem::path path;
  engine::PostureView view = engine::PostureView::front;
};

struct PostureOptions {
  std::vector<PosturePhotoFile> photos;
  std::vector<std::filesystem::path> points;  ///< files of points, each of one view
  std::optional<Meters> body_height;          ///< where a points file does not give it
  std::optional<Radians> roll;                ///< the same of the camera
  bool mirrored = false;
  bool person_chosen = false;                    ///< which of several people to measure was said
  std::optional<std::filesystem::path> earlier;  ///< measurement.json to compare with
  std::string text;                              ///< these options as typed, for the document
};

/// Measures photos, points files or both: a file's points go before the automatic ones of the photo of its
/// view, which then count as moved. Errors: those of `read`, of reading the files, of engine::still_pose and
/// automatic_points; invalid_argument (several people and none chosen, a points file of another picture
/// size), those of session::measure_posture and compare_posture.
[[nodiscard]] Result<session::MeasurementDocument> measure_posture(
    const PostureOptions& options,
    const std::function<Result<Recording>(const std::filesystem::path& path)>& read);

}  // namespace reprise::pipeline
