// SPDX-License-Identifier: Apache-2.0
#include "care/plan/balance_ladder.h"

#include <algorithm>

namespace reprise::care {
namespace {

std::size_t easier(std::size_t level) {
  return level == 0 ? 0 : level - 1;
}

// Within a session the levels only fall: the lowest is the last.
const LevelResult* last_level(const BalanceSession& session) {
  const auto lowest =
      std::min_element(session.levels.begin(), session.levels.end(),
                       [](const LevelResult& a, const LevelResult& b) { return a.level < b.level; });
  return lowest == session.levels.end() ? nullptr : &*lowest;
}

bool was_whole(const BalanceSession& session, const BalanceLevel& level) {
  if (session.unclear || session.levels.size() != 1) return false;
  const LevelResult& only = session.levels.front();
  return only.holds >= level.holds && only.whole == only.holds;
}

}  // namespace

std::string part_of(const BalanceLevel& level) {
  std::string part{kStanceNames[static_cast<std::size_t>(level.stance)]};
  std::replace(part.begin(), part.end(), '-', '_');
  part += level.hazards.foam ? ".foam" : ".firm";
  part += level.hazards.eyes_closed ? ".eyes_closed" : ".eyes_open";
  if (level.hazards.dual_task) part += ".dual_task";
  return part + "." + std::to_string(level.hold_s) + "s";
}

std::size_t released_levels(std::span<const BalanceLevel> levels) {
  const auto first = std::find_if(levels.begin(), levels.end(),
                                  [](const BalanceLevel& level) { return level.released.empty(); });
  return static_cast<std::size_t>(first - levels.begin());
}

BalanceNow balance_now(std::span<const BalanceLevel> levels, std::size_t began_at,
                       std::span<const HoldOutcome> done) {
  if (levels.empty()) return {};
  BalanceNow now{std::min(began_at, levels.size() - 1), 0};
  now.left = std::max(0, levels[now.level].holds - static_cast<int>(done.size()));
  for (const HoldOutcome outcome : done) {
    if (outcome != HoldOutcome::whole) now.level = easier(now.level);
  }
  return now;
}

BalanceDue balance_due(std::span<const BalanceLevel> levels, int sessions,
                       std::span<const BalanceSession> done) {
  BalanceDue due;
  const std::size_t released = released_levels(levels);
  if (released == 0) return due;
  const auto newest = std::find_if(done.rbegin(), done.rend(),
                                   [](const BalanceSession& session) { return !session.levels.empty(); });
  if (newest == done.rend()) return due;
  const LevelResult& last = *last_level(*newest);
  const bool eases = last.whole < last.holds;
  due.level = std::min(eases ? easier(last.level) : last.level, released - 1);
  // At the first level nothing is easier, and a session with a failed hold is not whole.
  for (auto session = done.rbegin(); session != done.rend(); ++session) {
    if (session->levels.empty() || session->levels.front().level != due.level ||
        !was_whole(*session, levels[due.level]))
      break;
    ++due.whole_sessions;
    due.since = session->day;
    due.evidence.insert(due.evidence.end(), session->evidence.begin(), session->evidence.end());
  }
  if (due.whole_sessions < sessions || due.level + 1 == levels.size()) return due;
  if (due.level + 1 < released) return {due.level + 1, 0, false, std::nullopt, {}};
  due.ready = true;
  return due;
}

}  // namespace reprise::care
