// SPDX-License-Identifier: Apache-2.0
#include "record/audit/audit_event.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "fhir/model/definitions.h"
#include "fhir/model/primitive.h"

namespace reprise::record {
namespace {

struct EventCode {
  std::string_view type;     // of DICOM's; empty: FHIR's "rest"
  std::string_view subtype;  // of DICOM's, or the FHIR interaction
};

// In the order of AuditAct. DICOM PS3.16, CID 400 and 401, as HL7's package of R4 lists them.
constexpr std::array<EventCode, 21> kEventCodes = {
    {{"", "read"},         {"", "vread"},        {"", "create"}, {"", "update"},       {"", "patch"},
     {"", "delete"},       {"", "history"},      {"", "search"}, {"", "capabilities"}, {"", "transaction"},
     {"", "batch"},        {"110114", "110122"},  // user authentication: login
     {"110114", "110123"},                        // logout
     {"110113", "110127"},                        // security alert: emergency override started
     {"110113", "110137"},                        // user security attributes changed
     {"110113", "110129"},                        // security configuration
     {"110101", ""},                              // audit log used
     {"110106", ""},                              // export
     {"110107", ""},                              // import
     {"110100", "110120"},                        // application activity: start
     {"110100", "110121"}}};                      // stop

constexpr const char* kDicom = "http://dicom.nema.org/resources/ontology/DCM";
constexpr const char* kObjectRole = "http://terminology.hl7.org/CodeSystem/object-role";

Json coding(std::string_view system, std::string_view code) {
  return {{"system", system}, {"code", code}};
}

Json who_of(const AuditEntry& entry) {
  Json who = Json::object();
  const bool has_person = fhir::is_id(entry.person);
  if (has_person && entry.agent == AuditAgent::patient) who["reference"] = "Patient/" + entry.person;
  if (has_person && entry.agent == AuditAgent::carer) who["reference"] = "RelatedPerson/" + entry.person;
  if (has_person && entry.agent == AuditAgent::clinician) who["reference"] = "Practitioner/" + entry.person;
  if (!entry.account.empty()) who["identifier"] = {{"value", entry.account}};
  if (who.empty()) who["display"] = entry.agent == AuditAgent::server ? "the server itself" : "not signed in";
  return who;
}

Json agent_of(const AuditEntry& entry) {
  const bool human = entry.agent != AuditAgent::program && entry.agent != AuditAgent::server;
  Json agent;
  agent["type"] = {
      {"coding", Json::array({coding("http://terminology.hl7.org/CodeSystem/extra-security-role-type",
                                     human ? "humanuser" : "dataprocessor")})}};
  agent["who"] = who_of(entry);
  agent["requestor"] = true;
  if (!entry.address.empty()) agent["network"] = {{"address", entry.address}, {"type", "2"}};
  return agent;
}

Json entities_of(const AuditEntry& entry) {
  Json entities = Json::array();
  const bool known = fhir::is_resource_type(entry.resource_type);
  if (known && fhir::is_id(entry.resource_id)) {
    std::string reference = entry.resource_type + "/" + entry.resource_id;
    if (fhir::is_id(entry.resource_version)) reference += "/_history/" + entry.resource_version;
    entities.push_back({{"what", {{"reference", reference}}}, {"role", coding(kObjectRole, "4")}});
  } else if (known) {
    entities.push_back({{"type", coding("http://hl7.org/fhir/resource-types", entry.resource_type)},
                        {"role", coding(kObjectRole, "24")}});
  }
  for (const std::string& patient : entry.patients) {
    if (!fhir::is_id(patient)) continue;
    Json entity = {{"what", {{"reference", "Patient/" + patient}}}, {"role", coding(kObjectRole, "1")}};
    if (std::find(entry.emergency.begin(), entry.emergency.end(), patient) != entry.emergency.end()) {
      entity["detail"] =
          Json::array({{{"type", "purposeOfUse"}, {"valueString", code_of(AuditPurpose::break_glass)}}});
    }
    entities.push_back(std::move(entity));
  }
  if (!entry.request.empty()) {
    entities.push_back(
        {{"what", {{"identifier", {{"value", entry.request}}}}}, {"role", coding(kObjectRole, "20")}});
  }
  return entities;
}

Json purposes_of(const AuditEntry& entry) {
  Json purpose = {{"coding", Json::array({coding(kPurposeSystem, code_of(entry.purpose))})}};
  if (!entry.reason.empty()) purpose["text"] = entry.reason;
  return Json::array({std::move(purpose)});
}

}  // namespace

std::string instant_of(std::int64_t time_us) {
  using namespace std::chrono;
  const sys_time<microseconds> time{microseconds{time_us}};
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{time - day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     clock.subseconds().count());
}

AuditCodes codes_of(AuditAct act) {
  const EventCode& code = kEventCodes.at(static_cast<std::size_t>(act));
  if (!code.type.empty()) return {kDicom, code.type, kDicom, code.subtype};
  return {"http://terminology.hl7.org/CodeSystem/audit-event-type", "rest",
          "http://hl7.org/fhir/restful-interaction", code.subtype};
}

Json to_audit_event(const AuditEntry& entry, const std::string& site) {
  const AuditCodes codes = codes_of(entry.act);
  Json event = {{"resourceType", "AuditEvent"}, {"id", std::to_string(entry.sequence)}};
  event["type"] = coding(codes.type_system, codes.type);
  if (!codes.subtype.empty()) event["subtype"] = Json::array({coding(codes.subtype_system, codes.subtype)});
  event["action"] = std::string(1, action_of(entry.act));
  event["recorded"] = instant_of(entry.time_us);
  event["outcome"] = code_of(entry.outcome);
  event["purposeOfEvent"] = purposes_of(entry);
  event["agent"] = Json::array({agent_of(entry)});
  event["source"] = {{"site", site}, {"observer", {{"display", "Reprise"}}}};
  if (Json entities = entities_of(entry); !entities.empty()) event["entity"] = std::move(entities);
  return event;
}

}  // namespace reprise::record
