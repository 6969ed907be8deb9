// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/interrupt.h"
#include "cli/opensim_files.h"
#include "cli/progress_bar.h"
#include "cli/summary.h"
#include "pipeline/opensim_tools.h"
#include "pipeline/outputs.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;

/// What `ik` and `id` have in common.
struct OpenSimOptions {
  fs::path setup;
  std::vector<fs::path> inputs;  ///< model, and markers or coordinates
  fs::path out;
  fs::path loads;
  double cutoff_hz = 0;
  std::vector<double> range_s;
  bool json = false;

  /// Empty before the inputs were checked, if there are none.
  [[nodiscard]] fs::path shown() const {
    return !setup.empty() ? setup : inputs.empty() ? fs::path{} : inputs.back();
  }
  [[nodiscard]] std::optional<sensing::TimeRange> range() const {
    if (range_s.size() != 2) return std::nullopt;
    return sensing::TimeRange{Seconds{range_s[0]}, Seconds{range_s[1]}};
  }
};

/// A setup, perhaps with another model; or a model and a recording.
Result<void> check_inputs(const OpenSimOptions& o, const char* stage, const char* second) {
  if (o.setup.empty() ? o.inputs.size() == 2 : o.inputs.size() <= 1) return {};
  return fail(ErrorCode::invalid_argument, stage,
              fmt::format("there are {} files and {} setup", o.inputs.size(), o.setup.empty() ? "no" : "a"),
              fmt::format("give either --setup SETUP.xml, or MODEL.osim and {}", second));
}

/// Puts a model of the command line in the place of the setup's.
Result<void> choose_model(const OpenSimOptions& o, const char* stage, fs::path& model) {
  if (!o.setup.empty() && !o.inputs.empty()) model = o.inputs.front();
  if (!model.empty()) return {};
  return fail(ErrorCode::invalid_argument, stage, "the setup names no model_file",
              "give MODEL.osim beside --setup");
}

/// Files that a tool writes, with their tables; the first is the result.
using Tables = std::vector<std::pair<fs::path, const sensing::StorageTable*>>;

pipeline::FrameProgress shown_progress(const OpenSimOptions& o, std::optional<ProgressBar>& bar) {
  return [&](int done, int total) {
    if (!bar) bar.emplace(o.shown().filename().string(), total);
    if (done > 0) bar->update(done);
    return !interrupted();
  };
}

Result<void> write_tables(const Tables& tables) {
  if (tables.empty()) return {};
  std::vector<pipeline::OutputFile> files;
  for (const auto& [file, table] : tables) {
    auto text = sensing::to_storage(*table);
    if (!text) return tl::unexpected(text.error());
    files.push_back({file.filename().string(), std::move(*text)});
  }
  const fs::path& path = tables.front().first;
  return pipeline::write_outputs(path.has_parent_path() ? path.parent_path() : ".", files);
}

void print_outputs(const std::vector<fs::path>& paths, const char* ending) {
  if (paths.empty()) fmt::print("  --out FILE{} writes the table\n", ending);
  for (const fs::path& path : paths) fmt::print("  {}\n", path.string());
}

/// For programs: the result's file, null if none is written, and all files.
void add_outputs(ordered_json& j, const std::vector<fs::path>& paths) {
  j["output"] = paths.empty() ? ordered_json(nullptr) : ordered_json(paths.front().string());
  j["files"] = ordered_json::array();
  for (const fs::path& path : paths) j["files"].push_back(path.string());
}

// Errors name their own file.
ExitCode refused(const Error& error, const OpenSimOptions& o) {
  if (o.json) print_tool_json(error_json(error, o.shown()));
  return report_error(error);
}

Result<sensing::KinematicsSetup> kinematics_setup(const OpenSimOptions& o) {
  if (auto ok = check_inputs(o, "inverse kinematics", "MARKERS.trc"); !ok) return tl::unexpected(ok.error());
  sensing::KinematicsSetup setup;
  if (o.setup.empty()) {
    setup.model = o.inputs[0];
    setup.markers = o.inputs[1];
  } else {
    auto read = sensing::read_kinematics_setup(o.setup);
    if (!read) return read;
    setup = std::move(*read);
  }
  if (!o.out.empty()) setup.output = o.out;
  if (auto ok = choose_model(o, "inverse kinematics", setup.model); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_place(o.setup, !o.out.empty(), setup.output, "inverse kinematics"); !ok)
    return tl::unexpected(ok.error());
  setup.range = o.range().value_or(setup.range);
  return setup;
}

