// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "sensing/files/number_text.h"
#include "sensing/signals/activity_files.h"
#include "sensing/signals/activity_series.h"
#include "sensing/signals/timestamp.h"
#include "sensing/signals/xml_tags.h"

namespace reprise::sensing {
namespace {

std::optional<double> number_in(std::string_view text, double least, double most) {
  const std::size_t from = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::size_t to = text.find_last_not_of(" \t\r\n");
  if (to == std::string_view::npos) return std::nullopt;
  const auto value = parse_number(text.substr(from, to + 1 - from));
  return value && *value >= least && *value <= most ? value : std::nullopt;
}

std::string_view without_blanks(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r\n");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r\n") + 1 - from);
}

// Values beyond these are no person's.
constexpr double kFastestHeart = 300, kFastestCadence = 400, kFastestSpeedMps = 40;

}  // namespace

bool looks_like_tcx(std::string_view bytes) {
  return bytes.substr(0, 2000).find("<TrainingCenterDatabase") != std::string_view::npos;
}

bool looks_like_apple_health(std::string_view bytes) {
  // A document type with definitions stands before the root.
  return bytes.substr(0, 20000).find("<HealthData") != std::string_view::npos ||
         bytes.substr(0, 2000).find("<!DOCTYPE HealthData") != std::string_view::npos;
}

Result<SignalRecording> parse_tcx(std::string_view text) {
  SignalRecording out;
  out.format = "TCX";
  std::vector<ActivityPoint> points;
  XmlTags tags{text};
  bool inside = false, timed = false, of_heart = false;
  ActivityPoint point;
  while (true) {
    const auto next = tags.next();
    if (!next) return tl::unexpected(next.error());
    if (!*next) break;
    const XmlTags::Tag& tag = **next;
    if (tag.name == "Trackpoint") {
      if (tag.closes && inside && timed) points.push_back(point);
      inside = !tag.closes && !tag.empty;
      timed = false;
      point = {};
    }
    if (!inside) continue;
    if (tag.name == "HeartRateBpm") of_heart = !tag.closes;
    if (!tag.closes) continue;
    if (tag.name == "Time") {
      const auto time = parse_timestamp(without_blanks(tag.text));
      timed = time.has_value();
      point.time_s = time.value_or(0);
    } else if (tag.name == "Value" && of_heart) {
      point.heart_rate_per_min = number_in(tag.text, 1, kFastestHeart);
    } else if (tag.name == "Cadence" || tag.name == "RunCadence") {
      point.cadence_per_min = number_in(tag.text, 0, kFastestCadence);
    } else if (tag.name == "Speed") {
      point.speed_mps = number_in(tag.text, 0, kFastestSpeedMps);
    }
  }
  if (auto ok = add_activity(std::move(points), Seconds{1}, Seconds{10}, out); !ok)
    return tl::unexpected(ok.error());
  return out;
}

Result<SignalRecording> parse_apple_health(std::string_view text) {
  SignalRecording out;
  out.format = "Apple Health";
  std::vector<ActivityPoint> points;
  XmlTags tags{text};
  while (true) {
    const auto next = tags.next();
    if (!next) return tl::unexpected(next.error());
    if (!*next) break;
    const XmlTags::Tag& tag = **next;
    if (tag.closes || tag.name != "Record" ||
        attribute_of(tag, "type") != "HKQuantityTypeIdentifierHeartRate")
      continue;
    const auto time = parse_timestamp(attribute_of(tag, "startDate"));
    const std::string_view unit = attribute_of(tag, "unit");
    auto value = number_in(attribute_of(tag, "value"), 0, kFastestHeart);
    if (value && unit == "count/s") *value *= 60;
    if (time && value) points.push_back({*time, value, {}, {}});
  }
  if (auto ok = add_activity(std::move(points), Seconds{60}, Seconds{600}, out); !ok)
    return tl::unexpected(ok.error());
  return out;
}

}  // namespace reprise::sensing
