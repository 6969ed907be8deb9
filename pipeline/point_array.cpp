// SPDX-License-Identifier: Apache-2.0
#include "pipeline/point_array.h"

#include "sensing/files/file_io.h"
#include "sensing/landmarks/npy.h"

namespace reprise::pipeline {

Result<PointArray> read_point_array(const std::filesystem::path& path, const RecordingOptions& options) {
  const auto bytes = sensing::read_file(path, sensing::LandmarkReadOptions{}.max_bytes, "reading landmarks");
  if (!bytes) return tl::unexpected(bytes.error());
  const auto array = sensing::parse_npy(*bytes);
  if (!array) return tl::unexpected(array.error());
  auto frames = sensing::points_from_npy(*array);
  if (!frames) return tl::unexpected(frames.error());
  return PointArray{std::move(*frames), options.frame_rate};
}

}  // namespace reprise::pipeline