void print_kinematics(const pipeline::KinematicsResult& r, const OpenSimOptions& o,
                      const std::vector<fs::path>& files) {
  fmt::print("{}: {} frames, {} markers, {} coordinates{}\n", o.shown().filename().string(), r.frames,
             r.markers.size(), r.motion.labels.size() - 1, r.simulated ? "  [SIMULATED: no person]" : "");
  fmt::print("  distance of markers: {:.1f} mm RMS, at most {:.1f} mm ({})\n", 1000 * r.rms_m,
             1000 * r.worst_m, r.worst_marker);
  std::vector<const pipeline::MarkerResult*> worst;
  for (const pipeline::MarkerResult& marker : r.markers) worst.push_back(&marker);
  std::sort(worst.begin(), worst.end(), [](const auto* a, const auto* b) { return a->rms_m > b->rms_m; });
  worst.resize(std::min<std::size_t>(worst.size(), 5));
  fmt::print("  {:<24}{:>9}{:>9}{:>9}   mm, farthest markers\n", "", "weight", "RMS", "most");
  for (const pipeline::MarkerResult* marker : worst) {
    fmt::print("  {:<24}{:>9g}{:>9.1f}{:>9.1f}\n", marker->name, marker->weight, 1000 * marker->rms_m,
               1000 * marker->worst_m);
  }
  print_tool_warnings(r.warnings);
  print_outputs(files, ".mot");
}

ordered_json to_json(const pipeline::KinematicsResult& r, const OpenSimOptions& o,
                     const std::vector<fs::path>& files) {
  ordered_json j = {{"schema", "reprise.opensim_kinematics/1"}, {"input", o.shown().string()}};
  add_outputs(j, files);
  j["simulated"] = r.simulated;
  j["frames"] = r.frames;
  j["unsolved_frames"] = r.unsolved_frames;
  j["rms_m"] = r.rms_m;
  j["worst_m"] = r.worst_m;
  j["worst_marker"] = r.worst_marker;
  if (!r.apart_constraint.empty()) j["constraints"] = {{"worst", r.apart_constraint}, {"apart_m", r.apart_m}};
  j["coordinates"] = ordered_json::array();
  for (const pipeline::CoordinateResult& c : r.coordinates) {
    j["coordinates"].push_back({{"name", c.name},
                                {"undetermined_frames", c.undetermined_frames},
                                {"never_determined", c.never_determined},
                                {"bound_frames", c.bound_frames}});
  }
  j["markers"] = ordered_json::array();
  for (const pipeline::MarkerResult& m : r.markers) {
    j["markers"].push_back({{"name", m.name},
                            {"weight", m.weight},
                            {"frames", m.frames},
                            {"rms_m", m.rms_m},
                            {"worst_m", m.worst_m},
                            {"far_frames", m.far_frames}});
  }
  j["warnings"] = r.warnings;
  return j;
}

Result<sensing::DynamicsSetup> dynamics_setup(const OpenSimOptions& o) {
  if (auto ok = check_inputs(o, "inverse dynamics", "COORDINATES.mot"); !ok)
    return tl::unexpected(ok.error());
  sensing::DynamicsSetup setup;
  if (o.setup.empty()) {
    setup.model = o.inputs[0];
    setup.coordinates = o.inputs[1];
    setup.excluded_forces = {"muscles"};
  } else {
    auto read = sensing::read_dynamics_setup(o.setup);
    if (!read) return read;
    setup = std::move(*read);
  }
  if (!o.loads.empty()) setup.external_loads = o.loads;
  if (o.cutoff_hz > 0) setup.cutoff = Hertz{o.cutoff_hz};
  if (!o.out.empty()) setup.output = o.out;
  if (auto ok = choose_model(o, "inverse dynamics", setup.model); !ok) return tl::unexpected(ok.error());
  if (auto ok = check_place(o.setup, !o.out.empty(), setup.output, "inverse dynamics"); !ok)
    return tl::unexpected(ok.error());
  setup.range = o.range().value_or(setup.range);
  return setup;
}

void print_dynamics(const pipeline::DynamicsResult& r, const OpenSimOptions& o,
                    const std::vector<fs::path>& files) {
  fmt::print("{}: {} frames{}\n", o.shown().filename().string(), r.frames,
             r.simulated ? "  [SIMULATED: no person]" : "");
  fmt::print("  {:<32}{:>12}{:>12}\n", "N·m (_moment) or N (_force)", "least", "most");
  for (const pipeline::ForceResult& force : r.ranges)
    fmt::print("  {:<32}{:>12.3f}{:>12.3f}\n", force.label, force.least, force.most);
  print_tool_warnings(r.warnings);
  print_outputs(files, ".sto");
}

