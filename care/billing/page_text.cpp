// SPDX-License-Identifier: Apache-2.0
#include "care/billing/page_text.h"

#include <cmath>

#include "base/time.h"
#include "care/billing/billing_summary.h"
#include "care/billing/claim.h"
#include "care/billing/read_facts.h"
#include "json/reader.h"

namespace reprise::care::billing {
namespace {

constexpr double kFarthestMs = 8.64e15;  // as far as JavaScript's dates go

struct Asked {
  std::string patient;
  std::string practitioner;
  std::string created;
  Day today;
  Day from = Day::min();
  std::vector<ZoneChange> changes;
};

Result<Asked> asked_in(std::string_view options) {
  json::Document document(options, "counting remote monitoring");
  json::Reader root = document.root();
  Asked asked;
  asked.patient = root.text("patient", 64);
  if (!fhir::is_id(asked.patient)) root.refuse("patient", "an id");
  asked.practitioner = root.text_or_null("practitioner", 64);
  asked.created = root.text_or_null("created", 64);
  const auto today = day_in(root.text("today", 10));
  if (!today) root.refuse("today", "a day such as 2026-03-14");
  asked.today = today.value_or(Day{});
  if (const std::string from = root.text_or_null("from", 10); !from.empty()) {
    if (!day_in(from)) root.refuse("from", "a day such as 2026-03-14");
    asked.from = day_in(from).value_or(Day{});
  }
  for (json::Reader& item : root.items("zone", 1000)) {
    const auto from = item.number_or_null("from_ms");
    if (!from || std::abs(*from) > kFarthestMs)
      item.refuse("from_ms", "a moment in milliseconds");
    else
      asked.changes.push_back({static_cast<std::int64_t>(*from), item.whole("offset_minutes", -840, 840)});
  }
  if (auto wrong = document.problem()) return tl::unexpected(*wrong);
  return asked;
}

Json text_or_nothing(const std::string& text) {
  return text.empty() ? Json{} : Json(text);
}

Json json_of(const Line& line) {
  Json reasons = Json::array();
  for (const Reason& reason : line.reasons) {
    reasons.push_back(
        {{"why", name(reason.why)}, {"row", reason.row}, {"evidence", text_or_nothing(reason.evidence)}});
  }
  return {{"rules", line.rules},
          {"row", line.row},
          {"code", line.code},
          {"units", line.units},
          {"from", day_text(line.from)},
          {"to", day_text(line.to)},
          {"counted", line.counted},
          {"state", name(line.state)},
          {"reasons", std::move(reasons)},
          {"evidence", line.evidence}};
}

Json json_of(const Missing& missing) {
  return {{"row", missing.row},
          {"code", text_or_nothing(missing.code)},
          {"need", name(missing.need)},
          {"amount", missing.amount},
          {"by", day_text(missing.by)}};
}

Json json_of(const WindowCount& window) {
  return {{"from", day_text(window.from)},
          {"to", day_text(window.to)},
          {"group", name(window.group)},
          {"dataDays", window.data_days}};
}

Json json_of(const MonthCount& month) {
  return {{"from", day_text(month.from)},
          {"to", day_text(month.to)},
          {"minutes", month.minutes},
          {"interactions", month.interactions}};
}

Json json_of(const Uncounted& one) {
  return {{"why", name(one.why)}, {"evidence", one.evidence}};
}

// What a page did not ask the record for, it does not show.
void leave_out_before(Account& account, Day from) {
  std::erase_if(account.lines, [&](const Line& line) { return line.from < from; });
  std::erase_if(account.windows, [&](const WindowCount& window) { return window.from < from; });
  std::erase_if(account.months, [&](const MonthCount& month) { return month.from < from; });
  std::erase_if(account.uncounted, [&](const Uncounted& one) {
    return one.why == Uncounted::Why::no_rules && one.evidence < day_text(from);
  });
}

template <class Items>
Json list_json(const Items& items) {
  Json list = Json::array();
  for (const auto& item : items) list.push_back(json_of(item));
  return list;
}

Json claim_json(const Account& account, const Asked& asked, bool simulated) {
  auto claim = draft_claim(account.lines, {asked.patient, asked.practitioner, asked.created, simulated});
  return claim ? std::move(*claim) : Json{};
}

}  // namespace

Result<std::string> remote_monitoring_text(std::span<const std::string> answers,
                                           std::span<const std::string> rules, std::string_view options) {
  const auto asked = asked_in(options);
  if (!asked) return tl::unexpected(asked.error());
  auto zone = Zone::of(asked->changes);
  if (!zone) return tl::unexpected(zone.error());
  const auto sets = read_rule_sets(rules);
  if (!sets) return tl::unexpected(sets.error());
  const auto record = fhir::AnswerIndex::of(answers);
  if (!record) return tl::unexpected(record.error());
  const Facts facts = facts_in(*record, asked->patient, *zone);
  Account account = account_for(facts, *sets, {asked->today, *zone, asked->practitioner});
  if (asked->from != Day::min()) leave_out_before(account, asked->from);
  const Json out = {{"lines", list_json(account.lines)},
                    {"missing", list_json(account.missing)},
                    {"windows", list_json(account.windows)},
                    {"months", list_json(account.months)},
                    {"uncounted", list_json(account.uncounted)},
                    {"monitored", !facts.episodes.empty()},
                    {"deviceSince", facts.device ? Json(day_text(facts.device->since)) : Json{}},
                    {"simulated", facts.simulated},
                    {"claim", claim_json(account, *asked, facts.simulated)},
                    {"csvHeader", csv_header()},
                    {"csv", csv_lines(account.lines, asked->patient)}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace reprise::care::billing
