// SPDX-License-Identifier: Apache-2.0
#include "cli/calibrate_board.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "engine/cameras/board_match.h"
#include "pipeline/board_track.h"
#include "sensing/cameras/board_sheet.h"
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

/// Where the sound says another lag than the way of the board.
std::vector<session::Warning> compare_with_sound(const engine::BoardCalibration& found,
                                                 std::span<const engine::BoardTrack> tracks,
                                                 const engine::BoardSize& size, double square_m,
                                                 const pipeline::SoundLags& sound) {
  std::vector<session::Warning> out;
  const auto way_of = [&](std::size_t i) {
    return engine::way_of_board(tracks[i], found.cameras[i], size, square_m);
  };
  for (std::size_t i = 1; i < tracks.size(); ++i) {
    if (!sound.at(i)) continue;
    const auto lag = sound.used ? engine::lag_by_board(way_of(0), way_of(i)) : std::optional{found.lags[i]};
    if (!lag) continue;  // never seen by both at once
    const auto& first = tracks[0].rate;
    const auto& other = tracks[i].rate;
    auto warning = pipeline::sound_differs(
        i, "board", *lag, sound, first && other ? std::min(*first, *other) : std::optional<Hertz>{});
    if (warning) out.push_back(std::move(*warning));
  }
  return out;
}

}  // namespace

Result<CalibratedByBoard> calibrate_by_board(std::span<const fs::path> videos, const std::string& board,
                                             double square_mm, std::span<const Seconds> lags,
                                             const pipeline::SoundLags& sound) {
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
  const std::vector<Seconds> by_sound = sound.lags();
  auto found = engine::calibrate_by_board(tracks, *size, 0.001 * square_mm, sound.used ? by_sound : lags);
  if (!found) return tl::unexpected(found.error());
  auto warnings = compare_with_sound(*found, tracks, *size, 0.001 * square_mm, sound);
  return CalibratedByBoard{std::move(*found), std::move(warnings)};
}

void print_board_calibration(const CalibratedByBoard& calibrated, const pipeline::SoundLags& sound,
                             bool lags_given, const fs::path& out, bool json) {
  const engine::BoardCalibration& found = calibrated.calibration;
  nlohmann::ordered_json j = {{"schema", "reprise.calibration/1"},
                              {"file", out.string()},
                              {"error_px", found.error_px},
                              {"synchronized_by", pipeline::synchronized_by(sound, lags_given, "board")},
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
    const std::string heard = pipeline::sound_words(i, sound);
    if (!json) {
      fmt::print(
          "  {}  {} pictures, focal length {:.1f} ± {:.1f} px, {:.3f} m from camera 1, clock {:+.3f} s{}{}\n",
          camera.name, found.pictures[i], camera.focal_px(), found.focal_deviation_px[i], lens.norm(),
          found.lags[i].value(), heard.empty() ? "" : " ", heard);
      continue;
    }
    j["cameras"].push_back({{"name", camera.name},
                            {"lag_s", found.lags[i].value()},
                            {"focal_px", camera.focal_px()},
                            {"focal_deviation_px", found.focal_deviation_px[i]},
                            {"pictures", found.pictures[i]},
                            {"lens_m", {lens.x(), lens.y(), lens.z()}}});
    if (i > 0) pipeline::add_sound(j["cameras"].back(), i, sound);
  }
  for (const session::Warning& warning : calibrated.warnings) {
    j["warnings"].push_back({{"code", warning.code}, {"text", warning.text}, {"remedy", warning.remedy}});
    if (!json) fmt::print("  ! {} {}\n", warning.text, warning.remedy);
  }
  if (json)
    fmt::print("{}\n", j.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
  else
    fmt::print("  {}\n", out.string());
}

Result<std::string> print_board(const std::filesystem::path& file, const std::string& board, double square_mm,
                                const std::string& paper) {
  if (file.extension() != ".pdf") {
    return fail(ErrorCode::invalid_argument, "drawing the board",
                fmt::format("--print-board is {}; its name does not end in .pdf", file.filename().string()),
                "name a new file, such as board.pdf");
  }
  sensing::BoardSheet sheet;
  sheet.paper = paper == "letter" ? sensing::Paper::letter : sensing::Paper::a4;
  if (square_mm > 0) sheet.square_mm = square_mm;
  if (!board.empty()) {
    const auto size = pipeline::parse_board_size(board);
    if (!size) return tl::unexpected(size.error());
    sheet.size = *size;
  }
  const auto pdf = sensing::board_sheet_pdf(sheet);
  if (!pdf) return tl::unexpected(pdf.error());
  if (auto ok = sensing::write_file_atomically(file, *pdf); !ok) return tl::unexpected(ok.error());
  return fmt::format(
      "{}: {}x{} inner corners, squares of {} mm, on {}\n"
      "Print it at 100 % (actual size) and check its line of 100 mm with a ruler. Glue it on something flat, "
      "then measure ten\nsquares in a row: --square is the side of one.",
      file.string(), sheet.size.columns, sheet.size.rows, sheet.square_mm,
      paper == "a4" ? "A4" : "letter paper");
}

}  // namespace reprise::cli
