// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/multibody/marker_fit.h"
#include "pipeline/kinematics_summary.h"
#include "pipeline/opensim_inputs.h"
#include "pipeline/opensim_tools.h"
#include "sensing/files/file_io.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/timed_table.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kInverseKinematics = "inverse kinematics";

/// The coordinates that tasks ask for, over time.
class WantedCoordinates {
 public:
  [[nodiscard]] static Result<WantedCoordinates> create(const sensing::KinematicsSetup& setup,
                                                        const engine::MultibodyModel& model) {
    WantedCoordinates out;
    std::optional<sensing::TimedTable> data;
    if (!setup.coordinates.empty()) {
      auto read = sensing::read_timed_table(setup.coordinates);
      if (!read) return tl::unexpected(read.error());
      data = std::move(*read);
      const double step = mean_step(data->times_s.front(), data->times_s.back(), data->times_s.size());
      out.file_range_ = {Seconds{data->times_s.front() - step / 10},
                         Seconds{data->times_s.back() + step / 10}};
      out.warnings = data->table.warnings;
    }
    for (const sensing::KinematicsTask& task : setup.coordinate_tasks) {
      const auto coordinate = model.coordinate(task.name);
      if (!coordinate) {
        out.warnings.push_back("The model has no coordinate '" + task.name + "'; its task is left out.");
        continue;
      }
      Target target;
      using Wanted = sensing::KinematicsTask::Wanted;
      if (task.wanted == Wanted::from_file) {
        const auto column = data ? data->table.column(task.name) : std::nullopt;
        if (!column) {
          out.warnings.push_back("The coordinate file has no '" + task.name + "'; its task is left out.");
          continue;
        }
        const auto values = data->column(*column);
        if (!values) return tl::unexpected(values.error());
        auto read = engine::PiecewisePolynomial::natural_quintic(data->times_s, *values);
        if (!read) return tl::unexpected(sensing::error_in_file(read.error(), setup.coordinates));
        const bool degrees = model.coordinates[*coordinate].rotational && data->in_degrees();
        target = {read->scaled(degrees ? kPi / 180 : 1), true};
      } else {
        const double value =
            task.wanted == Wanted::manual ? task.manual_value : model.coordinates[*coordinate].initial;
        target = {engine::PiecewisePolynomial::polynomial(std::span{&value, 1}), false};
      }
      out.targets.push_back({*coordinate, task.weight});
      out.targets_.push_back(std::move(target));
    }
    return out;
  }

  /// Empty where the file does not reach.
  [[nodiscard]] std::vector<std::optional<double>> at(Seconds time) {
    const bool covered = time >= file_range_.from && time <= file_range_.to;
    bool left_out = false;
    std::vector<std::optional<double>> values;
    for (const Target& target : targets_) {
      auto& value = values.emplace_back();
      if (!target.from_file || covered) value = target.curve.at(time.value()).value;
      left_out = left_out || !value;
    }
    if (left_out) uncovered.add(time.value());
    return values;
  }

  std::vector<engine::CoordinateTarget> targets;
  std::vector<std::string> warnings;
  FrameSpan uncovered;  ///< frames outside of the file's times

 private:
  struct Target {
    engine::PiecewisePolynomial curve;
    bool from_file = false;
  };
  std::vector<Target> targets_;
  sensing::TimeRange file_range_;
};

/// The markers that count, and their columns in the recording.
struct UsedMarkers {
  std::vector<engine::MarkerTarget> targets;
  std::vector<std::size_t> columns;
};

Result<UsedMarkers> used_markers(const sensing::KinematicsSetup& setup, const engine::MultibodyModel& model,
                                 const engine::MarkerRecording& recording,
                                 std::vector<std::string>& warnings) {
  std::vector<sensing::KinematicsTask> tasks =
      setup.marker_tasks.value_or(std::vector<sensing::KinematicsTask>{});
  const bool all = !setup.marker_tasks;
  if (all) {
    for (const engine::ModelMarker& marker : model.markers) {
      sensing::KinematicsTask& task = tasks.emplace_back();
      task.name = marker.name;
    }
  }
  UsedMarkers used;
  std::string not_in_model, not_seen;
  for (const sensing::KinematicsTask& task : tasks) {
    const auto marker = model.marker(task.name);
    const auto column = std::find(recording.names.begin(), recording.names.end(), task.name);
    if (!marker || column == recording.names.end()) {
      std::string& list = marker ? not_seen : not_in_model;
      list += (list.empty() ? "" : ", ") + task.name;
      continue;
    }
    used.targets.push_back({*marker, task.weight});
    used.columns.push_back(static_cast<std::size_t>(column - recording.names.begin()));
  }
  if (used.targets.empty()) {
    return fail(ErrorCode::nothing_measured, kInverseKinematics,
                "no marker of the model" + std::string{all ? "" : " with a task"} + " is in the recording",
                "rename the markers as in the model; it has " + model.markers.front().name + ", ...");
  }
  if (!not_in_model.empty())
    warnings.push_back("Tasks without a marker of the model, left out: " + not_in_model + ".");
  if (!not_seen.empty()) warnings.push_back("Markers that the recording lacks, left out: " + not_seen + ".");
  return used;
}

}  // namespace

