#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/outputs.h"
#include "cli/recording.h"
#include "cli/summary.h"
#include "session/catalogue.h"
#include "session/catalogue_files.h"
#include "session/exercise_facts.h"
#include "session/passes.h"
#include "session/prescription.h"

namespace reprise {
namespace {

namespace fs = std::filesystem;

struct AnalyzeOptions {
  std::vector<fs::path> inputs;
  std::string exercise;
  fs::path out;
  std::string side;
  std::optional<double> ceiling;
  RecordingOptions recording;
  bool landmarks = false;
  bool json = false;
};

struct Done {
  fs::path input;
  fs::path folder;
  SessionDocument document;
};
struct Failed {
  fs::path input;
  Error error;
};

Prescription prescription(const AnalyzeOptions& o) {
  Prescription prescribed{.ceiling = o.ceiling};
  if (o.side == "left") prescribed.side = Side::left;
  if (o.side == "right") prescribed.side = Side::right;
  return prescribed;
}

Result<Done> analyze_one(const fs::path& input, const fs::path& folder, const CatalogueExercise& exercise,
                         const AnalyzeOptions& o, LazyNetworks& networks) {
  const auto coach_wishes = coach_options(exercise.definition, prescription(o));
  if (!coach_wishes) return tl::unexpected(coach_wishes.error());
  auto recording = read_recording(input, networks, o.recording);
  if (!recording) return tl::unexpected(recording.error());

  PassInput pass;
  pass.definition = exercise.definition;
  pass.exercise = facts_of(exercise);
  pass.source = recording->source;
  pass.models = recording->models;
  pass.frames = recording->frames;
  pass.coach = *coach_wishes;
  pass.warnings = recording->warnings;
  if (!o.side.empty() && o.side != "both" && !exercise.definition.sided) {
    pass.warnings.push_back(
        {"side_ignored",
         exercise.definition.id + " is done with both sides; --side " + o.side + " changes nothing.", ""});
  }
  Done done{input, folder, run_passes(pass, recording->landmarks.frames)};
  auto files = make_outputs(done.document, recording->landmarks, o.landmarks);
  if (!files) return tl::unexpected(files.error());
  if (interrupted()) return interrupted_error("writing results");
  if (auto written = write_outputs(folder, *files); !written) return tl::unexpected(written.error());
  return done;
}

// One folder for one input, a folder of its own for each of several; equal names are numbered.
std::vector<fs::path> output_folders(const std::vector<fs::path>& inputs, const fs::path& out) {
  if (inputs.size() == 1) return {out};
  std::vector<fs::path> folders;
  for (const fs::path& input : inputs) {
    fs::path folder = out / input.stem();
    for (int n = 2; std::find(folders.begin(), folders.end(), folder) != folders.end(); ++n) {
      folder = out / fmt::format("{}-{}", input.stem().string(), n);
    }
    folders.push_back(folder);
  }
  return folders;
}

ExitCode analyze(const AnalyzeOptions& o) {
  const auto catalogue = load_catalogue(catalogue_folder());
  if (!catalogue) return report_error(catalogue.error());
  const auto exercise = find(*catalogue, o.exercise);
  if (!exercise) return report_error(exercise.error());
  const auto inputs = expand_inputs(o.inputs);
  if (!inputs) return report_error(inputs.error());

  catch_interrupts();
  LazyNetworks networks{o.recording};
  const auto folders = output_folders(*inputs, o.out);
  std::vector<Done> done;
  std::vector<Failed> failed;
  ExitCode code = ExitCode::success;
  for (std::size_t i = 0; i < inputs->size(); ++i) {
    auto result = analyze_one((*inputs)[i], folders[i], **exercise, o, networks);
    if (result) {
      if (!o.json) print_summary(result->document, (*inputs)[i], folders[i]);
      done.push_back(std::move(*result));
      continue;
    }
    const ExitCode this_code = report_error(result.error(), (*inputs)[i]);
    if (code == ExitCode::success) code = this_code;
    failed.push_back({(*inputs)[i], result.error()});
    if (result.error().code == ErrorCode::cancelled) break;
  }
  if (o.json) {
    nlohmann::ordered_json all = {{"schema", "reprise.analyze/1"},
                                  {"results", nlohmann::ordered_json::array()},
                                  {"failed", nlohmann::ordered_json::array()}};
    for (const Done& d : done) all["results"].push_back(summary_json(d.document, d.input, d.folder));
    for (const Failed& f : failed) all["failed"].push_back(error_json(f.error, f.input));
    fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else if (inputs->size() > 1) {
    print_table_end(done.size(), failed.size());
  }
  return code;
}

}  // namespace

void add_analyze_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<AnalyzeOptions>();
  auto* command =
      app.add_subcommand("analyze", "Turn videos (or landmark files) of an exercise into reports");
  command->add_option("input", options->inputs, "Videos, folders of videos, or landmarks (.json, .csv, .trc)")
      ->required();
  command->add_option("-e,--exercise", options->exercise, "Which exercise (see: reprise exercises list)")
      ->required();
  command
      ->add_option("-o,--out", options->out,
                   "Folder for session.json, report.html, angles.csv, landmarks.trc")
      ->required();
  add_recording_options(*command, options->recording);
  command->add_option("--side", options->side, "Side the exercise is prescribed for; default: whatever moves")
      ->check(CLI::IsMember({"left", "right", "both"}));
  command->add_option("--ceiling", options->ceiling, "Largest allowed value of the main measure, degrees");
  command
      ->add_option_function<double>(
          "--frame-rate", [options](double hz) { options->recording.frame_rate = Hertz{hz}; },
          "Pictures a second, for landmark files without times")
      ->check(CLI::Range(0.1, 1000.0));
  command->add_flag("--landmarks", options->landmarks,
                    "Also write landmarks.json (all 33 points of every frame)");
  command->add_flag("--json", options->json, "Print the summary as JSON");
  command->footer(
      "Examples:\n"
      "  reprise analyze squat.mp4 --exercise squat --out report\n"
      "  reprise analyze left-knee.mov -e heel_slide --side left --ceiling 90 -o report\n"
      "  reprise analyze clips/ -e sit_to_stand -o reports --threads 2 --json");
  command->callback([options, &code] { code = analyze(*options); });
}

}  // namespace reprise
