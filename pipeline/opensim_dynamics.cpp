// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "engine/multibody/coordinate_curves.h"
#include "engine/multibody/inverse_dynamics.h"
#include "pipeline/opensim_tools.h"
#include "sensing/opensim/external_loads.h"
#include "sensing/opensim/model_file.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kInverseDynamics = "inverse dynamics";

/// Coordinates over time in radians and meters, one column for each of the model.
struct CoordinateTable {
  std::vector<double> times_s;
  std::vector<std::vector<double>> values;
  bool simulated = false;  ///< no person: the file says so
};

/// Whether angles of a table are in degrees: as its header says, else the setup, else old headers.
bool says_degrees(const sensing::StorageTable& table, const sensing::DynamicsSetup& setup) {
  if (table.in_degrees) return *table.in_degrees;
  if (setup.in_degrees) return *setup.in_degrees;
  return std::any_of(table.notes.begin(), table.notes.end(), [](const std::string& note) {
    return note.find("Angles are in degrees") != std::string::npos ||
           note.find("SIMM Motion File") != std::string::npos;
  });
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

Result<CoordinateTable> read_coordinates(const std::filesystem::path& path,
                                         const sensing::DynamicsSetup& setup,
                                         const engine::MultibodyModel& model,
                                         std::vector<std::string>& warnings) {
  const auto table = sensing::read_storage(path);
  if (!table) return tl::unexpected(table.error());
  warnings.insert(warnings.end(), table->warnings.begin(), table->warnings.end());
  const auto cell = [&](std::size_t row, std::size_t column) -> Result<double> {
    if (const auto& value = table->at(row, column)) return *value;
    return fail(ErrorCode::corrupt, kInverseDynamics,
                fmt::format("row {} of the coordinates has no '{}'", row + 1, table->labels[column]),
                "fill the gap, or cut the recording");
  };
  CoordinateTable out;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const auto time = cell(row, 0);
    if (!time) return tl::unexpected(time.error());
    out.times_s.push_back(*time);
  }
  out.simulated = table->name.find("(simulated)") != std::string::npos;
  const bool degrees = says_degrees(*table, setup);
  std::vector<std::string> missing, outside;
  for (const engine::MultibodyCoordinate& coordinate : model.coordinates) {
    std::vector<double>& values = out.values.emplace_back(table->rows(), coordinate.initial);
    const auto column = table->column(coordinate.name);
    if (!column) {
      if (!coordinate.coupling) missing.push_back(coordinate.name);
      continue;
    }
    const double unit = coordinate.rotational && degrees ? kPi / 180 : 1;
    std::size_t beyond = 0;
    for (std::size_t row = 0; row < table->rows(); ++row) {
      const auto value = cell(row, *column);
      if (!value) return tl::unexpected(value.error());
      values[row] = unit * *value;
      // Files are rounded.
      const double slack = 1e-4 * std::max(1.0, coordinate.max - coordinate.min);
      beyond +=
          coordinate.clamped && (values[row] < coordinate.min - slack || values[row] > coordinate.max + slack)
              ? 1
              : 0;
    }
    if (beyond > 0) {
      outside.push_back(fmt::format("{} in {} of {} rows ({:g} to {:g})", coordinate.name, beyond,
                                    table->rows(), coordinate.min / unit, coordinate.max / unit));
    }
  }
  if (missing.size() == model.coordinates.size()) {
    return fail(ErrorCode::nothing_measured, kInverseDynamics, "no coordinate of the model is in the file",
                "give coordinates (.mot) of this model; it has " + model.coordinates.front().name + ", ...");
  }
  if (!missing.empty())
    warnings.push_back("Coordinates that the file lacks, at their default: " + joined(missing) + ".");
  if (!outside.empty()) warnings.push_back("Outside of the model's range: " + joined(outside) + ".");
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    const auto& coupling = model.coordinates[c].coupling;
    if (!coupling || table->column(model.coordinates[c].name)) continue;
    for (std::size_t row = 0; row < table->rows(); ++row)
      out.values[c][row] = coupling->function.at(out.values[coupling->independent][row]).value;
  }
  return out;
}

/// External loads, and the kinematics that carry their points.
class AppliedLoads {
 public:
  [[nodiscard]] static Result<AppliedLoads> create(const sensing::DynamicsSetup& setup,
                                                   const engine::MultibodyModel& model,
                                                   std::vector<std::string>& warnings) {
    AppliedLoads out;
    if (setup.external_loads.empty()) return out;
    auto read = sensing::read_external_loads(setup.external_loads, model);
    if (!read) return tl::unexpected(read.error());
    out.loads_ = std::move(read->loads);
    if (read->kinematics.empty()) return out;
    const auto table = read_coordinates(read->kinematics, setup, model, warnings);
    if (!table) return tl::unexpected(table.error());
    auto curves = engine::coordinate_curves(table->times_s, table->values, read->kinematics_cutoff);
    if (!curves) return tl::unexpected(curves.error());
    out.curves_ = std::move(*curves);
    out.carrying_.emplace(model);
    return out;
  }

