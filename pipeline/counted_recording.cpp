// SPDX-License-Identifier: Apache-2.0
#include "pipeline/counted_recording.h"

#include <algorithm>

#include "base/text.h"
#include "sensing/files/file_io.h"
#include "sensing/landmarks/npy.h"

namespace reprise::pipeline {
namespace {

struct Points {
  std::vector<engine::PointFrame> frames;
  std::optional<Hertz> rate;
};

Result<Points> points_of_array(const std::filesystem::path& path, const RecordingOptions& options) {
  const auto bytes = sensing::read_file(path, sensing::LandmarkReadOptions{}.max_bytes, "reading landmarks");
  if (!bytes) return tl::unexpected(bytes.error());
  const auto array = sensing::parse_npy(*bytes);
  if (!array) return tl::unexpected(array.error());
  auto frames = sensing::points_from_npy(*array);
  if (!frames) return tl::unexpected(frames.error());
  return Points{std::move(*frames), options.frame_rate};
}

/// Pixels where there are any: meters follow from them.
Points points_of(const Recording& recording) {
  Points points;
  points.rate = recording.landmarks.source.rate;
  for (const engine::PoseFrame& frame : recording.landmarks.frames) {
    auto& out = points.frames.emplace_back();
    if (!frame.pose) continue;
    out.emplace();
    for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
      if (frame.pose->image) {
        const engine::ImagePoint& p = (*frame.pose->image)[i];
        (*out)[i] = {p.x_px, p.y_px, p.z_px};
      } else {
        (*out)[i] = frame.pose->world_m[i].v;
      }
    }
  }
  return points;
}

}  // namespace

Result<CountedRecording> count_in(const std::filesystem::path& path, const RecordingOptions& options,
                                  const ReadRecording& read) {
  const bool array = lower_case(path.extension().string()) == ".npy";
  const auto points = array ? points_of_array(path, options)
                            : read(path).map([](const Recording& recording) { return points_of(recording); });
  if (!points) return tl::unexpected(points.error());
  CountedRecording counted;
  counted.frames = points->frames.size();
  counted.seen = static_cast<std::size_t>(std::count_if(points->frames.begin(), points->frames.end(),
                                                        [](const auto& frame) { return frame.has_value(); }));
  if (counted.seen == 0) {
    return fail(ErrorCode::nothing_measured, "counting repetitions", "no frame shows a person",
                "film the whole body in good light");
  }
  counted.rate = points->rate.value_or(counted.rate);
  counted.repetitions = engine::count_repetitions(points->frames, {.rate = counted.rate});
  return counted;
}

}  // namespace reprise::pipeline
