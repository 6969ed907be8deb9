#include "server/sign_in/sign_in.h"

#include <algorithm>
#include <array>

#include "server/api/api.h"
#include "server/sign_in/handlers.h"

namespace reprise::server {
namespace {

/// How far somebody must have signed in, and as what: a manager is a clinician or an administrator.
enum class Wants { nothing, second_factor, enrolment, full, clinician, manager, administrator };

/// Whether a password or a code must have been shown a short while ago.
enum class Proof { any, recent };

struct Route {
  std::string_view method;
  std::string_view path;  ///< "*" stands for an id
  Wants wants;
  Handler* handler;
  Proof proof = Proof::any;
};

constexpr std::array kRoutes = {
    Route{"GET", "session", Wants::nothing, show_session},
    Route{"POST", "session", Wants::nothing, sign_in},
    Route{"DELETE", "session", Wants::nothing, sign_out},
    Route{"POST", "second-factor", Wants::second_factor, pass_second_factor},
    Route{"POST", "enrolment", Wants::enrolment, begin_enrolment, Proof::recent},
    Route{"POST", "proof", Wants::enrolment, prove},
    Route{"POST", "enrolment/confirmation", Wants::enrolment, confirm_enrolment},
    Route{"POST", "recovery-codes", Wants::full, renew_recovery_codes},
    Route{"PUT", "password", Wants::full, change_password},
    Route{"GET", "sessions", Wants::full, list_sessions},
    Route{"DELETE", "sessions", Wants::full, end_other_sessions, Proof::recent},
    Route{"DELETE", "sessions/*", Wants::full, end_session},
    Route{"POST", "invitation", Wants::nothing, show_invitation},
    Route{"POST", "invitation/acceptance", Wants::nothing, accept_invitation},
    Route{"GET", "accounts", Wants::manager, list_accounts},
    Route{"POST", "accounts", Wants::manager, make_account, Proof::recent},
    Route{"PATCH", "accounts/*", Wants::manager, change_account, Proof::recent},
    Route{"POST", "accounts/*/invitation", Wants::manager, invite_account, Proof::recent},
    Route{"DELETE", "accounts/*/invitation", Wants::manager, revoke_invitation},
    Route{"DELETE", "accounts/*/second-factor", Wants::administrator, remove_second_factor, Proof::recent},
    Route{"GET", "events", Wants::full, list_events},
    Route{"POST", "emergency", Wants::clinician, break_glass, Proof::recent},
    Route{"GET", "emergency", Wants::full, list_emergencies},
    Route{"POST", "emergency/search", Wants::clinician, find_patient},
    Route{"GET", "erasure", Wants::administrator, list_erasure_requests},
    Route{"GET", "erasure/*", Wants::administrator, show_erasure},
    Route{"POST", "erasure", Wants::administrator, erase_patient, Proof::recent},
    Route{"GET", "administration/state", Wants::administrator, show_state},
    Route{"GET", "administration/settings", Wants::administrator, show_settings},
    Route{"GET", "administration/verification", Wants::administrator, show_verification},
    Route{"POST", "administration/verification", Wants::administrator, begin_verification},
    Route{"GET", "administration/backup", Wants::administrator, show_backup},
    Route{"POST", "administration/backup", Wants::administrator, begin_backup},
    Route{"GET", "tokens", Wants::full, list_tokens},
    Route{"POST", "tokens", Wants::full, make_token, Proof::recent},
    Route{"DELETE", "tokens/*", Wants::full, revoke_token},
};

bool leads_to(std::string_view pattern, const std::vector<std::string>& path) {
  for (const std::string& part : path) {
    const std::string_view wanted = pattern.substr(0, pattern.find('/'));
    if (wanted.empty() || (wanted != "*" && wanted != part)) return false;
    pattern.remove_prefix(std::min(pattern.size(), wanted.size() + 1));
  }
  return pattern.empty();
}

tl::expected<const Route*, http::Response> find_route(const Call& call) {
  bool other_method = false;
  const std::string_view method = call.method == "HEAD" ? "GET" : std::string_view{call.method};
  for (const Route& route : kRoutes) {
    if (!leads_to(route.path, call.path)) continue;
    if (route.method == method) return &route;
    other_method = true;
  }
  if (other_method)
    return tl::unexpected(refused(405, word::kInvalid, "this address is not for that method"));
  return tl::unexpected(refused(404, word::kNotFound, "there is nothing at this address"));
}

std::optional<http::Response> check_who(const Call& call, Wants wants) {
  using record::SessionStage;
  if (wants == Wants::nothing) return {};
  const auto stage = call.open ? std::optional{call.open->session.stage} : std::nullopt;
  const bool far_enough = stage && (*stage == SessionStage::full ? wants != Wants::second_factor
                                                                 : (*stage == SessionStage::second_factor
                                                                        ? wants == Wants::second_factor
                                                                        : wants == Wants::enrolment));
  if (!far_enough) return refused(401, word::kNoSession, "sign in first");
  const record::Role role = call.open->session.account.role;
  const bool right_role = (wants != Wants::clinician || role == record::Role::clinician) &&
                          (wants != Wants::administrator || role == record::Role::administrator) &&
                          (wants != Wants::manager || role != record::Role::patient);
  if (!right_role) return refused(403, word::kNotAllowed, "this is not for the role of this account");
  return {};
}

void answer_call(Desk& desk, const std::shared_ptr<Call>& call, const http::Request& request,
                 const Route& route, record::Connection& connection, const http::Respond& respond) {
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  auto open = session_of(request, connection, now_us);
  if (!open) return respond_read(call, respond, tl::unexpected(std::move(open.error())));
  call->open = std::move(*open);
  // Whoever has a session shows that the request comes from its page, also where none is wanted: nobody is to
  // be signed in or out by another site.
  if (call->open && !is_from_own_page(request, call->open->secret)) {
    return respond_read(call, respond,
                        refused(403, word::kCsrf, "the request does not come from a page of this session"));
  }
  if (auto no = check_who(*call, route.wants)) return respond_read(call, respond, std::move(*no));
  if (route.proof == Proof::recent && !is_recent(call->open->session, now_us)) {
    return respond_read(
        call, respond, refused(403, word::kProof, "show the password or a code once more: POST /auth/proof"));
  }
  if (call->open && should_note_seen(call->open->session, now_us)) note_seen(desk.record, call->open->hash);
  desk.refusals.end_minute(now_us);
  route.handler(desk, call, connection, respond);
}

}  // namespace

SignIn::SignIn(record::Record& record, SignInOptions options)
    : desk_(std::make_unique<Desk>(record, std::move(options))) {}

SignIn::~SignIn() = default;

void SignIn::end() {
  desk_->passwords.end();
  desk_->refusals.flush(record::milliseconds_now() * 1000);
  desk_->verification.end();
  desk_->backup.end();
}

void SignIn::handle(http::Request request, http::Respond respond) {
  auto call = read_call(request, desk_->options.public_url, desk_->options.network_url);
  if (!call) return respond(std::move(call.error()));
  const auto route = find_route(*call);
  if (!route) return respond(route.error());
  request.body.clear();
  auto shared = std::make_shared<Call>(std::move(*call));
  const bool taken = desk_->record.read(
      [this, shared, request = std::move(request), route = *route, respond](record::Connection& connection) {
        answer_call(*desk_, shared, request, *route, connection, respond);
      });
  if (!taken) respond(refused(503, word::kBusy, "too much is waiting; try again in a moment"));
}

}  // namespace reprise::server
