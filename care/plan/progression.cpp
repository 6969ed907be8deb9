// SPDX-License-Identifier: Apache-2.0
#include "care/plan/progression.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "care/safety/flag.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// Every number here is an unsourced default.
constexpr fhir::Day kFarthestBack = 14;
constexpr std::size_t kDaysToRaise = 3;
constexpr std::size_t kDaysToLower = 2;
constexpr int kPainToRaise = 3;
constexpr double kEffortToRaise = 5;
constexpr double kQualityToRaise = 60;
constexpr double kEffortToLower = 9;
constexpr double kShareToLower = 0.7;
constexpr int kMoreRepetitions = 2;
constexpr int kRaisedRepetitions = 20;
constexpr int kRaisedSets = 4;
constexpr double kMoreHoldSeconds = 5;
constexpr double kLongestHoldSeconds = 60;

std::optional<fhir::Day> day_in(const Json& resource, const char* moment, const char* period) {
  if (const auto text = json::text_of(resource, moment); !text.empty()) return fhir::local_day(text);
  const Json* stretch = json::field(resource, period);
  return stretch == nullptr ? std::nullopt : fhir::local_day(json::text_of(*stretch, "start"));
}

bool is_final(const Json& observation) {
  const std::string_view status = json::text_of(observation, "status");
  return status == "final" || status == "amended" || status == "corrected";
}

// The pain and effort reported on a day; they count for each exercise of that day.
struct SaidDay {
  std::optional<int> before;
  std::optional<int> worst;
  std::optional<double> effort;
};

template <class Value>
void keep_greatest(std::optional<Value>& kept, Value value) {
  kept = kept ? std::max(*kept, value) : value;
}

void take_said(const Json& observation, SaidDay& said) {
  if (const auto pain = pain_of(observation)) {
    const auto moment = moment_of_pain(observation);
    if (moment == Moment::before) said.before = said.before ? std::min(*said.before, *pain) : *pain;
    if (moment == Moment::during || moment == Moment::after) keep_greatest(said.worst, *pain);
    return;
  }
  const Json* quantity = json::field(observation, "valueQuantity");
  if (quantity == nullptr ||
      !fhir::has_coding(json::field(observation, "code"), fhir::kObservation, "effort"))
    return;
  const auto effort = json::number_of(*quantity, "value");
  if (effort && *effort >= 0 && *effort <= 10) keep_greatest(said.effort, *effort);
}

struct Sets {
  DoneDay day;
  double quality = 0;
  int judged = 0;
};

void take_result(const Json& observation, Sets& sets) {
  const Json* code = json::field(observation, "code");
  if (fhir::has_coding(code, fhir::kObservation, "repetitions")) {
    sets.day.counted += json::whole_of(observation, "valueInteger", 0, 1000).value_or(0);
    sets.day.evidence.push_back("Observation/" + std::string{json::text_of(observation, "id")});
  }
  const Json* quantity = json::field(observation, "valueQuantity");
  if (quantity == nullptr || !fhir::has_coding(code, fhir::kObservation, "movement-quality")) return;
  if (const auto quality = json::number_of(*quantity, "value")) {
    sets.quality += *quality;
    ++sets.judged;
  }
}

fhir::Day prescribed_since(const PrescribedExercise& prescribed, const fhir::AnswerIndex& record) {
  const Json* request = record.find("ServiceRequest", prescribed.request);
  return request == nullptr ? 0 : fhir::local_day(json::text_of(*request, "authoredOn")).value_or(0);
}

bool pain_high(const DoneDay& day, const PainLimits& limits) {
  return (day.pain && *day.pain > limits.stop) || (day.pain_rise && *day.pain_rise >= limits.rise);
}

using Days = std::span<const DoneDay>;

template <class Test>
bool each(Days days, Test&& test) {
  return std::all_of(days.begin(), days.end(), test);
}

template <class Test>
bool any(Days days, Test&& test) {
  return std::any_of(days.begin(), days.end(), test);
}

// Proposes another exercise where the dosage cannot be raised further.
void make_harder(IntensityProposal& proposal, const exercises::CatalogExercise& exercise) {
  exercises::Dosage& dosage = proposal.dosage;
  const bool hold = dosage.hold.has_value();
  if (hold && dosage.hold->value() + kMoreHoldSeconds <= kLongestHoldSeconds) {
    dosage.hold = Seconds{dosage.hold->value() + kMoreHoldSeconds};
  } else if (!hold && dosage.repetitions + kMoreRepetitions <= kRaisedRepetitions) {
    dosage.repetitions += kMoreRepetitions;
  } else if (dosage.sets < kRaisedSets) {
    ++dosage.sets;
  } else {
    proposal.instead = exercise.harder;
  }
}

void make_easier(IntensityProposal& proposal, const exercises::CatalogExercise& exercise) {
  exercises::Dosage& dosage = proposal.dosage;
  if (dosage.sets > 1) {
    --dosage.sets;
  } else if (dosage.repetitions > kMoreRepetitions) {
    dosage.repetitions -= kMoreRepetitions;
  } else {
    proposal.instead = exercise.easier;
  }
}

