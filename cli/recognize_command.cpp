// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/read_with_progress.h"
#include "exercises/catalog_files.h"
#include "exercises/known_exercises.h"
#include "pipeline/recognized_recording.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct RecognizeOptions {
  std::vector<fs::path> inputs;
  pipeline::RecordingOptions recording;
  std::size_t top = 5;
  bool json = false;
};

double rounded(double value) {
  return std::round(1000 * value) / 1000;
}

void print_recognized(const fs::path& input, const engine::Recognition& found, const RecognizeOptions& o) {
  const std::size_t shown = std::min(o.top, found.ranked.size());
  if (o.json) {
    nlohmann::ordered_json document{{"file", input.string()}, {"unknown", rounded(found.unknown)}};
    document["ranked"] = nlohmann::ordered_json::array();
    for (std::size_t i = 0; i < shown; ++i) {
      const engine::RankedGroup& group = found.ranked[i];
      document["ranked"].push_back({{"exercises", group.exercises},
                                    {"probability", rounded(group.probability)},
                                    {"distance", rounded(group.distance)}});
    }
    fmt::print("{}\n", document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
    return;
  }
  fmt::print("{}: {:.0f} % none of the {} known\n", input.filename().string(), 100 * found.unknown,
             found.ranked.size());
  for (std::size_t i = 0; i < shown; ++i) {
    const engine::RankedGroup& group = found.ranked[i];
    fmt::print("  {:>4.0f} %{:>8.2f}  {}\n", 100 * group.probability, group.distance,
               fmt::join(group.exercises, " or "));
  }
}

ExitCode recognize(const RecognizeOptions& o) {
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return report_error(catalog.error());
  const engine::Recognizer recognizer(exercises::known_exercises(*catalog));
  pipeline::LazyNetworks networks{o.recording};
  const auto read = [&](const fs::path& path) { return read_with_progress(path, networks, o.recording); };
  return for_each_input(o.inputs, [&](const fs::path& input) -> Result<void> {
    const auto found = pipeline::recognize_in(input, o.recording, read, recognizer);
    if (!found) return tl::unexpected(found.error());
    print_recognized(input, *found, o);
    return {};
  });
}

}  // namespace

void add_recognize_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<RecognizeOptions>();
  auto* command =
      app.add_subcommand("recognize", "Name the exercises of the catalog that a movement looks like");
  command
      ->add_option("input", options->inputs,
                   "Videos, landmarks (.json, .csv, .trc, .npy; .npy also with 104 columns) or folders")
      ->required();
  command->add_option("--top", options->top, "How many exercises to name")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  command->add_flag("--json", options->json,
                    "One line a file: {\"file\", \"unknown\", \"ranked\": [{\"exercises\", \"probability\", "
                    "\"distance\"}]}");
  add_recording_options(*command, options->recording);
  command->footer(
      "Exercises that a camera cannot tell apart stand together. The distance to what the catalog draws is "
      "in\n"
      "units of the noise expected; about 1 and more is likely another movement, \"unknown\".\n"
      "Examples:\n"
      "  reprise recognize set.mp4\n"
      "  reprise recognize landmarks/*.csv --top 3 --json");
  command->callback([options, &code] { code = recognize(*options); });
}

}  // namespace reprise::cli
