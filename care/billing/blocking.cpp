// SPDX-License-Identifier: Apache-2.0
#include "care/billing/blocking.h"

#include <algorithm>

namespace reprise::care::billing {
namespace {

bool has(const CodesRow& row, const std::string& code) {
  return std::find(row.codes.begin(), row.codes.end(), code) != row.codes.end();
}

bool overlap(const Line& line, Day from, std::optional<Day> to) {
  return from <= line.to && (!to || *to >= line.from);
}

bool by_another(const Claimed& claimed, const Viewpoint& view) {
  return !claimed.practitioner.empty() && !view.practitioner.empty() &&
         claimed.practitioner != view.practitioner;
}

void against_device(Line& line, const Facts& facts, const RuleSet& rules) {
  if (!has(rules.device, line.code)) return;
  if (!facts.device || facts.device->since > line.from)
    line.reasons.push_back({Why::device_not_recorded, rules.device.id, {}});
}

void against_programmes(Line& line, const Facts& facts, const RuleSet& rules) {
  for (const OtherProgramme& other : facts.others) {
    for (const ProgrammeRow& row : rules.programmes) {
      if (row.programme == other.programme && has(row, line.code) && overlap(line, other.from, other.to))
        line.reasons.push_back({Why::other_programme, row.id, other.evidence});
    }
  }
}

// Blocks a line whose period ends within `row.days` of a period that another practitioner claimed. The last
// day of a period is its date of service.
void against_practitioners(Line& line, const Facts& facts, const RuleSet& rules, const Viewpoint& view) {
  if (!rules.one_practitioner) return;
  const PractitionerRow& row = *rules.one_practitioner;
  for (const Claimed& claimed : facts.claimed) {
    const auto apart = claimed.to > line.to ? claimed.to - line.to : line.to - claimed.to;
    if (by_another(claimed, view) && has(row, claimed.code) && has(row, line.code) && apart < days{row.days})
      line.reasons.push_back({Why::other_practitioner, row.id, claimed.evidence});
  }
}

const CodesRow* excluding(const RuleSet& rules, const std::string& one, const std::string& other) {
  const auto found = std::find_if(rules.exclusive.begin(), rules.exclusive.end(), [&](const CodesRow& row) {
    return one != other && has(row, one) && has(row, other);
  });
  return found == rules.exclusive.end() ? nullptr : &*found;
}

// Marks a line that is already claimed; blocks one that a claim of overlapping days holds or excludes.
void against_claimed(Line& line, const Facts& facts, const RuleSet& rules, const Viewpoint& view) {
  for (const Claimed& claimed : facts.claimed) {
    if (by_another(claimed, view) || !overlap(line, claimed.from, claimed.to)) continue;
    const CodesRow* row = excluding(rules, line.code, claimed.code);
    const bool same = claimed.code == line.code && claimed.from == line.from && claimed.to == line.to;
    if (same && claimed.units >= line.units) {
      line.state = LineState::claimed;
    } else if (claimed.code == line.code) {
      line.reasons.push_back({Why::already_claimed, line.row, claimed.evidence});
    } else if (row != nullptr) {
      line.reasons.push_back({Why::exclusive, row->id, claimed.evidence});
    }
  }
}

// Two lines of this account: the first stands.
void against_each_other(std::vector<Line>& lines, std::span<const RuleSet> rules) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const RuleSet* set = rules_on(rules, lines[i].to);
      if (set == nullptr || !overlap(lines[i], lines[j].from, lines[j].to)) continue;
      const CodesRow* row = excluding(*set, lines[i].code, lines[j].code);
      if (row != nullptr) lines[i].reasons.push_back({Why::exclusive, row->id, {}});
    }
  }
}

}  // namespace

void block_lines(std::vector<Line>& lines, const Facts& facts, std::span<const RuleSet> rules,
                 const Viewpoint& view) {
  for (Line& line : lines) {
    const RuleSet* set = rules_on(rules, line.to);
    if (set == nullptr) continue;
    against_device(line, facts, *set);
    against_programmes(line, facts, *set);
    against_practitioners(line, facts, *set, view);
    against_claimed(line, facts, *set, view);
  }
  against_each_other(lines, rules);
  for (Line& line : lines) {
    if (line.state == LineState::claimed) line.reasons.clear();
    if (!line.reasons.empty()) line.state = LineState::blocked;
  }
}

}  // namespace reprise::care::billing
