// SPDX-License-Identifier: Apache-2.0
#include "server/carers/routes.h"

#include <algorithm>

#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"
#include "record/access/authorization.h"
#include "record/accounts/account_name.h"
#include "record/accounts/invitation.h"
#include "record/accounts/oversight.h"
#include "record/store/resources.h"
#include "server/accounts/first_administrator.h"
#include "server/app_api/documents.h"
#include "server/carers/carer.h"
#include "server/reactions/stored_json.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using fhir::Json;
using record::Account;
using record::Outcome;
using record::Role;
using record::WriteTransaction;

Outcome<Json> find_json(const record::Record& record, record::Connection& connection, const char* type,
                        const std::string& id) {
  const auto found = record::find_resource(connection, record.index_ids(), type, id);
  if (!found) return record::refuse(found.error());
  const auto resource = json_in(*found);
  return resource ? *resource : Json(nullptr);
}

/// Returns whether the user may see and end the carers of a patient: the patient, clinicians with regular
/// access, and administrators.
Result<bool> may_manage(const AppRequest& request, record::Connection& connection, const std::string& patient,
                        std::int64_t now_us) {
  const Account& own = request.open->session.account;
  if (own.role == Role::administrator) return true;
  if (own.role == Role::patient) return own.person == patient;
  if (own.role != Role::clinician) return false;
  return record::accessible_patients(connection, principal_of(request.open->session), now_us)
      .map([&](const record::AccessiblePatients& allowed) {
        const auto has = [&](const std::vector<std::string>& ids) {
          return std::binary_search(ids.begin(), ids.end(), patient);
        };
        return has(allowed.patients) && !has(allowed.emergency);
      });
}

Json carer_document(const Account& carer, const Json& person) {
  Json document = {{"id", carer.id},
                   {"login", carer.name},
                   {"person", carer.person},
                   {"name", std::string{}},
                   {"relationship", relationship_of(person)},
                   {"hasPassword", carer.has_password},
                   {"since", time_text(carer.created_us)}};
  if (!json::list_of(person, "name").empty())
    document["name"] = json::text_of(json::list_of(person, "name").front(), "text");
  return document;
}

/// Lists the carers whose leave has not ended.
void show_carers(AppContext& context, const SharedRequest& request, record::Connection& connection,
                 const http::Respond& respond) {
  const auto& query = request->query;
  if (query.size() != 1 || query.front().first != "patient")
    return respond(refused(400, word::kInvalid, "the list needs the parameter patient, and no other"));
  const std::string& patient = query.front().second;
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  const auto may = may_manage(*request, connection, patient, now_us);
  if (!may) return respond_read(request, respond, record::refuse(may.error()));
  if (!*may) return respond_read(request, respond, refused(404, word::kNotFound, "there is no such patient"));
  const auto carers = record::list_carers(connection, patient);
  if (!carers) return respond_read(request, respond, record::refuse(carers.error()));
  const auto invited = record::open_invitations(connection, now_us);
  if (!invited) return respond_read(request, respond, record::refuse(invited.error()));
  Json list = Json::array();
  for (const Account& carer : *carers) {
    if (carer.disabled) continue;
    const auto person = find_json(context.record, connection, "RelatedPerson", carer.person);
    if (!person) return respond_read(request, respond, tl::unexpected(person.error()));
    list.push_back(carer_document(carer, *person));
    if (const auto until = invited->find(carer.id); until != invited->end())
      list.back()["invitedUntil"] = time_text(until->second);
  }
  respond_read(request, respond, json_answer(200, {{"carers", std::move(list)}}));
}

/// Issues the link by which the carer chooses a password. It is shown to the patient, who hands it over.
Outcome<http::Response> give_link(const AppRequest& request, const WriteTransaction& session,
                                  const Account& carer) {
  const std::int64_t now_us = session.now_ms * 1000;
  const auto secret = record::invite(session.connection, carer.id, request.open->session.account.id, now_us);
  if (!secret) return record::refuse(secret.error());
  auto document =
      link_document(invitation_link(request.asked_origin, *secret), now_us + record::kInvitationUs);
  document["id"] = carer.id;
  return json_answer(201, document);
}

/// Writes a resource that the patient's request makes, in the patient's name in the audit log.
Outcome<std::string> write_for(record::Record& record, const AppRequest& request,
                               const WriteTransaction& session, const char* type, const Json& resource) {
  const std::size_t before = session.entries.size();
  const auto done =
      write_as_system(record, session, {{{}, {record::Verb::create, type, {}, {}, {}, resource.dump()}}});
  if (!done) return tl::unexpected(done.error());
  const auto own = entry_of(request, record::AuditAct::create);
  for (std::size_t i = before; i < session.entries.size(); ++i) {
    auto& entry = session.entries[i];
    entry.agent = own.agent;
    entry.account = own.account;
    entry.person = own.person;
    entry.address = own.address;
    entry.request = own.request;
  }
  return done->front().stored->id;
}

