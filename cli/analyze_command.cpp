// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/batch.h"
#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/interrupt.h"
#include "cli/read_with_progress.h"
#include "cli/summary.h"
#include "exercises/catalog.h"
#include "exercises/catalog_files.h"
#include "exercises/known_exercises.h"
#include "exercises/prescription.h"
#include "pipeline/analysis.h"
#include "pipeline/outputs.h"
#include "pipeline/recording.h"
#include "pipeline/result_cache.h"
#include "sensing/files/sha256.h"
#include "session/exercise_facts.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct AnalyzeOptions {
  std::vector<fs::path> inputs;
  std::string exercise;
  fs::path out;
  std::string side;
  std::optional<double> ceiling;
  pipeline::RecordingOptions recording;
  bool landmarks = false;
  bool again = false;
  bool json = false;
};

struct Done {
  session::SessionDocument document;
  bool kept = false;
};

exercises::Prescription prescription(const AnalyzeOptions& o) {
  exercises::Prescription prescribed{.ceiling = o.ceiling};
  if (o.side == "left") prescribed.side = engine::Side::left;
  if (o.side == "right") prescribed.side = engine::Side::right;
  return prescribed;
}

// Returns the result of an earlier run with the same bytes and options; empty with --again.
std::optional<session::SessionDocument> earlier_result(const fs::path& input, const fs::path& folder,
                                                       const exercises::CatalogExercise& exercise,
                                                       const AnalyzeOptions& o, const std::string& sha256) {
  // Pixels with meters in a second file: the stamp knows only one of the two.
  if (o.again || !sensing::world_file_beside(input).empty()) return std::nullopt;
  std::vector<std::string> files = {"report.html", "angles.csv"};
  if (o.landmarks) files.emplace_back("landmarks.json");
  return pipeline::cached_result(
      folder,
      {sha256, pipeline::options_text(prescription(o), pipeline::options_text(o.recording)),
       pipeline::models_for(input, o.recording), session::facts_of(exercise), exercise.definition},
      files);
}

Result<Done> analyze_one(const fs::path& input, const fs::path& folder,
                         const exercises::CatalogExercise& exercise, const AnalyzeOptions& o,
                         pipeline::LazyNetworks& networks, const engine::Recognizer& recognizer) {
  // Refuses an impossible ceiling before the networks start.
  const auto coach = exercises::coach_options(exercise.definition, prescription(o));
  if (!coach) return tl::unexpected(coach.error());
  const auto sha256 = sensing::sha256_of_file(input, "reading the input");
  if (!sha256) return tl::unexpected(sha256.error());
  if (auto kept = earlier_result(input, folder, exercise, o, *sha256)) return Done{std::move(*kept), true};
  auto recording = read_with_progress(input, networks, o.recording);
  if (!recording) return tl::unexpected(recording.error());
  auto document = pipeline::analyze(*recording, exercise, prescription(o), &recognizer);
  if (!document) return tl::unexpected(document.error());
  Done done{std::move(*document)};
  auto files = pipeline::make_outputs(done.document, recording->landmarks, o.landmarks);
  if (!files) return tl::unexpected(files.error());
  if (interrupted()) return interrupted_error("writing results");
  if (auto written = pipeline::write_outputs(folder, *files); !written)
    return tl::unexpected(written.error());
  return done;
}

// One folder for one input, a folder of its own for each of several; equal names are numbered.
std::vector<fs::path> output_folders(const std::vector<fs::path>& inputs, const fs::path& out) {
  if (inputs.size() == 1) return {out};
  std::vector<fs::path> folders;
  const auto taken = [&](const fs::path& folder) {
    return folder == out / kBatchTable || folder == out / kBatchReport ||
           std::find(folders.begin(), folders.end(), folder) != folders.end();
  };
  for (const fs::path& input : inputs) {
    fs::path folder = out / input.stem();
    for (int n = 2; taken(folder); ++n) {
      folder = out / fmt::format("{}-{}", input.stem().string(), n);
    }
    folders.push_back(folder);
  }
  return folders;
}

