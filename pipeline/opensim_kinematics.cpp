// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "engine/multibody/marker_fit.h"
#include "engine/multibody/marker_swaps.h"
#include "pipeline/opensim_inputs.h"
#include "pipeline/opensim_tools.h"
#include "sensing/files/file_io.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/timed_table.h"

namespace reprise::pipeline {
namespace {

constexpr const char* kInverseKinematics = "inverse kinematics";
/// Farther off, a marker is named. Half a hand's breadth; unsourced default.
constexpr double kFarMarkerM = 0.04;
/// A turn from frame to frame that is named (rad); unsourced default.
constexpr double kJumpRad = kPi / 3;

using Positions = std::vector<std::optional<Eigen::Vector3d>>;

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
    add_coordinates(time, frame);
    add_constraints(time, frame);
    for (const engine::MarkerExchange& pair : swaps_.exchanged(time, observed, kFarMarkerM))
      exchanges_[{pair.first, pair.second}].add(time.value());
    for (std::size_t c = 0; c < frame.coordinates.size(); ++c) {
      if (std::find(frame.undetermined.begin(), frame.undetermined.end(), c) != frame.undetermined.end()) {
        out.motion.values.emplace_back();
        continue;
      }
      const double value = frame.coordinates[c];
      out.motion.values.emplace_back(model_.coordinates[c].rotational ? to_degrees(Radians{value}).value()
                                                                      : value);
    }
    double squares = 0;
    for (std::size_t i = 0; i < frame.errors_m.size(); ++i) {
      if (!frame.errors_m[i]) {
        missing_[i].add(time.value());
        continue;
      }
      MarkerResult& marker = out.markers[i];
      const double error = *frame.errors_m[i];
      if (error > kFarMarkerM) far_[i].add(time.value());
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

  [[nodiscard]] Result<KinematicsResult> finish(const engine::MarkerFit& fit) {
    double squares = 0;
    std::size_t seen = 0;
    std::string far, absent;
    std::vector<NamedSpan> far_at_times, missing;
    for (std::size_t i = 0; i < out.markers.size(); ++i) {
      MarkerResult& marker = out.markers[i];
      squares += marker.rms_m;
      seen += marker.frames;
      marker.rms_m = std::sqrt(marker.rms_m / static_cast<double>(std::max<std::size_t>(marker.frames, 1)));
      std::string& list = marker.frames == 0 ? absent : far;
      if (marker.frames == 0 || marker.rms_m > kFarMarkerM) {
        list += (list.empty() ? "" : ", ") + marker.name;
      } else if (far_[i].count() > 0) {
        far_at_times.emplace_back(marker.name, far_[i]);
      }
      if (marker.frames > 0 && missing_[i].count() > 0) missing.emplace_back(marker.name, missing_[i]);
      marker.far_frames = far_[i].count();
    }
    out.rms_m = std::sqrt(squares / static_cast<double>(std::max<std::size_t>(seen, 1)));
    if (!absent.empty()) out.warnings.push_back("Never seen: " + absent + ".");
    if (!far.empty()) {
      out.warnings.push_back(fmt::format(
          "More than {:.0f} mm (RMS) off: {}. Check names, placement and scaling.", 1000 * kFarMarkerM, far));
    }
    if (!missing.empty()) out.warnings.push_back("Missing: " + spans_text(missing, out.frames) + ".");
    if (!far_at_times.empty()) {
      out.warnings.push_back(fmt::format("More than {:.0f} mm off at times: {}.", 1000 * kFarMarkerM,
                                         spans_text(far_at_times, out.frames)));
    }
    for (const auto& [pair, span] : exchanges_) {
      out.warnings.push_back(
          fmt::format("'{}' and '{}' change places in {}: they seem to be exchanged there.",
                      out.markers[pair.first].name, out.markers[pair.second].name, span.text(out.frames)));
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
          fmt::format("{} of {} frames are not solved: they ended at the limit of iterations, or do not meet "
                      "the constraints.",
                      out.unsolved_frames, out.frames));
    }
    warn_about_coordinates(fit);
    if (apart_.count() > 0) {
      out.warnings.push_back(
          fmt::format("Constraint '{}' is not met in {}: its points are up to {:.3g} mm apart.",
                      out.apart_constraint, apart_.text(out.frames), 1000 * out.apart_m));
    }
    if (out.frames > 0) return std::move(out);
    return fail(ErrorCode::nothing_measured, kInverseKinematics, "no frame of the time range shows a marker",
                "check time_range against the recording");
  }

  KinematicsResult out;

 private:
  struct CoordinateNotes {
    FrameSpan undetermined, bound, jumps;
    std::optional<double> last;
  };

