// SPDX-License-Identifier: Apache-2.0
#include "care/plan/programme_history.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <set>

#include "base/time.h"
#include "care/plan/exercise_definition.h"
#include "care/plan/prescribed_dose.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr fhir::Day kAlways = INT64_MIN;

using Versions = std::map<std::string, std::vector<const Json*>>;

std::string_view in_meta(const Json& resource, std::string_view name) {
  const Json* meta = json::field(resource, "meta");
  return meta == nullptr ? std::string_view{} : json::text_of(*meta, name);
}

std::int64_t version_number(const Json& resource) {
  const std::string_view text = in_meta(resource, "versionId");
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

// By id, the oldest version first; a version that came twice counts once.
Versions versions_of(std::span<const Json> resources, std::string_view type, const std::string& patient) {
  Versions versions;
  for (const Json& resource : resources) {
    if (json::text_of(resource, "resourceType") == type &&
        fhir::id_in(json::field(resource, "subject"), "Patient") == patient)
      versions[std::string{json::text_of(resource, "id")}].push_back(&resource);
  }
  for (auto& [id, all] : versions) {
    std::stable_sort(all.begin(), all.end(),
                     [](const Json* a, const Json* b) { return version_number(*a) < version_number(*b); });
    const auto same = [](const Json* a, const Json* b) { return version_number(*a) == version_number(*b); };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
  }
  return versions;
}

std::optional<fhir::Day> recorded_on(const Json& resource, int zone_minutes) {
  constexpr std::int64_t kMinuteInMs = in_ms(std::chrono::minutes{1});
  const auto moment = fhir::interval_of(in_meta(resource, "lastUpdated"));
  if (!moment || !moment->start_ms) return {};
  const std::int64_t local_ms = *moment->start_ms + zone_minutes * kMinuteInMs;
  return day_at(local_ms).time_since_epoch().count();
}

// The first day of a version after the first.
fhir::Day changed_on(const Json& version, const Json& before, fhir::Day before_from, int zone_minutes) {
  const std::string_view authored = json::text_of(version, "authoredOn");
  std::optional<fhir::Day> day;
  if (authored != json::text_of(before, "authoredOn")) day = fhir::local_day(authored);
  if (!day) day = recorded_on(version, zone_minutes);
  return std::max(day.value_or(before_from), before_from);
}

std::optional<fhir::Day> day_in_period(const Json& plan, std::string_view end) {
  const Json* period = json::field(plan, "period");
  return period == nullptr ? std::nullopt : fhir::local_day(json::text_of(*period, end));
}

bool is_final_intent(const Json& resource) {
  const std::string_view intent = json::text_of(resource, "intent");
  return intent != "proposal" && intent != "option";
}

bool is_exercise_programme(const Json& plan) {
  const Json& categories = json::list_of(plan, "category");
  return is_final_intent(plan) && std::any_of(categories.begin(), categories.end(), [](const Json& category) {
           return fhir::has_coding(&category, fhir::kPlanCategory, fhir::kExerciseProgramme);
         });
}

std::map<std::string, exercises::Dosage> own_doses(std::span<const Json> resources) {
  std::map<std::string, exercises::Dosage> doses;
  for (const Json& resource : resources) {
    if (json::text_of(resource, "resourceType") != "ActivityDefinition") continue;
    if (const auto defined = read_activity_definition(resource))
      doses[defined->exercise.definition.id] = defined->exercise.dosage;
  }
  return doses;
}

// The version that holds on a day; null: none yet.
template <class Version>
const Version* version_on(const std::vector<Version>& versions, fhir::Day day) {
  const auto later =
      std::upper_bound(versions.begin(), versions.end(), day,
                       [](fhir::Day one, const Version& version) { return one < version.from; });
  return later == versions.begin() ? nullptr : &*std::prev(later);
}

}  // namespace

bool same_prescription(std::span<const PrescribedOnDay> a, std::span<const PrescribedOnDay> b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const PrescribedOnDay& one, const PrescribedOnDay& other) {
        const exercises::Dosage& x = one.dosage;
        const exercises::Dosage& y = other.dosage;
        const auto seconds = [](const exercises::Dosage& of) { return of.hold ? of.hold->value() : 0.0; };
        return one.request == other.request && one.exercise == other.exercise && x.sets == y.sets &&
               x.repetitions == y.repetitions && x.days_per_week == y.days_per_week &&
               seconds(x) == seconds(y);
      });
}

ProgrammeHistory ProgrammeHistory::of(std::span<const Json> resources, const std::string& patient,
                                      int zone_minutes) {
  ProgrammeHistory history;
  for (const auto& [id, versions] : versions_of(resources, "CarePlan", patient)) {
    std::vector<PlanVersion>& plan = history.plans_[id];
    for (std::size_t i = 0; i < versions.size(); ++i) {
      const Json& version = *versions[i];
      PlanVersion next;
      next.start = day_in_period(version, "start");
      next.end = day_in_period(version, "end");
      const auto first = next.start ? next.start : fhir::local_day(json::text_of(version, "created"));
      next.from = i > 0 ? changed_on(version, *versions[i - 1], plan.back().from, zone_minutes)
                        : first.value_or(recorded_on(version, zone_minutes).value_or(kAlways));
      const std::string_view status = json::text_of(version, "status");
      const bool was = i == 0 && next.end && (status == "completed" || status == "revoked");
      next.in_force = is_exercise_programme(version) && (status == "active" || was);
      for (const Json& activity : json::list_of(version, "activity")) {
        if (const auto request = fhir::id_in(json::field(activity, "reference"), "ServiceRequest");
            !request.empty())
          next.requests.emplace_back(request);
      }
      plan.push_back(std::move(next));
    }
  }
  const auto doses = own_doses(resources);
  for (const auto& [id, versions] : versions_of(resources, "ServiceRequest", patient)) {
    std::vector<RequestVersion>& request = history.requests_[id];
    for (std::size_t i = 0; i < versions.size(); ++i) {
      const Json& version = *versions[i];
      RequestVersion next;
      next.from = i > 0 ? changed_on(version, *versions[i - 1], request.back().from, zone_minutes)
                        : fhir::local_day(json::text_of(version, "authoredOn")).value_or(kAlways);
      const std::string_view status = json::text_of(version, "status");
      const std::string exercise = exercise_id(version);
      const auto own = doses.find(exercise);
      const auto dose = read_dose(version, own == doses.end() ? exercises::Dosage{} : own->second);
      const bool says_dose = own != doses.end() || !fhir::extensions(version, fhir::kDosage).empty();
      if (!exercise.empty() && is_final_intent(version) && !is_assessment(version) && dose && says_dose &&
          (status == "active" || (i == 0 && status == "completed"))) {
        next.prescribed = {id, exercise, dose->dosage};
      }
      request.push_back(std::move(next));
    }
  }
  return history;
}

std::vector<PrescribedOnDay> ProgrammeHistory::on(fhir::Day day) const {
  std::vector<PrescribedOnDay> prescribed;
  std::set<std::string> taken;
  for (const auto& [id, versions] : plans_) {
    const PlanVersion* plan = version_on(versions, day);
    if (plan == nullptr || !plan->in_force || day < plan->start.value_or(day) ||
        day > plan->end.value_or(day)) {
      continue;
    }
    for (const std::string& request : plan->requests) {
      const auto found = requests_.find(request);
      const RequestVersion* version = found == requests_.end() ? nullptr : version_on(found->second, day);
      if (version != nullptr && version->prescribed && taken.insert(request).second)
        prescribed.push_back(*version->prescribed);
    }
  }
  return prescribed;
}

}  // namespace reprise::care
