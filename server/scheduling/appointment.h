// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "fhir/model/json.h"

// The parts of Appointments, Slots and Schedules that the server uses (docs/clinician/calendar.md).
namespace reprise::server {

/// A half-open time range in milliseconds since 1970-01-01T00:00:00Z; the end is excluded.
struct TimeRange {
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;

  [[nodiscard]] bool overlaps(const TimeRange& other) const {
    return start_ms < other.end_ms && other.start_ms < end_ms;
  }
};

struct AppointmentView {
  std::string id;
  std::string status;
  std::optional<TimeRange> when;  ///< nullopt if it has no start or end, or ends before it starts
  std::string start;              ///< as written, in local time
  std::vector<std::string> patients;
  std::vector<std::string> practitioners;  ///< without those who declined
  std::vector<std::string> slots;          ///< ids
  int minutes = 0;                         ///< planned duration; 0: not given

  /// Returns whether it blocks its practitioners' time.
  [[nodiscard]] bool takes_time() const;
};

[[nodiscard]] AppointmentView view_of(const fhir::Json& appointment);

/// Returns the time range of an Appointment or a Slot; nullopt if `start` or `end` is missing or they are
/// reversed.
[[nodiscard]] std::optional<TimeRange> time_range_of(const fhir::Json& resource);

/// The longest appointment. Longer ones are refused, so that a search by the start finds all that overlap.
inline constexpr std::int64_t kLongestMs = in_ms(std::chrono::hours{24});

}  // namespace reprise::server
