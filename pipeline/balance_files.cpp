// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "engine/balance/weight_bearing.h"
#include "pipeline/ground_loads.h"
#include "pipeline/measurements.h"
#include "pipeline/signal_file.h"
#include "sensing/signals/typed_signals.h"
#include "session/measurements/balance.h"
#include "session/measurements/standing_tasks.h"

namespace reprise::pipeline {
namespace {

using session::MeasurementInput;

/// What the files hold, by kind.
struct Standings {
  std::vector<session::StandingOnPlate> plates;
  std::vector<session::StandingOnInsoles> feet;
  std::vector<session::StandingWithSensor> sensors;
};

// On the recording's clock, but from the first loaded sample on.
session::StandingOnPlate standing_on(const sensing::ForcePlateSignals& plate, std::string part) {
  session::StandingOnPlate out{std::move(part), {plate.rate, {}}, {}};
  if (plate.runs.empty()) return out;
  engine::CopSeries& series = out.cop;
  const Seconds start = plate.runs.front().start;
  for (const sensing::ForcePlateRun& run : plate.runs) {
    const auto at = static_cast<std::size_t>(std::lround((run.start - start).value() * plate.rate.value()));
    if (at > series.points.size()) series.points.resize(at);
    for (std::size_t i = 0; i < run.cop_ap_m.size(); ++i)
      series.points.push_back(engine::CopPoint{run.cop_ap_m[i], run.cop_ml_m[i]});
  }
  // The force until the end: it tells that the plate was left.
  const auto first = std::lround((start - plate.start).value() * plate.rate.value());
  if (!plate.vertical_force_n.empty())
    out.vertical_force_n.assign(plate.vertical_force_n.begin() + first, plate.vertical_force_n.end());
  return out;
}

/// Several plates in the laboratory's common axes as one; empty: there is one, or they differ in rate.
std::optional<session::StandingOnPlate> standing_on_plates(SignalFile& file,
                                                           const sensing::GroundForces& forces,
                                                           std::string part) {
  std::vector<session::FootLoadSamples> plates;
  for (const sensing::GroundForce& force : forces.forces) {
    if (force.centers.empty() || force.rate != forces.forces.front().rate) return std::nullopt;
    plates.push_back(load_under(force));
  }
  if (plates.size() < 2) return std::nullopt;
  std::vector<engine::FootForceView> views;
  for (const session::FootLoadSamples& plate : plates) views.push_back(plate.view());
  session::StandingOnPlate out{std::move(part), engine::combined_cop(forces.forces.front().rate, views), {}};
  for (std::size_t i = 0; i < out.cop.points.size(); ++i) {
    std::optional<double> sum = 0;
    for (const session::FootLoadSamples& plate : plates)
      sum = sum && plate.force_n[i] ? std::optional{*sum + *plate.force_n[i]} : std::nullopt;
    out.vertical_force_n.push_back(sum);
  }
  add_findings(file.input, forces.findings);
  file.input.sensors.push_back({"force_plate", std::to_string(plates.size()) + " plates as one", out.cop.rate,
                                file.input.source.duration});
  return out;
}

// Only a C3D file places the plate in a room, for which sensing/signals/c3d_signals.h says it.
void warn_of_directions(SignalFile& file, const std::string& part) {
  if (part != session::kLimitsOfStability || file.recording.format == "C3D") return;
  file.input.warnings.push_back(
      {"lean_directions_assumed",
       "The file does not say which way the person faced: the positive directions of the plate's axes were "
       "taken as forward and right.",
       "Facing the other way, forward and backward and left and right are swapped."});
}

/// Adds what one file holds: feet, a plate, or a sensor at the trunk.
Result<void> add_standing(SignalFile& file, const std::string& part, const SignalFileOptions& options,
                          Standings& out) {
  if (const auto forces = forces_in(file, options)) {
    auto feet = feet_of(file.input, *forces);
    if (!feet) return tl::unexpected(feet.error());
    if (*feet) {
      add_findings(file.input, forces->findings);
      out.feet.push_back({part, std::move(**feet)});
      return {};
    }
    if (file.recording.format == "C3D") {
      if (auto plates = standing_on_plates(file, *forces, part)) {
        out.plates.push_back(std::move(*plates));
        return {};
      }
    }
  }
  warn_of_directions(file, part);
  const sensing::MeaningOptions meaning{options.meanings};
  const auto plate = sensing::force_plate(file.recording, meaning);
  if (plate) {
    add_findings(file.input, plate->findings);
    file.input.sensors.push_back(
        {"force_plate", "center of pressure", plate->rate, file.input.source.duration});
    out.plates.push_back(standing_on(*plate, part));
    return {};
  }
  auto trunk = trunk_of(file.input, file.recording, meaning);
  if (!trunk) return tl::unexpected(plate.error());
  out.sensors.push_back({part, std::move(*trunk)});
  return {};
}

// All files of one measurement in one input.
void join(MeasurementInput& whole, const MeasurementInput& one) {
  if (whole.source.files.empty()) {
    whole = one;
    return;
  }
  whole.source.files.insert(whole.source.files.end(), one.source.files.begin(), one.source.files.end());
  whole.source.duration += one.source.duration;
  whole.sensors.insert(whole.sensors.end(), one.sensors.begin(), one.sensors.end());
  for (const session::Warning& warning : one.warnings) {
    const bool known = std::any_of(whole.warnings.begin(), whole.warnings.end(), [&](const auto& w) {
      return w.code == warning.code && w.text == warning.text;
    });
    if (!known) whole.warnings.push_back(warning);
  }
}

std::vector<std::string_view> parts_in(const std::filesystem::path& path) {
  std::string name = lower_case(path.stem().string());
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == ' ' || c == '.'; }, '_');
  std::vector<std::string_view> held;
  for (const std::string_view part : {session::kLimitsOfStability, session::kSingleLeg, session::kTandem,
                                      std::string_view{"eyes_open"}, std::string_view{"eyes_closed"}}) {
    if (name.find(part) != std::string::npos) held.push_back(part);
  }
  return held;
}

