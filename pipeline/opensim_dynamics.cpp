// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"
#include "engine/multibody/coordinate_curves.h"
#include "engine/multibody/inverse_dynamics.h"
#include "pipeline/opensim_inputs.h"
#include "pipeline/opensim_tools.h"
#include "sensing/opensim/external_loads.h"
#include "sensing/opensim/timed_table.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kInverseDynamics = "inverse dynamics";

/// Coordinates over time in radians and meters, one column for each of the model.
struct CoordinateTable {
  std::vector<double> times_s;
  std::vector<std::vector<double>> values;
  bool simulated = false;  ///< no person: the file says so
};

Result<CoordinateTable> read_coordinates(const std::filesystem::path& path,
                                         const sensing::DynamicsSetup& setup,
                                         const engine::MultibodyModel& model,
                                         std::vector<std::string>& warnings) {
  const auto read = sensing::read_timed_table(path);
  if (!read) return tl::unexpected(read.error());
  const sensing::StorageTable* table = &read->table;
  warnings.insert(warnings.end(), table->warnings.begin(), table->warnings.end());
  CoordinateTable out;
  out.times_s = read->times_s;
  out.simulated = is_simulated(*table);
  const bool degrees = read->in_degrees(setup.in_degrees);
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
    auto numbers = read->column(*column);
    if (!numbers) return tl::unexpected(numbers.error());
    // Files are rounded.
    const double width = coordinate.max - coordinate.min;
    const double slack = 1e-4 * (std::isfinite(width) ? std::max(1.0, width) : 1.0);
    for (std::size_t row = 0; row < table->rows(); ++row) {
      values[row] = unit * (*numbers)[row];
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

bool excludes(const sensing::DynamicsSetup& setup, std::string_view word) {
  return std::any_of(setup.excluded_forces.begin(), setup.excluded_forces.end(),
                     [&](const auto& name) { return same_word(name, word) || same_word(name, "all"); });
}

/// External loads, and the kinematics that carry their points.
class AppliedLoads {
 public:
  [[nodiscard]] static Result<AppliedLoads> create(const sensing::DynamicsSetup& setup,
                                                   const engine::MultibodyModel& model,
                                                   std::vector<std::string>& warnings) {
    AppliedLoads out;
    if (setup.external_loads.empty()) return out;
    if (excludes(setup, "all")) {
      warnings.emplace_back("External loads are not applied: forces_to_exclude names ALL.");
      return out;
    }
    auto read = sensing::read_external_loads(setup.external_loads, model);
    if (!read) return tl::unexpected(read.error());
    warnings.insert(warnings.end(), read->warnings.begin(), read->warnings.end());
    out.inputs = {setup.external_loads, read->data};
    out.loads_ = std::move(read->loads);
    out.cover("external loads", read->from.value(), read->to.value(), read->step.value());
    if (read->kinematics.empty()) return out;
    out.inputs.push_back(read->kinematics);
    const auto table = read_coordinates(read->kinematics, setup, model, warnings);
    if (!table) return tl::unexpected(table.error());
    auto curves = engine::coordinate_curves(table->times_s, table->values, read->kinematics_cutoff);
    if (!curves) return tl::unexpected(curves.error());
    out.curves_ = std::move(*curves);
    const auto& times = table->times_s;
    out.cover("kinematics of the external loads", times.front(), times.back(),
              mean_step(times.front(), times.back(), times.size()));
    out.carrying_.emplace(model);
    return out;
  }

  /// Refuses times that the loads do not cover: beyond their first and last row they are unknown.
  [[nodiscard]] Result<void> check_times(double first_s, double last_s) const {
    if (loads_.empty()) return {};
    for (const Coverage& data : coverage_) {
      // A tenth of a step: times in files are rounded.
      if (first_s >= data.from_s - data.step_s / 10 && last_s <= data.to_s + data.step_s / 10) continue;
      return fail(ErrorCode::invalid_argument, kInverseDynamics,
                  fmt::format("the {} last from {:g} to {:g} s, the movement from {:g} to {:g} s", data.name,
                              data.from_s, data.to_s, first_s, last_s),
                  "give loads for all of the time, or limit it: time_range of the setup, or --range");
    }
    return {};
  }

  [[nodiscard]] std::vector<engine::ExternalForce> at(Seconds time,
                                                      const engine::MultibodyKinematics& kinematics) {
    if (!carrying_) return sensing::external_forces_at(loads_, time, kinematics);
    std::vector<double> q;
    for (const auto& curve : curves_) q.push_back(curve.at(time.value()).value);
    carrying_->place(q);
    return sensing::external_forces_at(loads_, time, kinematics, &*carrying_);
  }

  std::vector<std::filesystem::path> inputs;

 private:
  struct Coverage {
    const char* name;
    double from_s, to_s, step_s;
  };
  void cover(const char* name, double from_s, double to_s, double step_s) {
    coverage_.push_back({name, from_s, to_s, step_s});
  }

  std::vector<Coverage> coverage_;
  std::vector<sensing::ExternalLoad> loads_;
  std::vector<engine::PiecewisePolynomial> curves_;
  std::optional<engine::MultibodyKinematics> carrying_;
};

void warn_about_forces(const sensing::OpenSimModel& model, const sensing::DynamicsSetup& setup,
                       std::vector<std::string>& warnings) {
  if (model.has_muscles && !excludes(setup, "muscles"))
    warnings.emplace_back("Muscles exert nothing here, although forces_to_exclude does not name them.");
  if (!model.passive_forces.empty() && !excludes(setup, "all"))
    warnings.push_back("Forces of the model that are not applied: " + joined(model.passive_forces) + ".");
  if (!model.unread_constraints.empty())
    warnings.push_back("Constraints that are left out: " + joined(model.unread_constraints) + ".");
  if (!model.angular_velocity_joints.empty()) {
    warnings.push_back(
        "Forces of the rotations of " + joined(model.angular_velocity_joints) +
        " belong to the rates of the coordinates; OpenSim's, under the same labels, to angular "
        "velocities.");
  }
}

/// The curves of the coordinates; constants where there is one row.
Result<std::vector<engine::PiecewisePolynomial>> curves_of(const CoordinateTable& table,
                                                           std::optional<Hertz> cutoff,
                                                           std::vector<std::string>& warnings) {
  if (table.times_s.size() > 1) return engine::coordinate_curves(table.times_s, table.values, cutoff);
  warnings.emplace_back("The coordinates have one row: velocities and accelerations are taken as 0.");
  std::vector<engine::PiecewisePolynomial> curves;
  for (const std::vector<double>& column : table.values)
    curves.push_back(engine::PiecewisePolynomial::polynomial(column));
  return curves;
}

}  // namespace

Result<DynamicsResult> run_inverse_dynamics(const sensing::DynamicsSetup& setup,
                                            const FrameProgress& progress) {
  const auto read = read_moving_model(setup.model, kInverseDynamics);
  if (!read) return tl::unexpected(read.error());
  const engine::MultibodyModel& model = read->model;
  DynamicsResult out;
  const auto table = read_coordinates(setup.coordinates, setup, model, out.warnings);
  if (!table) return tl::unexpected(table.error());
  auto loads = AppliedLoads::create(setup, model, out.warnings);
  if (!loads) return tl::unexpected(loads.error());
  warn_about_forces(*read, setup, out.warnings);
  out.inputs = {setup.model, setup.coordinates};
  out.inputs.insert(out.inputs.end(), loads->inputs.begin(), loads->inputs.end());
  const auto curves = curves_of(*table, setup.cutoff, out.warnings);
  if (!curves) return tl::unexpected(curves.error());

  out.simulated = table->simulated;
  out.forces.name = "Inverse Dynamics Generalized Forces";
  if (out.simulated) mark_simulated(out.forces);
  out.forces.labels = {"time"};
  for (const engine::MultibodyCoordinate& coordinate : model.coordinates) {
    out.forces.labels.push_back(coordinate.name + (coordinate.rotational ? "_moment" : "_force"));
    out.ranges.push_back({out.forces.labels.back(), 0, 0});
  }
  engine::MultibodyKinematics kinematics{model};
  const std::size_t n = model.coordinates.size();
  std::vector<double> q(n), rates(n), accelerations(n);
  const double step = mean_step(table->times_s.front(), table->times_s.back(), table->times_s.size());
  std::vector<double> solved;
  for (const double time : table->times_s) {
    if (is_within(time, setup.range, step)) solved.push_back(time);
  }
  if (!solved.empty()) {
    if (auto ok = loads->check_times(solved.front(), solved.back()); !ok) return tl::unexpected(ok.error());
  }
  for (std::size_t row = 0; row < solved.size(); ++row) {
    const double time = solved[row];
    if (progress && !progress(static_cast<int>(row), static_cast<int>(solved.size())))
      return fail(ErrorCode::cancelled, kInverseDynamics, "it was stopped", "start it again");
    for (std::size_t c = 0; c < n; ++c) {
      const engine::FunctionValue at = (*curves)[c].at(time);
      q[c] = at.value, rates[c] = at.slope, accelerations[c] = at.curvature;
    }
    kinematics.move(q, rates, accelerations);
    const auto external = loads->at(Seconds{time}, kinematics);
    const std::vector<double> forces = engine::generalized_forces(kinematics, external);
    out.forces.values.emplace_back(time);
    for (std::size_t c = 0; c < n; ++c) {
      if (!std::isfinite(forces[c])) {
        return fail(ErrorCode::corrupt, kInverseDynamics,
                    fmt::format("{} at {:g} s is not finite", out.forces.labels[c + 1], time),
                    "check masses, inertias and lengths of the bodies that it moves, and the external loads");
      }
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
