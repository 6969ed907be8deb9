#pragma once

#include "server/sign_in/desk.h"

// One function for each thing that can be asked for. Each responds once.
namespace reprise::server {

using Handler = void(Desk&, const SharedCall&, record::Connection&, const http::Respond&);

// signing_in.cpp
Handler show_session, sign_in, sign_out, pass_second_factor, begin_enrolment, confirm_enrolment;
// own_account.cpp
Handler change_password, renew_recovery_codes, list_sessions, end_session, end_other_sessions;
// proof.cpp
Handler prove;
// invitations.cpp
Handler show_invitation, accept_invitation;
// people.cpp
Handler list_accounts, make_account, change_account, invite_account, revoke_invitation, remove_second_factor;
// events.cpp
Handler list_events;
// emergencies.cpp
Handler break_glass, list_emergencies;
// find_patient.cpp
Handler find_patient;
// erasure.cpp
Handler show_erasure, erase_patient;
// administration.cpp
Handler show_state, show_settings, list_erasure_requests, show_verification, begin_verification, show_backup,
    begin_backup;
// tokens.cpp
Handler list_tokens, make_token, revoke_token;

}  // namespace reprise::server
