// SPDX-License-Identifier: Apache-2.0
#include "pipeline/camera_measurement.h"

namespace reprise::pipeline {
namespace {

/// What looked at the pictures: "33 points (pose_landmark_lite, …)".
std::string channels_of(const Recording& recording) {
  std::string names;
  for (const session::ModelUsed& model : recording.models) names += (names.empty() ? "" : ", ") + model.name;
  return names.empty() ? "33 points" : "33 points (" + names + ")";
}

}  // namespace

session::MeasurementInput camera_input(const Recording& recording, const std::string& options) {
  session::MeasurementInput input;
  const session::Source& source = recording.source;
  input.source.kind = source.kind == session::SourceKind::simulated ? session::SignalSourceKind::simulated
                                                                    : session::SignalSourceKind::camera;
  if (!source.name.empty()) input.source.files = {source.name};
  input.source.sha256 = source.sha256;
  input.source.recorded_at = source.recorded_at;
  input.source.options = options;
  if (!source.options.empty()) input.source.options += (options.empty() ? "" : " ") + source.options;
  input.source.duration = source.duration;
  input.sensors = {{"camera", channels_of(recording), source.frame_rate.value_or(Hertz{1}), source.duration}};
  input.warnings = recording.warnings;
  return input;
}

}  // namespace reprise::pipeline