Result<KinematicsResult> run_inverse_kinematics(const sensing::KinematicsSetup& setup,
                                                const FrameProgress& progress) {
  const auto read = read_moving_model(setup.model, kInverseKinematics);
  if (!read) return tl::unexpected(read.error());
  const auto recording = sensing::read_trc(setup.markers);
  if (!recording) return tl::unexpected(sensing::error_in_file(recording.error(), setup.markers));
  return solve_inverse_kinematics(*read, *recording, setup, progress);
}

Result<KinematicsResult> solve_inverse_kinematics(const sensing::OpenSimModel& read,
                                                  const engine::MarkerRecording& recorded,
                                                  const sensing::KinematicsSetup& setup,
                                                  const FrameProgress& progress) {
  const engine::MultibodyModel& model = read.model;
  const engine::MarkerRecording* const recording = &recorded;
  if (!read.unread_constraints.empty()) {
    return fail(ErrorCode::unsupported, kInverseKinematics,
                "the model has the constraint " + read.unread_constraints.front(),
                "disable it, or replace it by a CoordinateCouplerConstraint or PointConstraint");
  }
  if (model.markers.empty()) {
    return fail(ErrorCode::nothing_measured, kInverseKinematics, "the model has no marker",
                "add a MarkerSet to the model");
  }
  auto wanted = WantedCoordinates::create(setup, model);
  if (!wanted) return tl::unexpected(wanted.error());
  std::vector<std::string> warnings = recording->warnings;
  warnings.insert(warnings.end(), wanted->warnings.begin(), wanted->warnings.end());
  const auto used = used_markers(setup, model, *recording, warnings);
  if (!used) return tl::unexpected(used.error());
  auto fit = engine::MarkerFit::create(model, {.markers = used->targets, .coordinates = wanted->targets});
  if (!fit) return tl::unexpected(fit.error());

  KinematicsSummary summary{model, used->targets, recording->simulated};
  summary.out.warnings = std::move(warnings);
  summary.out.inputs = {setup.model, setup.markers};
  for (const auto& path : {setup.coordinates, setup.tasks}) {
    if (!path.empty()) summary.out.inputs.push_back(path);
  }
  const std::size_t frames = recording->times.size();
  const double step =
      frames < 2 ? 0 : mean_step(recording->times.front().value(), recording->times.back().value(), frames);
  std::size_t blank = 0;
  std::vector<FrameSpan> at_origin(used->columns.size());
  for (std::size_t f = 0; f < frames; ++f) {
    const Seconds time = recording->times[f];
    if (progress && !progress(static_cast<int>(f), static_cast<int>(frames))) {
      return fail(ErrorCode::cancelled, kInverseKinematics, "it was stopped", "start it again");
    }
    if (!is_within(time.value(), setup.range, step)) continue;
    std::vector<std::optional<Eigen::Vector3d>> observed;
    for (std::size_t i = 0; i < used->columns.size(); ++i) {
      const auto& position = recording->at(f, used->columns[i]);
      observed.push_back(position ? std::optional{position->v} : std::nullopt);
      // Some programs write gaps as zeros.
      if (!position || !position->v.isZero(0)) continue;
      observed.back().reset();
      at_origin[i].add(time.value());
    }
    const auto solved = fit->solve(time, observed, wanted->at(time));
    if (!solved && solved.error().code == ErrorCode::nothing_measured) {
      ++blank;
      continue;
    }
    if (!solved) return tl::unexpected(solved.error());
    const auto& q = solved->coordinates;
    const auto bad = std::find_if(q.begin(), q.end(), [](double value) { return !std::isfinite(value); });
    if (bad != q.end()) {
      return fail(
          ErrorCode::corrupt, kInverseKinematics,
          fmt::format("{} at {:g} s is not finite",
                      model.coordinates[static_cast<std::size_t>(bad - q.begin())].name, time.value()),
          "check functions and lengths of the model");
    }
    summary.add(time, observed, *solved);
  }
  std::vector<NamedSpan> zeros;
  for (std::size_t i = 0; i < at_origin.size(); ++i) {
    if (at_origin[i].count() > 0) zeros.emplace_back(summary.out.markers[i].name, at_origin[i]);
  }
  if (!zeros.empty())
    summary.out.warnings.push_back(
        "At exactly 0, 0, 0, so taken as missing: " + spans_text(zeros, summary.out.frames + blank) + ".");
  if (wanted->uncovered.count() > 0) {
    summary.out.warnings.push_back("The coordinate file does not reach, and its tasks are left out, in " +
                                   wanted->uncovered.text(summary.out.frames + blank) + ".");
  }
  if (blank > 0)
    summary.out.warnings.push_back(fmt::format("{} frames show no marker and are left out.", blank));
  return summary.finish(*fit);
}

}  // namespace reprise::pipeline
