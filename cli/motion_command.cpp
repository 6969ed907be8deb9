// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/read_with_progress.h"
#include "cli/summary.h"
#include "cli/sync_option.h"
#include "exercises/catalog.h"
#include "exercises/catalog_files.h"
#include "exercises/known_exercises.h"
#include "pipeline/analysis.h"
#include "pipeline/motion.h"
#include "pipeline/outputs.h"
#include "sensing/cameras/calibration_file.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

struct MotionCommandOptions {
  std::vector<fs::path> inputs;
  fs::path calibration;
  fs::path out;
  std::string exercise;
  std::optional<double> rate_hz;
  std::optional<double> mass_kg;
  std::vector<double> lags_s;
  pipeline::SyncBy sync = pipeline::SyncBy::automatic;
  std::vector<int> persons;
  pipeline::RecordingOptions recording;
  bool json = false;
};

constexpr const char* kChecking = "checking the cameras";

Result<void> check(const MotionCommandOptions& o) {
  if (o.inputs.size() > 1 && o.calibration.empty()) {
    return fail(ErrorCode::invalid_argument, kChecking,
                fmt::format("{} cameras and no calibration", o.inputs.size()),
                "give --calibration FILE.toml (docs/reference/cameras.md)");
  }
  if (o.inputs.size() > sensing::kMaxCameras) {
    return fail(ErrorCode::invalid_argument, kChecking,
                fmt::format("{} cameras; at most {}", o.inputs.size(), sensing::kMaxCameras),
                "leave out those that see the person worst");
  }
  if (!o.persons.empty() && o.persons.size() != o.inputs.size()) {
    return fail(ErrorCode::invalid_argument, kChecking,
                fmt::format("--persons has {} numbers for {} cameras", o.persons.size(), o.inputs.size()),
                "give one for each camera, in their order");
  }
  if (auto ok = pipeline::check_sync(o.inputs, o.sync, !o.lags_s.empty()); !ok) return ok;
  return pipeline::known_lags(o.lags_s, o.inputs.size()).map([](const auto&) {});
}

Result<std::vector<pipeline::Recording>> read_all(const MotionCommandOptions& o) {
  pipeline::LazyNetworks networks{o.recording};
  std::vector<pipeline::Recording> out;
  for (std::size_t i = 0; i < o.inputs.size(); ++i) {
    pipeline::RecordingOptions options = o.recording;
    if (!o.persons.empty()) options.person = o.persons[i];
    auto recording = read_with_progress(o.inputs[i], networks, options);
    if (!recording) {
      Error error = recording.error();
      error.cause = fmt::format("camera {}: {}", i + 1, error.cause);
      return tl::unexpected(error);
    }
    out.push_back(std::move(*recording));
  }
  return out;
}

Result<pipeline::Motion> measure(const MotionCommandOptions& o) {
  if (auto ok = check(o); !ok) return tl::unexpected(ok.error());
  // The calibration and the sound first: the networks take minutes.
  std::vector<engine::CameraModel> calibrated;
  if (o.inputs.size() > 1) {
    auto read = sensing::read_calibration(o.calibration);
    if (!read) return tl::unexpected(read.error());
    calibrated = std::move(*read);
  }
  auto sound = pipeline::find_sound_lags(o.inputs, o.sync, !o.lags_s.empty());
  if (!sound) return tl::unexpected(sound.error());
  auto recordings = read_all(o);
  if (!recordings) return tl::unexpected(recordings.error());
  if (auto ok = pipeline::check_recordings(*recordings); !ok) return tl::unexpected(ok.error());
  std::vector<engine::CameraModel> cameras;
  if (o.inputs.size() > 1) {
    auto assigned = pipeline::assign_cameras(calibrated, *recordings);
    if (!assigned) return tl::unexpected(assigned.error());
    cameras = std::move(*assigned);
  }
  pipeline::MotionOptions options;
  if (o.rate_hz) options.rate = Hertz{*o.rate_hz};
  options.lags = *pipeline::known_lags(o.lags_s, o.inputs.size());
  options.sound = std::move(*sound);
  return pipeline::measure_motion(std::move(*recordings), std::move(cameras), options);
}

/// The exercise's document and report, from what all cameras saw.
Result<void> add_exercise(const MotionCommandOptions& o, const pipeline::Motion& motion,
                          std::vector<pipeline::OutputFile>& files) {
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return tl::unexpected(catalog.error());
  const auto exercise = exercises::find(*catalog, o.exercise);
  if (!exercise) return tl::unexpected(exercise.error());
  const engine::Recognizer recognizer(exercises::known_exercises(*catalog));
  auto document = pipeline::analyze(motion.recording, **exercise, {}, &recognizer,
                                    motion.fused ? &motion.fused->rig : nullptr);
  if (!document) return tl::unexpected(document.error());
  auto outputs = pipeline::make_outputs(*document, motion.recording.landmarks, false);
  if (!outputs) return tl::unexpected(outputs.error());
  for (pipeline::OutputFile& file : *outputs) {
    if (file.name == "session.json" || file.name == "report.html") files.push_back(std::move(file));
  }
  return {};
}

