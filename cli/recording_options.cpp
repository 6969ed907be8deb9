// SPDX-License-Identifier: Apache-2.0
#include "cli/commands.h"
#include "pipeline/recording.h"

namespace reprise::cli {

void add_recording_options(CLI::App& command, pipeline::RecordingOptions& options) {
  command
      .add_option_function<std::string>(
          "--model",
          [&options](const std::string& name) { options.model = sensing::model_variant_from_name(name); },
          "Pose network: lite, full or heavy in each picture, or blend: lite, corrected by heavy 2.5 times a "
          "second, nearly as accurate as heavy and three times as fast")
      ->check(CLI::IsMember({"blend", "lite", "full", "heavy"}))
      ->default_str("blend");
  command.add_flag("--ensemble", options.ensemble,
                   "All three networks, each also on mirrored and shifted pictures: steadier, four times as "
                   "slow as heavy");
  command.add_option("--person", options.person, "Whom to follow: 1 is the largest person, 2 the next")
      ->check(CLI::Range(1, 20))
      ->capture_default_str();
  command.add_option("--threads", options.threads, "From 2 on, decoding runs beside the networks")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  command.add_option("--models", options.models_folder, "Folder with the pose networks");
}

void add_frame_rate_option(CLI::App& command, pipeline::RecordingOptions& options) {
  command
      .add_option_function<double>(
          "--frame-rate", [&options](double hz) { options.frame_rate = Hertz{hz}; },
          "Pictures a second, for landmark files without times")
      ->check(CLI::Range(0.1, 1000.0));
}

}  // namespace reprise::cli
