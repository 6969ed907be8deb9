// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/calibrate_board.h"
#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/read_with_progress.h"
#include "cli/summary.h"
#include "cli/sync_option.h"
#include "pipeline/motion.h"
#include "pipeline/motion_calibration.h"
#include "sensing/cameras/calibration_file.h"
#include "sensing/files/file_io.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct CalibrateOptions {
  std::vector<fs::path> inputs;
  fs::path out;
  double height_cm = 0;
  double field_of_view_deg = 65;
  std::vector<double> lags_s;
  pipeline::SyncBy sync = pipeline::SyncBy::automatic;
  pipeline::RecordingOptions recording;
  bool from_motion = false;
  std::string board;
  double square_mm = 0;
  fs::path print_board;
  std::string paper = "a4";
  bool json = false;
};

/// Before the networks start, which take minutes: a slip must not write over a recording.
Result<void> check_out(const CalibrateOptions& o) {
  for (const fs::path& input : o.inputs) {
    std::error_code none;
    if (!fs::equivalent(input, o.out, none) || none) continue;
    return fail(ErrorCode::invalid_argument, "checking the cameras",
                "--out would write over " + input.filename().string(),
                "name a new file, such as cameras.toml");
  }
  return {};
}

Result<std::vector<Seconds>> check_options(const CalibrateOptions& o) {
  if (o.from_motion == !o.board.empty()) {
    return fail(
        ErrorCode::invalid_argument, "checking the cameras",
        o.from_motion ? "both --board and --from-motion are given"
                      : "neither --board nor --from-motion is given",
        "give --board 9x6 --square 25 for a printed board, or --from-motion --height 172 for a person "
        "who moves");
  }
  if (o.from_motion && !(o.height_cm > 0)) {
    return fail(ErrorCode::invalid_argument, "checking the cameras", "--height is missing",
                "give the height of the person who moves, in centimeters");
  }
  if (o.inputs.size() < 2 || o.inputs.size() > sensing::kMaxCameras) {
    return fail(ErrorCode::invalid_argument, "checking the cameras",
                fmt::format("{} cameras; 2 to {}", o.inputs.size(), sensing::kMaxCameras),
                "give one video of each camera");
  }
  if (o.out.empty()) {
    return fail(ErrorCode::invalid_argument, "checking the cameras", "--out is missing",
                "name the file of the calibration, such as --out cameras.toml");
  }
  if (auto ok = check_out(o); !ok) return tl::unexpected(ok.error());
  if (auto ok = pipeline::check_sync(o.inputs, o.sync, !o.lags_s.empty()); !ok)
    return tl::unexpected(ok.error());
  return pipeline::known_lags(o.lags_s, o.inputs.size());
}

Result<pipeline::CalibratedCameras> calibrate(const CalibrateOptions& o, const std::vector<Seconds>& lags,
                                              const pipeline::SoundLags& sound) {
  pipeline::LazyNetworks networks{o.recording};
  std::vector<pipeline::Recording> recordings;
  for (const fs::path& input : o.inputs) {
    auto recording = read_with_progress(input, networks, o.recording);
    if (!recording) return tl::unexpected(sensing::error_in_file(recording.error(), input));
    recordings.push_back(std::move(*recording));
  }
  pipeline::CalibrationOptions options;
  options.stature = Meters{o.height_cm / 100};
  options.field_of_view = Radians{Degrees{o.field_of_view_deg}};
  options.lags = lags;
  options.sound = sound;
  return pipeline::calibrate_cameras(recordings, options);
}

ordered_json json_of(const pipeline::CalibratedCameras& found, const CalibrateOptions& o,
                     const pipeline::SoundLags& sound) {
  ordered_json j = {{"schema", "reprise.calibration/1"},
                    {"file", o.out.string()},
                    {"error_px", found.calibration.error_px},
                    {"synchronized_by", pipeline::synchronized_by(sound, !o.lags_s.empty(), "movement")},
                    {"cameras", ordered_json::array()},
                    {"warnings", ordered_json::array()}};
  for (const session::Warning& warning : found.warnings)
    j["warnings"].push_back({{"code", warning.code}, {"text", warning.text}, {"remedy", warning.remedy}});
  for (std::size_t i = 0; i < found.lags.size(); ++i) {
    const engine::CameraModel& camera = found.calibration.cameras[i];
    const Eigen::Vector3d lens = camera.lens_m();
    j["cameras"].push_back({{"name", camera.name},
                            {"lag_s", found.lags[i].value()},
                            {"focal_px", camera.focal_px()},
                            {"lens_m", {lens.x(), lens.y(), lens.z()}}});
    if (i > 0) pipeline::add_sound(j["cameras"].back(), i, sound);
  }
  return j;
}

ExitCode report_failure(const CalibrateOptions& o, const Error& error) {
  if (o.json) {
    fmt::print("{}\n", error_json(error, o.inputs.empty() ? fs::path{} : o.inputs.front())
                           .dump(2, ' ', false, ordered_json::error_handler_t::replace));
  }
  return report_error(error);
}

Result<void> write_cameras(const CalibrateOptions& o, const std::vector<engine::CameraModel>& cameras) {
  return sensing::write_file_atomically(o.out, sensing::to_calibration(cameras));
}

