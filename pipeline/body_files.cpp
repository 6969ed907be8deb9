// SPDX-License-Identifier: Apache-2.0
#include "pipeline/body_files.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "pipeline/opensim_body.h"
#include "sensing/files/storage.h"
#include "sensing/landmarks/trc.h"
#include "sensing/opensim/model_writer.h"

namespace reprise::pipeline {
namespace {

using Eigen::Matrix3d;
using Eigen::Vector3d;
using L = engine::Landmark;

/// The ground of the files: from the axes that the body was fitted in, and where mid-hips are.
class Ground {
 public:
  explicit Ground(const Motion& motion) : motion_(motion) {
    if (motion.fused) {
      Matrix3d from_room;  // x, y, z are the room's y, z (up), x, as in points.trc
      from_room << 0, 1, 0, 0, 0, 1, 1, 0, 0;
      axes_ = from_room * motion.fused->axes.from_room.transpose();
    } else {
      axes_ << 0, 0, -1, 0, -1, 0, -1, 0, 0;  // towards the camera, up, to the picture's left
    }
  }

  [[nodiscard]] const Matrix3d& axes() const { return axes_; }
  [[nodiscard]] std::optional<Vector3d> mid_hips(std::size_t frame) const {
    if (!motion_.fused) return Vector3d::Zero().eval();
    const auto& points = motion_.fused->points_m[frame];
    if (!points[L::left_hip] || !points[L::right_hip]) return std::nullopt;
    const Vector3d room = motion_.fused->axes.to_room(0.5 * (*points[L::left_hip] + *points[L::right_hip]));
    return Vector3d{room.y(), room.z(), room.x()};
  }

 private:
  const Motion& motion_;
  Matrix3d axes_;
};

class BodyTables {
 public:
  BodyTables(const Motion& motion, const engine::MultibodyModel& model)
      : motion_(motion), ground_(motion), model_(model) {
    markers.rate = motion.recorded.rate;
    markers.simulated = motion.recording.landmarks.source.simulated;
    for (const engine::ModelMarker& marker : model.markers) markers.names.push_back(marker.name);
    coordinates.name = "coordinates";
    coordinates.in_degrees = true;
    if (markers.simulated) sensing::mark_simulated(coordinates);
    coordinates.notes.emplace_back("NaN: not seen.");
    coordinates.notes.emplace_back(
        "Coordinates of body.osim, not the measures of angles.mot. trunk_flexion is locked at 0, not "
        "measured.");
    if (!motion.fused) coordinates.notes.emplace_back("One camera: the hips stay at the origin.");
    coordinates.labels = {"time"};
    for (const auto& coordinate : model.coordinates) coordinates.labels.push_back(coordinate.name);
  }

  void add(std::size_t frame) {
    const auto& state = motion_.recorded.states[frame];
    const auto& pose = motion_.recorded.frames[frame].pose;
    const auto mid_hips = ground_.mid_hips(frame);
    if (!state || !pose || !mid_hips) return;
    engine::PerLandmark<bool> seen;
    for (std::size_t l = 0; l < engine::kLandmarkCount; ++l)
      seen[l] = pose->visibility[l] >= engine::kMinVisibility;
    const auto points =
        engine::landmarks_of(motion_.recorded.shape->shape, {state->pelvis, state->posture, {}});
    markers.times.push_back(motion_.recorded.frames[frame].time);
    for (const std::string& name : markers.names) {
      const L landmark = *engine::landmark_from_name(name);
      auto& position = markers.positions_m.emplace_back();
      if (seen[landmark])
        position = Vec3<engine::Laboratory>{Vector3d{ground_.axes() * points[landmark].v + *mid_hips}};
    }
    before_ = opensim_coordinates(state->posture, ground_.axes() * state->pelvis, *mid_hips, before_);
    note_range();
    const std::vector<bool> shown = shown_coordinates(seen);
    coordinates.values.emplace_back(markers.times.back().value());
    for (std::size_t c = 0; c < before_.size(); ++c) {
      auto& value = coordinates.values.emplace_back();
      if (shown[c]) value = before_[c] * (model_.coordinates[c].rotational ? 180 / kPi : 1);
    }
  }

  engine::MarkerRecording markers;
  sensing::StorageTable coordinates;
  std::vector<double> first, lowest, highest;  ///< of the coordinates; rad, m

 private:
  void note_range() {
    if (first.empty()) first = lowest = highest = before_;
    for (std::size_t c = 0; c < before_.size(); ++c) {
      lowest[c] = std::min(lowest[c], before_[c]);
      highest[c] = std::max(highest[c], before_[c]);
    }
  }

  const Motion& motion_;
  Ground ground_;
  const engine::MultibodyModel& model_;
  std::vector<double> before_;
};

/// The pose that the movement begins with as the default, and ranges that hold the whole movement: a joint
/// turned the other way round by half turns would have its markers at the same places.
void prepare_for_inverse_kinematics(const BodyTables& tables, engine::MultibodyModel& model) {
  const double beyond = Radians{Degrees{20}}.value(),
               slack = Radians{Degrees{1}}.value();  // Unsourced defaults
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    engine::MultibodyCoordinate& coordinate = model.coordinates[c];
    coordinate.initial = tables.first[c];
    const auto dof = engine::dof_from_name(coordinate.name);
    if (!dof || *dof < engine::dof_at(engine::kFirstJointDof)) continue;
    coordinate.clamped = true;
    coordinate.min = std::min(coordinate.min - beyond, tables.lowest[c] - slack);
    coordinate.max = std::max(coordinate.max + beyond, tables.highest[c] + slack);
  }
}

}  // namespace

Result<std::vector<OutputFile>> body_files(const Motion& motion, std::optional<double> mass_kg) {
  std::vector<OutputFile> files;
  if (!motion.recorded.shape) return files;
  engine::MultibodyModel model = opensim_body(motion.recorded.shape->shape, mass_kg.value_or(1));
  BodyTables tables{motion, model};
  for (std::size_t i = 0; i < motion.recorded.states.size(); ++i) tables.add(i);
  if (tables.markers.times.empty()) return files;
  prepare_for_inverse_kinematics(tables, model);
  const std::string credits =
      std::string{"Body fitted by Reprise"} + (tables.markers.simulated ? " (simulated)" : "") +
      (mass_kg ? ". Masses: shares after Dempster."
               : ". Masses: shares after Dempster, of 1 kg in all: forces are per kilogram.");
  auto osim = sensing::to_osim(model, credits);
  if (!osim) return tl::unexpected(osim.error());
  files.push_back({"body.osim", std::move(*osim)});
  auto trc = sensing::to_trc(tables.markers, "body.trc", {.exact = true});
  if (!trc) return tl::unexpected(trc.error());
  files.push_back({"body.trc", std::move(*trc)});
  auto mot = sensing::to_storage(tables.coordinates);
  if (!mot) return tl::unexpected(mot.error());
  files.push_back({"body.mot", std::move(*mot)});
  return files;
}

}  // namespace reprise::pipeline
