// SPDX-License-Identifier: Apache-2.0
#include "sensing/signals/activity_files.h"

#include "sensing/signals/activity_series.h"

namespace reprise::sensing {
namespace {

Result<SignalRecording> activity_recording(const char* format, Result<std::vector<ActivityPoint>> points,
                                           Seconds step, Seconds max_gap) {
  if (!points) return tl::unexpected(points.error());
  SignalRecording out;
  out.format = format;
  if (auto ok = add_activity(*std::move(points), step, max_gap, out); !ok) return tl::unexpected(ok.error());
  return out;
}

constexpr Seconds kWatchStep{1}, kWatchGap{10};

}  // namespace

Result<SignalRecording> parse_tcx(std::string_view text) {
  return activity_recording("TCX", tcx_points(text), kWatchStep, kWatchGap);
}

Result<SignalRecording> parse_apple_health(std::string_view text) {
  return activity_recording("Apple Health", apple_health_points(text), Seconds{60}, Seconds{600});
}

Result<SignalRecording> parse_fit(std::string_view bytes) {
  auto read = parse_fit_activity(bytes);
  if (!read) return tl::unexpected(read.error());
  SignalRecording out;
  out.format = "FIT";
  for (const double beat_s : read->beats_s) out.annotations.push_back({Seconds{beat_s}, "N"});
  const auto added = add_activity(std::move(read->points), kWatchStep, kWatchGap, out);
  if (!added && out.annotations.empty()) return tl::unexpected(added.error());
  return out;
}

}  // namespace reprise::sensing
