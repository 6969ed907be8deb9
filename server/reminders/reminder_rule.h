// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "server/reminders/time_zone.h"

// When a patient is reminded of the exercises, by the patient's choice and what the record knows: pure.
namespace reprise::server {

/// How a reminder reaches the patient. `push`: on the devices that are subscribed; by mail while there are
/// none.
enum class ReminderChannel : std::uint8_t { mail, push };

/// What the patient chose.
struct ReminderChoice {
  bool wanted = false;
  bool has_time = false;  ///< zone and times could be read, also where no reminders are wanted
  ReminderChannel channel = ReminderChannel::mail;
  std::string zone;                                   ///< a name of the tz database
  std::chrono::minutes at{0};                         ///< after midnight
  std::optional<std::chrono::minutes> second;         ///< of a second one on the same day, later than `at`
  std::optional<std::chrono::sys_days> paused_until;  ///< the first day with reminders again
  std::int64_t chosen_ms = 0;                         ///< by the record's clock
};

/// `ask`: whether reminders should pause.
enum class ReminderKind : std::uint8_t { first, second, ask };

struct SentReminder {
  ReminderKind kind = ReminderKind::first;
  std::int64_t sent_ms = 0;
};

/// What the record knows of a patient's exercises.
struct ExerciseFacts {
  int days_per_week = 0;  ///< the most of the exercises that may be started today; 0: none, paused or on hold
  std::set<std::chrono::sys_days> done;  ///< days with at least one set, as the patient's clock had them
  std::int64_t last_done_ms = 0;         ///< 0: never
  std::vector<SentReminder> sent;        ///< in any order
};

/// A reminder is at most this late, after the server was down; then it is left out. Unsourced default.
inline constexpr std::chrono::hours kReminderLate{2};
/// So many reminders in a row without a session, and the next message asks. Unsourced default.
inline constexpr int kUnansweredReminders = 3;

/// Returns whether a day is one for exercises: this week (from Monday) has fewer days of exercise than the
/// programme asks for, and the last one is as long ago as they are apart (seven by the days a week, rounded
/// down).
[[nodiscard]] bool is_exercise_day(int days_per_week, const std::set<std::chrono::sys_days>& done,
                                   std::chrono::sys_days day);

/// Returns the days for exercises from `first` on, so many days of the calendar, as they are if each one
/// before was done; also `first` if it is done.
[[nodiscard]] std::vector<std::chrono::sys_days> exercise_days(int days_per_week,
                                                               std::set<std::chrono::sys_days> done,
                                                               std::chrono::sys_days first, int days);

/// Returns whether a choice could lead to a message now, before the record is searched for the rest.
[[nodiscard]] bool may_be_due(const ReminderChoice& choice, const TimeZone& zone, std::int64_t now_ms);

/// Returns the message that is due now; nullopt if none is. A day has one reminder, and a second one only if
/// it was chosen and nothing was done. After an `ask` there is none until the patient chooses again.
[[nodiscard]] std::optional<ReminderKind> due_reminder(const ReminderChoice& choice,
                                                       const ExerciseFacts& facts, const TimeZone& zone,
                                                       std::int64_t now_ms);

}  // namespace reprise::server
