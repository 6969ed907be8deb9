// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "care/billing/calendar.h"
#include "care/billing/facts.h"

// The lines of one patient's monitoring: claimable, blocked with the reasons, or still short of days or
// minutes. A clinician signs every claim. docs/clinician/remote-monitoring.md explains the count.
namespace reprise::care::billing {

enum class LineState : std::uint8_t {
  ready,    ///< reached, and its period is over
  waiting,  ///< reached, and its period still runs, so the code may still change
  blocked,
  claimed,
};

enum class Why : std::uint8_t {
  device_not_recorded,
  other_programme,
  other_practitioner,
  exclusive,  ///< another line that is claimed or counted excludes it
  no_interaction,
  already_claimed,  ///< for a period that overlaps this one
};

struct Reason {
  Why why = Why::exclusive;
  std::string row;
  std::string evidence;  ///< may be empty
};

struct Line {
  std::string rules;  ///< the set's id
  std::string row;
  std::string code;
  int units = 1;
  Day from;
  Day to;
  int counted = 0;  ///< days with data, or minutes
  LineState state = LineState::ready;
  std::vector<Reason> reasons;  ///< if it is blocked
  std::vector<std::string> evidence;
};

enum class Need : std::uint8_t { data_days, minutes, interaction, set_up };

/// The amount still missing to reach the row, and the last day for it.
struct Missing {
  std::string row;
  std::string code;
  Need need = Need::data_days;
  int amount = 0;
  Day by;
};

struct WindowCount {
  Day from;
  Day to;
  Group group = Group::musculoskeletal;
  int data_days = 0;
};

struct MonthCount {
  Day from;
  Day to;
  int minutes = 0;
  int interactions = 0;
};

struct Account {
  std::vector<Line> lines;  ///< in chronological order
  std::vector<Missing> missing;
  std::vector<WindowCount> windows;
  std::vector<MonthCount> months;
  std::vector<Uncounted> uncounted;
};

struct Viewpoint {
  Day today;  ///< by the clinic's clock
  Zone zone;
  std::string practitioner;  ///< id of the claiming practitioner; empty: any
};

/// Computes the account from the facts. `rules`: as read_rule_sets returns them.
[[nodiscard]] Account account_for(const Facts& facts, std::span<const RuleSet> rules, const Viewpoint& view);

[[nodiscard]] std::string_view name(LineState state);
[[nodiscard]] std::string_view name(Why why);
[[nodiscard]] std::string_view name(Need need);
[[nodiscard]] std::string_view name(Uncounted::Why why);

}  // namespace reprise::care::billing