std::string lag_words(const pipeline::MotionCamera& camera) {
  const double ms = 1000 * camera.lag.value();
  if (std::abs(ms) < 0.5) return "in step with camera 1";
  return fmt::format("starts {:.3f} s {} than camera 1", std::abs(camera.lag.value()),
                     ms < 0 ? "later" : "earlier");
}

void print_motion(const pipeline::Motion& motion, const fs::path& out) {
  const bool several = motion.fused.has_value();
  fmt::print("{} moments", motion.recorded.frames.size());
  if (several) fmt::print(", {} seen by two or more cameras", motion.fused->frames_of_several);
  fmt::print("\n");
  for (std::size_t i = 0; i < motion.cameras.size(); ++i) {
    const pipeline::MotionCamera& camera = motion.cameras[i];
    fmt::print("  camera {}  {}{}", i + 1, camera.file,
               camera.rate ? fmt::format(", {:.2f} pictures a second", camera.rate->value()) : "");
    if (several && i > 0) {
      const std::string heard = pipeline::sound_words(i, motion.sound);
      fmt::print(", {}{}{}", lag_words(camera), heard.empty() ? "" : " ", heard);
    }
    if (several)
      fmt::print(", points {:.1f} px ({:.0f} mm) off", camera.agreement.error_px,
                 1000 * camera.agreement.error_m);
    fmt::print("\n");
  }
  for (const session::Warning& warning : motion.warnings)
    fmt::print("  ! {}{}{}\n", warning.text, warning.remedy.empty() ? "" : " ", warning.remedy);
  fmt::print("  {}\n", (out / "motion.json").string());
}

/// Before the networks start, which take minutes.
Result<void> check_exercise(const MotionCommandOptions& o) {
  if (o.exercise.empty()) return {};
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return tl::unexpected(catalog.error());
  return exercises::find(*catalog, o.exercise).map([](const auto&) {});
}

Result<std::string> measure_and_write(const MotionCommandOptions& o) {
  if (auto ok = check_exercise(o); !ok) return tl::unexpected(ok.error());
  const auto motion = measure(o);
  if (!motion) return tl::unexpected(motion.error());
  auto files = pipeline::motion_outputs(*motion, o.mass_kg);
  if (!files) return tl::unexpected(files.error());
  if (!o.exercise.empty()) {
    if (auto added = add_exercise(o, *motion, *files); !added) return tl::unexpected(added.error());
  }
  if (interrupted()) return interrupted_error("writing results");
  if (auto written = pipeline::write_outputs(o.out, *files); !written) return tl::unexpected(written.error());
  if (!o.json) print_motion(*motion, o.out);
  return files->front().contents;
}

ExitCode run_motion(const MotionCommandOptions& o) {
  catch_interrupts();
  const auto json = measure_and_write(o);
  if (json) {
    if (o.json) fmt::print("{}", *json);
    return ExitCode::success;
  }
  if (o.json) {
    fmt::print("{}\n", error_json(json.error(), o.inputs.front())
                           .dump(2, ' ', false, ordered_json::error_handler_t::replace));
  }
  return report_error(json.error());
}

}  // namespace

void add_motion_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<MotionCommandOptions>();
  auto* command = app.add_subcommand(
      "motion", "Measure joint angles of any movement that two or more cameras filmed, or one");
  command
      ->add_option("cameras", options->inputs,
                   "One video a camera, or landmarks in pixels (.landmarks.json of reprise pose)")
      ->required();
  command->add_option("-c,--calibration", options->calibration,
                      "TOML file of the cameras' lenses and places; not needed for a single camera");
  command
      ->add_option(
          "-o,--out", options->out,
          "Folder for motion.json, angles.csv, angles.mot, points.trc; for OpenSim body.osim, body.trc, "
          "body.mot")
      ->required();
  command->add_option("-e,--exercise", options->exercise,
                      "Also judge this exercise (see: reprise exercises list): session.json, report.html");
  command->add_option("--fps", options->rate_hz, "Results a second; default: the first camera's pictures")
      ->check(CLI::Range(1.0, 1000.0));
  command
      ->add_option("--lags", options->lags_s,
                   "Seconds that the clock of each further camera shows beyond the first's; default: found "
                   "as --sync says")
      ->delimiter(',');
  add_sync_option(*command, options->sync);
  command->add_option("--persons", options->persons, "Whom to follow in each camera: 1 is the largest person")
      ->delimiter(',')
      ->check(CLI::Range(1, 20));
  command
      ->add_option(
          "--mass", options->mass_kg,
          "The person's mass (kg), for body.osim; default: 1 kg in all, so that forces are per kilogram")
      ->check(CLI::Range(1.0, 400.0));
  add_recording_options(*command, options->recording);
  command->add_flag("--json", options->json, "Print motion.json");
  command->footer(
      "Examples:\n"
      "  reprise motion left.mp4 front.mp4 --calibration cameras.toml --out report\n"
      "  reprise motion left.mp4 front.mp4 right.mp4 -c cameras.toml -e squat -o report\n"
      "  reprise motion left.mp4 front.mp4 -c cameras.toml --sync sound -o report\n"
      "  reprise motion walk.mp4 --out angles --mass 72\n"
      "  reprise ik angles/body.osim angles/body.trc --out again.mot");
  command->callback([options, &code] { code = run_motion(*options); });
}

}  // namespace reprise::cli
