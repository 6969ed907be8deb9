// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/summary.h"
#include "engine/kinematics/marker_angles.h"
#include "pipeline/angle_files.h"
#include "pipeline/outputs.h"
#include "sensing/landmarks/trc.h"
#include "sensing/motion_capture/c3d.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;

struct AnglesOptions {
  fs::path input;
  fs::path out;
  std::string set;
  std::string up;
  bool json = false;
};

struct Measured {
  engine::MarkerRecording recording;
  std::string_view set;
  engine::MarkerBody body;
  engine::MarkerAngles angles;
};

struct Range {
  double min_deg = 0;
  double max_deg = 0;
  std::size_t frames = 0;
};

Result<engine::MarkerRecording> read_markers(const fs::path& path) {
  std::string ending = path.extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  if (ending == ".trc") return sensing::read_trc(path);
  if (ending == ".c3d") {
    auto read = sensing::read_c3d(path);
    if (!read) return tl::unexpected(read.error());
    return std::move(read->markers);
  }
  return fail(ErrorCode::unsupported, "reading markers",
              "'" + path.filename().string() + "' ends in neither .trc nor .c3d",
              "export the markers as TRC or C3D");
}

std::optional<Vec3<engine::Laboratory>> direction(const std::string& axis) {
  if (axis.empty()) return std::nullopt;
  Eigen::Vector3d v = Eigen::Vector3d::Zero();
  v[axis.back() - 'x'] = axis.front() == '-' ? -1 : 1;
  return Vec3<engine::Laboratory>{v};
}

Result<Measured> measure_markers(const AnglesOptions& o) {
  auto recording = read_markers(o.input);
  if (!recording) return tl::unexpected(recording.error());
  const auto markers = engine::recognise_markers(recording->names, o.set);
  if (!markers) return tl::unexpected(markers.error());
  Measured m{std::move(*recording), markers->set, {}, {}};
  m.body = engine::find_body(m.recording, *markers, direction(o.up));
  m.angles = engine::angles_of(m.body);
  if (m.angles.series.empty()) {
    return fail(ErrorCode::nothing_measured, "measuring angles",
                "the markers show no joint: " + m.angles.not_measured.front().reason,
                "name markers as in one of the known sets (docs/guide/command.md)");
  }
  return m;
}

Range range_of(const engine::MarkerAngleSeries& series) {
  Range range;
  for (const auto& value : series.values_rad) {
    if (!value) continue;
    const double deg = to_degrees(Radians{*value}).value();
    range.min_deg = range.frames == 0 ? deg : std::min(range.min_deg, deg);
    range.max_deg = range.frames == 0 ? deg : std::max(range.max_deg, deg);
    ++range.frames;
  }
  return range;
}

std::string label_of(engine::MarkerAngle angle, std::optional<engine::Side> side) {
  return fmt::format("{}{}", engine::info(angle).label, side ? fmt::format(" {}", engine::name(*side)) : "");
}

void print_angles(const Measured& m, const AnglesOptions& o) {
  const std::size_t frames = m.recording.times.size();
  fmt::print("{}: {} frames{}, markers named as in \"{}\"{}\n", o.input.filename().string(), frames,
             m.recording.rate ? fmt::format(" at {:g} a second", m.recording.rate->value()) : "", m.set,
             m.recording.simulated ? "  [SIMULATED: no person]" : "");
  fmt::print("  {:<32}{:>9}{:>9}{:>9}   measured in\n", "degrees", "least", "most", "range");
  for (const engine::MarkerAngleSeries& series : m.angles.series) {
    const Range r = range_of(series);
    fmt::print("  {:<32}{:>9.1f}{:>9.1f}{:>9.1f}   {} of {}\n", label_of(series.angle, series.side),
               r.min_deg, r.max_deg, r.max_deg - r.min_deg, r.frames, frames);
  }
  std::vector<std::string> reasons;  // in order, each with the angles that it keeps from being measured
  std::map<std::string, std::string> angles;
  for (const engine::NotMeasured& n : m.angles.not_measured) {
    if (!angles.contains(n.reason)) reasons.push_back(n.reason);
    std::string& text = angles[n.reason];
    text += (text.empty() ? "" : ", ") + label_of(n.angle, n.side);
  }
  for (const std::string& reason : reasons) fmt::print("  not measured: {} ({})\n", angles[reason], reason);
  for (const std::string& text : m.body.assumptions) fmt::print("  assumed: {}\n", text);
  for (const auto* list : {&m.recording.warnings, &m.body.warnings}) {
    for (const std::string& text : *list) fmt::print("  ! {}\n", text);
  }
  if (o.out.empty()) {
    fmt::print("  --out DIR writes angles.mot and angles.csv\n");
  } else {
    fmt::print("  {}\n  {}\n", (o.out / "angles.mot").string(), (o.out / "angles.csv").string());
  }
}