void print_json(const std::vector<BatchEntry>& entries) {
  nlohmann::ordered_json all = {{"schema", "reprise.analyze/1"},
                                {"results", nlohmann::ordered_json::array()},
                                {"failed", nlohmann::ordered_json::array()}};
  for (const BatchEntry& e : entries) {
    if (e.document) {
      all["results"].push_back(summary_json(*e.document, e.input, e.folder));
      all["results"].back()["kept"] = e.kept;
    } else {
      all["failed"].push_back(error_json(*e.error, e.input));
    }
  }
  fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

// Prints one line for a kept result among several, and the whole result for a single one.
void print_entry(const BatchEntry& entry, bool among_several) {
  if (entry.kept && among_several) {
    fmt::print("{}: kept\n", entry.input.filename().string());
    return;
  }
  print_summary(*entry.document, entry.input, entry.folder);
  if (entry.kept) fmt::print("  kept   from an earlier run on the same file (--again makes it anew)\n");
}

ExitCode run_analyze(const AnalyzeOptions& o) {
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return report_error(catalog.error());
  const auto exercise = exercises::find(*catalog, o.exercise);
  if (!exercise) return report_error(exercise.error());
  const auto inputs = expand_inputs(o.inputs);
  if (!inputs) return report_error(inputs.error());

  catch_interrupts();
  pipeline::LazyNetworks networks{o.recording};
  const engine::Recognizer recognizer(exercises::known_exercises(*catalog));
  const bool several = inputs->size() > 1;
  const auto folders = output_folders(*inputs, o.out);
  std::vector<BatchEntry> entries;
  ExitCode code = ExitCode::success;
  const auto note = [&](const Error& error, const fs::path& input) {
    const ExitCode this_code = report_error(error, input);
    if (code == ExitCode::success) code = this_code;
  };
  for (std::size_t i = 0; i < inputs->size(); ++i) {
    auto result = analyze_one((*inputs)[i], folders[i], **exercise, o, networks, recognizer);
    BatchEntry& entry = entries.emplace_back(BatchEntry{(*inputs)[i], folders[i]});
    if (result) {
      entry.document = std::move(result->document);
      entry.kept = result->kept;
      if (!o.json) print_entry(entry, several);
      continue;
    }
    entry.error = result.error();
    note(*entry.error, entry.input);
    if (entry.error->code == ErrorCode::cancelled) break;
  }
  const bool stopped = interrupted();
  if (several && !stopped) {
    if (auto written = write_batch(o.out, entries); !written) note(written.error(), {});
  }
  if (o.json) {
    print_json(entries);
  } else if (several) {
    print_batch(entries);
    if (!stopped) fmt::print("all together: {}\n", (o.out / kBatchReport).string());
  }
  return code;
}

}  // namespace

void add_analyze_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<AnalyzeOptions>();
  auto* command =
      app.add_subcommand("analyze", "Turn videos (or landmark files) of an exercise into reports");
  command
      ->add_option("input", options->inputs,
                   "Videos, folders of videos, or landmarks (.json, .csv, .trc, .npy)")
      ->required();
  command->add_option("-e,--exercise", options->exercise, "Which exercise (see: reprise exercises list)")
      ->required();
  command
      ->add_option("-o,--out", options->out,
                   "Folder for session.json, report.html, angles.csv, angles.mot, landmarks.trc")
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
  command->add_flag("--again", options->again,
                    "Analyze anew what an earlier run already left in the output folder");
  command->add_flag("--json", options->json, "Print the summary as JSON");
  command->footer(
      "Examples:\n"
      "  reprise analyze squat.mp4 --exercise squat --out report\n"
      "  reprise analyze left-knee.mov -e heel_slide --side left --ceiling 90 -o report\n"
      "  reprise analyze clips/ -e sit_to_stand -o reports --threads 2");
  command->callback([options, &code] { code = run_analyze(*options); });
}

}  // namespace reprise::cli
