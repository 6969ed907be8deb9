#pragma once

#include <optional>

#include "fhir/model/json.h"
#include "record/store/record.h"

namespace reprise::server {

/// Hours before its start until which a patient may move or cancel an appointment, unless the Schedule says
/// otherwise (`urn:reprise:change-hours`).
inline constexpr int kChangeHours = 24;
/// Appointments that a patient may have ahead with one practitioner and still book another.
inline constexpr std::size_t kMostAhead = 3;

/// Refuses what a patient may not do to an Appointment. `before`: as it was; null: it is new. The Slots are
/// as if neither `before` nor `after` took any.
[[nodiscard]] std::optional<record::Refusal> check_patients_booking(record::Record& record,
                                                                    const record::WriteTransaction& session,
                                                                    const fhir::Json* before,
                                                                    const fhir::Json& after);

}  // namespace reprise::server
