// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/multibody/marker_fit.h"
#include "engine/multibody/marker_swaps.h"
#include "pipeline/opensim_tools.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/model_file.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kInverseKinematics = "inverse kinematics";
/// Farther off, a marker is named. Half a hand's breadth; unsourced default.
constexpr double kFarMarkerM = 0.04;

using Positions = std::vector<std::optional<Eigen::Vector3d>>;

/// The coordinates that tasks ask for, over time.
class WantedCoordinates {
 public:
  [[nodiscard]] static Result<WantedCoordinates> create(const sensing::KinematicsSetup& setup,
                                                        const engine::MultibodyModel& model) {
    WantedCoordinates out;
    std::optional<sensing::StorageTable> table;
    if (!setup.coordinates.empty()) {
      auto read = sensing::read_storage(setup.coordinates);
      if (!read) return tl::unexpected(read.error());
      table = std::move(*read);
    }
    for (const sensing::KinematicsTask& task : setup.coordinate_tasks) {
      const auto coordinate = model.coordinate(task.name);
      if (!coordinate) {
        out.warnings.push_back("The model has no coordinate '" + task.name + "'; its task is left out.");
        continue;
      }
      engine::PiecewisePolynomial curve;
      using Wanted = sensing::KinematicsTask::Wanted;
      if (task.wanted == Wanted::from_file) {
        const auto column = table ? table->column(task.name) : std::nullopt;
        if (!column) {
          out.warnings.push_back("The coordinate file has no '" + task.name + "'; its task is left out.");
          continue;
        }
        const double unit =
            model.coordinates[*coordinate].rotational && table->in_degrees.value_or(false) ? kPi / 180 : 1;
        std::vector<double> times, values;
        for (std::size_t row = 0; row < table->rows(); ++row) {
          if (!table->at(row, 0) || !table->at(row, *column)) continue;
          times.push_back(*table->at(row, 0));
          values.push_back(unit * *table->at(row, *column));
        }
        auto read = engine::PiecewisePolynomial::natural_quintic(times, values);
        if (!read) return tl::unexpected(read.error());
        curve = std::move(*read);
      } else {
        const double value =
            task.wanted == Wanted::manual ? task.manual_value : model.coordinates[*coordinate].initial;
        curve = engine::PiecewisePolynomial::polynomial(std::span{&value, 1});
      }
      out.targets.push_back({*coordinate, task.weight});
      out.curves_.push_back(std::move(curve));
    }
    return out;
  }

  [[nodiscard]] std::vector<std::optional<double>> at(Seconds time) const {
    std::vector<std::optional<double>> values;
    for (const auto& curve : curves_) values.emplace_back(curve.at(time.value()).value);
    return values;
  }

  std::vector<engine::CoordinateTarget> targets;
  std::vector<std::string> warnings;

 private:
  std::vector<engine::PiecewisePolynomial> curves_;
};

/// The markers that count, and their columns in the recording.
struct UsedMarkers {
  std::vector<engine::MarkerTarget> targets;
  std::vector<std::size_t> columns;
};

