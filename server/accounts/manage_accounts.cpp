// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "record/access/authorization.h"
#include "record/accounts/invitation.h"
#include "record/accounts/oversight.h"
#include "record/accounts/second_factor.h"
#include "record/store/resources.h"
#include "server/accounts/first_administrator.h"
#include "server/accounts/handlers.h"
#include "server/accounts/mail_templates.h"
#include "server/accounts/oversight.h"
#include "server/app_api/documents.h"

// Management of accounts: administrators manage all, clinicians those of their patients.
namespace reprise::server {
namespace {

using record::Account;
using record::Role;
using record::WriteTransaction;

constexpr std::int64_t kMostAccounts = 200;

/// The accounts that the principal manages. Those of carers are the patient's matter (server/carers).
struct Managed {
  bool all = false;
  record::AccessiblePatients patients;

  [[nodiscard]] bool covers(Role role, std::string_view person) const {
    if (role == Role::carer) return false;
    return all || (role == Role::patient &&
                   std::binary_search(patients.patients.begin(), patients.patients.end(), person) &&
                   !std::binary_search(patients.emergency.begin(), patients.emergency.end(), person));
  }
};

Result<Managed> managed_by(const AppRequest& request, record::Connection& connection, std::int64_t now_us) {
  if (request.open->session.account.role == Role::administrator) return Managed{true, {}};
  return record::accessible_patients(connection, principal_of(request.open->session), now_us)
      .map([](record::AccessiblePatients allowed) {
        return Managed{false, std::move(allowed)};
      });
}

/// Returns the account in the path, if the principal manages it. Outer error: the database's.
record::Outcome<tl::expected<Account, http::Response>> account_in_address(const AppRequest& request,
                                                                          const WriteTransaction& session) {
  using Found = tl::expected<Account, http::Response>;
  const auto managed = managed_by(request, session.connection, session.now_ms * 1000);
  if (!managed) return record::refuse(managed.error());
  auto account = record::find_account(session.connection, request.path.at(1));
  if (!account) return record::refuse(account.error());
  if (!*account || !managed->covers((*account)->role, (*account)->person)) {
    return Found{tl::unexpected(refused(404, word::kNotFound, "there is no such account"))};
  }
  return Found{std::move(**account)};
}

/// Changes the account in the path.
void change_managed(
    AppContext& context, const SharedRequest& request, const http::Respond& respond,
    std::function<record::Outcome<http::Response>(const WriteTransaction&, const Account&)> change) {
  write(context, request, respond,
        [request,
         change = std::move(change)](const WriteTransaction& session) -> record::Outcome<http::Response> {
          auto account = account_in_address(*request, session);
          if (!account) return tl::unexpected(std::move(account.error()));
          if (!*account) return std::move(account->error());
          auto response = change(session, **account);
          if (response && response->status < 300) {
            auto entry = entry_of(*request, record::AuditAct::account_change);
            if ((*account)->role == Role::patient) entry.patients = {(*account)->person};
            session.entries.push_back(std::move(entry));
          }
          return response;
        });
}

record::Outcome<bool> is_in_record(const AppContext& context, const WriteTransaction& session,
                                   const record::NewAccount& account) {
  if (account.person.empty() || !context.record.checks_references()) return true;
  const char* type = account.role == Role::patient ? "Patient" : "Practitioner";
  const auto found =
      record::find_resource(session.connection, context.record.index_ids(), type, account.person);
  if (!found) return record::refuse(found.error());
  return *found && (*found)->content;
}

record::Outcome<http::Response> make(const AppContext& context, const AppRequest& request,
                                     const record::NewAccount& wanted, const WriteTransaction& session) {
  const auto managed = managed_by(request, session.connection, session.now_ms * 1000);
  if (!managed) return record::refuse(managed.error());
  if (!managed->covers(wanted.role, wanted.person)) {
    return refused(403, word::kNotAllowed, "clinicians make accounts of their own patients only");
  }
  const auto taken = record::find_account_by_name(session.connection, wanted.name);
  if (!taken) return record::refuse(taken.error());
  if (*taken) return refused(409, word::kNameTaken, "an account has this name already");
  const auto there = is_in_record(context, session, wanted);
  if (!there) return tl::unexpected(there.error());
  if (!*there) return refused(422, word::kInvalid, "the record has no such Patient or Practitioner");
  const auto made = record::create_account(session.connection, wanted, session.now_ms * 1000);
  if (made) {
    auto entry = entry_of(request, record::AuditAct::account_change);
    if (made->role == Role::patient) entry.patients = {made->person};
    session.entries.push_back(std::move(entry));
    if (made->role == Role::clinician) {
      auto notified = notify_others(context, request, session, *made, record::AccountEventKind::clinician);
      if (!notified) return record::refuse(notified.error());
    }
    return json_answer(201, account_document(*made));
  }
  if (made.error().code == ErrorCode::invalid_argument)
    return refused(422, word::kInvalid, made.error().cause);
  if (made.error().code == ErrorCode::conflict)
    return refused(409, word::kPersonTaken, "this person has an account of this role already");
  return record::refuse(made.error());
}

bool is_state(std::string_view text) {
  return text == "disabled" || text == "no-second-factor" || text == "invited" || text == "not-invited";
}

/// `state`: as in the query; empty: any.
bool is_in_state(const Account& account, std::string_view state, bool invited) {
  if (state.empty()) return true;
  if (state == "disabled") return account.disabled;
  if (account.disabled) return false;
  if (state == "no-second-factor")
    return account.has_password && !account.has_second_factor && record::needs_second_factor(account.role);
  return !account.has_password && invited == (state == "invited");
}

}  // namespace

void list_accounts(AppContext&, const SharedRequest& request, record::Connection& connection,
                   const http::Respond& respond) {
  record::AccountQuery query;
  std::int64_t count = query.count;
  std::optional<Role> role;
  std::string state;
  for (const auto& [name, value] : request->query) {
    if (name == "after")
      query.after = value;
    else if (name == "search")
      query.holding = value;
    else if (name == "role" && record::parse_role(value))
      role = record::parse_role(value);
    else if (name == "state" && is_state(value))
      state = value;
    else if (name == "count" && value.size() <= 3 &&
             value.find_first_not_of("0123456789") == std::string::npos && !value.empty())
      count = std::clamp<std::int64_t>(std::stoll(value), 1, kMostAccounts);
    else
      return respond(
          refused(400, word::kInvalid, "the list knows after, search, role, state and count (1 to 200)"));
  }
  const auto managed = managed_by(*request, connection, record::milliseconds_now() * 1000);
  if (!managed) return respond_read(request, respond, record::refuse(managed.error()));
  query.count = kMostAccounts;
  const auto invited = record::open_invitations(connection, record::milliseconds_now() * 1000);
  if (!invited) return respond_read(request, respond, record::refuse(invited.error()));
  const auto requests = record::open_requests(connection, record::milliseconds_now() * 1000);
  if (!requests) return respond_read(request, respond, record::refuse(requests.error()));
  fhir::Json list = fhir::Json::array();
  bool more = false;
  for (bool end = false; !end && !more;) {
    const auto page = record::list_accounts(connection, query);
    if (!page) return respond_read(request, respond, record::refuse(page.error()));
    end = page->size() < static_cast<std::size_t>(query.count);
    for (const Account& account : *page) {
      query.after = account.name;
      if (!managed->covers(account.role, account.person)) continue;
      if ((role && account.role != *role) || !is_in_state(account, state, invited->count(account.id) > 0))
        continue;
      more = list.size() == static_cast<std::size_t>(count);
      if (more) break;
      list.push_back(account_document(account));
      if (const auto until = invited->find(account.id); until != invited->end())
        list.back()["invitedUntil"] = time_text(until->second);
      add_requests(list.back(), account, *requests);
    }
  }
  respond_read(request, respond, json_answer(200, {{"accounts", std::move(list)}, {"more", more}}));
}

void make_account(AppContext& context, const SharedRequest& request, record::Connection&,
                  const http::Respond& respond) {
  Fields fields{request->body};
  record::NewAccount wanted;
  wanted.name = fields.text("name");
  const auto role = record::parse_role(fields.text("role"));
  wanted.person = fields.text_or_empty("person");
  wanted.mail = fields.text_or_empty("mail");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!role || *role == Role::program || *role == Role::carer) {
    return respond(refused(422, word::kInvalid, "role is patient, clinician or administrator"));
  }
  wanted.role = *role;
  write(context, request, respond, [request, wanted, &context](const WriteTransaction& session) {
    return make(context, *request, wanted, session);
  });
}

