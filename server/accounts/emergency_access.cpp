// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "record/access/access_index.h"
#include "record/accounts/columns.h"
#include "record/store/resources.h"
#include "server/accounts/handlers.h"
#include "server/accounts/mail_templates.h"
#include "server/app_api/documents.h"

namespace reprise::server {
namespace {

using record::Role;
using record::WriteTransaction;

/// Notifies the patient, and the administrators once an hour per clinician, if they have a mail address.
Result<void> queue_notices(const AppContext& context, const AppRequest& request, const std::string& patient,
                           bool first_in_hour, const WriteTransaction& session) {
  if (!context.options.sends_mail) return {};
  std::vector<record::Mail> mails;
  const std::array<record::Value, 1> whom = {std::string_view{patient}};
  const auto read = session.connection.query(
      "SELECT mail, role FROM account WHERE disabled = 0 AND mail <> '' AND "
      "((role = 'patient' AND person = $1) OR role = 'administrator')",
      whom, [&](record::Row row) {
        if (record::text_in(row, 1) != "patient" && !first_in_hour) return true;
        mails.push_back(emergency_mail(context.options.site, record::text_in(row, 0),
                                       record::text_in(row, 1) == "patient", request.origin));
        return true;
      });
  if (!read) return read;
  for (const record::Mail& mail : mails) {
    if (auto queued = record::queue_mail(session.connection, mail, session.now_ms * 1000); !queued)
      return queued;
  }
  return {};
}

record::Outcome<http::Response> break_it(const AppContext& context, const AppRequest& request,
                                         const std::string& patient, const std::string& reason,
                                         const WriteTransaction& session) {
  const auto found =
      record::find_resource(session.connection, context.record.index_ids(), "Patient", patient);
  if (!found) return record::refuse(found.error());
  if (!*found || !(*found)->content) return refused(404, word::kNotFound, "the record has no such Patient");
  const std::string& account = request.open->session.account.id;
  const std::int64_t now_us = session.now_ms * 1000;
  const auto recent = record::recent_emergencies(session.connection, account, patient, now_us);
  if (!recent) return record::refuse(recent.error());
  if (recent->open_until_us)
    return json_answer(200, {{"patient", patient}, {"endsAt", time_text(*recent->open_until_us)}});
  if (recent->wait_us > 0) return refused_for_now(recent->wait_us);
  const auto access = record::break_glass(session.connection, account, patient, reason, now_us);
  if (!access && access.error().code == ErrorCode::invalid_argument)
    return refused(422, word::kInvalid, access.error().cause);
  if (!access) return record::refuse(access.error());
  if (auto queued = queue_notices(context, request, patient, recent->in_last_hour == 0, session); !queued)
    return record::refuse(queued.error());
  auto entry = entry_of(request, record::AuditAct::break_glass);
  entry.purpose = record::AuditPurpose::break_glass;
  entry.resource_type = "Patient";
  entry.resource_id = patient;
  entry.patients = {patient};
  entry.emergency = {patient};
  entry.reason = reason;
  session.entries.push_back(std::move(entry));
  return json_answer(201, {{"patient", patient}, {"endsAt", time_text(access->end_us)}});
}

}  // namespace

void break_glass(AppContext& context, const SharedRequest& request, record::Connection&,
                 const http::Respond& respond) {
  Fields fields{request->body};
  const std::string patient = fields.text("patient");
  const std::string reason = fields.text("reason");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  write(context, request, respond, [=, &context](const WriteTransaction& session) {
    return break_it(context, *request, patient, reason, session);
  });
}

void list_emergencies(AppContext&, const SharedRequest& request, record::Connection& connection,
                      const http::Respond& respond) {
  const auto& account = request->open->session.account;
  record::EmergencyQuery query;
  if (account.role == Role::patient) query.patient = account.person;
  if (account.role == Role::carer) query.patient = account.patient;
  if (account.role == Role::clinician) query.account = account.id;
  const auto found = record::list_emergencies(connection, query);
  if (!found) return respond_read(request, respond, record::refuse(found.error()));
  fhir::Json list = fhir::Json::array();
  for (const auto& one : *found) {
    list.push_back({{"patient", one.patient},
                    {"by", one.by},
                    {"reason", one.reason},
                    {"startsAt", time_text(one.start_us)},
                    {"endsAt", time_text(one.end_us)}});
  }
  respond_read(request, respond, json_answer(200, {{"accesses", std::move(list)}}));
}

}  // namespace reprise::server
