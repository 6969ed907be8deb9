// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "fhir/fields/transaction.h"
#include "fhir/profiles/vocabulary.h"
#include "simulation/clinic/chance.h"
#include "simulation/clinic/notes.h"
#include "simulation/clinic/parts.h"
#include "simulation/clinic/registration.h"

namespace reprise::simulation {
namespace {

constexpr const char* kEncounterClass = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr int kWeekDays = 7;

struct Contacting {
  const Registration& of;
  Chance chance;
  fhir::Transaction transaction;

  explicit Contacting(const Registration& registration)
      : of(registration),
        chance(registration.seed, {static_cast<std::uint64_t>(registration.person.number), 5}) {}

  [[nodiscard]] bool at_weekend(int day) const {
    return (of.calendar.first_weekday() + day) % kWeekDays >= 5;
  }
  // The next day on which the clinic is open.
  [[nodiscard]] int open_day(int day) const {
    while (at_weekend(day)) ++day;
    return day;
  }
};

void add_visit(Contacting& c, int day, bool first) {
  const int begin = c.chance.whole(8 * 4, 16 * 4) * 900;
  const std::string id = c.chance.uuid();
  const int end = begin + (first ? 2700 : 1800);
  Json visit = simulated_resource("Encounter", id);
  visit["status"] = "finished";
  visit["class"] = {{"system", kEncounterClass}, {"code", "AMB"}, {"display", "ambulatory"}};
  visit["type"] = Json::array({Json{{"text", first ? "First visit" : "Visit"}}});
  visit["subject"] = fhir::reference_to("Patient", c.of.person.id);
  visit["participant"] =
      Json::array({Json{{"individual", fhir::reference_to("Practitioner", c.of.staff.practitioner)}}});
  visit["period"] = {{"start", c.of.calendar.time(day, begin)}, {"end", c.of.calendar.time(day, end)}};
  visit["serviceProvider"] = fhir::reference_to("Organization", c.of.staff.organization);
  c.transaction.put(std::move(visit));
  // Of the last days' notes some are not signed yet.
  const bool signed_off = day < c.of.days - kWeekDays || c.chance.happens(0.6);
  c.transaction.put(visit_note(c.of, c.chance.uuid(), id, day, end + 300, signed_off));
}

void add_message(Contacting& c, bool from_patient, int day, int second, const std::string& words) {
  if (day >= c.of.days) return;
  const Json patient = fhir::reference_to("Patient", c.of.person.id);
  Json message = simulated_resource("Communication", c.chance.uuid());
  message["identifier"] =
      Json::array({Json{{"system", fhir::kUuid}, {"value", "urn:uuid:" + c.chance.uuid()}}});
  message["status"] = "completed";
  message["category"] = Json::array({coded(fhir::kCommunication, "message", {})});
  message["subject"] = patient;
  if (!from_patient) message["recipient"] = Json::array({patient});
  message["sender"] = from_patient ? patient : fhir::reference_to("Practitioner", c.of.staff.practitioner);
  message["sent"] = c.of.calendar.time(day, second);
  message["payload"] = Json::array({Json{{"contentString", words + " (simulated)"}}});
  c.transaction.put(std::move(message));
}

void add_talk(Contacting& c, const Setback& setback) {
  const int asked = setback.start + c.chance.whole(0, 1);
  const int evening = c.chance.whole(17 * 3600, 21 * 3600);
  const int morning = c.chance.whole(8 * 3600, 11 * 3600);
  const auto answer = [&](const std::string& words) {
    add_message(c, false, c.open_day(asked + 1), morning, words);
  };
  switch (setback.kind) {
    case SetbackKind::pain_flare:
      if (!c.chance.happens(0.5)) return;
      add_message(c, true, asked, evening, "It has hurt much more since yesterday. Should I go on?");
      if (c.chance.happens(0.8))
        answer("Do less for two days, and only what stays below your limit. Write to me how it goes.");
      return;
    case SetbackKind::dropout:
      if (setback.planned && c.chance.happens(0.25))
        add_message(c, true, asked, evening, "I am away for some time and will not get to my exercises.");
      return;
    case SetbackKind::warning_sign:
      answer("I saw your answer. Please call us today before you exercise again.");
      return;
    case SetbackKind::range_lost:
      if (c.chance.happens(0.4))
        add_message(c, true, asked, evening, "It feels stiff again, and I do not get as far as last week.");
      return;
    default: return;
  }
}

// The next visit of one of the first patients: each open day of the clinic so many, one after the other.
void add_appointment(Contacting& c) {
  constexpr int kEachDay = 12;
  constexpr int kDaysAhead = 8;
  constexpr int kFirst = 9 * 3600;
  constexpr int kLength = 1800;
  constexpr std::array<const char*, 4> kKinds = {"in-person", "in-person", "video", "telephone"};
  const int turn = c.of.person.number - 1;
  if (turn >= kEachDay * kDaysAhead) return;
  int day = c.open_day(c.of.days);
  for (int i = 0; i < turn / kEachDay; ++i) day = c.open_day(day + 1);
  const int begin = kFirst + turn % kEachDay * kLength;
  // Numbers of its own, so that nothing else of the clinic depends on it.
  Chance ids{c.of.seed, {static_cast<std::uint64_t>(c.of.person.number), 6}};
  const auto takes_part = [](Json actor) {
    return Json{{"actor", std::move(actor)}, {"status", "accepted"}};
  };
  Json visit = simulated_resource("Appointment", ids.uuid());
  visit["status"] = "booked";
  visit["appointmentType"] = coded("urn:reprise:visit", kKinds.at(ids.weighted({1, 1, 1, 1})), {});
  visit["minutesDuration"] = kLength / 60;
  visit["start"] = c.of.calendar.time(day, begin);
  visit["end"] = c.of.calendar.time(day, begin + kLength);
  visit["participant"] =
      Json::array({takes_part(fhir::reference_to("Patient", c.of.person.id)),
                   takes_part(fhir::reference_to("Practitioner", c.of.staff.practitioner))});
  c.transaction.put(std::move(visit));
}

}  // namespace

Json contacts_bundle(const Registration& registration) {
  Contacting c{registration};
  const SimulatedPerson& person = registration.person;
  // The first visit may fall on the day before: who begins at a weekend was there on Friday.
  int first = person.first_day;
  while (first > 0 && c.at_weekend(first)) --first;
  add_visit(c, c.at_weekend(first) ? person.first_day : first, true);
  add_message(c, false, first, 17 * 3600,
              "Hello " + person.given + ", your exercises are in the app now. Write to me how it goes.");
  for (int day = first;;) {
    day = c.open_day(day + c.chance.whole(6, 14));
    if (day >= registration.days) break;
    add_visit(c, day, false);
  }
  for (const Setback& setback : registration.diary.setbacks) add_talk(c, setback);
  add_appointment(c);
  return std::move(c.transaction).take();
}

}  // namespace reprise::simulation
