// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/audit.h"

#include <algorithm>
#include <chrono>

#include "record/search/parse_query.h"

namespace reprise::server {
namespace {

using record::AuditAct;

AuditAct act_of(FhirInteraction interaction) {
  switch (interaction) {
    case FhirInteraction::capabilities: return AuditAct::capabilities;
    case FhirInteraction::read: return AuditAct::read;
    case FhirInteraction::vread: return AuditAct::vread;
    case FhirInteraction::history_instance:
    case FhirInteraction::history_type: return AuditAct::history;
    case FhirInteraction::search: return AuditAct::search;
    case FhirInteraction::create: return AuditAct::create;
    case FhirInteraction::update: return AuditAct::update;
    case FhirInteraction::patch: return AuditAct::patch;
    case FhirInteraction::remove: return AuditAct::erase;
    case FhirInteraction::bundle: break;
  }
  return AuditAct::batch;
}

AuditAct act_of(const RequestAddress& asked) {
  return asked.type == record::kLogType ? AuditAct::log_use : act_of(asked.interaction);
}

std::int64_t microseconds_now() {
  using namespace std::chrono;
  return duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
}

record::AuditOutcome outcome_of(unsigned status) {
  if (status < 400) return record::AuditOutcome::success;
  return status < 500 ? record::AuditOutcome::refused : record::AuditOutcome::failed;
}

}  // namespace

record::AuditAgent agent_of(record::Role role) {
  switch (role) {
    case record::Role::patient: return record::AuditAgent::patient;
    case record::Role::clinician: return record::AuditAgent::clinician;
    case record::Role::administrator: return record::AuditAgent::administrator;
    case record::Role::program: return record::AuditAgent::program;
    case record::Role::carer: return record::AuditAgent::carer;
  }
  return record::AuditAgent::none;
}

record::AuditEntry entry_of(const ApiRequest& request, unsigned status) {
  record::AuditEntry entry;
  entry.time_us = microseconds_now();
  entry.act = act_of(request.asked);
  entry.outcome = outcome_of(status);
  entry.address = request.remote_address;
  if (const auto* principal = request.permission.principal()) {
    entry.agent = agent_of(principal->role);
    entry.account = principal->account;
    entry.person = principal->person;
  }
  entry.request = request.request_id;
  entry.resource_type = request.asked.type;
  if (status == 401 || status == 403) return entry;
  entry.resource_id = request.asked.id;
  if (request.asked.version > 0) entry.resource_version = std::to_string(request.asked.version);
  // A patient can see refused requests.
  if (request.asked.type == "Patient" && !request.asked.id.empty()) entry.patients = {request.asked.id};
  return entry;
}

record::AuditEntry entry_of_stranger(std::string address) {
  record::AuditEntry entry;
  entry.time_us = microseconds_now();
  entry.act = AuditAct::sign_in;
  entry.outcome = record::AuditOutcome::refused;
  entry.address = std::move(address);
  return entry;
}

namespace {

void add_name(record::AuditEntry& entry, const record::Stored& stored) {
  entry.resource_id = stored.id;
  entry.resource_version = std::to_string(stored.version);
}

}  // namespace

void add_change(record::AuditEntry& entry, const record::ChangeResult& done, const record::Context& context) {
  if (!done.stored) return;
  add_name(entry, *done.stored);
  add_patients(entry, done.patients, context);
}

void add_resource(record::AuditEntry& entry, const record::Stored& stored, record::Connection& connection,
                  const record::Context& context) {
  add_name(entry, stored);
  // A deleted resource is in no index; its last version names its patients.
  auto patients = stored.content ? compartments_of(connection, context.index_ids, stored)
                                 : compartments_of_version(connection, context.index_ids, stored);
  if (patients && entry.act == AuditAct::vread && stored.content) {
    const auto then = compartments_of_version(connection, context.index_ids, stored);
    if (then) patients->insert(patients->end(), then->begin(), then->end());
    std::sort(patients->begin(), patients->end());
    patients->erase(std::unique(patients->begin(), patients->end()), patients->end());
  }
  if (patients) add_patients(entry, std::move(*patients), context);
}

void add_patients(record::AuditEntry& entry, std::vector<std::string> patients,
                  const record::Context& context) {
  entry.emergency = context.permission.only_in_emergency(patients);
  if (!entry.emergency.empty()) entry.purpose = record::AuditPurpose::break_glass;
  entry.patients = std::move(patients);
}

}  // namespace reprise::server