Outcome<http::Response> let_in(AppContext& context, const AppRequest& request, const CarerLeave& leave,
                               const std::string& login, const WriteTransaction& session) {
  const auto carers = record::list_carers(session.connection, leave.patient);
  if (!carers) return record::refuse(carers.error());
  const auto active =
      std::count_if(carers->begin(), carers->end(), [](const Account& carer) { return !carer.disabled; });
  if (static_cast<std::size_t>(active) >= kMostCarers)
    return refused(409, word::kInvalid, "five carers have access already; end one first");
  const auto taken = record::find_account_by_name(session.connection, login);
  if (!taken) return record::refuse(taken.error());
  if (*taken) return refused(409, word::kNameTaken, "an account has this name already");
  const auto patient = find_json(context.record, session.connection, "Patient", leave.patient);
  if (!patient) return tl::unexpected(patient.error());
  const bool simulated = patient->is_object() && fhir::has_tag(*patient, fhir::kTag, "simulated");
  const std::string when = record::instant_text(session.now_ms);
  const auto person =
      write_for(context.record, request, session, "RelatedPerson", related_person(leave, simulated, when));
  if (!person) return tl::unexpected(person.error());
  const auto consent =
      write_for(context.record, request, session, "Consent", carer_consent(leave, simulated, when, *person));
  if (!consent) return tl::unexpected(consent.error());
  const auto made = record::create_account(
      session.connection, {.name = login, .role = Role::carer, .person = *person, .patient = leave.patient},
      session.now_ms * 1000);
  if (!made) return record::refuse(made.error());
  auto entry = with_reason(entry_of(request, record::AuditAct::account_change), "carer invited");
  entry.patients = {leave.patient};
  session.entries.push_back(std::move(entry));
  return give_link(request, session, *made);
}

/// Lets a carer in: only the patient does, signed in.
void invite_carer(AppContext& context, const SharedRequest& request, record::Connection&,
                  const http::Respond& respond) {
  Fields fields{request->body};
  CarerLeave leave;
  const std::string login = fields.text("login");
  leave.name = fields.text("name");
  leave.relationship = fields.text("relationship");
  leave.language = fields.text("language");
  leave.words = fields.text("words");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  const Account& own = request->open->session.account;
  if (own.role != Role::patient)
    return respond(refused(403, word::kNotAllowed, "only the patient lets carers in"));
  leave.patient = own.person;
  auto problem = problem_in_leave(leave);
  if (!problem) {
    if (const auto name = record::problem_in_account_name(login)) problem = "the name " + *name;
  }
  if (problem) return respond(refused(422, word::kInvalid, std::move(*problem)));
  write(context, request, respond, [request, leave, login, &context](const WriteTransaction& session) {
    return let_in(context, *request, leave, login, session);
  });
}

using WithCarer = std::function<Outcome<http::Response>(const WriteTransaction&, const Account&)>;

/// Runs `work` for the carer in the path, if the user may manage the carers of that patient.
void with_carer(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                WithCarer work) {
  write(context, request, respond,
        [request, work = std::move(work)](const WriteTransaction& session) -> Outcome<http::Response> {
          const auto carer = record::find_account(session.connection, request->path.at(1));
          if (!carer) return record::refuse(carer.error());
          const bool is_one = *carer && (*carer)->role == Role::carer && !(*carer)->disabled;
          const auto may =
              is_one ? may_manage(*request, session.connection, (*carer)->patient, session.now_ms * 1000)
                     : Result<bool>{false};
          if (!may) return record::refuse(may.error());
          if (!*may) return refused(404, word::kNotFound, "there is no such carer");
          return work(session, **carer);
        });
}

/// A new link, where the first one is lost or the carer forgot the password.
void invite_again(AppContext& context, const SharedRequest& request, record::Connection&,
                  const http::Respond& respond) {
  if (request->open->session.account.role != Role::patient)
    return respond(refused(403, word::kNotAllowed, "only the patient lets carers in"));
  with_carer(context, request, respond,
             [request](const WriteTransaction& session, const Account& carer) -> Outcome<http::Response> {
               const std::string& by = request->open->session.account.id;
               if (carer.has_password) {
                 auto noted = record::note_account_event(session.connection,
                                                         {.kind = record::AccountEventKind::invitation,
                                                          .account = carer.id,
                                                          .patient = carer.patient,
                                                          .by = by,
                                                          .at_us = session.now_ms * 1000});
                 if (!noted) return record::refuse(noted.error());
               }
               auto entry =
                   with_reason(entry_of(*request, record::AuditAct::account_change), "carer invited again");
               entry.patients = {carer.patient};
               session.entries.push_back(std::move(entry));
               return give_link(*request, session, carer);
             });
}

void end_leave(AppContext& context, const SharedRequest& request, record::Connection&,
               const http::Respond& respond) {
  with_carer(
      context, request, respond,
      [request, &context](const WriteTransaction& session, const Account& carer) -> Outcome<http::Response> {
        const auto by = entry_of(*request, record::AuditAct::account_change);
        if (auto refusal = end_carer(context.record, session, carer, by))
          return tl::unexpected(std::move(*refusal));
        return no_content();
      });
}

}  // namespace

std::vector<Route> carer_routes() {
  return {
      {"GET", "/carers", Requires::full, show_carers},
      {"POST", "/carers", Requires::full, invite_carer, Proof::recent},
      {"POST", "/carers/*/invitation", Requires::full, invite_again, Proof::recent},
      {"DELETE", "/carers/*", Requires::full, end_leave},
  };
}

}  // namespace reprise::server
