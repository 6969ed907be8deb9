// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/landmarks/landmark_builder.h"
#include "sensing/landmarks/trc.h"

namespace reprise::sensing {
namespace {

Result<void> check_writable(const engine::MarkerRecording& markers) {
  const auto wrong = [](std::string cause) {
    return fail(ErrorCode::invalid_argument, "writing a TRC file", std::move(cause),
                "report this as a fault");
  };
  if (markers.names.empty() || markers.names.size() > engine::kMaxMarkers) {
    return wrong("there are " + std::to_string(markers.names.size()) + " markers; 1 to " +
                 std::to_string(engine::kMaxMarkers) + " can be written");
  }
  if (markers.positions_m.size() != markers.names.size() * markers.times.size()) {
    return wrong("the number of positions is not frames times markers");
  }
  for (const std::string& name : markers.names) {
    if (trimmed(name).empty() || name.find_first_of("\t\r\n,") != std::string::npos ||
        trimmed(name) != name) {
      return wrong("the marker name '" + shown(name) + "' is empty or holds a separator");
    }
  }
  for (const auto& position : markers.positions_m) {
    if (position && !position->v.allFinite()) return wrong("a position is not finite");
  }
  for (const Seconds time : markers.times) {
    if (!std::isfinite(time.value())) return wrong("a time is not finite");
  }
  return {};
}

/// DataRate for the header: as declared, else from the mean step. One frame has none; OpenSim wants a number.
double header_rate(const engine::MarkerRecording& markers) {
  if (markers.rate) return markers.rate->value();
  if (markers.times.size() < 2) return 1;
  return static_cast<double>(markers.times.size() - 1) /
         (markers.times.back() - markers.times.front()).value();
}

void append_time(std::string& out, double time_s) {
  const std::size_t before = out.size();
  append_fixed(out, time_s, 6);
  if (parse_number(std::string_view{out}.substr(before)) == time_s) return;
  out.resize(before);
  append_number(out, time_s);
}

/// Half a turn about x; its own inverse.
Eigen::Vector3d turned(const Eigen::Vector3d& v) {
  return {v.x(), -v.y(), -v.z()};
}

}  // namespace

Result<std::string> to_trc(const engine::MarkerRecording& markers, std::string_view title,
                           const TrcWriteOptions& options) {
  if (auto checked = check_writable(markers); !checked) return tl::unexpected(checked.error());
  const std::string frames = std::to_string(markers.times.size());
  std::string rate;
  append_number(rate, header_rate(markers));
  std::string out = "PathFileType\t4\t(X/Y/Z)\t" + shown(title, 200) +
                    (markers.simulated ? " " + std::string{kSimulatedMark} : "") +
                    "\nDataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\t"
                    "OrigNumFrames\n";
  out += rate + "\t" + rate + "\t" + frames + "\t" + std::to_string(markers.names.size()) +
         (options.exact ? "\tm\t" : "\tmm\t") + rate + "\t1\t" + frames + "\nFrame#\tTime";
  for (std::size_t m = 0; m < markers.names.size(); ++m) out += (m == 0 ? "\t" : "\t\t\t") + markers.names[m];
  out += "\t\t\n\t";
  for (std::size_t m = 1; m <= markers.names.size(); ++m) {
    for (const char axis : {'X', 'Y', 'Z'}) out += std::string{"\t"} + axis + std::to_string(m);
  }
  out += "\n\n";
  for (std::size_t f = 0; f < markers.times.size(); ++f) {
    out += std::to_string(f + 1) + "\t";
    append_time(out, markers.times[f].value());
    for (std::size_t m = 0; m < markers.names.size(); ++m) {
      const auto& position = markers.at(f, m);
      for (Eigen::Index axis = 0; axis < 3; ++axis) {
        out += '\t';
        if (position && options.exact) {
          append_number(out, position->v[axis]);
        } else if (position) {
          append_fixed(out, position->v[axis] * 1000, 5);
        }
      }
    }
    out += '\n';
  }
  return out;
}

Result<engine::MarkerRecording> markers_from_landmarks(const LandmarkRecording& recording) {
  const LandmarkSource& source = recording.source;
  if (source.world_from_image) {
    return fail(ErrorCode::invalid_argument, "writing a TRC file",
                "the recording's meters were made from pixels with an assumed body size",
                "write landmarks as JSON or CSV, which keep the pixels");
  }
  engine::MarkerRecording markers;
  markers.rate = source.rate;
  markers.simulated = source.simulated;
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < engine::kLandmarkCount; ++i) {
    if (source.never_measured[i]) continue;
    kept.push_back(i);
    markers.names.emplace_back(name(static_cast<engine::Landmark>(i)));
  }
  for (const engine::PoseFrame& frame : recording.frames) {
    markers.times.push_back(frame.time);
    for (const std::size_t i : kept) {
      const bool there = frame.pose && was_measured(*frame.pose, i, source);
      markers.positions_m.push_back(
          there ? std::optional{Vec3<engine::Laboratory>{turned(frame.pose->world_m[i].v)}} : std::nullopt);
    }
  }
  return markers;
}

Result<LandmarkRecording> landmarks_from_markers(const engine::MarkerRecording& markers) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  // marker, landmark
  LandmarkMask taken;
  std::string others;
  for (std::size_t m = 0; m < markers.names.size(); ++m) {
    const auto landmark = engine::landmark_from_name(markers.names[m]);
    const auto i = static_cast<std::size_t>(landmark.value_or(engine::Landmark::nose));
    if (landmark && !taken[i]) {
      taken.set(i);
      pairs.emplace_back(m, i);
    } else if (others.size() < 300) {
      others += (others.empty() ? "" : ", ") + shown(markers.names[m]);
    }
  }
  if (pairs.empty()) {
    return fail(ErrorCode::unsupported, "reading landmarks",
                "none of the " + std::to_string(markers.names.size()) + " markers is named like a landmark",
                "name markers as in our own TRC files (left_knee, ...); motion capture markers need another "
                "analysis");
  }
  LandmarkBuilder builder{LandmarkFormat::trc};
  builder.source().rate = markers.rate;
  builder.source().simulated = markers.simulated;
  builder.source().warnings = markers.warnings;
  if (!others.empty())
    builder.source().warnings.push_back("Markers that are no landmarks were left out: " + others + ".");
  for (std::size_t f = 0; f < markers.times.size(); ++f) {
    LandmarkRow row;
    row.time = markers.times[f];
    for (const auto& [m, i] : pairs) {
      const auto& position = markers.at(f, m);
      if (!position) continue;
      row.world_m[i].v = turned(position->v);
      row.has_world.set(i);
    }
    if (auto added = builder.add(row, "frame " + std::to_string(f + 1)); !added)
      return tl::unexpected(added.error());
  }
  return std::move(builder).finish();
}

}  // namespace reprise::sensing
