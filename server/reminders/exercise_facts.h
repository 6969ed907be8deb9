// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "record/store/record.h"
#include "server/reminders/reminder_rule.h"

namespace reprise::server {

/// Reads what the rule must know of a patient. `connection`: in a transaction. Refuses if the database fails.
[[nodiscard]] record::Outcome<ExerciseFacts> find_exercise_facts(const record::Record& record,
                                                                 record::Connection& connection,
                                                                 const std::string& patient,
                                                                 const TimeZone& zone, std::int64_t now_ms);

}  // namespace reprise::server
