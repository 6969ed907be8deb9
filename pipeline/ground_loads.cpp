// SPDX-License-Identifier: Apache-2.0
#include "pipeline/ground_loads.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/signal/inertial.h"

namespace reprise::pipeline {
namespace {

using sensing::GroundForce;
using session::FeetLoad;
using session::FootLoadSamples;

constexpr const char* kLoads = "choosing forces";

std::string names_of(const sensing::GroundForces& forces) {
  std::string names;
  for (const GroundForce& f : forces.forces)
    names += (names.empty() ? "" : ", ") + (f.name.empty() ? std::string{"one without a name"} : f.name);
  return names;
}

std::string options_text(const LoadLimits& load) {
  std::string text = fmt::format("--body-mass {:g}", *load.body_mass_kg);
  constexpr double kPercent = 100;
  if (load.limit_kg) text += fmt::format(" --weight-limit {:g}kg", *load.limit_kg);
  if (load.limit_share) text += fmt::format(" --weight-limit {:g}%", kPercent * *load.limit_share);
  if (load.limited) text += *load.limited == Side::left ? " --limited-side left" : " --limited-side right";
  return text;
}

bool has_centers(const session::MeasurementDocument& document) {
  return std::any_of(document.values.begin(), document.values.end(), [](const session::MeasuredValue& value) {
    return value.measure == session::SignalMeasure::cop_way;
  });
}

Seconds measured_time(const GroundForce& force) {
  const auto measured =
      std::count_if(force.force_n.begin(), force.force_n.end(), [](const auto& n) { return n; });
  return period(force.rate) * static_cast<double>(measured);
}

}  // namespace

session::FootLoadSamples load_under(const GroundForce& force) {
  session::FootLoadSamples out{force.force_n, {}};
  for (const auto& point : force.centers)
    out.cop.push_back(point ? std::optional{engine::CopPoint{point->ap_m, point->ml_m}} : std::nullopt);
  return out;
}

Result<sensing::GroundForces> forces_in(const SignalFile& file, const SignalFileOptions& options) {
  return sensing::ground_forces(file.recording, {{options.meanings}, options.cell_area_m2});
}

Result<std::optional<FeetLoad>> feet_of(session::MeasurementInput& input,
                                        const sensing::GroundForces& forces) {
  FeetLoad feet;
  bool any = false;
  for (const GroundForce& force : forces.forces) {
    const auto side = side_of(force.place);
    if (!side) continue;
    FootLoadSamples& foot = *side == Side::left ? feet.left : feet.right;
    if (!foot.force_n.empty()) {
      input.warnings.push_back({"channel_ignored",
                                "A further force of the same foot, '" + force.name + "', is not used.",
                                "Say with --column whose foot each force is under."});
      continue;
    }
    if (any && force.rate != feet.rate) {
      return fail(ErrorCode::invalid_argument, kLoads, "the two feet are sampled at different rates",
                  "resample them to one rate");
    }
    feet.rate = force.rate;
    any = true;
    foot = load_under(force);
    input.sensors.push_back({*side == Side::left ? "left_foot" : "right_foot",
                             foot.cop.empty() ? "vertical force" : "vertical force and center of pressure",
                             force.rate, measured_time(force)});
  }
  if (!any) return std::optional<FeetLoad>{};
  return std::optional{std::move(feet)};
}

Result<session::MeasurementDocument> gait_of_loads(SignalFile file, const GaitOptions& options) {
  const auto forces = forces_in(file, options.file);
  if (!forces) return tl::unexpected(forces.error());
  add_findings(file.input, forces->findings);
  auto feet = feet_of(file.input, *forces);
  if (!feet) return tl::unexpected(feet.error());
  if (!*feet) {
    return fail(ErrorCode::invalid_argument, kLoads,
                "the recording does not say which foot its forces are of: " + names_of(*forces),
                "say it, e.g. --column \"" + forces->forces.front().name + "=left_foot\"");
  }
  if (!options.load.body_mass_kg) {
    return fail(ErrorCode::invalid_argument, kLoads,
                "loads are measured against the body's weight, which is not given",
                "give it in kilograms: --body-mass 72");
  }
  if (options.load.limit_kg || options.load.limit_share) {
    for (const GroundForce& force : forces->forces) {
      if (!side_of(force.place) || force.unit_said) continue;
      return fail(ErrorCode::invalid_argument, kLoads,
                  "the unit of '" + force.name + "' is not known, so nothing can be said against a limit",
                  "give the unit in a description of the columns");
    }
  }
  std::string& used = file.input.source.options;
  used += (used.empty() ? "" : " ") + options_text(options.load);
  session::LoadOptions load;
  load.body_mass_kg = *options.load.body_mass_kg;
  load.limited = options.load.limited;
  if (options.load.limit_kg) load.limit_share = *options.load.limit_kg / load.body_mass_kg;
  if (options.load.limit_share) load.limit_share = options.load.limit_share;
  auto document = session::measure_load(file.input, std::move(**feet), load);
  // Elsewhere points are those of insoles, which move with the foot.
  const bool of_the_room = file.recording.format == "C3D" || file.recording.format == "OpenSim";
  if (document && of_the_room && has_centers(*document)) {
    document->warnings.push_back(
        {"center_in_the_room",
         "The center of pressure is one of the room: on a treadmill its way includes the belt's.",
         "Read it for walking over plates only."});
  }
  return document;
}

}  // namespace reprise::pipeline
