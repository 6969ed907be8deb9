// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/inputs.h"
#include "cli/read_with_progress.h"
#include "pipeline/counted_recording.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct RepetitionsOptions {
  std::vector<fs::path> inputs;
  pipeline::RecordingOptions recording;
  bool json = false;
};

void print_json(const fs::path& input, const pipeline::CountedRecording& counted) {
  nlohmann::ordered_json document{{"file", input.string()}, {"count", counted.repetitions.size()}};
  document["repetitions"] = nlohmann::ordered_json::array();
  for (const engine::CountedRepetition& r : counted.repetitions) {
    document["repetitions"].push_back({{"start_frame", r.start_frame},
                                       {"end_frame", r.end_frame},
                                       {"confidence", std::round(1000 * r.confidence) / 1000}});
  }
  fmt::print("{}\n", document.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace));
}

void print_table(const fs::path& input, const pipeline::CountedRecording& counted) {
  fmt::print("{}: {} {} in {} frames\n", input.filename().string(), counted.repetitions.size(),
             counted.repetitions.size() == 1 ? "repetition" : "repetitions", counted.frames);
  if (counted.repetitions.empty()) return;
  fmt::print("  {:>4}{:>10}{:>10}{:>10}{:>13}\n", "", "from", "to", "seconds", "confidence");
  int number = 0;
  for (const engine::CountedRepetition& r : counted.repetitions) {
    const auto frames = static_cast<double>(r.end_frame - r.start_frame);
    fmt::print("  {:>4}{:>10}{:>10}{:>10.1f}{:>13.2f}\n", ++number, r.start_frame, r.end_frame,
               frames / counted.rate.value(), r.confidence);
  }
  if (counted.seen < counted.frames) {
    fmt::print("  ! {} of {} frames show no person; their movement was interpolated\n",
               counted.frames - counted.seen, counted.frames);
  }
}

ExitCode count(const RepetitionsOptions& o) {
  pipeline::LazyNetworks networks{o.recording};
  return for_each_input(o.inputs, [&](const fs::path& input) -> Result<void> {
    const auto counted = pipeline::count_in(input, o.recording, [&](const fs::path& path) {
      return read_with_progress(path, networks, o.recording);
    });
    if (!counted) return tl::unexpected(counted.error());
    if (o.json) {
      print_json(input, *counted);
    } else {
      print_table(input, *counted);
    }
    return {};
  });
}

}  // namespace

void add_repetitions_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<RepetitionsOptions>();
  auto* command = app.add_subcommand(
      "repetitions", "Count the repetitions of a movement, whatever it is; no angle is measured");
  command
      ->add_option("input", options->inputs,
                   "Videos, landmarks (.json, .csv, .trc, .npy; .npy also with 104 columns) or folders")
      ->required();
  command->add_flag("--json", options->json,
                    "One line a file: {\"file\", \"count\", \"repetitions\": [{\"start_frame\", "
                    "\"end_frame\", \"confidence\"}]}");
  add_recording_options(*command, options->recording);
  command->footer(
      "Confidence, 0 to 1, says how much a repetition is like the others; it is no probability.\n"
      "Examples:\n"
      "  reprise repetitions set.mp4\n"
      "  reprise repetitions landmarks/*.npy --json");
  command->callback([options, &code] { code = count(*options); });
}

}  // namespace reprise::cli