void change_account(AppContext& context, const SharedRequest& request, record::Connection&,
                    const http::Respond& respond) {
  Fields fields{request->body};
  const auto disabled = fields.flag("disabled");
  const auto mail = fields.optional_text("mail");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (disabled && *disabled && request->path.at(1) == request->open->session.account.id) {
    return respond(refused(422, word::kInvalid, "you cannot disable your own account"));
  }
  change_managed(
      context, request, respond,
      [request, disabled, mail, &context](const WriteTransaction& session,
                                          const Account& account) -> record::Outcome<http::Response> {
        const bool by_administrator = request->open->session.account.role == Role::administrator;
        if (disabled && !*disabled && account.disabled && !by_administrator)
          return refused(403, word::kNotAllowed, "only an administrator can enable a disabled account");
        if (mail && *mail != account.mail) {
          const bool own = account.id == request->open->session.account.id;
          const auto set =
              record::set_mail(session.connection, account.id, *mail, own ? 0 : session.now_ms * 1000);
          if (!set && set.error().code == ErrorCode::invalid_argument)
            return refused(422, word::kInvalid, set.error().cause);
          if (!set) return record::refuse(set.error());
          if (!own && account.has_password) {
            if (auto queued =
                    notify_others(context, *request, session, account, record::AccountEventKind::mail);
                !queued)
              return record::refuse(queued.error());
          }
        }
        if (disabled) {
          if (auto set = record::set_disabled(session.connection, account.id, *disabled); !set)
            return record::refuse(set.error());
        }
        const auto now = record::find_account(session.connection, account.id);
        if (!now) return record::refuse(now.error());
        return json_answer(200, account_document(now->value()));
      });
}