tl::unexpected<Error> unclear_part(const std::filesystem::path& path, std::vector<std::string_view> held) {
  std::string names;
  for (const std::string_view part : held) names += (names.empty() ? "" : " and ") + std::string{part};
  return fail(ErrorCode::invalid_argument, "reading the files' names",
              "the name '" + path.filename().string() + "' holds " + names +
                  (held.size() > 1 ? "" : ", as another's does, too"),
              "say --parts, or measure tasks of one kind one by one");
}

}  // namespace

Result<std::vector<std::string>> parts_of_names(std::span<const std::filesystem::path> paths) {
  std::vector<std::string> parts;
  for (const std::filesystem::path& path : paths) {
    const std::vector<std::string_view> held = parts_in(path);
    if (held.size() > 1 && std::any_of(held.begin(), held.end(), session::is_standing_task))
      return unclear_part(path, held);
    if (held.size() == 1) {
      parts.emplace_back(held.front());
    } else {
      parts.push_back(paths.size() > 1 || !held.empty() ? path.stem().string() : std::string{});
    }
  }
  // Several with open eyes are of different conditions, which the whole names tell.
  const std::vector<std::string> found = parts;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (std::count(found.begin(), found.end(), found[i]) < 2) continue;
    if (session::is_standing_task(found[i])) return unclear_part(paths[i], {found[i]});
    parts[i] = paths[i].stem().string();
  }
  return parts;
}

Result<session::MeasurementDocument> measure_balance(const std::vector<StandingFile>& files,
                                                     const SignalFileOptions& options,
                                                     const session::BalanceOptions& balance) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (files[i].part != files[j].part) continue;
      return fail(ErrorCode::invalid_argument, "measuring balance",
                  "two recordings have the same part, '" + files[i].part + "'",
                  "give each its own name in --parts, or measure tasks of one kind one by one");
    }
  }
  MeasurementInput input;
  Standings all;
  for (const StandingFile& standing : files) {
    auto file = read_signal_file(standing.path, options);
    if (!file) return tl::unexpected(file.error());
    if (auto added = add_standing(*file, standing.part, options, all); !added)
      return tl::unexpected(added.error());
    join(input, file->input);
  }
  const int kinds = int{!all.plates.empty()} + int{!all.feet.empty()} + int{!all.sensors.empty()};
  if (kinds > 1) {
    return fail(ErrorCode::invalid_argument, "measuring balance",
                "the files are of different kinds: a force plate, two feet by themselves, or a sensor",
                "measure them one by one");
  }
  if (!all.feet.empty()) return session::measure_insole_balance(input, all.feet);
  return all.plates.empty() ? session::measure_trunk_sway(input, all.sensors)
                            : session::measure_sway(input, all.plates, balance);
}

}  // namespace reprise::pipeline
