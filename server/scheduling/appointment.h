#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"

// What the server looks at in an Appointment, a Slot and a Schedule (docs/calendar.md).
namespace reprise::server {

/// A stretch of time in milliseconds since 1970-01-01T00:00:00Z; the end is outside.
struct Stretch {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;

  [[nodiscard]] bool overlaps(const Stretch& other) const {
    return start_ms < other.end_ms && other.start_ms < end_ms;
  }
};

struct AppointmentView {
  std::string id;
  std::string status;
  std::optional<Stretch> when;  ///< nothing: it has no start or end, or ends before it starts
  std::string start;            ///< as it is written: by the clock of where it is
  std::vector<std::string> patients;
  std::vector<std::string> practitioners;  ///< those who did not decline
  std::vector<std::string> slots;          ///< ids
  int minutes = 0;                         ///< that it is to last; 0: not said

  /// Whether it takes its practitioners' time.
  [[nodiscard]] bool takes_time() const;
};

[[nodiscard]] AppointmentView view_of(const fhir::Json& appointment);

/// From `start` to `end` of an Appointment or a Slot; nothing where one is missing or they are the wrong way
/// round.
[[nodiscard]] std::optional<Stretch> stretch_of(const fhir::Json& resource);

/// Longest stretch that is looked at: what is longer is refused, so that a search by the start finds all that
/// overlap.
inline constexpr std::int64_t kLongestMs = 24 * 3'600'000;

}  // namespace reprise::server