namespace {

/// Issues a link to a new password. The holder of such a link could take the account over. So it goes to the
/// owner's mail, unseen, or a second person must request it too, if there is one.
record::Outcome<http::Response> invite_anew(AppContext& context, const AppRequest& request,
                                            const Account& account, const WriteTransaction& session) {
  const std::string& by = request.open->session.account.id;
  const std::int64_t now_us = session.now_ms * 1000;
  const bool by_mail = context.options.sends_mail && record::has_known_mail(account, now_us);
  if (!by_mail) {
    const auto other = record::has_second_person(session.connection, account, by, false, now_us);
    if (!other) return record::refuse(other.error());
    if (*other) {
      const auto go_on = record::second_person_asks(session.connection, account.id,
                                                    record::AccountRequestKind::invitation, by, now_us);
      if (!go_on) return record::refuse(go_on.error());
      if (!*go_on) return waits_for_second_person(now_us);
    }
  }
  const auto secret = record::invite(session.connection, account.id, by, now_us);
  if (!secret) return record::refuse(secret.error());
  auto notified = notify_others(context, request, session, account, record::AccountEventKind::invitation);
  if (!notified) return record::refuse(notified.error());
  const std::int64_t ends_us = now_us + record::kInvitationUs;
  if (!by_mail) {
    auto document = link_document(invitation_link(request.asked_origin, *secret), ends_us);
    document["mailed"] = false;
    return json_answer(201, document);
  }
  const auto mail = invitation_mail(context.options.site, account, invitation_link(request.origin, *secret));
  if (auto queued = record::queue_mail(session.connection, mail, now_us); !queued)
    return record::refuse(queued.error());
  return json_answer(201, {{"endsAt", time_text(ends_us)}, {"mailed", true}});
}

record::Outcome<http::Response> invite_first(const AppContext& context, const AppRequest& request,
                                             const Account& account, const WriteTransaction& session) {
  const std::int64_t now_us = session.now_ms * 1000;
  const auto secret =
      record::invite(session.connection, account.id, request.open->session.account.id, now_us);
  if (!secret) return record::refuse(secret.error());
  auto document =
      link_document(invitation_link(request.asked_origin, *secret), now_us + record::kInvitationUs);
  document["mailed"] = context.options.sends_mail && !account.mail.empty();
  if (document["mailed"]) {
    const auto mail =
        invitation_mail(context.options.site, account, invitation_link(request.origin, *secret));
    if (auto queued = record::queue_mail(session.connection, mail, now_us); !queued)
      return record::refuse(queued.error());
  }
  return json_answer(201, document);
}

}  // namespace

void invite_account(AppContext& context, const SharedRequest& request, record::Connection&,
                    const http::Respond& respond) {
  if (auto problem = Fields{request->body}.problem()) return respond(std::move(*problem));
  change_managed(context, request, respond,
                 [request, &context](const WriteTransaction& session,
                                     const Account& account) -> record::Outcome<http::Response> {
                   if (account.disabled) return refused(409, word::kInvalid, "the account is disabled");
                   return account.has_password ? invite_anew(context, *request, account, session)
                                               : invite_first(context, *request, account, session);
                 });
}

void revoke_invitation(AppContext& context, const SharedRequest& request, record::Connection&,
                       const http::Respond& respond) {
  change_managed(
      context, request, respond,
      [](const WriteTransaction& session, const Account& account) -> record::Outcome<http::Response> {
        if (auto done = record::revoke_invitation(session.connection, account.id); !done)
          return record::refuse(done.error());
        return no_content();
      });
}

void remove_second_factor(AppContext& context, const SharedRequest& request, record::Connection&,
                          const http::Respond& respond) {
  if (request->path.at(1) == request->open->session.account.id) {
    return respond(refused(422, word::kInvalid, "another administrator must remove it"));
  }
  change_managed(
      context, request, respond,
      [request, &context](const WriteTransaction& session,
                          const Account& account) -> record::Outcome<http::Response> {
        const std::string& by = request->open->session.account.id;
        const std::int64_t now_us = session.now_ms * 1000;
        const auto other = record::has_second_person(session.connection, account, by, true, now_us);
        if (!other) return record::refuse(other.error());
        if (*other && account.has_second_factor) {
          const auto go_on = record::second_person_asks(
              session.connection, account.id, record::AccountRequestKind::second_factor, by, now_us);
          if (!go_on) return record::refuse(go_on.error());
          if (!*go_on) return waits_for_second_person(now_us);
        }
        if (auto done = record::remove_second_factor(session.connection, account.id); !done)
          return record::refuse(done.error());
        if (account.has_second_factor) {
          auto queued =
              notify_others(context, *request, session, account, record::AccountEventKind::second_factor);
          if (!queued) return record::refuse(queued.error());
        }
        return no_content();
      });
}

}  // namespace reprise::server
