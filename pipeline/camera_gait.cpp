// SPDX-License-Identifier: Apache-2.0
#include "pipeline/camera_gait.h"

#include "pipeline/camera_measurement.h"
#include "sensing/files/number_text.h"

namespace reprise::pipeline {

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
  if (options.person.age_years) number("--age ", *options.person.age_years);
  if (options.person.sex)
    text += options.person.sex == session::ReferenceSex::female ? "--sex female " : "--sex male ";
  return std::string{sensing::trimmed(text)};
}

Result<session::MeasurementDocument> measure_camera_gait(std::span<const Recording> recordings,
                                                         const session::CameraGaitOptions& options) {
  std::vector<session::FilmedClip> clips;
  clips.reserve(recordings.size());
  for (const Recording& recording : recordings)
    clips.push_back(filmed_clip(recording, options_text(options)));
  return session::measure_filmed_gait(clips, options);
}

}  // namespace reprise::pipeline
