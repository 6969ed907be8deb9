// SPDX-License-Identifier: Apache-2.0
#pragma once

// The record's names for reminders: docs/reference/reminders.md.
namespace reprise::server {

inline constexpr const char* kReminderConsent = "reminders";                 // of urn:reprise:consent
inline constexpr const char* kReminderTimes = "urn:reprise:reminder-times";  // extension of a Consent
inline constexpr const char* kReminderIds = "urn:reprise:reminder";          // identifiers of Communications
inline constexpr const char* kExerciseReminder = "exercise-reminder";        // of urn:reprise:communication
inline constexpr const char* kSecondReminder = "exercise-reminder-second";
inline constexpr const char* kPauseQuestion = "exercise-reminder-question";

// The whole text of a push message: web/offline/service_worker.ts.
inline constexpr const char* kPushExercises = "exercises";
inline constexpr const char* kPushPause = "pause";

}  // namespace reprise::server
