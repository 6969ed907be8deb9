// SPDX-License-Identifier: Apache-2.0
#include "pipeline/counted_recording.h"

#include <algorithm>

#include "base/text.h"
#include "engine/repetitions/point_frames.h"
#include "pipeline/point_array.h"

namespace reprise::pipeline {

Result<CountedRecording> count_in(const std::filesystem::path& path, const RecordingOptions& options,
                                  const ReadRecording& read) {
  const bool array = lower_case(path.extension().string()) == ".npy";
  const auto points =
      array ? read_point_array(path, options) : read(path).map([](const Recording& recording) {
        return PointArray{engine::point_frames(recording.landmarks.frames), recording.landmarks.source.rate};
      });
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
