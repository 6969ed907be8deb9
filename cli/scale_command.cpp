// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/opensim_files.h"
#include "cli/summary.h"
#include "pipeline/opensim_scaling.h"
#include "pipeline/outputs.h"
#include "sensing/files/file_io.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

constexpr const char* kScalingStage = "scaling a model";

struct ScaleOptions {
  fs::path setup;
  std::vector<fs::path> inputs;  ///< model, and the recording
  fs::path out;
  std::optional<double> mass_kg;
  std::vector<double> range_s;
  bool json = false;

  [[nodiscard]] fs::path shown() const {
    return !setup.empty() ? setup : inputs.empty() ? fs::path{} : inputs.front();
  }
};

/// Files to write, with their texts.
using Texts = std::vector<std::pair<fs::path, std::string>>;

struct Scaled {
  pipeline::ScalingResult result;
  Texts texts;  ///< the final model first, if it is written
};

Result<Scaled> scale_by_setup(const ScaleOptions& o) {
  auto setup = sensing::read_scale_setup(o.setup);
  if (!setup) return tl::unexpected(setup.error());
  if (!o.inputs.empty()) setup->model = o.inputs.front();
  if (setup->model.empty()) {
    return fail(ErrorCode::invalid_argument, kScalingStage, "the setup names no model_file",
                "give MODEL.osim beside --setup");
  }
  if (o.mass_kg) setup->mass_kg = o.mass_kg;
  if (o.range_s.size() == 2) {
    setup->range = {Seconds{o.range_s[0]}, Seconds{o.range_s[1]}};
    setup->placement.range = setup->range;
  }
  fs::path& last = setup->places ? setup->output : setup->scaled_output;
  if (!o.out.empty()) last = o.out;
  for (const fs::path* output :
       {&setup->scaled_output, &setup->output, &setup->factors_output, &setup->placement.output}) {
    const bool named = !o.out.empty() && output == &last;
    if (auto ok = check_place(o.setup, named, *output, kScalingStage); !ok) return tl::unexpected(ok.error());
  }
  auto result = pipeline::run_scaling(*setup);
  if (!result) return tl::unexpected(result.error());
  Scaled out;
  if (!last.empty()) out.texts.emplace_back(last, result->model);
  if (setup->places && !setup->scaled_output.empty() && setup->scaled_output != last)
    out.texts.emplace_back(setup->scaled_output, result->scaled_model);
  if (!setup->factors_output.empty())
    out.texts.emplace_back(setup->factors_output, sensing::to_scale_set(result->factors));
  if (result->pose && !setup->placement.output.empty()) {
    auto pose = sensing::to_storage(result->pose->motion);
    if (!pose) return tl::unexpected(pose.error());
    out.texts.emplace_back(setup->placement.output, std::move(*pose));
  }
  out.result = std::move(*result);
  return out;
}

Result<Scaled> scale_by_markers(const ScaleOptions& o) {
  sensing::TimeRange range;
  if (o.range_s.size() == 2) range = {Seconds{o.range_s[0]}, Seconds{o.range_s[1]}};
  auto result = pipeline::run_scaling(o.inputs[0], o.inputs[1], o.mass_kg, range);
  if (!result) return tl::unexpected(result.error());
  Scaled out;
  if (!o.out.empty()) out.texts.emplace_back(o.out, result->model);
  out.result = std::move(*result);
  return out;
}

Result<Scaled> scale(const ScaleOptions& o) {
  if (o.setup.empty() ? o.inputs.size() != 2 : o.inputs.size() > 1) {
    return fail(
        ErrorCode::invalid_argument, kScalingStage,
        fmt::format("files given {} a setup: {}", o.setup.empty() ? "without" : "beside", o.inputs.size()),
        "give --setup SETUP.xml and at most a model, or MODEL.osim and STATIC.trc");
  }
  auto scaled = o.setup.empty() ? scale_by_markers(o) : scale_by_setup(o);
  if (!scaled) return scaled;
  std::vector<fs::path> files;
  for (const auto& [file, text] : scaled->texts) files.push_back(file);
  if (auto ok = check_outputs(files, scaled->result.inputs, o.setup, kScalingStage); !ok)
    return tl::unexpected(ok.error());
  for (const auto& [file, text] : scaled->texts) {
    if (auto ok = pipeline::write_outputs(file.has_parent_path() ? file.parent_path() : ".",
                                          {{file.filename().string(), text}});
        !ok)
      return tl::unexpected(ok.error());
  }
  return scaled;
}

