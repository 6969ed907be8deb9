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
    if (run.vertical_force_n.empty()) continue;
    out.vertical_force_n.resize(at);
    out.vertical_force_n.insert(out.vertical_force_n.end(), run.vertical_force_n.begin(),
                                run.vertical_force_n.end());
  }
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

}  // namespace

std::string part_of_name(const std::filesystem::path& path, bool several) {
  const std::string stem = path.stem().string();
  std::string name = lower_case(stem);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '-' || c == ' ' || c == '.'; }, '_');
  for (const std::string_view part : {std::string_view{"eyes_open"}, std::string_view{"eyes_closed"},
                                      session::kLimitsOfStability, session::kSingleLeg, session::kTandem}) {
    if (name.find(part) != std::string::npos) return std::string{part};
  }
  return several ? stem : std::string{};
}

Result<session::MeasurementDocument> measure_balance(const std::vector<StandingFile>& files,
                                                     const SignalFileOptions& options,
                                                     const session::BalanceOptions& balance) {
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
