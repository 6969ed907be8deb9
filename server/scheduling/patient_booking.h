// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "fhir/model/json.h"
#include "record/store/record.h"

namespace reprise::server {

/// Default of hours before the start until which a patient may move or cancel an appointment, unless the
/// Schedule has `urn:reprise:change-hours`.
inline constexpr int kChangeHours = 24;
/// Limit of future appointments with one practitioner, beyond which a patient cannot book another.
inline constexpr std::size_t kMostAhead = 3;

/// Refuses changes of an Appointment that a patient may not make. `before`: null for a new one. The Slots are
/// as if neither `before` nor `after` took any.
[[nodiscard]] std::optional<record::Refusal> check_patients_booking(record::Record& record,
                                                                    const record::WriteTransaction& session,
                                                                    const fhir::Json* before,
                                                                    const fhir::Json& after);

}  // namespace reprise::server