void print_scaling(const Scaled& scaled, const ScaleOptions& o) {
  const pipeline::ScalingResult& r = scaled.result;
  fmt::print("{}: {} bodies, {:.2f} kg (before {:.2f} kg){}\n", o.shown().filename().string(),
             r.factors.size(), r.mass_kg, r.mass_before_kg, r.simulated ? "  [SIMULATED: no person]" : "");
  for (const pipeline::MeasuredScale& measured : r.measurements) {
    fmt::print("  {:<24} {:.4f}\n", measured.name, measured.factor);
    for (const pipeline::MeasuredPair& pair : measured.pairs) {
      fmt::print("    {} - {}: {:.1f} mm, in the model {:.1f} mm, {} frames\n", pair.first, pair.second,
                 1000 * pair.measured_m, 1000 * pair.model_m, pair.frames);
    }
  }
  for (const sensing::ManualScale& scale : r.factors) {
    const Eigen::Vector3d& f = scale.factors;
    if (r.fit) {
      fmt::print("  {:<24} {:.4f}\n", scale.body, f.x());
    } else if (f != Eigen::Vector3d::Ones()) {
      fmt::print("  {:<24} x {:.4f}  y {:.4f}  z {:.4f}\n", scale.body, f.x(), f.y(), f.z());
    }
  }
  if (r.fit) {
    fmt::print("  distance of markers at these factors: {:.1f} mm RMS, {} frames\n", 1000 * r.fit->rms_m,
               r.fit->frames);
  }
  if (r.pose) {
    fmt::print("  {} markers placed; before, they were {:.1f} mm RMS off, at most {:.1f} mm ({})\n",
               r.moved_markers, 1000 * r.pose->rms_m, 1000 * r.pose->worst_m, r.pose->worst_marker);
  }
  if (!r.removed_markers.empty())
    fmt::print("  removed, because the recording lacks them: {}\n", fmt::join(r.removed_markers, ", "));
  print_tool_warnings(r.warnings);
  if (scaled.texts.empty()) fmt::print("  --out FILE.osim writes the model\n");
  for (const auto& [file, text] : scaled.texts) fmt::print("  {}\n", file.string());
}

ordered_json to_json(const Scaled& scaled, const ScaleOptions& o) {
  const pipeline::ScalingResult& r = scaled.result;
  ordered_json j = {{"schema", "reprise.opensim_scaling/1"}, {"input", o.shown().string()}};
  j["files"] = ordered_json::array();
  for (const auto& [file, text] : scaled.texts) j["files"].push_back(file.string());
  j["simulated"] = r.simulated;
  j["mass_before_kg"] = r.mass_before_kg;
  j["mass_kg"] = r.mass_kg;
  j["bodies"] = ordered_json::array();
  for (const sensing::ManualScale& scale : r.factors)
    j["bodies"].push_back(
        {{"name", scale.body}, {"factors", {scale.factors.x(), scale.factors.y(), scale.factors.z()}}});
  j["measurements"] = ordered_json::array();
  for (const pipeline::MeasuredScale& measured : r.measurements) {
    ordered_json pairs = ordered_json::array();
    for (const auto& pair : measured.pairs) {
      pairs.push_back({{"markers", {pair.first, pair.second}},
                       {"model_m", pair.model_m},
                       {"measured_m", pair.measured_m},
                       {"frames", pair.frames}});
    }
    j["measurements"].push_back({{"name", measured.name}, {"factor", measured.factor}, {"pairs", pairs}});
  }
  if (r.fit)
    j["fit"] = {{"rms_m", r.fit->rms_m},
                {"frames", r.fit->frames},
                {"rounds", r.fit->rounds},
                {"untold_bodies", r.untold_bodies}};
  if (r.pose) {
    j["placement"] = {{"moved_markers", r.moved_markers},
                      {"removed_markers", r.removed_markers},
                      {"rms_m", r.pose->rms_m},
                      {"worst_m", r.pose->worst_m},
                      {"worst_marker", r.pose->worst_marker}};
  }
  j["warnings"] = r.warnings;
  return j;
}

ExitCode run_scale(const ScaleOptions& o) {
  const auto scaled = scale(o);
  if (!scaled) {
    if (o.json) print_tool_json(error_json(scaled.error(), o.shown()));
    return report_error(scaled.error());
  }
  if (o.json) {
    print_tool_json(to_json(*scaled, o));
  } else {
    print_scaling(*scaled, o);
  }
  return ExitCode::success;
}

}  // namespace

void add_scale_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<ScaleOptions>();
  auto* command =
      app.add_subcommand("scale", "Scale an OpenSim model (.osim) to a person's markers (.trc) and mass");
  command->add_option("--setup", options->setup, "A setup of OpenSim's ScaleTool (.xml)");
  command->add_option("inputs", options->inputs,
                      "MODEL.osim MARKERS.trc: each body by the factor that fits the markers; with a setup "
                      "only a model, instead of its own");
  command->add_option("-o,--out", options->out, "File for the model (.osim); default: as the setup says");
  command
      ->add_option("--mass", options->mass_kg,
                   "The person's mass (kg); default: as the setup says, or as scaling makes it")
      ->check(CLI::PositiveNumber);
  command
      ->add_option("--range", options->range_s, "First and last time (s); default: as the setup says, or all")
      ->expected(2);
  command->add_flag("--json", options->json, "Print the summary as JSON");
  command->footer(
      "Examples:\n"
      "  reprise scale --setup subject01_Setup_Scale.xml\n"
      "  reprise scale generic.osim static.trc --mass 72.6 --out scaled.osim\n"
      "  reprise scale generic.osim static.trc --range 1 2 --json");
  command->callback([options, &code] { code = run_scale(*options); });
}

}  // namespace reprise::cli
