// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "server/reminders/time_zone.h"

// Any bytes: an error, or a time zone whose local times lie within 26 hours of UTC.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono;
  const auto zone = reprise::server::TimeZone::parse({reinterpret_cast<const char*>(data), size});
  if (!zone) return 0;
  constexpr std::int64_t kFarMs = 4'000'000'000'000;
  for (std::int64_t ms = -kFarMs; ms <= kFarMs; ms += kFarMs / 16) {
    if (zone->offset_at(ms) > hours{26} || zone->offset_at(ms) < -hours{26}) std::abort();
    const auto moment = zone->moment_of(zone->day_at(ms), hours{12});
    if (moment > ms + 4 * 86'400'000LL || moment < ms - 4 * 86'400'000LL) std::abort();
  }
  return 0;
}
