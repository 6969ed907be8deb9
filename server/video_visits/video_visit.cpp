// SPDX-License-Identifier: Apache-2.0
#include "server/video_visits/video_visit.h"

#include <algorithm>
#include <array>

#include "fhir/fields/fields.h"
#include "fhir/fields/transaction.h"
#include "fhir/model/date_time.h"
#include "fhir/profiles/simulated.h"
#include "record/content/content.h"

namespace reprise::server {
namespace {

constexpr const char* kVisitType = "urn:reprise:visit";
constexpr const char* kMonitoringType = "urn:reprise:remote-monitoring";
constexpr std::array<std::string_view, 4> kTakesPlace = {"booked", "arrived", "checked-in", "fulfilled"};

std::optional<std::int64_t> moment_in(const Json& json, std::string_view name) {
  const auto when = fhir::interval_of(json::text_of(json, name));
  return when ? when->start_ms : std::nullopt;
}

Json monitoring_type(std::string_view code, std::string_view words) {
  return fhir::codeable(kMonitoringType, code, words);
}

}  // namespace

std::string_view to_string(VisitSide side) {
  return side == VisitSide::patient ? "patient" : "clinician";
}

VisitSide other_side(VisitSide side) {
  return side == VisitSide::patient ? VisitSide::clinician : VisitSide::patient;
}

std::optional<Visit> visit_in(const Json& appointment) {
  const std::string_view status = json::text_of(appointment, "status");
  if (std::find(kTakesPlace.begin(), kTakesPlace.end(), status) == kTakesPlace.end()) return {};
  if (!fhir::has_coding(json::field(appointment, "appointmentType"), kVisitType, "video")) return {};
  const auto start = moment_in(appointment, "start");
  const auto end = moment_in(appointment, "end");
  if (!start || !end || *end < *start) return {};
  Visit visit{std::string{json::text_of(appointment, "id")}, {}, {}, *start, *end};
  for (const Json& participant : json::list_of(appointment, "participant")) {
    if (json::text_of(participant, "status") == "declined") continue;
    const Json* actor = json::field(participant, "actor");
    const std::string_view patient = fhir::id_in(actor, "Patient");
    const std::string_view practitioner = fhir::id_in(actor, "Practitioner");
    // With two patients, neither agreed to be seen by the other.
    if (!patient.empty() && !visit.patient.empty() && visit.patient != patient) return {};
    if (!patient.empty()) visit.patient = patient;
    if (!practitioner.empty()) visit.practitioners.emplace_back(practitioner);
  }
  if (visit.id.empty() || visit.patient.empty() || visit.practitioners.empty()) return {};
  return visit;
}

std::optional<VisitSide> side_of(const Visit& visit, const record::Principal& principal) {
  // A program has no face.
  if (principal.token || !principal.complete) return {};
  if (principal.role == record::Role::patient && principal.person == visit.patient) return VisitSide::patient;
  const auto& all = visit.practitioners;
  const bool takes_part = std::find(all.begin(), all.end(), principal.person) != all.end();
  if (principal.role == record::Role::clinician && takes_part) return VisitSide::clinician;
  return {};
}

Json encounter_of(const CompletedCall& call) {
  Json encounter = {{"resourceType", "Encounter"}, {"status", "finished"}};
  fhir::mark(encounter, call.simulated);
  encounter["class"] = {
      {"system", "http://terminology.hl7.org/CodeSystem/v3-ActCode"}, {"code", "VR"}, {"display", "virtual"}};
  encounter["type"] = Json::array(
      {monitoring_type("interaction", "Talk with the patient"), monitoring_type("video", "By video")});
  encounter["subject"] = fhir::reference_to("Patient", call.patient);
  encounter["participant"] =
      Json::array({{{"individual", fhir::reference_to("Practitioner", call.practitioner)}}});
  if (!call.appointment.empty())
    encounter["appointment"] = Json::array({fhir::reference_to("Appointment", call.appointment)});
  encounter["period"] = {{"start", record::instant_text(call.start_ms)},
                         {"end", record::instant_text(call.end_ms)}};
  return encounter;
}

}  // namespace reprise::server
