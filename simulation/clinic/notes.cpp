// SPDX-License-Identifier: Apache-2.0
#include "simulation/clinic/notes.h"

#include <algorithm>

#include "fhir/profiles/vocabulary.h"
#include "simulation/clinic/parts.h"

namespace reprise::simulation {
namespace {

constexpr int kLookedAt = 7;  // days before a visit

struct LastDays {
  int sessions = 0;
  int lowest = 10;
  int highest = 0;
  bool stopped = false;
};

LastDays before(const Diary& diary, int day) {
  LastDays last;
  for (const DiarySession& session : diary.sessions) {
    if (session.day < day - kLookedAt || session.day >= day) continue;
    ++last.sessions;
    last.lowest = std::min(last.lowest, session.pain_before);
    last.highest = std::max(last.highest, session.pain_before);
    last.stopped = last.stopped || session.stopped;
  }
  return last;
}

// The words have nothing in them that XHTML would take for something else.
Json section(const char* title, const char* code, const std::string& words) {
  return {{"title", title},
          {"code", {{"coding", Json::array({{{"system", fhir::kLoinc}, {"code", code}}})}}},
          {"text",
           {{"status", "generated"},
            {"div", "<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>" + words + " (simulated)</p></div>"}}}};
}

std::string said(const LastDays& last) {
  if (last.sessions == 0) return "Did not exercise in the last week.";
  return "Pain before exercising from " + std::to_string(last.lowest) + " to " +
         std::to_string(last.highest) + " of 10 in the last week." +
         (last.stopped ? " Stopped once for pain." : "");
}

}  // namespace

Json visit_note(const Registration& registration, const std::string& id, const std::string& encounter,
                int day, int second, bool signed_off) {
  const LastDays last = before(registration.diary, day);
  const bool first = day <= registration.person.first_day;
  Json note = simulated_resource("Composition", id);
  note["status"] = signed_off ? "final" : "preliminary";
  note["type"] = fhir::codeable(fhir::kLoinc, "11506-3", "Progress note");
  note["subject"] = fhir::reference_to("Patient", registration.person.id);
  note["encounter"] = fhir::reference_to("Encounter", encounter);
  note["date"] = registration.calendar.time(day, second);
  note["author"] = Json::array({fhir::reference_to("Practitioner", registration.staff.practitioner)});
  if (signed_off) {
    note["attester"] =
        Json::array({{{"mode", "legal"},
                      {"time", note["date"]},
                      {"party", fhir::reference_to("Practitioner", registration.staff.practitioner)}}});
  }
  note["title"] = first ? "First visit" : "Visit";
  note["section"] = Json::array(
      {section("Subjective", "61150-9",
               first ? "Comes with: " + std::string{registration.person.pathway->name} + "." : said(last)),
       section("Objective", "61149-1",
               first ? std::string{"First programme tried out together."}
                     : std::to_string(last.sessions) + " sessions at home in the last week."),
       section("Assessment", "51848-0",
               last.highest >= 5 && !first ? "More pain than wanted." : "As expected."),
       section("Plan", "18776-5", std::string{registration.person.pathway->aim})});
  return note;
}

}  // namespace reprise::simulation
