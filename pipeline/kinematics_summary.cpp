// SPDX-License-Identifier: Apache-2.0
#include "pipeline/kinematics_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace reprise::pipeline {
namespace {

/// Farther off, a marker is named. Half a hand's breadth; unsourced default.
constexpr double kFarMarkerM = 0.04;
/// A turn from frame to frame that is named (rad); unsourced default.
constexpr double kJumpRad = kPi / 3;

}  // namespace

KinematicsSummary::KinematicsSummary(const engine::MultibodyModel& model,
                                     std::span<const engine::MarkerTarget> targets, bool simulated)
    : model_(model),
      swaps_(targets.size()),
      missing_(targets.size()),
      far_(targets.size()),
      notes_(model.coordinates.size()) {
  for (sensing::StorageTable* table : {&out.motion, &out.errors}) {
    table->name = table == &out.motion ? "Coordinates" : "Marker errors";
    if (simulated) mark_simulated(*table);
    table->labels = {"time"};
  }
  out.simulated = simulated;
  out.motion.in_degrees = true;
  for (const auto& coordinate : model.coordinates) out.motion.labels.push_back(coordinate.name);
  for (const char* label : {"total_squared_error", "marker_error_RMS", "marker_error_max"})
    out.errors.labels.emplace_back(label);
  for (const engine::MarkerTarget& target : targets)
    out.markers.push_back({model.markers[target.marker].name, target.weight, 0, 0, 0});
}

void KinematicsSummary::add(Seconds time, std::span<const std::optional<Eigen::Vector3d>> observed,
                            const engine::MarkerFitFrame& frame) {
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

Result<KinematicsResult> KinematicsSummary::finish(const engine::MarkerFit& fit) {
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
    out.warnings.push_back(fmt::format("'{}' and '{}' change places in {}: they seem to be exchanged there.",
                                       out.markers[pair.first].name, out.markers[pair.second].name,
                                       span.text(out.frames)));
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
  return fail(ErrorCode::nothing_measured, "inverse kinematics", "no frame of the time range shows a marker",
              "check time_range against the recording");
}

void KinematicsSummary::add_coordinates(Seconds time, const engine::MarkerFitFrame& frame) {
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

void KinematicsSummary::add_constraints(Seconds time, const engine::MarkerFitFrame& frame) {
  if (model_.couplings.empty()) return;
  if (frame.apart_m >= out.apart_m) {
    out.apart_m = frame.apart_m;
    out.apart_constraint = model_.couplings[frame.worst_coupling].name;
  }
  if (frame.apart_m > engine::kPointsApartM) apart_.add(time.value());
}

void KinematicsSummary::warn_about_coordinates(const engine::MarkerFit& fit) {
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
    out.warnings.push_back("Not determined by the markers, so at the value it began with: " + joined(never) +
                           ".");
  }
  warn("Too few markers to determine, so left empty (NaN): ", undetermined);
  warn("At the end of its range: ", bound);
  warn("Turns by more than 60 degrees from one frame to the next: ", jumps);
}

}  // namespace reprise::pipeline
