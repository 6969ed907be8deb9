// SPDX-License-Identifier: Apache-2.0
#include "pipeline/board_track.h"

#include <charconv>
#include <string>
#include <utility>

#include "engine/cameras/grey_image.h"
#include "sensing/video/video_reader.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kFindingBoard = "finding the board";
constexpr Seconds kBetweenPictures{1.0 / 15 - 0.002};

/// Corners are found in the picture that the reader gives, which may be smaller than the video's.
std::vector<Eigen::Vector2d> full_size(std::vector<Eigen::Vector2d> corners_px,
                                       const sensing::VideoInfo& info) {
  for (Eigen::Vector2d& p : corners_px) p = p.cwiseProduct(Eigen::Vector2d(info.scale_x(), info.scale_y()));
  return corners_px;
}

}  // namespace

Result<engine::BoardSize> parse_board_size(std::string_view text) {
  engine::BoardSize size;
  const char* end = text.data() + text.size();
  const auto columns = std::from_chars(text.data(), end, size.columns);
  const bool cross = columns.ec == std::errc{} && columns.ptr != end && *columns.ptr == 'x';
  const auto rows = cross ? std::from_chars(columns.ptr + 1, end, size.rows) : columns;
  if (cross && rows.ec == std::errc{} && rows.ptr == end && size.can_be_told()) return size;
  return fail(
      ErrorCode::invalid_argument, "checking the board",
      "--board is " + std::string(text.substr(0, 20)) + "; two numbers from 3 to 50, one even and one odd",
      "give the inner corners across and down, such as 9x6 for a board of 10 by 7 squares");
}

Result<engine::BoardTrack> track_board(const std::filesystem::path& video, const engine::BoardSize& size,
                                       const OnPicture& on_picture) {
  if (is_landmark_file(video))
    return fail(ErrorCode::unsupported, kFindingBoard, "landmarks show no board", "give the video itself");
  auto reader = sensing::open_video(video);
  if (!reader) return tl::unexpected(reader.error());
  const sensing::VideoInfo info = reader->info();
  engine::BoardTrack track;
  track.camera.name = video.stem().stem().string();
  track.camera.width_px = info.source_width;
  track.camera.height_px = info.source_height;
  track.rate = info.nominal_rate;
  std::optional<int> total;
  if (info.frame_count) total = static_cast<int>(*info.frame_count);
  std::optional<Seconds> last;
  for (int done = 0;; ++done) {
    if (on_picture && !on_picture(done, total))
      return fail(ErrorCode::cancelled, kFindingBoard, "stopped by the user",
                  "nothing was written; run it again");
    auto picture = reader->next();
    if (!picture) return tl::unexpected(picture.error());
    if (!*picture) break;
    const Seconds time = (*picture)->time;
    if (last && time - *last < kBetweenPictures) continue;
    last = time;
    ++track.pictures;
    engine::BoardSearch found = engine::find_board(engine::grey_of((*picture)->image), size);
    if (found.other) {
      ++track.of_other;
      if (!track.other || track.other->corners() < found.other->corners()) track.other = found.other;
    }
    if (!found.corners_px.empty())
      track.boards.push_back({time, full_size(std::move(found.corners_px), info)});
  }
  return track;
}

}  // namespace reprise::pipeline
