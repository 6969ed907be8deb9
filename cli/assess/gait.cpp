// SPDX-License-Identifier: Apache-2.0
#include <memory>
#include <vector>

#include "cli/assess/assess_tests.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/measurement_output.h"
#include "cli/read_with_progress.h"
#include "pipeline/camera_gait.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct GaitArguments {
  std::vector<fs::path> inputs;
  std::optional<double> height_cm;
  std::optional<double> distance_m;
  std::vector<double> marks_px;
  std::string sex;
  session::CameraGaitOptions options;
  pipeline::RecordingOptions recording;
  MeasurementOutputOptions output;
};

struct GaitOutcome {
  Result<session::MeasurementDocument> document;
  fs::path about;  ///< the file that an error is about
};

GaitOutcome assess_gait(GaitArguments& a) {
  constexpr double kCmPerM = 100;
  if (a.height_cm) a.options.body_height = Meters{*a.height_cm / kCmPerM};
  if (a.distance_m)
    a.options.marked = session::MarkedDistance{Meters{*a.distance_m}, a.marks_px[0], a.marks_px[1]};
  if (!a.sex.empty()) {
    a.options.person.sex = a.sex == "female" ? session::ReferenceSex::female : session::ReferenceSex::male;
  }
  const auto inputs = expand_inputs(a.inputs);
  if (!inputs) return {tl::unexpected(inputs.error()), {}};
  catch_interrupts();
  pipeline::LazyNetworks networks{a.recording};
  std::vector<pipeline::Recording> recordings;
  for (const fs::path& input : *inputs) {
    auto recording = read_with_progress(input, networks, a.recording);
    if (!recording) return {tl::unexpected(recording.error()), input};
    recordings.push_back(std::move(*recording));
  }
  return {pipeline::measure_camera_gait(recordings, a.options), inputs->front()};
}

}  // namespace

void add_camera_gait(CLI::App& command, ExitCode& code) {
  auto a = std::make_shared<GaitArguments>();
  command
      .add_option("input", a->inputs,
                  "Videos or landmarks (.json, .csv, .trc, .npy) of one person, or a folder of them; their "
                  "passes count together")
      ->required();
  command.add_option("--height", a->height_cm, "The person's height in cm: gives lengths and speed")
      ->check(CLI::Range(80.0, 250.0));
  CLI::Option* distance =
      command
          .add_option("--distance", a->distance_m,
                      "Meters between two marks on the floor beside the way walked, instead of the height")
          ->check(CLI::Range(0.1, 50.0));
  CLI::Option* marks = command.add_option("--marks", a->marks_px,
                                          "Where the two marks lie, in pixels from the picture's left edge");
  marks->expected(2)->needs(distance);
  distance->needs(marks);
  CLI::Option* treadmill =
      command.add_flag("--treadmill", a->options.treadmill, "The person walks on a treadmill");
  command
      .add_option("--belt-speed", a->options.belt_speed_mps,
                  "Of the treadmill, in m/s: gives stride lengths and speed")
      ->check(CLI::Range(0.05, 5.0))
      ->needs(treadmill);
  command
      .add_option_function<int>(
          "--age", [a](int years) { a->options.person.age_years = years; },
          "The person's age in years: with --sex, curves of healthy people of 18 to 91 years are drawn "
          "behind")
      ->check(CLI::Range(2, 120));
  command.add_option("--sex", a->sex, "The person's sex, for the same")
      ->check(CLI::IsMember({"female", "male"}));
  // Legs that swing fast want the best network in each picture.
  a->recording.model = sensing::ModelVariant::heavy;
  add_recording_options(command, a->recording);
  command.get_option("--model")->default_str("heavy");
  command
      .add_option_function<double>(
          "--from", [a](double s) { a->recording.from = Seconds{s}; },
          "Second of the recording to begin at: when the person walks, or the other one has left")
      ->check(CLI::Range(0.0, 86400.0));
  command
      .add_option_function<double>(
          "--until", [a](double s) { a->recording.until = Seconds{s}; }, "Second to end at")
      ->check(CLI::Range(0.0, 86400.0));
  add_frame_rate_option(command, a->recording);
  add_output_options(command, a->output);
  command.footer(
      "Film from the side, square to the way walked, with the whole person in view for several steps; once "
      "in\n"
      "each direction, because the nearer leg is measured best. From in front or behind, steps and the drop "
      "of\n"
      "the pelvis are measured.\n"
      "Examples:\n"
      "  reprise assess gait there.mp4 back.mp4 --height 172 --age 68 --sex female -o report\n"
      "  reprise assess gait walk.mp4 --distance 4 --marks 310,1480 --json\n"
      "  reprise assess gait treadmill.mp4 --treadmill --belt-speed 1.1\n"
      "  reprise assess gait hall.mp4 --from 2 --person 2 --height 168");
  marks->delimiter(',');
  command.callback([a, &code] {
    const GaitOutcome outcome = assess_gait(*a);
    code = put_out(outcome.document, outcome.about, a->output);
  });
}

}  // namespace reprise::cli
