#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"
#include "record/access/principal.h"

namespace reprise::server {

/// The two of a video visit.
enum class VisitSide : std::uint8_t { patient, clinician };

[[nodiscard]] std::string_view to_string(VisitSide side);
[[nodiscard]] VisitSide other_side(VisitSide side);

constexpr std::int64_t kVisitOpensBeforeMs = 15 * 60'000;  ///< its beginning
constexpr std::int64_t kVisitClosesAfterMs = 60 * 60'000;  ///< its end

/// A video visit as its Appointment says it (docs/video-visits.md).
struct Visit {
  std::string id;
  std::string patient;
  std::vector<std::string> practitioners;  ///< at least one
  std::int64_t start_ms = 0;               ///< since 1970-01-01T00:00:00Z
  std::int64_t end_ms = 0;

  [[nodiscard]] std::int64_t opens_ms() const { return start_ms - kVisitOpensBeforeMs; }
  [[nodiscard]] std::int64_t closes_ms() const { return end_ms + kVisitClosesAfterMs; }
};

/// Nothing: it is no video visit of one patient with a clinician, is called off, or has no times.
[[nodiscard]] std::optional<Visit> visit_in(const fhir::Json& appointment);

/// As which of the two somebody takes part; nothing: as none.
[[nodiscard]] std::optional<VisitSide> side_of(const Visit& visit, const record::Principal& asker);

/// That the two talked, with when: it counts as a talk in remote monitoring (docs/remote-monitoring.md).
struct Talk {
  std::string appointment;  ///< empty: it is no longer in the record
  std::string patient;
  std::string practitioner;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  bool simulated = false;
};
[[nodiscard]] fhir::Json encounter_of(const Talk& talk);

}  // namespace reprise::server
