// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "sensing/activity/activity_points.h"
#include "sensing/activity/timestamp.h"
#include "sensing/files/number_text.h"

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

template <class Take>
Result<std::vector<ActivityPoint>> points_of(std::string_view text, Take take) {
  std::vector<ActivityPoint> points;
  XmlTags tags{text};
  while (true) {
    const auto next = tags.next();
    if (!next) return tl::unexpected(next.error());
    if (!*next) return points;
    if (auto point = take(**next)) points.push_back(*std::move(point));
  }
}

}  // namespace

bool looks_like_tcx(std::string_view bytes) {
  return bytes.substr(0, 2000).find("<TrainingCenterDatabase") != std::string_view::npos;
}

bool looks_like_apple_health(std::string_view bytes) {
  // A document type with definitions stands before the root.
  return bytes.substr(0, 20000).find("<HealthData") != std::string_view::npos ||
         bytes.substr(0, 2000).find("<!DOCTYPE HealthData") != std::string_view::npos;
}

std::optional<ActivityPoint> TcxTags::take(const XmlTags::Tag& tag) {
  std::optional<ActivityPoint> done;
  if (tag.name == "Trackpoint") {
    if (tag.closes && inside_ && timed_) done = point_;
    inside_ = !tag.closes && !tag.empty;
    timed_ = false;
    point_ = {};
  }
  if (!inside_) return done;
  if (tag.name == "HeartRateBpm") of_heart_ = !tag.closes;
  if (!tag.closes) return done;
  if (tag.name == "Time") {
    const std::string_view text = without_blanks(tag.text);
    const auto time = parse_timestamp(text);
    timed_ = time.has_value();
    point_.time_s = time.value_or(0);
    point_.zoned = has_zone(text);
  } else if (tag.name == "Value" && of_heart_) {
    point_.heart_rate_per_min = number_in(tag.text, 1, kFastestHeart);
  } else if (tag.name == "Cadence" || tag.name == "RunCadence") {
    point_.cadence_per_min = number_in(tag.text, 0, kFastestCadence);
  } else if (tag.name == "Speed") {
    point_.speed_mps = number_in(tag.text, 0, kFastestSpeedMps);
  }
  return done;
}

std::optional<ActivityPoint> apple_health_point(const XmlTags::Tag& tag) {
  if (tag.closes || tag.name != "Record" || attribute_of(tag, "type") != "HKQuantityTypeIdentifierHeartRate")
    return std::nullopt;
  const auto time = parse_timestamp(attribute_of(tag, "startDate"));
  auto value = number_in(attribute_of(tag, "value"), 0, kFastestHeart);
  if (value && attribute_of(tag, "unit") == "count/s") *value *= 60;
  if (!time || !value || !(*value > 0) || *value > kFastestHeart) return std::nullopt;
  ActivityPoint point{*time, value};
  point.zoned = has_zone(attribute_of(tag, "startDate"));
  return point;
}

Result<std::vector<ActivityPoint>> tcx_points(std::string_view text) {
  TcxTags tcx;
  return points_of(text, [&](const XmlTags::Tag& tag) { return tcx.take(tag); });
}

Result<std::vector<ActivityPoint>> apple_health_points(std::string_view text) {
  return points_of(text, apple_health_point);
}

}  // namespace reprise::sensing
