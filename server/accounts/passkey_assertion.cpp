// SPDX-License-Identifier: Apache-2.0
#include "server/accounts/passkey_assertion.h"

#include "base/base64.h"
#include "record/accounts/attempt_store.h"
#include "record/accounts/sign_in.h"

namespace reprise::server {

tl::expected<ShownPasskey, std::string> read_shown_passkey(Fields& fields,
                                                           const record::webauthn::Site& site) {
  ShownPasskey shown;
  shown.credential = fields.text("id");
  const auto client_text = from_base64url(fields.text("clientData"));
  const auto data = from_base64url(fields.text("authenticatorData"));
  const auto signature = from_base64url(fields.text("signature"));
  const auto user = from_base64url(fields.text_or_empty("user"));  // a proof is of a known account
  if (!client_text || !data || !signature || !user)
    return tl::unexpected(std::string{"it is not in base64url"});
  auto client = record::webauthn::read_client_data(*client_text, record::webauthn::Ceremony::get, site);
  if (!client) return tl::unexpected(client.error().cause);
  shown.user = *user;
  shown.assertion = {std::move(*client), *data, *signature};
  return shown;
}

Result<tl::expected<VerifiedPasskey, RefusedPasskey>> verify_passkey(const record::WriteTransaction& session,
                                                                     const ShownPasskey& shown,
                                                                     const record::webauthn::Site& site,
                                                                     const std::string& session_hash,
                                                                     const std::string& owner) {
  using Verdict = tl::expected<VerifiedPasskey, RefusedPasskey>;
  const std::int64_t now_us = session.now_ms * 1000;
  const auto refuse = [](std::string why, std::string account = {}) {
    return Verdict{tl::unexpect, RefusedPasskey{std::move(why), std::move(account)}};
  };
  const auto valid = record::use_passkey_challenge(session.connection, shown.assertion.client_data.challenge,
                                                   record::webauthn::Ceremony::get, session_hash, now_us);
  if (!valid) return tl::unexpected(valid.error());
  if (!*valid) return refuse("the challenge was used, has ended, or is of another browser");
  auto passkey = record::find_passkey(session.connection, shown.credential);
  if (!passkey) return tl::unexpected(passkey.error());
  if (!*passkey) return refuse("it is unknown");
  const std::string account = (*passkey)->account;
  const auto wait =
      record::count_attempt(session.connection, record::attempt_of_passkey(account), now_us, {});
  if (!wait) return tl::unexpected(wait.error());
  if (*wait) return Verdict{tl::unexpect, RefusedPasskey{{}, account, **wait}};
  if (owner != account) return refuse("it is of another account", account);
  const auto counter =
      record::webauthn::verify_assertion(shown.assertion, (*passkey)->key, (*passkey)->counter, site);
  if (!counter) return refuse(counter.error().cause, account);
  return Verdict{VerifiedPasskey{std::move(**passkey), *counter}};
}

}  // namespace reprise::server
