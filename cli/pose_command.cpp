// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/read_with_progress.h"
#include "pipeline/outputs.h"
#include "pipeline/recording.h"
#include "sensing/landmarks/landmark_csv.h"
#include "sensing/landmarks/landmark_json.h"
#include "sensing/landmarks/trc.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct PoseOptions {
  std::vector<fs::path> inputs;
  fs::path out;
  pipeline::RecordingOptions recording;
};

Result<std::vector<pipeline::OutputFile>> landmark_files(const sensing::LandmarkRecording& landmarks,
                                                         const std::string& stem) {
  const auto trc = sensing::markers_from_landmarks(landmarks).and_then(
      [&](const engine::MarkerRecording& markers) { return sensing::to_trc(markers, stem + ".trc"); });
  if (!trc) return tl::unexpected(trc.error());
  return std::vector<pipeline::OutputFile>{{stem + ".landmarks.json", sensing::to_landmark_json(landmarks)},
                                           {stem + ".landmarks.csv", sensing::to_landmark_csv(landmarks)},
                                           {stem + ".trc", *trc}};
}

ExitCode find_poses(const PoseOptions& o) {
  pipeline::LazyNetworks networks{o.recording};
  return for_each_input(o.inputs, [&](const fs::path& input) -> Result<void> {
    const auto recording = read_with_progress(input, networks, o.recording);
    const auto written = recording.and_then([&](const pipeline::Recording& r) {
      return landmark_files(r.landmarks, input.stem().string()).and_then([&](const auto& files) {
        return pipeline::write_outputs(o.out, files);
      });
    });
    if (!written) return tl::unexpected(written.error());
    fmt::print("{}: {} of {} pictures show the person\n", input.filename().string(),
               recording->frames.with_person, recording->frames.total);
    for (const session::Warning& warning : recording->warnings) fmt::print("  ! {}\n", warning.text);
    fmt::print("  {}\n", (o.out / (input.stem().string() + ".landmarks.json")).string());
    return {};
  });
}

}  // namespace

void add_pose_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<PoseOptions>();
  auto* command =
      app.add_subcommand("pose", "Write the 33 landmarks of a person in a video, without an exercise");
  command->add_option("input", options->inputs, "Videos, photos or folders of videos")->required();
  command
      ->add_option("-o,--out", options->out, "Folder for the .landmarks.json, .landmarks.csv and .trc files")
      ->required();
  add_recording_options(*command, options->recording);
  command->footer("Example:\n  reprise pose walk.mp4 --out landmarks");
  command->callback([options, &code] { code = find_poses(*options); });
}

}  // namespace reprise::cli