ExitCode run_board(const CalibrateOptions& o, const std::vector<Seconds>& lags,
                   const pipeline::SoundLags& sound) {
  const auto found = calibrate_by_board(o.inputs, o.board, o.square_mm, lags, sound);
  if (!found) return report_failure(o, found.error());
  if (auto ok = write_cameras(o, found->calibration.cameras); !ok) return report_failure(o, ok.error());
  print_board_calibration(*found, sound, !o.lags_s.empty(), o.out, o.json);
  return ExitCode::success;
}

ExitCode run_print(const CalibrateOptions& o) {
  if (!o.inputs.empty() || !o.out.empty() || o.from_motion) {
    const Error error{ErrorCode::invalid_argument, "drawing the board",
                      "--print-board is given with videos or options of a calibration",
                      "print the board first; calibrate when it was filmed"};
    return report_failure(o, error);
  }
  const auto printed = print_board(o.print_board, o.board, o.square_mm, o.paper);
  if (!printed) return report_failure(o, printed.error());
  if (!o.json) {
    fmt::print("{}\n", *printed);
    return ExitCode::success;
  }
  const ordered_json j = {{"schema", "reprise.board/1"}, {"file", o.print_board.string()}};
  fmt::print("{}\n", j.dump(2, ' ', false, ordered_json::error_handler_t::replace));
  return ExitCode::success;
}

ExitCode run_calibrate(const CalibrateOptions& o) {
  catch_interrupts();
  if (!o.print_board.empty()) return run_print(o);
  const auto lags = check_options(o);
  if (!lags) return report_failure(o, lags.error());
  // Before the networks start, which take minutes.
  const auto sound = pipeline::find_sound_lags(o.inputs, o.sync, !o.lags_s.empty());
  if (!sound) return report_failure(o, sound.error());
  if (!o.board.empty()) return run_board(o, *lags, *sound);
  const auto found = calibrate(o, *lags, *sound);
  if (!found) return report_failure(o, found.error());
  if (auto ok = write_cameras(o, found->calibration.cameras); !ok) return report_failure(o, ok.error());
  if (o.json) {
    fmt::print("{}\n",
               json_of(*found, o, *sound).dump(2, ' ', false, ordered_json::error_handler_t::replace));
    return ExitCode::success;
  }
  const auto& cameras = found->calibration.cameras;
  fmt::print("{} cameras placed by the movement; landmarks {:.1f} px off\n", cameras.size(),
             found->calibration.error_px);
  for (std::size_t i = 0; i < cameras.size(); ++i) {
    const std::string heard = pipeline::sound_words(i, *sound);
    fmt::print("  {}  {:.2f} m from camera 1, {:.2f} m above the floor, clock {:+.3f} s{}{}\n",
               cameras[i].name, (cameras[i].lens_m() - cameras[0].lens_m()).norm(), cameras[i].lens_m().z(),
               found->lags[i].value(), heard.empty() ? "" : " ", heard);
  }
  for (const session::Warning& warning : found->warnings)
    fmt::print("  ! {} {}\n", warning.text, warning.remedy);
  fmt::print("  {}\n", o.out.string());
  return ExitCode::success;
}

}  // namespace

void add_calibrate_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<CalibrateOptions>();
  auto* command = app.add_subcommand(
      "calibrate",
      "Find where two or more cameras stand by a printed board, or by a person who moves before them");
  command->add_option("cameras", options->inputs, "One video a camera, or landmarks in pixels");
  command->add_flag("--from-motion", options->from_motion, "By the moving person");
  command->add_option("--board", options->board,
                      "By a chequerboard of so many inner corners, such as 9x6, moved before the cameras");
  command->add_option("--square", options->square_mm, "Side of one of the board's squares, mm")
      ->check(CLI::Range(1.0, 1000.0));
  command->add_option("--height", options->height_cm, "The person's height, cm; with --from-motion")
      ->check(CLI::Range(60.0, 250.0));
  command
      ->add_option("--field-of-view", options->field_of_view_deg,
                   "Of each camera along the longer side of its pictures, degrees")
      ->check(CLI::Range(20.0, 120.0))
      ->capture_default_str();
  command
      ->add_option("--lags", options->lags_s,
                   "Seconds that the clock of each further camera shows beyond the first's; default: found "
                   "as --sync says")
      ->delimiter(',');
  add_sync_option(*command, options->sync);
  command->add_option("-o,--out", options->out, "TOML file of the calibration");
  command->add_option("--print-board", options->print_board,
                      "Only draw a board to print (PDF), of --board and --square; default: 9x6, 25 mm");
  command->add_option("--paper", options->paper, "Of the board to print")
      ->check(CLI::IsMember({"a4", "letter"}))
      ->capture_default_str();
  add_recording_options(*command, options->recording);
  command->add_flag("--json", options->json, "Print the result as JSON");
  command->footer(
      "By a board: move it slowly for 30 seconds or more, tilted to all sides, near and far, to the edges of "
      "each\n"
      "picture, and where two cameras see it at once.\n"
      "By the movement: walk through the whole space that all cameras see, towards them and across, arms "
      "moving.\n"
      "Examples:\n"
      "  reprise calibrate --print-board board.pdf --board 9x6 --square 25 --paper a4\n"
      "  reprise calibrate left.mp4 front.mp4 --board 9x6 --square 25 --out cameras.toml\n"
      "  reprise calibrate left.mp4 front.mp4 --board 9x6 --square 25 --sync sound --out cameras.toml\n"
      "  reprise calibrate left.mp4 front.mp4 --from-motion --height 172 --out cameras.toml");
  command->callback([options, &code] { code = run_calibrate(*options); });
}

}  // namespace reprise::cli
