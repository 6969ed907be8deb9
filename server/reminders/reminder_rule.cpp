// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/reminder_rule.h"

#include <algorithm>

#include "base/time.h"

namespace reprise::server {
namespace {

namespace chrono = std::chrono;

constexpr int kWeek = 7;

chrono::sys_days monday_of(chrono::sys_days day) {
  return day - (chrono::weekday{day} - chrono::Monday);
}

/// Whether a time of today has come, not too long ago, and after the patient chose it.
bool is_now(const ReminderChoice& choice, chrono::minutes clock, const TimeZone& zone, std::int64_t now_ms) {
  const std::int64_t moment = zone.moment_of(zone.day_at(now_ms), clock);
  return moment <= now_ms && now_ms <= moment + in_ms(kReminderLate) && moment >= choice.chosen_ms;
}

bool was_asked(const ReminderChoice& choice, const ExerciseFacts& facts) {
  return std::any_of(facts.sent.begin(), facts.sent.end(), [&](const SentReminder& one) {
    return one.kind == ReminderKind::ask && one.sent_ms >= choice.chosen_ms;
  });
}

/// Reminders since the last set and since the patient's last choice: a second one of a day does not count.
std::int64_t unanswered(const ReminderChoice& choice, const ExerciseFacts& facts) {
  const std::int64_t since_ms = std::max(choice.chosen_ms, facts.last_done_ms);
  return std::count_if(facts.sent.begin(), facts.sent.end(), [&](const SentReminder& one) {
    return one.kind == ReminderKind::first && one.sent_ms > since_ms;
  });
}

bool was_sent_today(const ExerciseFacts& facts, ReminderKind kind, const TimeZone& zone,
                    std::int64_t now_ms) {
  return std::any_of(facts.sent.begin(), facts.sent.end(), [&](const SentReminder& one) {
    return one.kind == kind && zone.day_at(one.sent_ms) == zone.day_at(now_ms);
  });
}

}  // namespace

bool is_exercise_day(int days_per_week, const std::set<chrono::sys_days>& done, chrono::sys_days day) {
  if (days_per_week <= 0) return false;
  const auto from = done.lower_bound(monday_of(day));
  const auto until = done.upper_bound(day);
  if (from != done.end() && *from <= day && std::distance(from, until) >= days_per_week) return false;
  if (until == done.begin()) return true;
  const chrono::days apart{std::max(1, kWeek / days_per_week)};
  return day - *std::prev(until) >= apart;
}

std::vector<chrono::sys_days> exercise_days(int days_per_week, std::set<chrono::sys_days> done,
                                            chrono::sys_days first, int days) {
  std::vector<chrono::sys_days> found;
  for (chrono::sys_days day = first; day < first + chrono::days{days}; day += chrono::days{1}) {
    const bool is_done = days_per_week > 0 && day == first && done.count(day) > 0;
    if (!is_done && !is_exercise_day(days_per_week, done, day)) continue;
    found.push_back(day);
    done.insert(day);
  }
  return found;
}

bool may_be_due(const ReminderChoice& choice, const TimeZone& zone, std::int64_t now_ms) {
  if (!choice.wanted) return false;
  if (choice.paused_until && zone.day_at(now_ms) < *choice.paused_until) return false;
  return is_now(choice, choice.at, zone, now_ms) ||
         (choice.second && is_now(choice, *choice.second, zone, now_ms));
}

std::optional<ReminderKind> due_reminder(const ReminderChoice& choice, const ExerciseFacts& facts,
                                         const TimeZone& zone, std::int64_t now_ms) {
  if (!may_be_due(choice, zone, now_ms) || was_asked(choice, facts)) return {};
  if (!is_exercise_day(facts.days_per_week, facts.done, zone.day_at(now_ms))) return {};
  if (was_sent_today(facts, ReminderKind::first, zone, now_ms)) {
    const bool again = choice.second && is_now(choice, *choice.second, zone, now_ms) &&
                       !was_sent_today(facts, ReminderKind::second, zone, now_ms);
    return again ? std::optional{ReminderKind::second} : std::nullopt;
  }
  return unanswered(choice, facts) >= kUnansweredReminders ? ReminderKind::ask : ReminderKind::first;
}

}  // namespace reprise::server
