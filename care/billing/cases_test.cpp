// SPDX-License-Identifier: Apache-2.0
// The cases that were worked by hand: cases/README.md says how they are written.

#include <gmock/gmock.h>

#include <set>

#include "base/time.h"
#include "care/billing/billing_summary.h"
#include "fhir/fields/fields.h"
#include "fhir/model/date_time.h"
#include "tests/support/billing_rules.h"

namespace reprise::care::billing {
namespace {

std::vector<std::string> words_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

Day day_from(std::string_view text) {
  const auto day = day_in(text);
  EXPECT_TRUE(day) << text;
  return day.value_or(Day{});
}

std::int64_t moment_from(std::string_view text) {
  return fhir::interval_of(text).value().start_ms.value();
}

struct Days {
  Day from;
  std::optional<Day> to;
};

// "2026-01-01..2026-01-05", "2026-01-01..", "2026-01-01"
Days days_from(const std::string& text) {
  const Day from = day_from(std::string_view(text).substr(0, 10));
  if (text.size() == 10) return {from, from};
  if (text.size() == 12) return {from, {}};
  return {from, day_from(std::string_view(text).substr(12))};
}

Zone zone_from(std::string_view name) {
  if (name != "New York") return Zone::of({{0, 0}}).value();
  return Zone::of({{moment_from("2025-11-02T06:00:00Z"), -300},
                   {moment_from("2026-03-08T07:00:00Z"), -240},
                   {moment_from("2026-11-01T06:00:00Z"), -300}})
      .value();
}

template <class Enum>
Enum one_called(const std::string& text, int count) {
  for (int i = 0; i < count; ++i) {
    if (name(static_cast<Enum>(i)) == text) return static_cast<Enum>(i);
  }
  ADD_FAILURE() << text;
  return {};
}

std::int64_t length_from(const std::string& text) {
  const auto colon = text.find(':');
  const std::int64_t seconds = colon == std::string::npos ? 0 : std::stoi(text.substr(colon + 1));
  return (std::stoi(text) * 60LL + seconds) * 1000;
}

void add_plan(Facts& facts, const std::string& text) {
  const auto words = words_of(text);
  const Days days = days_from(words.at(0));
  Episode episode{days.from,
                  days.to,
                  one_called<Group>(words.at(1), 3),
                  {},
                  "CarePlan/" + std::to_string(facts.episodes.size() + 1)};
  if (words.size() > 2)
    episode.set_up = SetUp{day_from(words.at(3)), "Procedure/" + std::to_string(facts.episodes.size() + 1)};
  facts.episodes.push_back(episode);
}

void add_time(Facts& facts, const std::string& text) {
  const auto words = words_of(text);
  const std::int64_t start = moment_from(words.at(0));
  facts.times.push_back({words.at(2), start, start + length_from(words.at(1)),
                         "Task/" + std::to_string(facts.times.size() + 1)});
}

void add_claimed(Facts& facts, const std::string& text) {
  const auto words = words_of(text);
  const Days days = days_from(words.at(2));
  facts.claimed.push_back({words.at(0), days.from, *days.to, std::stoi(words.at(1).substr(1)), words.at(3),
                           "Claim/" + std::to_string(facts.claimed.size() + 1)});
}

Facts facts_from(const Json& one) {
  Facts facts;
  for (const Json& text : json::list_of(one, "plans")) add_plan(facts, text);
  for (const Json& text : json::list_of(one, "days")) {
    const Days days = days_from(text);
    for (Day day = days.from; day <= *days.to; day += std::chrono::days{1})
      facts.data.push_back({day, "Observation/" + day_text(day)});
  }
  for (const Json& text : json::list_of(one, "times")) add_time(facts, text);
  for (const Json& text : json::list_of(one, "talks")) {
    const auto words = words_of(text);
    facts.interactions.push_back({moment_from(words.at(0)), one_called<ContactMode>(words.at(1), 3),
                                  "Encounter/" + std::to_string(facts.interactions.size() + 1)});
  }
  for (const Json& text : json::list_of(one, "others")) {
    const auto words = words_of(text);
    const Days days = days_from(words.at(0));
    facts.others.push_back({one_called<Programme>(words.at(1), 2), days.from, days.to, "CarePlan/other"});
  }
  for (const Json& text : json::list_of(one, "claimed")) add_claimed(facts, text);
  const Json* device = json::field(one, "device");
  if (device == nullptr)
    facts.device = DeviceStatus{day_from("2025-01-01"), "Organization/clinic"};
  else if (!device->is_null())
    facts.device = DeviceStatus{day_from(device->get<std::string>()), "Organization/clinic"};
  return facts;
}

std::string text_of_line(const Line& line) {
  std::string text = line.code + " x" + std::to_string(line.units) + " " + day_text(line.from) + ".." +
                     day_text(line.to) + " " + std::string{name(line.state)};
  for (const Reason& reason : line.reasons) text += " " + std::string{name(reason.why)};
  return text;
}

std::vector<std::string> texts_of(const Json& one, std::string_view list) {
  std::vector<std::string> texts;
  for (const Json& text : json::list_of(one, list)) texts.push_back(text);
  return texts;
}

std::vector<Json> cases() {
  std::vector<Json> all;
  for (const char* name : {"supply", "management", "claims_and_blocks"}) {
    const Json file = Json::parse(file_of("care/billing/cases/" + std::string{name} + ".json"));
    all.insert(all.end(), file.begin(), file.end());
  }
  return all;
}

Account account_of(const Json& one) {
  const auto& rules = json::truth_of(one, "any_year").value_or(false) ? rules_of_any_year() : shipped_rules();
  return account_for(facts_from(one), rules,
                     {day_from(json::text_of(one, "today")), zone_from(json::text_of(one, "zone")), "kim"});
}

TEST(RemoteMonitoringCases, ComeOutAsWorkedByHand) {
  for (const Json& one : cases()) {
    SCOPED_TRACE(std::string{json::text_of(one, "name")});
    const Account account = account_of(one);
    std::vector<std::string> lines;
    for (const Line& line : account.lines) lines.push_back(text_of_line(line));
    EXPECT_THAT(lines, ::testing::ElementsAreArray(texts_of(one, "lines")));
    std::vector<std::string> missing;
    for (const Missing& need : account.missing) {
      missing.push_back(std::string{name(need.need)} + " " + std::to_string(need.amount) + " " +
                        (need.code.empty() ? "-" : need.code) + " by " + day_text(need.by));
    }
    if (json::field(one, "missing") != nullptr) {
      EXPECT_THAT(missing, ::testing::UnorderedElementsAreArray(texts_of(one, "missing")));
    }
    std::vector<std::string> uncounted;
    for (const Uncounted& item : account.uncounted)
      uncounted.push_back(std::string{name(item.why)} + " " + item.evidence);
    EXPECT_THAT(uncounted, ::testing::UnorderedElementsAreArray(texts_of(one, "uncounted")));
  }
}

TEST(RemoteMonitoringCases, NameEachRowOfTheRulesAndOnlyThese) {
  std::set<std::string> rows;
  for (const std::string& file : shipped_files()) {
    const Json json = Json::parse(file);
    const std::string set{json::text_of(json, "id")};
    rows.insert(set + "/" + json["supply_window"]["id"].get<std::string>());
    for (const Json& row : json["rows"]) rows.insert(set + "/" + row["id"].get<std::string>());
  }
  std::set<std::string> named;
  for (const Json& one : cases()) {
    named.emplace(json::text_of(one, "row"));
    EXPECT_NE(json::text_of(one, "why"), "") << json::text_of(one, "name");
  }
  EXPECT_GE(cases().size(), 60U);
  EXPECT_THAT(named, ::testing::ElementsAreArray(rows));
}

TEST(RemoteMonitoringCases, NameTheEvidenceOfEachLine) {
  Facts facts;
  add_plan(facts, "2026-01-01.. musculoskeletal set-up 2026-01-01");
  for (const char* day : {"2026-01-05", "2026-01-07"}) {
    facts.data.push_back({day_from(day), "Procedure/" + std::string{day}});
    facts.data.push_back({day_from(day), "Observation/" + std::string{day}});
  }
  add_time(facts, "2026-01-05T09:00:00Z 12 kim");
  facts.interactions.push_back({moment_from("2026-01-05T09:00:00Z"), ContactMode::phone, "Encounter/1"});
  const Account account = account_for(facts, shipped_rules(), {day_from("2026-02-05"), zone_from(""), "kim"});
  ASSERT_EQ(account.lines.size(), 3U);
  EXPECT_THAT(account.lines[0].evidence,
              ::testing::ElementsAre("Procedure/1", "Observation/2026-01-05", "Observation/2026-01-07"));
  EXPECT_EQ(account.lines[0].row, "set-up");
  EXPECT_THAT(account.lines[1].evidence,
              ::testing::ElementsAre("Observation/2026-01-05", "Observation/2026-01-07"));
  EXPECT_EQ(account.lines[1].row, "supply-musculoskeletal-2-15");
  EXPECT_EQ(account.lines[1].counted, 2);
  EXPECT_THAT(account.lines[2].evidence, ::testing::ElementsAre("Task/1", "Encounter/1"));
  EXPECT_EQ(account.lines[2].counted, 12);
}

}  // namespace
}  // namespace reprise::care::billing