ordered_json to_json(const pipeline::DynamicsResult& r, const OpenSimOptions& o,
                     const std::vector<fs::path>& files) {
  ordered_json j = {{"schema", "reprise.opensim_dynamics/1"}, {"input", o.shown().string()}};
  add_outputs(j, files);
  j["simulated"] = r.simulated;
  j["frames"] = r.frames;
  j["forces"] = ordered_json::array();
  for (const pipeline::ForceResult& force : r.ranges)
    j["forces"].push_back({{"label", force.label}, {"least", force.least}, {"most", force.most}});
  j["warnings"] = r.warnings;
  return j;
}

/// Writes the tables, and prints the summary.
template <class Outcome>
ExitCode finish(const Outcome& result, const OpenSimOptions& o, const Tables& tables, const char* stage,
                void (*print)(const Outcome&, const OpenSimOptions&, const std::vector<fs::path>&)) {
  std::vector<fs::path> files;
  for (const auto& table : tables) files.push_back(table.first);
  if (auto ok = check_outputs(files, result.inputs, o.setup, stage); !ok) return refused(ok.error(), o);
  if (auto written = write_tables(tables); !written) return refused(written.error(), o);
  if (o.json) {
    print_tool_json(to_json(result, o, files));
  } else {
    print(result, o, files);
  }
  return ExitCode::success;
}

ExitCode inverse_kinematics(const OpenSimOptions& o) {
  const auto setup = kinematics_setup(o);
  if (!setup) return refused(setup.error(), o);
  catch_interrupts();
  std::optional<ProgressBar> bar;
  const auto result = pipeline::run_inverse_kinematics(*setup, shown_progress(o, bar));
  bar.reset();
  if (!result) return refused(result.error(), o);
  Tables tables;
  if (!setup->output.empty()) tables.emplace_back(setup->output, &result->motion);
  if (!setup->output.empty() && setup->report_errors) {
    tables.emplace_back(setup->output.parent_path() / (setup->output.stem().string() + "_marker_errors.sto"),
                        &result->errors);
  }
  return finish(*result, o, tables, "inverse kinematics", &print_kinematics);
}

ExitCode inverse_dynamics(const OpenSimOptions& o) {
  const auto setup = dynamics_setup(o);
  if (!setup) return refused(setup.error(), o);
  catch_interrupts();
  std::optional<ProgressBar> bar;
  const auto result = pipeline::run_inverse_dynamics(*setup, shown_progress(o, bar));
  bar.reset();
  if (!result) return refused(result.error(), o);
  Tables tables;
  if (!setup->output.empty()) tables.emplace_back(setup->output, &result->forces);
  return finish(*result, o, tables, "inverse dynamics", &print_dynamics);
}

CLI::App* add_tool(CLI::App& app, const char* name, const char* text, OpenSimOptions& o, const char* second,
                   const char* table) {
  auto* command = app.add_subcommand(name, text);
  command->add_option("--setup", o.setup, "A setup of OpenSim's tool (.xml)");
  command->add_option("inputs", o.inputs,
                      fmt::format("MODEL.osim {}; with a setup only a model, instead of its own", second));
  command->add_option("-o,--out", o.out, fmt::format("File for the {}; default: as the setup says", table));
  command->add_option("--range", o.range_s, "First and last time (s); default: as the setup says, or all")
      ->expected(2);
  command->add_flag("--json", o.json, "Print the summary as JSON");
  return command;
}

}  // namespace

void add_opensim_commands(CLI::App& app, ExitCode& code) {
  auto kinematics = std::make_shared<OpenSimOptions>();
  auto* ik = add_tool(app, "ik", "Inverse kinematics of an OpenSim model (.osim) from markers (.trc)",
                      *kinematics, "MARKERS.trc", "coordinates (.mot)");
  ik->footer(
      "Examples:\n"
      "  reprise ik --setup subject01_Setup_IK.xml\n"
      "  reprise ik scaled.osim walk.trc --out walk.mot --range 0.4 1.6 --json");
  ik->callback([kinematics, &code] { code = inverse_kinematics(*kinematics); });

  auto dynamics = std::make_shared<OpenSimOptions>();
  auto* id = add_tool(app, "id", "Inverse dynamics of an OpenSim model (.osim) from coordinates (.mot)",
                      *dynamics, "COORDINATES.mot", "generalized forces (.sto)");
  id->add_option("--loads", dynamics->loads, "External loads (.xml); default: as the setup says");
  id->add_option("--cutoff", dynamics->cutoff_hz,
                 "Low-pass filter of the coordinates (Hz); default: as the setup says, or none")
      ->check(CLI::PositiveNumber);
  id->footer(
      "Examples:\n"
      "  reprise id --setup subject01_Setup_ID.xml\n"
      "  reprise id scaled.osim walk.mot --loads grf.xml --cutoff 6 --out walk_id.sto");
  id->callback([dynamics, &code] { code = inverse_dynamics(*dynamics); });
}

}  // namespace reprise::cli
