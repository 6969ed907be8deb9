// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/number_text.h"
#include "sensing/landmarks/landmark_json.h"

#include <nlohmann/json.hpp>

namespace reprise::sensing {
namespace {

void append_networks(std::string& out, const LandmarkSource& source) {
  auto networks = nlohmann::ordered_json::array();
  for (const NetworkUsed& one : source.networks)
    networks.push_back({{"name", one.name}, {"sha256", one.sha256}});
  out += ",\"networks\":" + networks.dump();
}

void append_point(std::string& out, double x, double y, double z) {
  out += '[';
  append_number(out, x);
  out += ',';
  append_number(out, y);
  out += ',';
  append_number(out, z);
  out += ']';
}

template <class Append>
void append_points(std::string& out, std::string_view key, const engine::Pose& pose,
                   const LandmarkSource& source, const Append& append) {
  out += ",\"";
  out += key;
  out += "\":[";
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    if (i > 0) out += ',';
    if (!was_measured(pose, i, source)) {
      out += "null";
    } else {
      append(i);
    }
  }
  out += ']';
}

void append_frame(std::string& out, const engine::PoseFrame& frame, const LandmarkSource& source) {
  out += "{\"time_s\":";
  append_number(out, frame.time.value());
  if (const auto& pose = frame.pose) {
    if (pose->image) {
      append_points(out, "image_px", *pose, source, [&](std::size_t i) {
        const engine::ImagePoint& p = (*pose->image)[i];
        append_point(out, p.x_px, p.y_px, p.z_px);
      });
    }
    if (!source.world_from_image) {
      append_points(out, "world_m", *pose, source, [&](std::size_t i) {
        const Eigen::Vector3d& p = pose->world_m[i].v;
        append_point(out, p.x(), p.y(), p.z());
      });
    }
    if (source.has_visibility) {
      append_points(out, "visibility", *pose, source,
                    [&](std::size_t i) { append_number(out, pose->visibility[i]); });
    }
  }
  out += '}';
}

}  // namespace

std::string to_landmark_json(const LandmarkRecording& recording) {
  const LandmarkSource& source = recording.source;
  std::string out =
      "{\"schema\":\"" + std::string{kLandmarkSchema} + "\",\n\"source\":{\"world_from_image\":";
  out += source.world_from_image ? "true" : "false";
  if (source.simulated) out += ",\"simulated\":true";
  if (source.picture) {
    out += ",\"picture_px\":[" + std::to_string(source.picture->width_px) + "," +
           std::to_string(source.picture->height_px) + "]";
  }
  if (source.rate) {
    out += ",\"rate_hz\":";
    append_number(out, source.rate->value());
  }
  if (!source.networks.empty()) append_networks(out, source);
  out += "},\n\"landmark_names\":[";
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    out += (i > 0 ? ",\"" : "\"") + std::string{engine::name(static_cast<engine::Landmark>(i))} + "\"";
  }
  out += "],\n\"landmarks\":[";
  for (std::size_t f = 0; f < recording.frames.size(); ++f) {
    out += f > 0 ? ",\n" : "\n";
    append_frame(out, recording.frames[f], source);
  }
  out += "\n]}\n";
  return out;
}

}  // namespace reprise::sensing
