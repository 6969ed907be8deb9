// SPDX-License-Identifier: Apache-2.0
#include "care/billing/read_facts.h"

#include <algorithm>
#include <array>

#include "base/time.h"
#include "care/billing/vocabulary.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care::billing {
namespace {

constexpr std::size_t kDateLength = 10;

struct Reading {
  const fhir::AnswerIndex& record;
  std::string_view patient;
  const Zone& zone;
  Facts facts;
};

std::string address_of(const Json& resource) {
  return std::string{json::text_of(resource, "resourceType")} + "/" +
         std::string{json::text_of(resource, "id")};
}

std::optional<std::int64_t> moment_in(std::string_view text) {
  const auto interval = fhir::interval_of(text);
  if (!interval || !interval->start_ms || text.size() <= kDateLength) return {};
  return interval->start_ms;
}

// Returns the day in the zone of the text; in the clinic's zone if the text is in UTC.
std::optional<Day> day_by_clock(std::string_view text, const Zone& zone) {
  if (!fhir::is_date_time(text)) return {};
  const auto moment = moment_in(text);
  if (moment && text.back() == 'Z') return zone.day_at(*moment);
  return day_in(text.substr(0, kDateLength));
}

std::string_view start_in(const Json& resource, std::string_view period) {
  const Json* found = json::field(resource, period);
  return found == nullptr ? std::string_view{} : json::text_of(*found, "start");
}

std::string_view end_in(const Json& resource, std::string_view period) {
  const Json* found = json::field(resource, period);
  return found == nullptr ? std::string_view{} : json::text_of(*found, "end");
}

void cannot_read(Reading& reading, const Json& resource) {
  reading.facts.uncounted.push_back({Uncounted::Why::unreadable, address_of(resource)});
}

bool about(const Json& resource, std::string_view name, std::string_view patient) {
  return fhir::id_in(json::field(resource, name), "Patient") == patient;
}

bool is_any(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool in_category(const Json& resource, std::string_view list, std::string_view system,
                 std::string_view code) {
  const Json& all = json::list_of(resource, list);
  return std::any_of(all.begin(), all.end(),
                     [&](const Json& one) { return fhir::has_coding(&one, system, code); });
}

// True for a resource that a clinician measured or wrote, not one that a device sent from home.
bool by_clinician(const Json& resource) {
  for (const char* name : {"author", "recorder", "asserter", "source"}) {
    if (!fhir::id_in(json::field(resource, name), "Practitioner").empty()) return true;
  }
  for (const Json& performer : json::list_of(resource, "performer")) {
    const Json* actor = json::field(performer, "actor");
    if (!fhir::id_in(actor == nullptr ? &performer : actor, "Practitioner").empty()) return true;
  }
  return false;
}

bool has_own_coding(const Json& observation) {
  const Json* code = json::field(observation, "code");
  if (code == nullptr) return false;
  const Json& codings = json::list_of(*code, "coding");
  return fhir::has_coding(code, fhir::kLoinc, fhir::kPainCode) ||
         std::any_of(codings.begin(), codings.end(), [](const Json& one) {
           // The state of a device is no datum of the patient.
           return json::text_of(one, "system") == fhir::kObservation &&
                  json::text_of(one, "code") != "device-status";
         });
}

bool in_session(const Json& procedure) {
  const Json& identifiers = json::list_of(procedure, "identifier");
  return std::any_of(identifiers.begin(), identifiers.end(),
                     [](const Json& one) { return json::text_of(one, "system") == fhir::kSession; });
}

void add_data(Reading& reading, const Json& resource, std::string_view when) {
  const auto day = day_by_clock(when, reading.zone);
  if (!day) return cannot_read(reading, resource);
  // The record has its own clock: a later time comes from a wrong clock.
  const Json* meta = json::field(resource, "meta");
  const auto known = meta == nullptr ? std::nullopt : moment_in(json::text_of(*meta, "lastUpdated"));
  const auto moment = moment_in(when);
  if (known && moment && *moment > *known + kDayMs) {
    reading.facts.uncounted.push_back({Uncounted::Why::day_to_come, address_of(resource)});
  } else {
    reading.facts.data.push_back({*day, address_of(resource)});
  }
}

void read_data(Reading& reading) {
  for (const Json* one : reading.record.all("Procedure")) {
    const bool done = is_any(json::text_of(*one, "status"), {"completed", "stopped"});
    if (!done || !about(*one, "subject", reading.patient) || !in_session(*one) || by_clinician(*one))
      continue;
    const std::string_view start = start_in(*one, "performedPeriod");
    add_data(reading, *one, start.empty() ? json::text_of(*one, "performedDateTime") : start);
  }
  for (const Json* one : reading.record.all("Observation")) {
    const bool final = is_any(json::text_of(*one, "status"), {"final", "amended", "corrected"});
    if (!final || !about(*one, "subject", reading.patient) || !has_own_coding(*one) || by_clinician(*one))
      continue;
    const std::string_view start = start_in(*one, "effectivePeriod");
    add_data(reading, *one, start.empty() ? json::text_of(*one, "effectiveDateTime") : start);
  }
  for (const Json* one : reading.record.all("QuestionnaireResponse")) {
    const bool given = is_any(json::text_of(*one, "status"), {"completed", "amended", "stopped"});
    if (given && about(*one, "subject", reading.patient) && !by_clinician(*one))
      add_data(reading, *one, json::text_of(*one, "authored"));
  }
}

std::optional<SetUp> set_up_of(const Reading& reading, const Json& plan) {
  std::optional<SetUp> first;
  for (const Json* one : reading.record.all("Procedure")) {
    const Json& plans = json::list_of(*one, "basedOn");
    const bool of_plan = std::any_of(plans.begin(), plans.end(), [&](const Json& reference) {
      return fhir::id_in(&reference, "CarePlan") == json::text_of(plan, "id");
    });
    if (!of_plan || json::text_of(*one, "status") != "completed" ||
        !about(*one, "subject", reading.patient) ||
        !fhir::has_coding(json::field(*one, "code"), kMonitoring, "set-up")) {
      continue;
    }
    const std::string_view start = start_in(*one, "performedPeriod");
    const auto day =
        day_by_clock(start.empty() ? json::text_of(*one, "performedDateTime") : start, reading.zone);
    if (day && (!first || *day < first->day)) first = SetUp{*day, address_of(*one)};
  }
  return first;
}

std::optional<Group> group_of(const Json& plan) {
  constexpr std::array<const char*, 3> kCodes = {"musculoskeletal", "respiratory", "cognitive-behavioural"};
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    if (in_category(plan, "category", kMonitoring, kCodes[i])) return static_cast<Group>(i);
  }
  return {};
}

std::optional<Programme> programme_of(const Json& plan) {
  if (in_category(plan, "category", kMonitoring, "physiologic-monitoring"))
    return Programme::physiologic_monitoring;
  if (in_category(plan, "category", kMonitoring, "monitored-elsewhere"))
    return Programme::monitored_elsewhere;
  return {};
}

void read_plan(Reading& reading, const Json& plan) {
  const auto from = day_by_clock(start_in(plan, "period"), reading.zone);
  const std::string_view end = end_in(plan, "period");
  const auto to = day_by_clock(end, reading.zone);
  // A plan that ended on an unknown day would count forever.
  const bool ended = is_any(json::text_of(plan, "status"), {"completed", "revoked"});
  if (!from || (!end.empty() && !to) || (ended && !to)) return cannot_read(reading, plan);
  if (in_category(plan, "category", fhir::kPlanCategory, kMonitoringPlan)) {
    const auto group = group_of(plan);
    if (!group) return cannot_read(reading, plan);
    reading.facts.episodes.push_back({*from, to, *group, set_up_of(reading, plan), address_of(plan)});
  } else {
    const auto programme = programme_of(plan);
    if (!programme) return cannot_read(reading, plan);
    reading.facts.others.push_back({*programme, *from, to, address_of(plan)});
  }
}

void read_plans(Reading& reading) {
  for (const Json* plan : reading.record.all("CarePlan")) {
    const bool counts = is_any(json::text_of(*plan, "status"), {"active", "on-hold", "completed", "revoked"});
    const bool ours = in_category(*plan, "category", fhir::kPlanCategory, kMonitoringPlan) ||
                      in_category(*plan, "category", fhir::kPlanCategory, kOtherPlan);
    if (counts && ours && about(*plan, "subject", reading.patient)) read_plan(reading, *plan);
  }
}

void read_times(Reading& reading) {
  for (const Json* task : reading.record.all("Task")) {
    if (json::text_of(*task, "status") != "completed" || !about(*task, "for", reading.patient) ||
        !fhir::has_coding(json::field(*task, "code"), kMonitoring, "management")) {
      continue;
    }
    const auto start = moment_in(start_in(*task, "executionPeriod"));
    const auto end = moment_in(end_in(*task, "executionPeriod"));
    const std::string_view who = fhir::id_in(json::field(*task, "owner"), "Practitioner");
    if (!start || !end || who.empty())
      cannot_read(reading, *task);
    else
      reading.facts.times.push_back({std::string{who}, *start, *end, address_of(*task)});
  }
}

std::optional<ContactMode> way_of(const Json& encounter) {
  constexpr std::array<const char*, 3> kCodes = {"phone", "video", "in-person"};
  for (std::size_t i = 0; i < kCodes.size(); ++i) {
    if (in_category(encounter, "type", kMonitoring, kCodes[i])) return static_cast<ContactMode>(i);
  }
  return {};
}

std::string_view practitioner_in(const Json& encounter) {
  for (const Json& participant : json::list_of(encounter, "participant")) {
    const std::string_view id = fhir::id_in(json::field(participant, "individual"), "Practitioner");
    if (!id.empty()) return id;
  }
  return {};
}

void read_interactions(Reading& reading) {
  for (const Json* encounter : reading.record.all("Encounter")) {
    if (json::text_of(*encounter, "status") != "finished" || !about(*encounter, "subject", reading.patient) ||
        !in_category(*encounter, "type", kMonitoring, "interaction")) {
      continue;
    }
    const auto start = moment_in(start_in(*encounter, "period"));
    const auto end = moment_in(end_in(*encounter, "period"));
    const auto way = way_of(*encounter);
    const std::string_view who = practitioner_in(*encounter);
    if (!start || !way || who.empty()) {
      cannot_read(reading, *encounter);
      continue;
    }
    reading.facts.interactions.push_back({*start, *way, address_of(*encounter)});
    // A conversation is also management time; time in person is billed as a visit.
    if (end && *way != ContactMode::in_person)
      reading.facts.times.push_back({std::string{who}, *start, *end, address_of(*encounter)});
  }
}

std::optional<Claimed> claimed_in(const Reading& reading, const Json& claim, const Json& item) {
  const Json* service = json::field(item, "productOrService");
  if (service == nullptr) return {};
  Claimed claimed;
  for (const Json& coding : json::list_of(*service, "coding")) {
    if (json::text_of(coding, "system") == kCpt) claimed.code = json::text_of(coding, "code");
  }
  const std::string_view date = json::text_of(item, "servicedDate");
  const auto from = day_by_clock(date.empty() ? start_in(item, "servicedPeriod") : date, reading.zone);
  const auto to = day_by_clock(date.empty() ? end_in(item, "servicedPeriod") : date, reading.zone);
  if (claimed.code.empty() || !from || !to) return {};
  claimed.from = *from;
  claimed.to = *to;
  constexpr int kMostUnits = 10'000;
  if (const Json* quantity = json::field(item, "quantity"))
    claimed.units = json::whole_of(*quantity, "value", 1, kMostUnits).value_or(1);
  claimed.practitioner = fhir::id_in(json::field(claim, "provider"), "Practitioner");
  claimed.evidence = address_of(claim);
  return claimed;
}

void read_claims(Reading& reading) {
  for (const Json* claim : reading.record.all("Claim")) {
    if (json::text_of(*claim, "status") != "active" || json::text_of(*claim, "use") != "claim" ||
        !about(*claim, "patient", reading.patient)) {
      continue;
    }
    for (const Json& item : json::list_of(*claim, "item")) {
      if (auto claimed = claimed_in(reading, *claim, item))
        reading.facts.claimed.push_back(std::move(*claimed));
    }
  }
}

void read_device(Reading& reading, const Json& patient) {
  const Json* clinic = reading.record.find(
      "Organization", fhir::id_in(json::field(patient, "managingOrganization"), "Organization"));
  if (clinic == nullptr) return;
  const auto statements = fhir::extensions(*clinic, kDeviceStatus);
  if (statements.size() != 1) return;  // none, or several that contradict each other
  const auto meets = fhir::extensions(*statements.front(), "meets");
  const auto since = fhir::extensions(*statements.front(), "since");
  if (meets.size() != 1 || since.size() != 1 ||
      !json::truth_of(*meets.front(), "valueBoolean").value_or(false))
    return;
  if (const auto day = day_in(json::text_of(*since.front(), "valueDate")))
    reading.facts.device = DeviceStatus{*day, address_of(*clinic)};
}

}  // namespace

Facts facts_in(const fhir::AnswerIndex& record, std::string_view patient, const Zone& zone) {
  Reading reading{record, patient, zone, {}};
  read_data(reading);
  read_plans(reading);
  read_times(reading);
  read_interactions(reading);
  read_claims(reading);
  if (const Json* person = record.find("Patient", patient)) {
    reading.facts.simulated = fhir::has_tag(*person, fhir::kTag, "simulated");
    read_device(reading, *person);
  }
  return std::move(reading.facts);
}

}  // namespace reprise::care::billing
