// SPDX-License-Identifier: Apache-2.0
#include "pipeline/camera_gait.h"

#include "pipeline/camera_measurement.h"
#include "sensing/files/number_text.h"

namespace reprise::pipeline {
namespace {

session::LandmarkOrigin origin_of(const Recording& recording) {
  using session::LandmarkOrigin;
  if (recording.source.kind == session::SourceKind::simulated) return LandmarkOrigin::simulated;
  if (recording.models.empty()) return LandmarkOrigin::unknown;
  // The detector finds the person; the others the landmarks.
  bool heavy = false;
  for (const session::ModelUsed& model : recording.models) {
    if (model.name.find("lite") != std::string::npos || model.name.find("full") != std::string::npos)
      return LandmarkOrigin::other_network;
    heavy = heavy || model.name.find("heavy") != std::string::npos;
  }
  return heavy ? LandmarkOrigin::heavy_network : LandmarkOrigin::other_network;
}

}  // namespace

std::string options_text(const session::CameraGaitOptions& options) {
  constexpr double kCmPerM = 100;
  std::string text;
  const auto number = [&](const char* name, double value) {
    text += name;
    sensing::append_number(text, value);
    text += ' ';
  };
  if (options.body_height) number("--height ", kCmPerM * options.body_height->value());
  if (options.marked) {
    number("--distance ", options.marked->distance.value());
    number("--marks ", options.marked->from_px);
    number("", options.marked->to_px);
  }
  if (options.treadmill) text += "--treadmill ";
  if (options.belt_speed_mps) number("--belt-speed ", *options.belt_speed_mps);
  return std::string{sensing::trimmed(text)};
}

Result<session::MeasurementDocument> measure_camera_gait(std::span<const Recording> recordings,
                                                         const session::CameraGaitOptions& options) {
  if (recordings.empty()) {
    return fail(ErrorCode::invalid_argument, "measuring gait by camera", "there is no recording",
                "give a video or a file of landmarks");
  }
  session::MeasurementInput input = camera_input(recordings.front(), options_text(options));
  std::vector<session::CameraGaitRecording> all;
  for (const Recording& recording : recordings) {
    all.push_back({recording.landmarks.frames, recording.source, origin_of(recording)});
    if (all.size() == 1) continue;
    const session::MeasurementInput more = camera_input(recording);
    input.source.files.insert(input.source.files.end(), more.source.files.begin(), more.source.files.end());
    input.source.duration += more.source.duration;
    input.sensors.insert(input.sensors.end(), more.sensors.begin(), more.sensors.end());
    input.warnings.insert(input.warnings.end(), more.warnings.begin(), more.warnings.end());
    if (more.source.kind == session::SignalSourceKind::simulated) input.source.kind = more.source.kind;
  }
  return session::measure_camera_gait(input, all, options);
}

}  // namespace reprise::pipeline
