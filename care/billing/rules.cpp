// SPDX-License-Identifier: Apache-2.0
#include "care/billing/rules.h"

#include <algorithm>
#include <array>
#include <set>

#include "json/reader.h"

namespace reprise::care::billing {
namespace {

constexpr std::array<std::string_view, 3> kGroupNames = {"musculoskeletal", "respiratory",
                                                         "cognitive_behavioural"};
constexpr std::array<std::string_view, 3> kContactModeNames = {"phone", "video", "in_person"};
constexpr std::array<std::string_view, 2> kProgrammeNames = {"physiologic_monitoring", "monitored_elsewhere"};
constexpr std::array<std::string_view, 10> kRowKinds = {
    "set_up",     "supply",        "management",      "additional",       "interaction",
    "two_people", "device_status", "other_programme", "one_practitioner", "exclusive"};
constexpr std::size_t kMostRows = 100;
constexpr int kMostDays = 366;
constexpr int kMostMinutes = 45'000;  // a month has fewer

bool is_code(std::string_view text) {
  return text.size() == 5 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string code_in(json::Reader& input, std::string_view name) {
  std::string code = input.text(name, 5);
  if (input.right() && !is_code(code)) input.refuse(name, "a code of five digits");
  return code;
}

std::vector<std::string> texts_in(json::Reader& input, std::string_view name) {
  std::vector<std::string> texts;
  for (const json::Reader& item : input.items(name, 100)) {
    if (item.json().is_string()) texts.push_back(item.json().get<std::string>());
    if (texts.empty() || texts.back().empty() || !item.json().is_string())
      input.refuse(name, "a list of texts with something in them");
  }
  return texts;
}

std::vector<std::string> codes_in(json::Reader& input) {
  std::vector<std::string> codes = texts_in(input, "codes");
  if (input.right() && (codes.empty() || !std::all_of(codes.begin(), codes.end(), is_code)))
    input.refuse("codes", "a list of codes of five digits");
  return codes;
}

Day day_of(json::Reader& input, std::string_view name) {
  const auto day = day_in(input.text(name, 10));
  if (!day) input.refuse(name, "a day such as 2026-03-14");
  return day.value_or(Day{});
}

Row row_in(json::Reader& input) {
  Row row;
  row.id = input.text("id", 64);
  if (row.id.empty()) input.refuse("id", "a name");
  row.sources = texts_in(input, "sources");
  row.open = texts_in(input, "open");
  // Nothing is passed off as read that was not.
  if (row.sources.empty() != input.truth_or_null("unsourced").value_or(false))
    input.refuse("sources", "given; a row without sources says \"unsourced\": true, and no other does");
  return row;
}

SupplyRow supply_in(json::Reader& input) {
  SupplyRow row{row_in(input), code_in(input, "code"), {}, 0, 0};
  row.group = static_cast<Group>(input.choice("group", kGroupNames).value_or(0));
  row.least_days = input.whole("least_days", 1, kMostDays);
  row.most_days = input.whole("most_days", row.least_days, kMostDays);
  return row;
}

ManagementRow management_in(json::Reader& input) {
  ManagementRow row{row_in(input), code_in(input, "code"), 0, {}};
  row.least_minutes = input.whole("least_minutes", 1, kMostMinutes);
  row.most_minutes = input.whole_or_null("most_minutes", row.least_minutes, kMostMinutes);
  return row;
}

InteractionRow interaction_in(json::Reader& input) {
  InteractionRow row{row_in(input), input.whole("least", 0, 100), {}};
  for (const std::string& way : texts_in(input, "ways")) {
    const auto found = std::find(kContactModeNames.begin(), kContactModeNames.end(), way);
    if (found == kContactModeNames.end())
      input.refuse("ways", "a list of phone, video, in_person");
    else
      row.ways.push_back(static_cast<ContactMode>(found - kContactModeNames.begin()));
  }
  return row;
}

CodesRow coded_in(json::Reader& input) {
  return {row_in(input), codes_in(input)};
}

void read_row(json::Reader& input, RuleSet& rules) {
  switch (input.choice("kind", kRowKinds).value_or(kRowKinds.size())) {
    case 0:
      rules.set_up = {row_in(input), code_in(input, "code"), input.whole("least_days", 1, kMostDays), 0};
      rules.set_up.within_days = input.whole("within_days", rules.set_up.least_days, kMostDays);
      break;
    case 1: rules.supply.push_back(supply_in(input)); break;
    case 2: rules.management.push_back(management_in(input)); break;
    case 3:
      rules.additional = AdditionalRow{row_in(input), code_in(input, "code"), code_in(input, "after"),
                                       input.whole("each_minutes", 1, kMostMinutes)};
      break;
    case 4: rules.interaction = interaction_in(input); break;
    case 5: rules.two_people = {row_in(input), input.truth("once")}; break;
    case 6: rules.device = coded_in(input); break;
    case 7:
      rules.programmes.push_back(
          {coded_in(input), static_cast<Programme>(input.choice("programme", kProgrammeNames).value_or(0))});
      break;
    case 8:
      rules.one_practitioner = PractitionerRow{coded_in(input), input.whole("days", 1, kMostDays)};
      break;
    case 9: rules.exclusive.push_back(coded_in(input)); break;
    default: break;  // `choice` has said so
  }
}

void read_open_questions(json::Reader& root, RuleSet& rules) {
  for (json::Reader& item : root.items("open_questions", kMostRows)) {
    rules.open_questions.push_back(
        {item.text("id", 64), item.text("question", 2000), item.text("we_do", 2000)});
    if (item.items("answers", kMostRows).empty()) item.refuse("answers", "what the sources say");
  }
}

template <class Visit>
void each_row(const RuleSet& rules, Visit visit) {
  for (const Row& row : rules.supply) visit(row);
  for (const Row& row : rules.management) visit(row);
  if (rules.additional) visit(*rules.additional);
  for (const Row* row : {static_cast<const Row*>(&rules.interaction), static_cast<const Row*>(&rules.set_up),
                         static_cast<const Row*>(&rules.two_people), static_cast<const Row*>(&rules.device),
                         static_cast<const Row*>(&rules.window)}) {
    visit(*row);
  }
  for (const Row& row : rules.programmes) visit(row);
  if (rules.one_practitioner) visit(*rules.one_practitioner);
  for (const Row& row : rules.exclusive) visit(row);
}

template <class Rows, class Least, class Most>
bool tiers_overlap(const Rows& rows, Least least, Most most) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = i + 1; j < rows.size(); ++j) {
      if (least(rows[i], rows[j]) <= most(rows[i], rows[j])) return true;
    }
  }
  return false;
}

