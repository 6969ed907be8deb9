// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "server/accounts/passkey_site.h"
#include "server/app_api/app_context.h"

// The handlers of the routes of accounts. Each responds exactly once.
namespace reprise::server {

using HandlerFunction = void(AppContext&, const SharedRequest&, record::Connection&, const http::Respond&);

// sign_in.cpp
HandlerFunction show_session, sign_in, sign_out, pass_second_factor, begin_enrolment, confirm_enrolment;
// own_account.cpp
HandlerFunction change_password, renew_recovery_codes, list_sessions, end_session, end_other_sessions;
// passkeys.cpp
HandlerFunction list_passkeys, rename_passkey, end_passkey;
PasskeyHandler begin_passkey, add_passkey;
// passkey_sign_in.cpp
PasskeyHandler begin_passkey_sign_in, sign_in_by_passkey;
// reauthentication.cpp
HandlerFunction prove;
PasskeyHandler begin_proof_by_passkey, prove_by_passkey;
// invitations.cpp
HandlerFunction show_invitation, accept_invitation;
// password_reset.cpp
HandlerFunction request_password_reset, show_password_reset, redeem_password_reset;
// manage_accounts.cpp
HandlerFunction list_accounts, make_account, change_account, invite_account, revoke_invitation,
    remove_second_factor;
// account_events.cpp
HandlerFunction list_events;
// emergency_access.cpp
HandlerFunction break_glass, list_emergencies;
// find_patient.cpp
HandlerFunction find_patient;
// tokens.cpp
HandlerFunction list_tokens, make_token, revoke_token;

}  // namespace reprise::server
