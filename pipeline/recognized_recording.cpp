// SPDX-License-Identifier: Apache-2.0
#include "pipeline/recognized_recording.h"

#include <algorithm>

#include "base/text.h"
#include "pipeline/point_array.h"

namespace reprise::pipeline {
namespace {

/// Only directions are looked at, so any unit does.
std::vector<engine::PoseFrame> as_poses(const PointArray& points, Hertz rate) {
  std::vector<engine::PoseFrame> frames;
  for (const engine::PointFrame& frame : points.frames) {
    engine::PoseFrame& out = frames.emplace_back();
    out.time = period(rate) * static_cast<double>(frames.size() - 1);
    if (!frame) continue;
    out.pose.emplace();
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      out.pose->world_m[i] = Vec3<Camera>{(*frame)[i]};
      out.pose->visibility[i] = 1;
    }
  }
  return frames;
}

}  // namespace

Result<engine::Recognition> recognize_in(const std::filesystem::path& path, const RecordingOptions& options,
                                         const ReadRecording& read, const engine::Recognizer& recognizer) {
  std::vector<engine::PoseFrame> frames;
  if (lower_case(path.extension().string()) == ".npy") {
    const auto points = read_point_array(path, options);
    if (!points) return tl::unexpected(points.error());
    frames = as_poses(*points, points->rate.value_or(Hertz{30}));
  } else {
    auto recording = read(path);
    if (!recording) return tl::unexpected(recording.error());
    frames = std::move(recording->landmarks.frames);
  }
  if (std::none_of(frames.begin(), frames.end(), [](const auto& frame) { return frame.pose.has_value(); })) {
    return fail(ErrorCode::nothing_measured, "recognizing the exercise", "no frame shows a person",
                "film the whole body in good light");
  }
  return recognizer.recognize(frames);
}

}  // namespace reprise::pipeline