// What no single field can tell.
void check_whole(json::Reader& root, const RuleSet& rules) {
  if (rules.to < rules.from) root.refuse("to", "on or after \"from\"");
  std::set<std::string> questions;
  for (const OpenQuestion& question : rules.open_questions) {
    if (!questions.insert(question.id).second) root.refuse("open_questions", "free of the same id twice");
  }
  std::set<std::string> ids;
  each_row(rules, [&](const Row& row) {
    if (row.id.empty()) root.refuse("rows", "complete: each kind that must be there once is there");
    if (!ids.insert(row.id).second) root.refuse("rows", "free of the same id twice");
    for (const std::string& open : row.open) {
      if (!questions.contains(open)) root.refuse("rows", "free of open questions that are not explained");
    }
  });
  const bool supply_overlaps = tiers_overlap(
      rules.supply,
      [](const SupplyRow& a, const SupplyRow& b) {
        return a.group == b.group ? std::max(a.least_days, b.least_days) : kMostDays + 1;
      },
      [](const SupplyRow& a, const SupplyRow& b) { return std::min(a.most_days, b.most_days); });
  const bool management_overlaps = tiers_overlap(
      rules.management,
      [](const ManagementRow& a, const ManagementRow& b) {
        return std::max(a.least_minutes, b.least_minutes);
      },
      [](const ManagementRow& a, const ManagementRow& b) {
        return std::min(a.most_minutes.value_or(kMostMinutes), b.most_minutes.value_or(kMostMinutes));
      });
  if (supply_overlaps || management_overlaps) root.refuse("rows", "free of tiers that overlap");
  const auto has_code = [&](const ManagementRow& row) { return row.code == rules.additional->after; };
  if (rules.additional && std::none_of(rules.management.begin(), rules.management.end(), has_code))
    root.refuse("rows", "free of an additional row after a code that no management row has");
}

}  // namespace

Result<RuleSet> read_rules(std::string_view json) {
  json::Document document(json, "reading rules of billing");
  json::Reader root = document.root();
  RuleSet rules;
  rules.id = root.text("id", 64);
  rules.from = day_of(root, "from");
  rules.to = day_of(root, "to");
  json::Reader window = root.group("supply_window");
  rules.window = {row_in(window), window.whole("days", 1, kMostDays)};
  for (json::Reader& row : root.items("rows", kMostRows)) read_row(row, rules);
  read_open_questions(root, rules);
  if (root.right()) check_whole(root, rules);
  if (auto wrong = document.problem()) {
    wrong->remedy = "correct the file; docs/clinician/remote-monitoring.md explains each field";
    return tl::unexpected(*wrong);
  }
  return rules;
}

Result<std::vector<RuleSet>> read_rule_sets(std::span<const std::string> jsons) {
  std::vector<RuleSet> sets;
  for (const std::string& json : jsons) {
    auto rules = read_rules(json);
    if (!rules) return tl::unexpected(rules.error());
    sets.push_back(std::move(*rules));
  }
  std::sort(sets.begin(), sets.end(), [](const RuleSet& a, const RuleSet& b) { return a.from < b.from; });
  for (std::size_t i = 1; i < sets.size(); ++i) {
    if (sets[i].from <= sets[i - 1].to) {
      return fail(ErrorCode::invalid_argument, "reading rules of billing",
                  sets[i - 1].id + " and " + sets[i].id + " hold on one day",
                  "give each day one set of rules");
    }
  }
  return sets;
}

const RuleSet* rules_on(std::span<const RuleSet> sets, Day day) {
  const auto found = std::find_if(sets.begin(), sets.end(),
                                  [&](const RuleSet& rules) { return rules.from <= day && day <= rules.to; });
  return found == sets.end() ? nullptr : &*found;
}

std::string_view name(Group group) {
  return kGroupNames[static_cast<std::size_t>(group)];
}

std::string_view name(ContactMode way) {
  return kContactModeNames[static_cast<std::size_t>(way)];
}

std::string_view name(Programme programme) {
  return kProgrammeNames[static_cast<std::size_t>(programme)];
}

}  // namespace reprise::care::billing
