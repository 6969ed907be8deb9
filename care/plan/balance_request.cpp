// SPDX-License-Identifier: Apache-2.0
#include "care/plan/balance_request.h"

#include <algorithm>
#include <array>

#include "care/plan/request_terms.h"
#include "fhir/fields/days.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// Beyond these a number is a slip of the pen. Unsourced defaults.
constexpr std::size_t kMostLevels = 20;
constexpr double kShortestHoldS = 3, kLongestHoldS = 120;
constexpr int kMostHolds = 10;
constexpr int kMostSessions = 20;

// The parts of a level that confirm, each by itself, what its release includes.
struct Confirmation {
  const char* part;
  bool BalanceHazards::*hazard;
  const char* words;
};
constexpr std::array<Confirmation, 3> kConfirmations = {
    {{"confirmed-eyes-closed", &BalanceHazards::eyes_closed, "closed eyes"},
     {"confirmed-foam", &BalanceHazards::foam, "foam"},
     {"confirmed-dual-task", &BalanceHazards::dual_task, "a second task"}}};

// A part that may be missing, but is one of two codes.
bool read_choice(const fhir::Parts& parts, std::string_view name, std::string_view no, std::string_view yes,
                 bool& value) {
  const Json* part = parts.find(name);
  if (part == nullptr) return false;
  const std::string_view code = json::text_of(*part, "valueCode");
  value = code == yes;
  return value || code == no;
}

fhir::Why read_stance(const fhir::Parts& parts, BalanceLevel& level) {
  const Json* part = parts.find("stance");
  const auto* found = std::find(kStanceNames.begin(), kStanceNames.end(),
                                part == nullptr ? std::string_view{} : json::text_of(*part, "valueCode"));
  if (found == kStanceNames.end()) return "a level names no known stance";
  level.stance = static_cast<Stance>(found - kStanceNames.begin());
  bool right = false;
  const bool sided = read_choice(parts, "side", "left", "right", right);
  if (sided != (level.stance == Stance::single_leg) || (parts.find("side") != nullptr && !sided))
    return "a level on one leg does not say on which, or another one does";
  if (sided) level.side = right ? engine::Side::right : engine::Side::left;
  return {};
}

fhir::Why read_release(const fhir::Parts& parts, BalanceLevel& level) {
  const Json* part = parts.find("released");
  if (part == nullptr) return {};
  level.released = json::text_of(*part, "valueDate");
  if (!fhir::day_of(level.released)) return "the day of a release is unreadable";
  for (const Confirmation& one : kConfirmations) {
    const Json* confirmed = parts.find(one.part);
    const bool given = confirmed != nullptr && json::truth_of(*confirmed, "valueBoolean").value_or(false);
    if (level.hazards.*one.hazard && !given)
      return std::string{"a level is released without the confirmation of "} + one.words;
  }
  return {};
}

fhir::Why read_level(const Json& extension, BalanceLevel& level) {
  const auto parts = fhir::parts_in(extension, fhir::kBalanceLevel,
                                    {"stance", "side", "surface", "eyes", "task", "hold", "holds", "released",
                                     "confirmed-eyes-closed", "confirmed-foam", "confirmed-dual-task"});
  if (!parts) return parts.error();
  if (fhir::Why why = read_stance(*parts, level); !why.empty()) return why;
  if (!read_choice(*parts, "surface", "firm", "foam", level.hazards.foam) ||
      !read_choice(*parts, "eyes", "open", "closed", level.hazards.eyes_closed) ||
      !read_choice(*parts, "task", "none", "dual", level.hazards.dual_task))
    return "a level does not say on what, with which eyes, or with which task";
  const Json* hold = parts->find("hold");
  const Json* quantity = hold == nullptr ? nullptr : json::field(*hold, "valueQuantity");
  const auto seconds = quantity == nullptr ? std::nullopt : json::number_of(*quantity, "value");
  if (!seconds || json::text_of(*quantity, "system") != fhir::kUnits ||
      json::text_of(*quantity, "code") != "s" || json::field(*quantity, "comparator") != nullptr ||
      *seconds < kShortestHoldS || *seconds > kLongestHoldS || *seconds != static_cast<int>(*seconds))
    return "the seconds of a level are missing or impossible";
  level.hold_s = static_cast<int>(*seconds);
  const Json* holds = parts->find("holds");
  const auto count = holds == nullptr ? std::nullopt : json::whole_of(*holds, "valueInteger", 1, kMostHolds);
  if (!count) return "the holds of a level are missing or impossible";
  level.holds = *count;
  return read_release(*parts, level);
}

bool is_same(const BalanceLevel& a, const BalanceLevel& b) {
  return part_of(a) == part_of(b) && a.side == b.side;
}

fhir::Why read_levels(const Json& request, std::vector<BalanceLevel>& levels) {
  const auto found = fhir::extensions(request, fhir::kBalanceLevel);
  if (found.empty() || found.size() > kMostLevels) return "it has no levels, or too many";
  for (const Json* extension : found) {
    BalanceLevel level;
    if (fhir::Why why = read_level(*extension, level); !why.empty()) return why;
    if (std::any_of(levels.begin(), levels.end(),
                    [&](const BalanceLevel& other) { return is_same(other, level); }))
      return "two of its levels are the same";
    levels.push_back(std::move(level));
  }
  return levels.front().released.empty() ? "its first level is not released" : fhir::Why{};
}

fhir::Why read_programme_of_levels(const Json& request, std::string_view patient, BalanceRequest& asked) {
  if (fhir::Why why = read_terms(request, patient, {fhir::kBalance, fhir::kBalanceLevel}, asked);
      !why.empty())
    return why;
  const auto parts = fhir::parts_of(request, fhir::kBalance, {"sessions"});
  if (!parts) return parts.error();
  const Json* sessions = *parts ? (*parts)->find("sessions") : nullptr;
  const auto count =
      sessions == nullptr ? std::nullopt : json::whole_of(*sessions, "valueInteger", 1, kMostSessions);
  if (!count) return "it does not say after how many sessions a level gets harder";
  asked.sessions = *count;
  return read_levels(request, asked.levels);
}

}  // namespace

bool is_balance_request(const Json& request) {
  return has_order_category(request, "balance-programme");
}

std::optional<BalanceRequest> read_balance(const Json& request, std::span<const Json* const> observations,
                                           std::string_view patient) {
  if (!is_balance_request(request) || !is_in_force(request)) return {};
  BalanceRequest asked;
  asked.problem = read_programme_of_levels(request, patient, asked);
  find_done(request, observations, asked);
  if (!asked.problem.empty()) {
    asked.levels.clear();
    return asked;
  }
  asked.results = read_balance_sessions(asked.request, asked.levels, observations);
  asked.due_level = balance_due(asked.levels, asked.sessions, asked.results);
  return asked;
}

std::optional<BalanceRequest> read_balance(const Json& request, const fhir::AnswerIndex& record,
                                           std::string_view patient) {
  return read_balance(request, record.all("Observation"), patient);
}

}  // namespace reprise::care
