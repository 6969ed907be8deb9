// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>

#include "care/plan/balance_request.h"
#include "care/plan/observation_fields.h"
#include "care/plan/request_terms.h"
#include "fhir/fields/days.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr int kMostHoldsDone = 1000;

struct Counted {
  std::optional<int> holds;
  std::optional<int> whole;
};

struct Gathered {
  std::int64_t time_ms = 0;
  fhir::Day day = 0;
  std::map<std::size_t, Counted> levels;
  std::vector<std::string> evidence;
};

std::optional<std::size_t> level_in(const Json& observation, std::span<const BalanceLevel> levels) {
  const std::string_view part = part_in(observation);
  const std::string named = side_in(json::field(observation, "bodySite"));
  std::optional<engine::Side> side;
  if (named == "left") side = engine::Side::left;
  if (named == "right") side = engine::Side::right;
  const auto found = std::find_if(levels.begin(), levels.end(), [&](const BalanceLevel& level) {
    return part_of(level) == part && level.side == side;
  });
  if (found == levels.end()) return {};
  return static_cast<std::size_t>(found - levels.begin());
}

// Empty: no whole number of holds.
std::optional<int> count_in(const Json& observation) {
  const Json* quantity = json::field(observation, "valueQuantity");
  return quantity == nullptr ? std::nullopt : json::whole_of(*quantity, "value", 0, kMostHoldsDone);
}

BalanceSession session_of(Gathered& gathered) {
  BalanceSession session;
  session.time_ms = gathered.time_ms;
  session.day = gathered.day;
  session.evidence = std::move(gathered.evidence);
  for (const auto& [level, counted] : gathered.levels) {
    if (!counted.holds || !counted.whole || *counted.whole > *counted.holds) {
      session.unclear = true;
    } else if (*counted.holds > 0) {
      session.levels.push_back({level, *counted.holds, *counted.whole});
    }
  }
  return session;
}

}  // namespace

std::vector<BalanceSession> read_balance_sessions(std::string_view request,
                                                  std::span<const BalanceLevel> levels,
                                                  std::span<const Json* const> observations) {
  std::map<std::string, Gathered> by_session;
  for (const Json* one : observations) {
    const std::string_view measure = code_in(json::field(*one, "code"), fhir::kSignalMeasure);
    if ((measure != "holds" && measure != "holds_whole") || !is_result_of(*one, request)) continue;
    const Json* period = json::field(*one, "effectivePeriod");
    const std::string_view start = period == nullptr ? std::string_view{} : json::text_of(*period, "start");
    const auto interval = fhir::interval_of(start);
    const auto day = fhir::local_day(start);
    const auto level = level_in(*one, levels);
    const std::string id = session_in(*one);
    if (!interval || !interval->start_ms || !day || !level || id.empty()) continue;
    Gathered& session = by_session[id];
    session.time_ms = *interval->start_ms;
    session.day = *day;
    session.evidence.push_back("Observation/" + std::string{json::text_of(*one, "id")});
    Counted& counted = session.levels[*level];
    (measure == "holds" ? counted.holds : counted.whole) = count_in(*one);
  }
  std::vector<BalanceSession> sessions;
  for (auto& [id, gathered] : by_session) sessions.push_back(session_of(gathered));
  std::stable_sort(sessions.begin(), sessions.end(),
                   [](const BalanceSession& a, const BalanceSession& b) { return a.time_ms < b.time_ms; });
  return sessions;
}

}  // namespace reprise::care