Result<UsedMarkers> used_markers(const sensing::KinematicsSetup& setup, const engine::MultibodyModel& model,
                                 const engine::MarkerRecording& recording,
                                 std::vector<std::string>& warnings) {
  std::vector<sensing::KinematicsTask> tasks = setup.marker_tasks;
  const bool all = tasks.empty();
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

/// Gathers the tables and what there is to say about the markers.
class Gathered {
 public:
  Gathered(const engine::MultibodyModel& model, const UsedMarkers& used, bool simulated)
      : model_(model), used_(used) {
    for (sensing::StorageTable* table : {&out.motion, &out.errors}) {
      table->name = table == &out.motion ? "Coordinates" : "Marker errors";
      if (simulated) table->name += " (simulated)", table->notes.emplace_back("Simulated: no person moved.");
      table->labels = {"time"};
    }
    out.simulated = simulated;
    out.motion.in_degrees = true;
    for (const auto& coordinate : model.coordinates) out.motion.labels.push_back(coordinate.name);
    for (const char* label : {"total_squared_error", "marker_error_RMS", "marker_error_max"})
      out.errors.labels.emplace_back(label);
    for (const engine::MarkerTarget& target : used.targets)
      out.markers.push_back({model.markers[target.marker].name, target.weight, 0, 0, 0});
  }

  void add(Seconds time, const Positions& observed, const engine::MarkerFitFrame& frame) {
    out.motion.values.emplace_back(time.value());
    for (std::size_t c = 0; c < frame.coordinates.size(); ++c) {
      const double value = frame.coordinates[c];
      out.motion.values.emplace_back(model_.coordinates[c].rotational ? to_degrees(Radians{value}).value()
                                                                      : value);
    }
    double squares = 0;
    for (std::size_t i = 0; i < frame.errors_m.size(); ++i) {
      if (!frame.errors_m[i]) continue;
      MarkerResult& marker = out.markers[i];
      const double error = *frame.errors_m[i];
      squares += error * error;
      marker.rms_m += error * error;
      marker.worst_m = std::max(marker.worst_m, error);
      ++marker.frames;
    }
    for (const double value : {time.value(), squares, frame.rms_error_m, frame.worst_error_m})
      out.errors.values.emplace_back(value);
    if (frame.worst_error_m >= out.worst_m) {
      out.worst_m = frame.worst_error_m;
      out.worst_marker = out.markers[frame.worst_target].name;
    }
    ++out.frames;
    out.unsolved_frames += frame.converged ? 0 : 1;
    swaps_.add(observed, frame.fitted_m);
  }

  [[nodiscard]] Result<KinematicsResult> finish() {
    double squares = 0;
    std::size_t seen = 0;
    std::string far, absent;
    for (MarkerResult& marker : out.markers) {
      squares += marker.rms_m;
      seen += marker.frames;
      marker.rms_m = std::sqrt(marker.rms_m / static_cast<double>(std::max<std::size_t>(marker.frames, 1)));
      std::string& list = marker.frames == 0 ? absent : far;
      if (marker.frames == 0 || marker.rms_m > kFarMarkerM) list += (list.empty() ? "" : ", ") + marker.name;
    }
    out.rms_m = std::sqrt(squares / static_cast<double>(std::max<std::size_t>(seen, 1)));
    if (!absent.empty()) out.warnings.push_back("Never seen: " + absent + ".");
    if (!far.empty()) {
      out.warnings.push_back(fmt::format(
          "More than {:.0f} mm (RMS) off: {}. Check names, placement and scaling.", 1000 * kFarMarkerM, far));
    }
    for (const engine::MarkerSwap& swap : swaps_.likely(kFarMarkerM)) {
      out.warnings.push_back(
          fmt::format("'{}' and '{}' seem to be exchanged: {:.0f} mm off as they are named, "
                      "{:.0f} mm the other way round.",
                      out.markers[swap.first].name, out.markers[swap.second].name, 1000 * swap.named_m,
                      1000 * swap.exchanged_m));
    }
    if (out.unsolved_frames > 0) {
      out.warnings.push_back(
          fmt::format("{} of {} frames ended at the limit of iterations.", out.unsolved_frames, out.frames));
    }
    if (out.frames > 0) return std::move(out);
    return fail(ErrorCode::nothing_measured, kInverseKinematics, "no frame of the time range shows a marker",
                "check time_range against the recording");
  }

  KinematicsResult out;

 private:
  const engine::MultibodyModel& model_;
  const UsedMarkers& used_;
  engine::MarkerSwaps swaps_{used_.targets.size()};
};

}  // namespace

Result<KinematicsResult> run_inverse_kinematics(const sensing::KinematicsSetup& setup,
                                                const FrameProgress& progress) {
  const auto read = sensing::read_osim(setup.model);
  if (!read) return tl::unexpected(read.error());
  const engine::MultibodyModel& model = read->model;
  if (!read->unread_constraints.empty()) {
    return fail(ErrorCode::unsupported, kInverseKinematics,
                "the model has the constraint " + read->unread_constraints.front(),
                "disable it, or replace it by a CoordinateCouplerConstraint or PointConstraint");
  }
  if (model.markers.empty()) {
    return fail(ErrorCode::nothing_measured, kInverseKinematics, "the model has no marker",
                "add a MarkerSet to the model");
  }
  const auto recording = sensing::read_trc(setup.markers);
  if (!recording) return tl::unexpected(recording.error());
  auto wanted = WantedCoordinates::create(setup, model);
  if (!wanted) return tl::unexpected(wanted.error());
  std::vector<std::string> warnings = recording->warnings;
  warnings.insert(warnings.end(), wanted->warnings.begin(), wanted->warnings.end());
  const auto used = used_markers(setup, model, *recording, warnings);
  if (!used) return tl::unexpected(used.error());
  auto fit = engine::MarkerFit::create(model, {.markers = used->targets, .coordinates = wanted->targets});
  if (!fit) return tl::unexpected(fit.error());

  Gathered gathered{model, *used, recording->simulated};
  gathered.out.warnings = std::move(warnings);
  // Times in files are rounded: half a frame of tolerance takes those that the range means.
  const std::size_t frames = recording->times.size();
  const double step = frames < 2 ? 0
                                 : (recording->times.back() - recording->times.front()).value() /
                                       static_cast<double>(frames - 1);
  std::size_t blank = 0;
  for (std::size_t f = 0; f < frames; ++f) {
    const Seconds time = recording->times[f];
    if (progress && !progress(static_cast<int>(f), static_cast<int>(frames))) {
      return fail(ErrorCode::cancelled, kInverseKinematics, "it was stopped", "start it again");
    }
    if (time.value() < setup.range.from.value() - step / 2 ||
        time.value() > setup.range.to.value() + step / 2)
      continue;
    Positions observed;
    for (const std::size_t column : used->columns) {
      const auto& position = recording->at(f, column);
      observed.push_back(position ? std::optional{position->v} : std::nullopt);
    }
    const auto solved = fit->solve(time, observed, wanted->at(time));
    if (!solved && solved.error().code == ErrorCode::nothing_measured) {
      ++blank;
      continue;
    }
    if (!solved) return tl::unexpected(solved.error());
    gathered.add(time, observed, *solved);
  }
  if (blank > 0)
    gathered.out.warnings.push_back(fmt::format("{} frames show no marker and are left out.", blank));
  return gathered.finish();
}

}  // namespace reprise::pipeline
