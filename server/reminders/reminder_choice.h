// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>

#include "fhir/model/json.h"
#include "server/reminders/reminder_rule.h"

// A patient's choice of reminders as the record has it (docs/reference/reminders.md).
namespace reprise::server {

/// Parses a Consent of the category `reminders` whose only performer is its patient; nullopt for any other
/// resource. A choice that is unreadable, or whose second time is not later than the first, wants none.
[[nodiscard]] std::optional<ReminderChoice> read_reminder_choice(const fhir::Json& consent);

/// Returns each patient's choice, by id: the newest active one by the record's clock.
[[nodiscard]] std::map<std::string, ReminderChoice> reminder_choices(std::span<const fhir::Json> consents);

}  // namespace reprise::server