nlohmann::ordered_json to_json(const Measured& m, const AnglesOptions& o) {
  nlohmann::ordered_json j = {{"schema", "reprise.angles/1"},
                              {"input", o.input.string()},
                              {"marker_set", m.set},
                              {"simulated", m.recording.simulated},
                              {"frames", m.recording.times.size()}};
  const auto side_of = [](std::optional<engine::Side> side) {
    return side ? nlohmann::ordered_json(engine::name(*side)) : nlohmann::ordered_json(nullptr);
  };
  j["angles"] = nlohmann::ordered_json::array();
  for (const engine::MarkerAngleSeries& series : m.angles.series) {
    const Range r = range_of(series);
    j["angles"].push_back({{"angle", engine::info(series.angle).name},
                           {"side", side_of(series.side)},
                           {"min_deg", r.min_deg},
                           {"max_deg", r.max_deg},
                           {"measured_frames", r.frames}});
  }
  j["not_measured"] = nlohmann::ordered_json::array();
  for (const engine::NotMeasured& n : m.angles.not_measured) {
    j["not_measured"].push_back(
        {{"angle", engine::info(n.angle).name}, {"side", side_of(n.side)}, {"reason", n.reason}});
  }
  j["assumptions"] = m.body.assumptions;
  j["warnings"] = m.recording.warnings;
  for (const std::string& text : m.body.warnings) j["warnings"].push_back(text);
  return j;
}

ExitCode angles(const AnglesOptions& o) {
  const auto measured = measure_markers(o);
  if (!measured) return report_error(measured.error(), o.input);
  if (!o.out.empty()) {
    const auto mot = pipeline::angles_mot(measured->angles, measured->recording);
    const auto csv = pipeline::angles_csv(measured->angles, measured->recording);
    if (!mot) return report_error(mot.error(), o.input);
    if (!csv) return report_error(csv.error(), o.input);
    const auto written = pipeline::write_outputs(o.out, {{"angles.mot", *mot}, {"angles.csv", *csv}});
    if (!written) return report_error(written.error(), o.input);
  }
  if (o.json) {
    fmt::print("{}\n", to_json(*measured, o).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
  } else {
    print_angles(*measured, o);
  }
  return ExitCode::success;
}

}  // namespace

void add_angles_command(CLI::App& app, ExitCode& code) {
  auto options = std::make_shared<AnglesOptions>();
  auto* command = app.add_subcommand("angles", "Joint angles of motion-capture markers (.trc, .c3d)");
  command->add_option("input", options->input, "A .trc or .c3d file")->required();
  command->add_option("-o,--out", options->out, "Folder for angles.mot and angles.csv (degrees)");
  std::vector<std::string> sets(engine::marker_set_names().begin(), engine::marker_set_names().end());
  command->add_option("--set", options->set, "How the markers are named; default: the set that fits best")
      ->check(CLI::IsMember(sets));
  command
      ->add_option("--up", options->up,
                   "The file's axis that points up; default: as head and trunk lie above the feet")
      ->check(CLI::IsMember({"x", "y", "z", "-x", "-y", "-z"}));
  command->add_flag("--json", options->json, "Print the summary as JSON");
  command->footer(
      "Examples:\n"
      "  reprise angles walk.trc --out angles\n"
      "  reprise angles walk.c3d --set clinical --up z --json");
  command->callback([options, &code] { code = angles(*options); });
}

}  // namespace reprise::cli
