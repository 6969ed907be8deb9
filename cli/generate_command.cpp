// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/progress_bar.h"
#include "engine/synthesis/figure_painter.h"
#include "exercises/catalog_files.h"
#include "pipeline/outputs.h"
#include "pipeline/simulated_recording.h"
#include "pipeline/truth.h"
#include "sensing/landmarks/landmark_json.h"
#include "sensing/landmarks/trc.h"
#include "sensing/video/video_writer.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct GenerateCommandOptions {
  std::string exercise;
  fs::path out;
  pipeline::SimulationOptions simulation;
  bool clip = false;
};

// The figure as it was drawn, without the noise of the landmarks.
Result<std::string> film(const exercises::CatalogExercise& exercise, const pipeline::Simulation& s,
                         const engine::GeneratedMovement& movement) {
  constexpr const char* kStage = "drawing the clip";
  const engine::MovementDefinition definition =
      s.options.mirror ? engine::mirrored(s.definition) : s.definition;
  const auto start = engine::figure_at(definition, 0, s.options.body);
  if (!start) return tl::unexpected(start.error());
  auto writer = sensing::VideoWriter::start({.width = s.options.camera.width_px,
                                             .height = s.options.camera.height_px,
                                             .frame_rate = s.options.frame_rate,
                                             .title = "simulated " + exercise.definition.id,
                                             .simulated = true});
  if (!writer) return tl::unexpected(writer.error());
  engine::FigurePainter painter{s.options.body, s.options.camera, engine::middle_of(start->landmarks)};
  ProgressBar bar{"clip.mp4", static_cast<int>(movement.postures.size())};
  int done = 0;
  for (std::size_t i = 0; i < movement.postures.size(); ++i) {
    if (interrupted()) return interrupted_error(kStage);
    const engine::BodyFigure figure =
        engine::draw_body(s.options.body, movement.postures[i], movement.stances[i]);
    if (auto added = writer->add(painter.paint(figure.landmarks)); !added)
      return tl::unexpected(added.error());
    bar.update(++done);
  }
  bar.clear();
  return writer->finish();
}

Result<std::vector<pipeline::OutputFile>> make_files(const GenerateCommandOptions& o,
                                                     const exercises::CatalogExercise& exercise,
                                                     const pipeline::Simulation& simulation,
                                                     const engine::GeneratedMovement& movement) {
  const sensing::LandmarkRecording recording = pipeline::recording_of(movement, simulation);
  std::vector<pipeline::OutputFile> files;
  files.push_back({"landmarks.json", sensing::to_landmark_json(recording)});
  const auto trc = sensing::markers_from_landmarks(recording).and_then(
      [](const engine::MarkerRecording& markers) { return sensing::to_trc(markers, "landmarks.trc"); });
  if (!trc) return tl::unexpected(trc.error());
  files.push_back({"landmarks.trc", *trc});
  files.push_back({"truth.json", pipeline::truth_json(exercise, o.simulation, simulation, movement)});
  if (!o.clip) return files;
  auto clip = film(exercise, simulation, movement);
  if (!clip) return tl::unexpected(clip.error());
  files.push_back({"clip.mp4", std::move(*clip)});
  return files;
}

ExitCode generate_recording(const GenerateCommandOptions& o) {
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return report_error(catalog.error());
  const auto exercise = exercises::find(*catalog, o.exercise);
  if (!exercise) return report_error(exercise.error());
  const auto simulation = pipeline::plan_simulation(o.simulation, **exercise);
  if (!simulation) return report_error(simulation.error());
  const auto movement = engine::generate(simulation->definition, simulation->options);
  if (!movement) return report_error(movement.error());

  catch_interrupts();
  const auto files = make_files(o, **exercise, *simulation, *movement);
  if (!files) return report_error(files.error());
  if (auto written = pipeline::write_outputs(o.out, *files); !written) return report_error(written.error());
  fmt::print("{}: {} frames, {} repetitions  [SIMULATED: no person]\n", o.exercise, movement->frames.size(),
             movement->repetitions.size());
  for (const pipeline::OutputFile& file : *files) fmt::print("  {}\n", (o.out / file.name).string());
  return ExitCode::success;
}

}  // namespace

void add_generate_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<GenerateCommandOptions>();
  auto* command =
      app.add_subcommand("generate", "Make a recording of an exercise with its truth (simulated, no person)");
  command->add_option("exercise", options->exercise, "Which exercise (see: reprise exercises list)")
      ->required();
  command
      ->add_option("-o,--out", options->out,
                   "Folder for landmarks.json, landmarks.trc, truth.json and clip.mp4")
      ->required();
  add_simulation_options(*command, options->simulation);
  command->add_flag("--clip", options->clip, "Also draw the figure as a video");
  command->footer(
      "Examples:\n"
      "  reprise generate squat --out squat --clip\n"
      "  reprise generate heel_slide --side left --range 0.6 --seed 7 --out short\n"
      "  reprise generate squat --fault knees_in --azimuth 0 --stature 1.9 --out knees");
  command->callback([options, &code] { code = generate_recording(*options); });
}

}  // namespace reprise::cli