  [[nodiscard]] std::vector<engine::ExternalForce> at(Seconds time,
                                                      const engine::MultibodyKinematics& kinematics) {
    if (!carrying_) return sensing::external_forces_at(loads_, time, kinematics);
    std::vector<double> q;
    for (const auto& curve : curves_) q.push_back(curve.at(time.value()).value);
    carrying_->place(q);
    return sensing::external_forces_at(loads_, time, kinematics, &*carrying_);
  }

 private:
  std::vector<sensing::ExternalLoad> loads_;
  std::vector<engine::PiecewisePolynomial> curves_;
  std::optional<engine::MultibodyKinematics> carrying_;
};

void warn_about_forces(const sensing::OpenSimModel& model, const sensing::DynamicsSetup& setup,
                       std::vector<std::string>& warnings) {
  const auto excluded = [&](std::string_view word) {
    return std::any_of(setup.excluded_forces.begin(), setup.excluded_forces.end(), [&](const auto& name) {
      return lower_case(name) == word || lower_case(name) == "all";
    });
  };
  if (model.has_muscles && !excluded("muscles"))
    warnings.emplace_back("Muscles exert nothing here, although forces_to_exclude does not name them.");
  if (!model.passive_forces.empty() && !excluded("all"))
    warnings.push_back("Forces of the model that are not applied: " + joined(model.passive_forces) + ".");
  if (!model.unread_constraints.empty())
    warnings.push_back("Constraints that are left out: " + joined(model.unread_constraints) + ".");
}

}  // namespace

Result<DynamicsResult> run_inverse_dynamics(const sensing::DynamicsSetup& setup,
                                            const FrameProgress& progress) {
  const auto read = sensing::read_osim(setup.model);
  if (!read) return tl::unexpected(read.error());
  const engine::MultibodyModel& model = read->model;
  DynamicsResult out;
  const auto table = read_coordinates(setup.coordinates, setup, model, out.warnings);
  if (!table) return tl::unexpected(table.error());
  auto loads = AppliedLoads::create(setup, model, out.warnings);
  if (!loads) return tl::unexpected(loads.error());
  warn_about_forces(*read, setup, out.warnings);
  const auto curves = engine::coordinate_curves(table->times_s, table->values, setup.cutoff);
  if (!curves) return tl::unexpected(curves.error());

  out.simulated = table->simulated;
  out.forces.name = "Inverse Dynamics Generalized Forces";
  if (out.simulated) {
    out.forces.name += " (simulated)";
    out.forces.notes.emplace_back("Simulated: no person moved.");
  }
  out.forces.labels = {"time"};
  for (const engine::MultibodyCoordinate& coordinate : model.coordinates) {
    out.forces.labels.push_back(coordinate.name + (coordinate.rotational ? "_moment" : "_force"));
    out.ranges.push_back({out.forces.labels.back(), 0, 0});
  }
  engine::MultibodyKinematics kinematics{model};
  const std::size_t n = model.coordinates.size();
  std::vector<double> q(n), rates(n), accelerations(n);
  const double step = table->times_s.size() < 2 ? 0
                                                : (table->times_s.back() - table->times_s.front()) /
                                                      static_cast<double>(table->times_s.size() - 1);
  for (std::size_t row = 0; row < table->times_s.size(); ++row) {
    const double time = table->times_s[row];
    if (progress && !progress(static_cast<int>(row), static_cast<int>(table->times_s.size())))
      return fail(ErrorCode::cancelled, kInverseDynamics, "it was stopped", "start it again");
    if (time < setup.range.from.value() - step / 2 || time > setup.range.to.value() + step / 2) continue;
    for (std::size_t c = 0; c < n; ++c) {
      const engine::FunctionValue at = (*curves)[c].at(time);
      q[c] = at.value, rates[c] = at.slope, accelerations[c] = at.curvature;
    }
    kinematics.move(q, rates, accelerations);
    const auto external = loads->at(Seconds{time}, kinematics);
    const std::vector<double> forces = engine::generalized_forces(kinematics, external);
    out.forces.values.emplace_back(time);
    for (std::size_t c = 0; c < n; ++c) {
      out.forces.values.emplace_back(forces[c]);
      ForceResult& range = out.ranges[c];
      range.least = out.frames == 0 ? forces[c] : std::min(range.least, forces[c]);
      range.most = out.frames == 0 ? forces[c] : std::max(range.most, forces[c]);
    }
    ++out.frames;
  }
  if (out.frames == 0) {
    return fail(ErrorCode::nothing_measured, kInverseDynamics, "no row lies in the time range",
                "check time_range against the coordinates");
  }
  return out;
}

}  // namespace reprise::pipeline
