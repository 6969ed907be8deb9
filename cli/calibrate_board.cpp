// SPDX-License-Identifier: Apache-2.0
#include "cli/calibrate_board.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "pipeline/board_track.h"
#include "sensing/files/file_io.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

Result<engine::BoardSize> checked_board(const std::string& board, double square_mm) {
  const auto size = pipeline::parse_board_size(board);
  if (!size || square_mm > 0) return size;
  return fail(ErrorCode::invalid_argument, "checking the board", "--square is missing",
              "measure some squares in a row with a ruler, and give the side of one in millimeters");
}

Result<engine::BoardTrack> track_with_progress(const fs::path& video, const engine::BoardSize& size) {
  std::optional<ProgressBar> bar;
  return pipeline::track_board(video, size, [&](int done, std::optional<int> total) {
    if (!bar) bar.emplace(video.filename().string(), total);
    if (done > 0) bar->update(done);
    return !interrupted();
  });
}

}  // namespace

Result<engine::BoardCalibration> calibrate_by_board(std::span<const fs::path> videos,
                                                    const std::string& board, double square_mm,
                                                    std::span<const Seconds> lags) {
  const auto size = checked_board(board, square_mm);
  if (!size) return tl::unexpected(size.error());
  for (std::size_t i = 0; i < videos.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (videos[i].stem().stem() != videos[k].stem().stem()) continue;
      return fail(ErrorCode::invalid_argument, "checking the cameras",
                  fmt::format("two videos are named {}", videos[i].stem().stem().string()),
                  "give each camera's video a name of its own");
    }
  }
  std::vector<engine::BoardTrack> tracks;
  for (const fs::path& video : videos) {
    auto track = track_with_progress(video, *size);
    if (!track) return tl::unexpected(sensing::error_in_file(track.error(), video));
    tracks.push_back(std::move(*track));
  }
  return engine::calibrate_by_board(tracks, *size, 0.001 * square_mm, lags);
}

void print_board_calibration(const engine::BoardCalibration& found, const fs::path& out, bool json) {
  nlohmann::ordered_json j = {{"schema", "reprise.calibration/1"},
                              {"file", out.string()},
                              {"error_px", found.error_px},
                              {"common_moments", found.common},
                              {"cameras", nlohmann::ordered_json::array()},
                              {"warnings", nlohmann::ordered_json::array()}};
  if (!json) {
    fmt::print("{} cameras placed by the board, seen at once at {} moments; corners {:.2f} px off\n",
               found.cameras.size(), found.common, found.error_px);
  }
  for (std::size_t i = 0; i < found.cameras.size(); ++i) {
    const engine::CameraModel& camera = found.cameras[i];
    const Eigen::Vector3d lens = camera.lens_m();
    if (!json) {
      fmt::print(
          "  {}  {} pictures, focal length {:.1f} ± {:.1f} px, {:.3f} m from camera 1, clock {:+.3f} s\n",
          camera.name, found.pictures[i], camera.focal_px(), found.focal_deviation_px[i], lens.norm(),
          found.lags[i].value());
      continue;
    }
    j["cameras"].push_back({{"name", camera.name},
                            {"lag_s", found.lags[i].value()},
                            {"focal_px", camera.focal_px()},
                            {"focal_deviation_px", found.focal_deviation_px[i]},
                            {"pictures", found.pictures[i]},
                            {"lens_m", {lens.x(), lens.y(), lens.z()}}});
  }
  if (json)
    fmt::print("{}\n", j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  else
    fmt::print("  {}\n", out.string());
}

}  // namespace reprise::cli
