// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/documents.h"

#include "record/accounts/secret.h"
#include "record/audit/audit_event.h"
#include "server/app_api/qr_code.h"

namespace reprise::server {
namespace {

const char* name_of(record::SessionStage stage) {
  switch (stage) {
    case record::SessionStage::second_factor: return "second-factor";
    case record::SessionStage::enrolment: return "enrolment";
    case record::SessionStage::full: return "full";
  }
  return "none";
}

}  // namespace

std::string time_text(std::int64_t time_us) {
  return record::instant_of(time_us);
}

fhir::Json account_document(const record::Account& account) {
  return {{"id", account.id},
          {"name", account.name},
          {"role", to_string(account.role)},
          {"person", account.person},
          {"mail", account.mail},
          {"hasPassword", account.has_password},
          {"hasSecondFactor", account.has_second_factor},
          {"disabled", account.disabled},
          {"createdAt", time_text(account.created_us)}};
}

fhir::Json session_document(const record::LoginSession* session, std::string_view secret) {
  if (session == nullptr) return {{"stage", "none"}};
  const auto& account = session->account;
  const std::int64_t idle_us =
      session->stay.idle_us > 0 ? session->stay.idle_us : record::SessionLimits{}.idle_us;
  fhir::Json document = {{"stage", name_of(session->stage)},
                         {"account",
                          {{"id", account.id},
                           {"name", account.name},
                           {"role", to_string(account.role)},
                           {"person", account.person},
                           {"hasSecondFactor", account.has_second_factor}}},
                         {"csrf", record::csrf_token(secret)},
                         {"endsAt", time_text(session->ends_us)},
                         {"idleSeconds", idle_us / 1'000'000}};
  if (!account.patient.empty()) document["account"]["helps"] = account.patient;
  if (session->stage == record::SessionStage::full && !session->device_key.empty())
    document["deviceKey"] = session->device_key;
  return document;
}

fhir::Json link_document(const std::string& link, std::int64_t ends_us) {
  return {{"link", link}, {"qr", qr_code(link)}, {"endsAt", time_text(ends_us)}};
}

}  // namespace reprise::server
