// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/zones.h"

#include <fstream>
#include <iterator>

namespace reprise::server {
namespace {

constexpr const char* kZoneStage = "finding the time zone of reminders";
constexpr const char* kZones = "/usr/share/zoneinfo/";
constexpr std::size_t kMostBytes = 1U << 16U;

}  // namespace

Result<TimeZone> load_time_zone(const std::string& name) {
  if (!is_time_zone_name(name))
    return fail(ErrorCode::invalid_argument, kZoneStage, "a chosen name is no time zone",
                "choose the time again on the patient's page");
  std::ifstream file{kZones + name, std::ios::binary};
  std::string bytes(kMostBytes, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (bytes.empty())
    return fail(ErrorCode::unreadable, kZoneStage,
                "the system has no file of a chosen time zone in " + std::string{kZones},
                "install the tz database (tzdata)");
  return TimeZone::parse(bytes);
}

}  // namespace reprise::server
