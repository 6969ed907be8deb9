// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/routes.h"

#include "server/accounts/handlers.h"

namespace reprise::server {

std::vector<Route> account_routes() {
  return {
      {"GET", "/session", Requires::nothing, show_session},
      {"POST", "/session", Requires::nothing, sign_in},
      {"DELETE", "/session", Requires::nothing, sign_out},
      {"POST", "/second-factor", Requires::second_factor, pass_second_factor},
      {"POST", "/enrolment", Requires::enrolment, begin_enrolment, Proof::recent},
      {"POST", "/proof", Requires::enrolment, prove},
      {"POST", "/passkey-proof/challenge", Requires::full, at_passkey_site(begin_proof_by_passkey)},
      {"POST", "/passkey-proof", Requires::full, at_passkey_site(prove_by_passkey)},
      {"POST", "/enrolment/confirmation", Requires::enrolment, confirm_enrolment},
      {"POST", "/recovery-codes", Requires::full, renew_recovery_codes},
      {"PUT", "/password", Requires::full, change_password},
      {"GET", "/sessions", Requires::full, list_sessions},
      {"DELETE", "/sessions", Requires::full, end_other_sessions, Proof::recent},
      {"DELETE", "/sessions/*", Requires::full, end_session},
      {"POST", "/passkey-session/challenge", Requires::nothing, at_passkey_site(begin_passkey_sign_in)},
      {"POST", "/passkey-session", Requires::nothing, at_passkey_site(sign_in_by_passkey)},
      {"GET", "/passkeys", Requires::full, list_passkeys},
      {"POST", "/passkeys/challenge", Requires::full, at_passkey_site(begin_passkey), Proof::recent},
      {"POST", "/passkeys", Requires::full, at_passkey_site(add_passkey)},
      {"PATCH", "/passkeys/*", Requires::full, rename_passkey},
      {"DELETE", "/passkeys/*", Requires::full, end_passkey},
      {"POST", "/invitation", Requires::nothing, show_invitation},
      {"POST", "/invitation/acceptance", Requires::nothing, accept_invitation},
      {"POST", "/password-reset", Requires::nothing, request_password_reset},
      {"POST", "/password-reset/link", Requires::nothing, show_password_reset},
      {"POST", "/password-reset/acceptance", Requires::nothing, redeem_password_reset},
      {"GET", "/accounts", Requires::manager, list_accounts},
      {"POST", "/accounts", Requires::manager, make_account, Proof::recent},
      {"PATCH", "/accounts/*", Requires::manager, change_account, Proof::recent},
      {"POST", "/accounts/*/invitation", Requires::manager, invite_account, Proof::recent},
      {"DELETE", "/accounts/*/invitation", Requires::manager, revoke_invitation},
      {"DELETE", "/accounts/*/second-factor", Requires::administrator, remove_second_factor, Proof::recent},
      {"GET", "/events", Requires::full, list_events},
      {"POST", "/emergency", Requires::clinician, break_glass, Proof::recent},
      {"GET", "/emergency", Requires::full, list_emergencies},
      {"POST", "/emergency/search", Requires::clinician, find_patient},
      {"GET", "/tokens", Requires::full, list_tokens},
      {"POST", "/tokens", Requires::full, make_token, Proof::recent},
      {"DELETE", "/tokens/*", Requires::full, revoke_token},
  };
}

}  // namespace reprise::server
