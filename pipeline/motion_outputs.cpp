// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "pipeline/angle_files.h"
#include "pipeline/body_files.h"
#include "pipeline/motion.h"
#include "sensing/landmarks/trc.h"
#include "session/passes.h"

namespace reprise::pipeline {
namespace {

using nlohmann::ordered_json;

double rounded_to(double value, double steps) {
  const double whole = std::round(value * steps);
  return whole == 0 ? 0.0 : whole / steps;  // no -0
}

std::vector<session::MeasureSeries> series_of(const session::Recorded& recorded) {
  std::vector<session::MeasureSeries> out;
  for (const engine::Measure measure : motion_measures()) {
    const bool sided = engine::info(measure).sided;
    for (const engine::Side side : {engine::Side::left, engine::Side::right}) {
      if (!sided && side == engine::Side::right) continue;
      session::MeasureSeries series{measure, sided ? std::optional{side} : std::nullopt, {}, 0};
      int measured = 0;
      for (const engine::MeasureSet& at : recorded.measures) {
        const auto& sample = at.at(measure, side);
        series.values.push_back(sample ? std::optional{sample->value} : std::nullopt);
        if (!sample) continue;
        series.mean_confidence += sample->confidence;
        ++measured;
      }
      if (measured == 0) continue;
      series.mean_confidence /= measured;
      out.push_back(std::move(series));
    }
  }
  return out;
}

/// What the writers of angles look at.
session::SessionDocument document_of(const Motion& motion) {
  session::SessionDocument document;
  document.source = motion.recording.source;
  for (const engine::PoseFrame& frame : motion.recorded.frames) document.exercise.times.push_back(frame.time);
  document.exercise.series = series_of(motion.recorded);
  return document;
}

/// Points that two or more cameras agree on, in the room: x and z as the calibration has x and y, turned so
/// that y is up, as OpenSim expects it.
engine::MarkerRecording markers_of(const Motion& motion) {
  const engine::FusedMovement& fused = *motion.fused;
  engine::MarkerRecording markers;
  std::vector<std::size_t> seen;
  for (std::size_t l = 0; l < engine::kLandmarkCount; ++l) {
    if (std::none_of(fused.points_m.begin(), fused.points_m.end(),
                     [&](const auto& at) { return at[l].has_value(); }))
      continue;
    seen.push_back(l);
    markers.names.emplace_back(engine::name(static_cast<engine::Landmark>(l)));
  }
  for (std::size_t i = 0; i < fused.frames.size(); ++i) {
    markers.times.push_back(fused.frames[i].time);
    for (const std::size_t l : seen) {
      auto& position = markers.positions_m.emplace_back();
      if (!fused.points_m[i][l]) continue;
      const Eigen::Vector3d room = fused.axes.to_room(*fused.points_m[i][l]);
      position = Vec3<engine::Laboratory>{room.y(), room.z(), room.x()};
    }
  }
  markers.rate = motion.recorded.rate;
  markers.simulated = motion.recording.landmarks.source.simulated;
  return markers;
}

ordered_json camera_json(const Motion& motion, std::size_t i) {
  const MotionCamera& camera = motion.cameras[i];
  ordered_json j = {{"file", camera.file}, {"sha256", camera.sha256}};
  j["frame_rate_hz"] =
      camera.rate ? ordered_json(rounded_to(camera.rate->value(), 1e3)) : ordered_json(nullptr);
  if (!motion.fused) return j;
  const engine::CameraAgreement& agreement = camera.agreement;
  j["name"] = camera.model.name;
  j["lag_s"] = rounded_to(camera.lag.value(), 1e4);
  if (i > 0) add_sound(j, i, motion.sound);
  j["correlation"] =
      camera.correlation ? ordered_json(rounded_to(*camera.correlation, 1e3)) : ordered_json(nullptr);
  j["ray_gap_mm"] = rounded_to(1000 * camera.ray_gap_m, 10);
  j["rays"] = agreement.rays;
  j["left_out"] = agreement.left_out;
  j["legs_exchanged"] = agreement.exchanged;
  j["error_px"] = rounded_to(agreement.error_px, 100);
  j["error_mm"] = rounded_to(1000 * agreement.error_m, 10);
  return j;
}

/// Least and greatest value, with half the width of the interval of nine in ten at each.
ordered_json angle_json(const Motion& motion, const session::MeasureSeries& series) {
  const engine::Side side = series.side.value_or(engine::Side::left);
  std::optional<std::size_t> least;
  std::optional<std::size_t> most;
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    if (!series.values[i]) continue;
    if (!least || *series.values[i] < *series.values[*least]) least = i;
    if (!most || *series.values[i] > *series.values[*most]) most = i;
  }
  const bool angle = engine::is_angle(series.measure);
  const auto shown = [&](double value) {
    return rounded_to(engine::in_degrees(series.measure, value), angle ? 10 : 1e3);
  };
  ordered_json j = {{"measure", engine::info(series.measure).name}};
  j["side"] = series.side ? ordered_json(engine::name(*series.side)) : ordered_json(nullptr);
  j["unit"] = angle ? "degrees" : "ratio";
  for (const auto& [name, at] : {std::pair{"min", *least}, std::pair{"max", *most}}) {
    j[name] = shown(*series.values[at]);
    const auto deviation = motion.recorded.deviations[at].at(series.measure, side);
    j[std::string{name} + "_uncertainty"] =
        deviation ? ordered_json(shown(session::half_width_90(*deviation))) : ordered_json(nullptr);
  }
  j["confidence"] = rounded_to(series.mean_confidence, 100);
  return j;
}

std::string motion_json(const Motion& motion, const std::vector<session::MeasureSeries>& series) {
  const bool several = motion.fused.has_value();
  ordered_json j = {{"schema", "reprise.motion/1"},
                    {"engine_version", session::engine_version()},
                    {"simulated", motion.recording.landmarks.source.simulated},
                    {"frames", motion.recorded.frames.size()},
                    {"cameras", ordered_json::array()},
                    {"angles", ordered_json::array()},
                    {"warnings", ordered_json::array()}};
  if (several) {
    j["frames_of_several_cameras"] = motion.fused->frames_of_several;
    j["synchronized_by"] = synchronized_by(motion.sound, motion.lags_given, "movement");
  }
  j["frame_rate_hz"] = motion.recorded.rate ? ordered_json(rounded_to(motion.recorded.rate->value(), 1e3))
                                            : ordered_json(nullptr);
  for (std::size_t i = 0; i < motion.cameras.size(); ++i) j["cameras"].push_back(camera_json(motion, i));
  for (const session::MeasureSeries& one : series) j["angles"].push_back(angle_json(motion, one));
  for (const session::Warning& warning : motion.warnings)
    j["warnings"].push_back({{"code", warning.code}, {"text", warning.text}, {"remedy", warning.remedy}});
  return j.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

Result<std::vector<OutputFile>> motion_outputs(const Motion& motion, std::optional<double> mass_kg) {
  const session::SessionDocument document = document_of(motion);
  std::vector<OutputFile> files = {{"motion.json", motion_json(motion, document.exercise.series)}};
  auto csv = angles_csv(document);
  if (!csv) return tl::unexpected(csv.error());
  files.push_back({"angles.csv", std::move(*csv)});
  auto mot = angles_mot(document);
  if (!mot) return tl::unexpected(mot.error());
  files.push_back({"angles.mot", std::move(*mot)});
  if (motion.fused) {
    auto trc = sensing::to_trc(markers_of(motion), "points.trc");
    if (!trc) return tl::unexpected(trc.error());
    files.push_back({"points.trc", std::move(*trc)});
  }
  auto body = body_files(motion, mass_kg);
  if (!body) return tl::unexpected(body.error());
  std::move(body->begin(), body->end(), std::back_inserter(files));
  return files;
}

}  // namespace reprise::pipeline
