// SPDX-License-Identifier: Apache-2.0
#include "care/billing/billing_summary.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/time.h"
#include "care/billing/blocking.h"
#include "care/billing/episodes.h"
#include "care/billing/worked_time.h"

namespace reprise::care::billing {
namespace {

constexpr int kLongestPast = 3653;                                   // days: ten years
constexpr std::int64_t kLongestWork = in_ms(std::chrono::hours{4});  // unsourced default

// The days with data, each with one piece of evidence: the first by its name, so that the order of reading
// does not matter.
using DataDays = std::map<Day, std::string>;

struct Counting {
  const Facts& facts;
  std::span<const RuleSet> rules;
  const Viewpoint& view;
  std::vector<Monitoring> monitoring;
  DataDays data;
  std::vector<WorkedTime> times;
  Account account;
};

void leave_out(Counting& counting, Uncounted::Why why, const std::string& evidence) {
  counting.account.uncounted.push_back({why, evidence});
}

void take_episodes(Counting& counting) {
  std::vector<Episode> taken;
  for (const Episode& episode : counting.facts.episodes) {
    if (episode.to && *episode.to < episode.from)
      leave_out(counting, Uncounted::Why::no_time, episode.evidence);
    else if (episode.from < counting.view.today - days{kLongestPast})
      leave_out(counting, Uncounted::Why::too_old, episode.evidence);
    else
      taken.push_back(episode);
  }
  counting.monitoring = monitored(std::move(taken));
}

void take_data(Counting& counting) {
  for (const DataEvent& event : counting.facts.data) {
    // The patient may be a day ahead of the clinic.
    if (event.day > counting.view.today + days{1}) {
      leave_out(counting, Uncounted::Why::day_to_come, event.evidence);
      continue;
    }
    if (event.day > counting.view.today) continue;  // tomorrow
    const auto [at, first] = counting.data.emplace(event.day, event.evidence);
    if (!first && event.evidence < at->second) at->second = event.evidence;
  }
}

void take_times(Counting& counting) {
  const std::int64_t now = counting.view.zone.start_of(counting.view.today + days{1});
  for (const WorkedTime& time : counting.facts.times) {
    if (time.end_ms <= time.start_ms)
      leave_out(counting, Uncounted::Why::no_time, time.evidence);
    else if (time.end_ms > now)
      leave_out(counting, Uncounted::Why::time_to_come, time.evidence);
    else if (time.end_ms - time.start_ms > kLongestWork)
      leave_out(counting, Uncounted::Why::too_long, time.evidence);
    else
      counting.times.push_back(time);
  }
}

LineState state_until(const Counting& counting, Day last) {
  return last < counting.view.today ? LineState::ready : LineState::waiting;
}

bool monitored_on(const Counting& counting, Day day) {
  return std::any_of(counting.monitoring.begin(), counting.monitoring.end(),
                     [&](const Monitoring& one) { return one.from <= day && (!one.to || day <= *one.to); });
}

// Counts the days left, today included, on which a plan (of this group, if there is one) can still bring new
// data.
int days_left(const Counting& counting, Day last, std::optional<Group> group) {
  int left = 0;
  for (Day day = counting.view.today; day <= last; day += days{1}) {
    if (day == counting.view.today && counting.data.contains(day)) continue;
    const auto brings = [&](const Episode& plan) {
      return covers(plan, day) && (!group || plan.group == *group);
    };
    left += std::any_of(counting.monitoring.begin(), counting.monitoring.end(), [&](const Monitoring& one) {
      return std::any_of(one.episodes.begin(), one.episodes.end(), brings);
    });
  }
  return left;
}

struct GroupDays {
  Group group = Group::musculoskeletal;
  DataDays days_with_data;
};

// The days of a period with data, for each group of conditions that is monitored in it, in the order in which
// their plans began.
std::vector<GroupDays> days_by_group(const Counting& counting, Day from, Day to) {
  std::vector<GroupDays> groups;
  for (const Monitoring& one : counting.monitoring) {
    for (const Episode& episode : one.episodes) {
      if (episode.from > to || (episode.to && *episode.to < from)) continue;
      auto group = std::find_if(groups.begin(), groups.end(),
                                [&](const GroupDays& known) { return known.group == episode.group; });
      if (group == groups.end()) group = groups.insert(groups.end(), GroupDays{episode.group, {}});
      for (auto at = counting.data.lower_bound(from); at != counting.data.end() && at->first <= to; ++at) {
        if (covers(episode, at->first)) group->days_with_data.insert(*at);
      }
    }
  }
  return groups;
}

int count_of(const GroupDays& group) {
  return static_cast<int>(group.days_with_data.size());
}

const SupplyRow* tier_of(const RuleSet& rules, const GroupDays& group) {
  const int count = count_of(group);
  const auto found = std::find_if(rules.supply.begin(), rules.supply.end(), [&](const SupplyRow& row) {
    return row.group == group.group && row.least_days <= count && count <= row.most_days;
  });
  return found == rules.supply.end() ? nullptr : &*found;
}

std::vector<std::string> evidence_of(const DataDays& data) {
  std::vector<std::string> evidence;
  for (const auto& [day, reference] : data) evidence.push_back(reference);
  return evidence;
}

void miss_supply(Counting& counting, const RuleSet& rules, const Window& window, const GroupDays& group) {
  const int left = days_left(counting, window.to, group.group);
  for (const SupplyRow& row : rules.supply) {
    const int more = row.least_days - count_of(group);
    if (row.group == group.group && more > 0 && more <= left)
      counting.account.missing.push_back({row.id, row.code, Need::data_days, more, window.to});
  }
}

void count_window(Counting& counting, const RuleSet& rules, const Window& window) {
  std::vector<GroupDays> groups = days_by_group(counting, window.from, window.to);
  if (groups.empty()) return;
  // One supply in a period, however many conditions are monitored: that with the most days.
  std::stable_sort(groups.begin(), groups.end(),
                   [](const GroupDays& a, const GroupDays& b) { return count_of(a) > count_of(b); });
  for (const GroupDays& group : groups) {
    counting.account.windows.push_back({window.from, window.to, group.group, count_of(group)});
    if (const SupplyRow* row = tier_of(rules, group)) {
      counting.account.lines.push_back({rules.id,
                                        row->id,
                                        row->code,
                                        1,
                                        window.from,
                                        window.to,
                                        count_of(group),
                                        state_until(counting, window.to),
                                        {},
                                        evidence_of(group.days_with_data)});
    }
  }
  if (window.to >= counting.view.today) miss_supply(counting, rules, window, groups.front());
}

void count_supply(Counting& counting) {
  // All sets have had the same length so far; where one differs, periods before it keep theirs.
  const RuleSet* now = rules_on(counting.rules, counting.view.today);
  if (now == nullptr && !counting.rules.empty()) now = &counting.rules.back();
  if (now == nullptr) return;
  for (const Window& window : windows_of(counting.monitoring, now->window.days, counting.view.today)) {
    const RuleSet* rules = rules_on(counting.rules, window.to);
    if (rules == nullptr)
      leave_out(counting, Uncounted::Why::no_rules, day_text(window.to));
    else
      count_window(counting, *rules, window);
  }
}

void count_set_up(Counting& counting, const Monitoring& monitoring, const SetUp& set_up,
                  const RuleSet& rules) {
  const SetUpRow& row = rules.set_up;
  const Day last = set_up.day + days{row.within_days - 1};
  DataDays days_with_data;
  for (auto at = counting.data.lower_bound(set_up.day); at != counting.data.end() && at->first <= last;
       ++at) {
    if (monitoring.from <= at->first && (!monitoring.to || at->first <= *monitoring.to))
      days_with_data.insert(*at);
  }
  const int count = static_cast<int>(days_with_data.size());
  const int more = row.least_days - count;
  if (more > 0) {
    if (more <= days_left(counting, last, {}))
      counting.account.missing.push_back({row.id, row.code, Need::data_days, more, last});
    return;
  }
  Line line{rules.id,   row.id, row.code,         1,  set_up.day,
            set_up.day, count,  LineState::ready, {}, {set_up.evidence}};
  for (auto& reference : evidence_of(days_with_data)) line.evidence.push_back(std::move(reference));
  for (const Claimed& claimed : counting.facts.claimed) {
    const bool this_monitoring =
        monitoring.from <= claimed.from && (!monitoring.to || claimed.from <= *monitoring.to);
    if (claimed.code == row.code && this_monitoring && claimed.from != line.from)
      line.reasons.push_back({Why::already_claimed, row.id, claimed.evidence});
  }
  counting.account.lines.push_back(std::move(line));
}

// Once for each stretch of monitoring: a plan that overlaps another one begins nothing new.
void count_set_ups(Counting& counting) {
  for (const Monitoring& monitoring : counting.monitoring) {
    const auto with = std::find_if(monitoring.episodes.begin(), monitoring.episodes.end(),
                                   [](const Episode& episode) { return episode.set_up.has_value(); });
    const bool there = with != monitoring.episodes.end() && with->set_up->day <= counting.view.today;
    const Day day = there ? with->set_up->day : counting.view.today;
    const RuleSet* rules = rules_on(counting.rules, day);
    if (rules == nullptr) {
      if (there) leave_out(counting, Uncounted::Why::no_rules, day_text(day));
    } else if (there) {
      count_set_up(counting, monitoring, *with->set_up, *rules);
    } else if (monitored_on(counting, counting.view.today) && (!monitoring.to || *monitoring.to >= day)) {
      counting.account.missing.push_back(
          {rules->set_up.id, rules->set_up.code, Need::set_up, 1, monitoring.to.value_or(day)});
    }
  }
}

// The parts of a month in which the patient is monitored.
std::vector<Interval> monitored_part(const Counting& counting, Day from, Day to) {
  std::vector<Interval> parts;
  for (const Monitoring& one : counting.monitoring) {
    const Day first = std::max(one.from, from);
    const Day last = one.to ? std::min(*one.to, to) : to;
    if (first <= last)
      parts.push_back({counting.view.zone.start_of(first), counting.view.zone.start_of(last + days{1})});
  }
  return parts;
}

std::vector<std::string> interactions_in(const Counting& counting, const InteractionRow& row,
                                         const std::vector<Interval>& parts) {
  const std::int64_t now = counting.view.zone.start_of(counting.view.today + days{1});
  std::set<std::string> found;
  for (const Interaction& one : counting.facts.interactions) {
    const bool counts =
        one.at_ms < now && std::find(row.ways.begin(), row.ways.end(), one.way) != row.ways.end();
    const bool within = std::any_of(parts.begin(), parts.end(), [&](const Interval& part) {
      return part.start_ms <= one.at_ms && one.at_ms < part.end_ms;
    });
    if (counts && within) found.insert(one.evidence);
  }
  return {found.begin(), found.end()};
}

const ManagementRow* tier_of(const RuleSet& rules, int minutes) {
  const auto found =
      std::find_if(rules.management.begin(), rules.management.end(), [&](const ManagementRow& row) {
        return row.least_minutes <= minutes && (!row.most_minutes || minutes <= *row.most_minutes);
      });
  return found == rules.management.end() ? nullptr : &*found;
}

// The next row that more minutes reach.
void miss_minutes(Counting& counting, const RuleSet& rules, const ManagementRow* tier, int minutes, Day by) {
  const ManagementRow* next = nullptr;
  for (const ManagementRow& row : rules.management) {
    if (row.least_minutes > minutes && (next == nullptr || row.least_minutes < next->least_minutes))
      next = &row;
  }
  auto& missing = counting.account.missing;
  if (next != nullptr) {
    missing.push_back({next->id, next->code, Need::minutes, next->least_minutes - minutes, by});
  } else if (tier != nullptr && rules.additional && rules.additional->after == tier->code) {
    const AdditionalRow& row = *rules.additional;
    const int begun = (minutes - tier->least_minutes) % row.each_minutes;
    missing.push_back({row.id, row.code, Need::minutes, row.each_minutes - begun, by});
  }
}

void count_month(Counting& counting, const RuleSet& rules, Day from, Day to) {
  const std::vector<Interval> parts = monitored_part(counting, from, to);
  const CountedTime time = count_time(counting.times, parts, rules.two_people.once);
  const std::vector<std::string> interactions = interactions_in(counting, rules.interaction, parts);
  const int minutes = time.minutes();
  const bool spoken = static_cast<int>(interactions.size()) >= rules.interaction.least;
  counting.account.months.push_back({from, to, minutes, static_cast<int>(interactions.size())});
  const ManagementRow* tier = tier_of(rules, minutes);
  if (tier != nullptr) {
    Line line{rules.id, tier->id,     tier->code, 1, from, to, minutes, state_until(counting, to),
              {},       time.evidence};
    for (const std::string& talk : interactions) {  // its time may have counted
      if (std::find(line.evidence.begin(), line.evidence.end(), talk) == line.evidence.end())
        line.evidence.push_back(talk);
    }
    if (!spoken) line.reasons.push_back({Why::no_interaction, rules.interaction.id, {}});
    counting.account.lines.push_back(line);
    const bool more = rules.additional && rules.additional->after == tier->code;
    line.units = more ? (minutes - tier->least_minutes) / rules.additional->each_minutes : 0;
    if (line.units > 0) {
      line.row = rules.additional->id;
      line.code = rules.additional->code;
      counting.account.lines.push_back(std::move(line));
    }
  }
  if (counting.view.today > to || !monitored_on(counting, counting.view.today)) return;
  miss_minutes(counting, rules, tier, minutes, to);
  if (!spoken) {
    counting.account.missing.push_back({rules.interaction.id, tier == nullptr ? std::string{} : tier->code,
                                        Need::interaction,
                                        rules.interaction.least - static_cast<int>(interactions.size()), to});
  }
}

void count_management(Counting& counting) {
  if (counting.monitoring.empty()) return;
  for (Day from = first_of_month(counting.monitoring.front().from); from <= counting.view.today;
       from = last_of_month(from) + days{1}) {
    const Day to = last_of_month(from);
    if (monitored_part(counting, from, to).empty()) continue;
    const RuleSet* rules = rules_on(counting.rules, to);
    if (rules == nullptr)
      leave_out(counting, Uncounted::Why::no_rules, day_text(to));
    else
      count_month(counting, *rules, from, to);
  }
}

}  // namespace

Account account_for(const Facts& facts, std::span<const RuleSet> rules, const Viewpoint& view) {
  Counting counting{facts, rules, view, {}, {}, {}, {}};
  counting.account.uncounted = facts.uncounted;
  take_episodes(counting);
  take_data(counting);
  take_times(counting);
  count_set_ups(counting);
  count_supply(counting);
  count_management(counting);
  Account account = std::move(counting.account);
  block_lines(account.lines, facts, rules, view);
  std::stable_sort(account.lines.begin(), account.lines.end(),
                   [](const Line& a, const Line& b) { return a.to < b.to; });
  return account;
}

std::string_view name(LineState state) {
  constexpr std::array<std::string_view, 4> kNames = {"ready", "waiting", "blocked", "claimed"};
  return kNames[static_cast<std::size_t>(state)];
}

std::string_view name(Why why) {
  constexpr std::array<std::string_view, 6> kNames = {"device_not_recorded", "other_programme",
                                                      "other_practitioner",  "exclusive",
                                                      "no_interaction",      "already_claimed"};
  return kNames[static_cast<std::size_t>(why)];
}

std::string_view name(Need need) {
  constexpr std::array<std::string_view, 4> kNames = {"data_days", "minutes", "interaction", "set_up"};
  return kNames[static_cast<std::size_t>(need)];
}

std::string_view name(Uncounted::Why why) {
  constexpr std::array<std::string_view, 7> kNames = {"day_to_come", "time_to_come", "no_time", "too_long",
                                                      "unreadable",  "too_old",      "no_rules"};
  return kNames[static_cast<std::size_t>(why)];
}

}  // namespace reprise::care::billing