  void add_coordinates(Seconds time, const engine::MarkerFitFrame& frame) {
    std::vector<bool> known(frame.coordinates.size(), true);
    for (const std::size_t c : frame.undetermined) known[c] = false;
    for (std::size_t c = 0; c < frame.coordinates.size(); ++c) {
      const engine::MultibodyCoordinate& coordinate = model_.coordinates[c];
      CoordinateNotes& notes = notes_[c];
      const double value = frame.coordinates[c];
      if (!known[c]) {
        notes.undetermined.add(time.value());
        notes.last.reset();
        continue;
      }
      const bool held = coordinate.locked || coordinate.prescribed || coordinate.coupling;
      if (!held && coordinate.clamped && coordinate.min < coordinate.max &&
          std::min(value - coordinate.min, coordinate.max - value) < 1e-6)
        notes.bound.add(time.value());
      if (coordinate.rotational && notes.last && std::abs(value - *notes.last) > kJumpRad)
        notes.jumps.add(time.value());
      notes.last = value;
    }
  }

  void add_constraints(Seconds time, const engine::MarkerFitFrame& frame) {
    if (model_.couplings.empty()) return;
    if (frame.apart_m >= out.apart_m) {
      out.apart_m = frame.apart_m;
      out.apart_constraint = model_.couplings[frame.worst_coupling].name;
    }
    if (frame.apart_m > engine::kPointsApartM) apart_.add(time.value());
  }

  void warn_about_coordinates(const engine::MarkerFit& fit) {
    std::vector<std::string> never;
    std::vector<NamedSpan> undetermined, bound, jumps;
    for (const std::size_t c : fit.never_determined()) never.push_back(model_.coordinates[c].name);
    for (std::size_t c = 0; c < notes_.size(); ++c) {
      const std::string& name = model_.coordinates[c].name;
      const CoordinateNotes& notes = notes_[c];
      const bool is_never = std::find(never.begin(), never.end(), name) != never.end();
      if (notes.undetermined.count() > 0) undetermined.emplace_back(name, notes.undetermined);
      if (notes.bound.count() > 0) bound.emplace_back(name, notes.bound);
      if (notes.jumps.count() > 0) jumps.emplace_back(name, notes.jumps);
      if (is_never || notes.undetermined.count() + notes.bound.count() > 0)
        out.coordinates.push_back({name, notes.undetermined.count(), is_never, notes.bound.count()});
    }
    const auto warn = [&](const std::string& what, const std::vector<NamedSpan>& spans) {
      if (!spans.empty()) out.warnings.push_back(what + spans_text(spans, out.frames) + ".");
    };
    if (!never.empty()) {
      out.warnings.push_back(
          "Not determined by the markers, so at the value it began with: " + joined(never) + ".");
    }
    warn("Too few markers to determine, so left empty (NaN): ", undetermined);
    warn("At the end of its range: ", bound);
    warn("Turns by more than 60 degrees from one frame to the next: ", jumps);
  }

  const engine::MultibodyModel& model_;
  const UsedMarkers& used_;
  engine::MarkerSwaps swaps_{used_.targets.size()};
  std::map<std::pair<std::size_t, std::size_t>, FrameSpan> exchanges_;
  std::vector<FrameSpan> missing_{used_.targets.size()}, far_{used_.targets.size()};
  std::vector<CoordinateNotes> notes_{model_.coordinates.size()};
  FrameSpan apart_;
};

}  // namespace

Result<KinematicsResult> run_inverse_kinematics(const sensing::KinematicsSetup& setup,
                                                const FrameProgress& progress) {
  const auto read = read_moving_model(setup.model, kInverseKinematics);
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
  if (!recording) return tl::unexpected(sensing::error_in_file(recording.error(), setup.markers));
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
  gathered.out.inputs = {setup.model, setup.markers};
  for (const auto& path : {setup.coordinates, setup.tasks}) {
    if (!path.empty()) gathered.out.inputs.push_back(path);
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
    Positions observed;
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
    gathered.add(time, observed, *solved);
  }
  std::vector<NamedSpan> zeros;
  for (std::size_t i = 0; i < at_origin.size(); ++i) {
    if (at_origin[i].count() > 0) zeros.emplace_back(gathered.out.markers[i].name, at_origin[i]);
  }
  if (!zeros.empty())
    gathered.out.warnings.push_back(
        "At exactly 0, 0, 0, so taken as missing: " + spans_text(zeros, gathered.out.frames + blank) + ".");
  if (wanted->uncovered.count() > 0) {
    gathered.out.warnings.push_back("The coordinate file does not reach, and its tasks are left out, in " +
                                    wanted->uncovered.text(gathered.out.frames + blank) + ".");
  }
  if (blank > 0)
    gathered.out.warnings.push_back(fmt::format("{} frames show no marker and are left out.", blank));
  return gathered.finish(*fit);
}

}  // namespace reprise::pipeline