std::vector<IntensityReason> reasons_to_lower(Days days, const PainLimits& limits) {
  std::vector<IntensityReason> reasons;
  if (any(days, [](const DoneDay& day) { return day.stopped_for_pain; }))
    reasons.push_back(IntensityReason::stopped_for_pain);
  if (any(days, [&](const DoneDay& day) { return pain_high(day, limits); }))
    reasons.push_back(IntensityReason::pain_high);
  if (days.size() < kDaysToLower) return reasons;
  if (each(days, [](const DoneDay& day) { return day.share < kShareToLower; }))
    reasons.push_back(IntensityReason::little_done);
  if (each(days, [](const DoneDay& day) { return day.effort && *day.effort >= kEffortToLower; }))
    reasons.push_back(IntensityReason::effort_high);
  return reasons;
}

// Missing reports count against raising.
bool may_be_raised(Days days) {
  return days.size() == kDaysToRaise && each(days, [](const DoneDay& day) {
           return day.share >= 1 && !day.stopped_for_pain && day.pain && *day.pain <= kPainToRaise &&
                  day.pain_rise.value_or(0) <= 0 && day.effort && *day.effort <= kEffortToRaise &&
                  day.quality.value_or(kQualityToRaise) >= kQualityToRaise;
         });
}

Days last(Days days, std::size_t count) {
  return days.subspan(days.size() - std::min(days.size(), count));
}

}  // namespace

std::vector<DoneDay> done_days(const PrescribedExercise& prescribed, const fhir::AnswerIndex& record,
                               fhir::Day today) {
  const fhir::Day since = prescribed_since(prescribed, record);
  std::map<fhir::Day, Sets> by_day;
  std::map<std::string, fhir::Day, std::less<>> day_of_set;
  for (const Json* resource : record.all("Procedure")) {
    const Json& orders = json::list_of(*resource, "basedOn");
    const std::string_view status = json::text_of(*resource, "status");
    const auto day = day_in(*resource, "performedDateTime", "performedPeriod");
    if ((status != "completed" && status != "stopped") || !day || *day < since || *day > today ||
        orders.empty() || fhir::id_in(&orders[0], "ServiceRequest") != prescribed.request) {
      continue;
    }
    Sets& sets = by_day[*day];
    sets.day.day = *day;
    sets.day.stopped_for_pain =
        sets.day.stopped_for_pain ||
        fhir::has_coding(json::field(*resource, "statusReason"), fhir::kStopReason, "pain");
    day_of_set.emplace(json::text_of(*resource, "id"), *day);
  }
  std::map<fhir::Day, SaidDay> said;
  for (const Json* resource : record.all("Observation")) {
    if (!is_final(*resource)) continue;
    for (const Json& part : json::list_of(*resource, "partOf")) {
      const auto found = day_of_set.find(fhir::id_in(&part, "Procedure"));
      if (found != day_of_set.end()) take_result(*resource, by_day[found->second]);
    }
    const auto day = day_in(*resource, "effectiveDateTime", "effectivePeriod");
    if (day && by_day.count(*day) != 0) take_said(*resource, said[*day]);
  }
  const exercises::Dosage& dosage = prescribed.dosage;
  std::vector<DoneDay> days;
  for (auto& [day, sets] : by_day) {
    DoneDay& done = sets.day;
    done.share = double(done.counted) / (dosage.sets * dosage.repetitions);
    if (sets.judged > 0) done.quality = sets.quality / sets.judged;
    const SaidDay& words = said[day];
    done.pain = words.worst;
    done.effort = words.effort;
    if (words.worst && words.before) done.pain_rise = *words.worst - *words.before;
    days.push_back(std::move(done));
  }
  return days;
}

std::optional<IntensityProposal> propose_intensity(const PrescribedExercise& prescribed,
                                                   const PainLimits& limits, std::span<const DoneDay> days,
                                                   fhir::Day today) {
  const auto recent = std::find_if(days.begin(), days.end(),
                                   [&](const DoneDay& day) { return day.day > today - kFarthestBack; });
  const Days fresh{recent, days.end()};
  IntensityProposal proposal;
  proposal.request = prescribed.request;
  proposal.dosage = prescribed.dosage;
  const Days to_lower = last(fresh, kDaysToLower);
  proposal.reasons = reasons_to_lower(to_lower, limits);
  if (!proposal.reasons.empty()) {
    proposal.change = ProgressionChange::lower;
    proposal.days.assign(to_lower.begin(), to_lower.end());
    make_easier(proposal, prescribed.exercise);
    return proposal;
  }
  const Days to_raise = last(fresh, kDaysToRaise);
  if (!may_be_raised(to_raise)) return {};
  proposal.reasons = {IntensityReason::all_done, IntensityReason::pain_low, IntensityReason::effort_low};
  proposal.days.assign(to_raise.begin(), to_raise.end());
  make_harder(proposal, prescribed.exercise);
  return proposal;
}

}  // namespace reprise::care
