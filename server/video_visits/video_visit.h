// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "fhir/model/json.h"
#include "record/access/principal.h"

namespace reprise::server {

/// The participants of a video visit.
enum class VisitSide : std::uint8_t { patient, clinician };

[[nodiscard]] std::string_view to_string(VisitSide side);
[[nodiscard]] VisitSide other_side(VisitSide side);

constexpr std::int64_t kVisitOpensBeforeMs = in_ms(std::chrono::minutes{15});  ///< before its start
constexpr std::int64_t kVisitClosesAfterMs = in_ms(std::chrono::minutes{60});  ///< after its end

/// A video visit as its Appointment describes it (docs/clinician/video-visits.md).
struct Visit {
  std::string id;
  std::string patient;
  std::vector<std::string> practitioners;  ///< at least one
  std::int64_t start_ms = 0;               ///< since 1970-01-01T00:00:00Z
  std::int64_t end_ms = 0;

  [[nodiscard]] std::int64_t opens_ms() const { return start_ms - kVisitOpensBeforeMs; }
  [[nodiscard]] std::int64_t closes_ms() const { return end_ms + kVisitClosesAfterMs; }
};

/// Reads a video visit. Returns nullopt if the Appointment is not a video visit of one patient with a
/// clinician, is cancelled, or has no times.
[[nodiscard]] std::optional<Visit> visit_in(const fhir::Json& appointment);

/// Returns the side on which the principal takes part; nullopt if on none.
[[nodiscard]] std::optional<VisitSide> side_of(const Visit& visit, const record::Principal& principal);

/// A completed call with its times. It counts as patient contact in remote monitoring
/// (docs/clinician/remote-monitoring.md).
struct CompletedCall {
  std::string appointment;  ///< empty if it is no longer in the record
  std::string patient;
  std::string practitioner;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
  bool simulated = false;
};
[[nodiscard]] fhir::Json encounter_of(const CompletedCall& call);

}  // namespace reprise::server
