// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/passkey.h"

#include <algorithm>
#include <array>

#include "base/base64.h"
#include "base/plain_text.h"
#include "record/accounts/oversight.h"
#include "record/webauthn/ceremony.h"
#include "server/accounts/handlers.h"
#include "server/accounts/mail_templates.h"
#include "server/accounts/passkey_assertion.h"
#include "server/accounts/passkey_site.h"
#include "server/app_api/documents.h"

// The passkeys of the own account (docs/operations/access.md#passkeys).
namespace reprise::server {
namespace {

using record::AuditAct;
using record::AuditOutcome;
using record::WriteTransaction;

constexpr std::array<std::string_view, 6> kTransports = {"ble", "hybrid", "internal",
                                                         "nfc", "usb",    "smart-card"};

fhir::Json transports_of(const record::Passkey& passkey) {
  fhir::Json list = fhir::Json::array();
  for (const std::string_view known : kTransports) {
    const std::string all = "," + passkey.transports + ",";
    if (all.find("," + std::string{known} + ",") != std::string::npos) list.push_back(known);
  }
  return list;
}

std::string known_transports(const std::vector<std::string>& given) {
  std::string text;
  for (const std::string_view known : kTransports) {
    if (std::find(given.begin(), given.end(), known) == given.end()) continue;
    if (!text.empty()) text += ',';
    text += known;
  }
  return text;
}

fhir::Json passkey_document(const record::Passkey& passkey) {
  fhir::Json document = {
      {"id", passkey.id}, {"name", passkey.name}, {"createdAt", time_text(passkey.made_us)}};
  if (passkey.used_us > 0) document["usedAt"] = time_text(passkey.used_us);
  return document;
}

std::optional<std::string> problem_in_name(const std::string& name) {
  if (name.find_first_not_of(' ') == std::string::npos) return "the name is empty";
  if (!is_one_line(name)) return "the name is not text of one line";
  if (name.size() > record::kLongestPasskeyName) return "the name has more than 120 bytes";
  return {};
}

/// Records the change and notifies the owner.
Result<void> note_change(const AppContext& context, const AppRequest& request,
                         const WriteTransaction& session, record::AccountEventKind kind,
                         const std::string& language) {
  const record::Account& own = request.open->session.account;
  const std::int64_t now_us = session.now_ms * 1000;
  auto noted = record::note_account_event(
      session.connection, {.kind = kind, .account = own.id, .patient = {}, .by = own.id, .at_us = now_us});
  session.entries.push_back(
      with_reason(entry_of(request, AuditAct::account_change), std::string{to_string(kind)}));
  if (!noted || !context.options.sends_mail) return noted;
  const auto account = record::find_account(session.connection, own.id);
  if (!account) return tl::unexpected(account.error());
  if (!*account || (*account)->mail.empty()) return {};
  return record::queue_mail(session.connection,
                            passkeys_changed_mail(context.options.site, **account, request.origin, language),
                            now_us);
}

struct Added {
  record::NewPasskey passkey;
  std::string challenge;
  std::string language;
};

/// Reads a new passkey from what the browser sent. An error is the refusal's sentence.
tl::expected<record::NewPasskey, std::string> read_passkey(Fields& fields, const record::webauthn::Site& site,
                                                           std::string& challenge) {
  const auto client_text = from_base64url(fields.text("clientData"));
  const auto data = from_base64url(fields.text("authenticatorData"));
  if (!client_text || !data) return tl::unexpected(std::string{"the passkey is not in base64url"});
  const auto client =
      record::webauthn::read_client_data(*client_text, record::webauthn::Ceremony::create, site);
  if (!client) return tl::unexpected(client.error().cause);
  auto made = record::webauthn::read_new_credential(*data, site);
  if (!made) return tl::unexpected(made.error().cause);
  challenge = client->challenge;
  return record::NewPasskey{to_base64url(made->id), std::move(made->key), made->counter, {}, {}};
}

record::Outcome<http::Response> store_passkey(const AppContext& context, const AppRequest& request,
                                              const WriteTransaction& session, const Added& added) {
  const std::int64_t now_us = session.now_ms * 1000;
  const auto valid = record::use_passkey_challenge(
      session.connection, added.challenge, record::webauthn::Ceremony::create, request.open->hash, now_us);
  if (!valid) return record::refuse(valid.error());
  if (!*valid) {
    session.entries.push_back(with_reason(entry_of(request, AuditAct::account_change, AuditOutcome::refused),
                                          "passkey: challenge"));
    return refused(422, word::kEnded, "the challenge was used, has ended, or is of another session");
  }
  const auto id =
      record::keep_passkey(session.connection, request.open->session.account.id, added.passkey, now_us);
  if (!id && id.error().code == ErrorCode::conflict) return refused(409, word::kInvalid, id.error().cause);
  if (!id) return record::refuse(id.error());
  const auto noted =
      note_change(context, request, session, record::AccountEventKind::passkey_added, added.language);
  if (!noted) return record::refuse(noted.error());
  return json_answer(201, {{"id", *id}, {"name", added.passkey.name}, {"createdAt", time_text(now_us)}});
}

}  // namespace

fhir::Json passkey_descriptor(const record::Passkey& passkey) {
  return {{"id", passkey.credential}, {"transports", transports_of(passkey)}};
}

void list_passkeys(AppContext&, const SharedRequest& request, record::Connection& connection,
                   const http::Respond& respond) {
  const auto passkeys = record::passkeys_of(connection, request->open->session.account.id);
  if (!passkeys) return respond_read(request, respond, record::refuse(passkeys.error()));
  fhir::Json list = fhir::Json::array();
  for (const auto& one : *passkeys) list.push_back(passkey_document(one));
  respond_read(request, respond, json_answer(200, {{"passkeys", std::move(list)}}));
}

void begin_passkey(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                   const record::webauthn::Site& site) {
  if (auto problem = Fields{request->body}.problem()) return respond(std::move(*problem));
  write(context, request, respond,
        [=, name = context.options.site](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto& own = request->open->session.account;
          const auto passkeys = record::passkeys_of(session.connection, own.id);
          if (!passkeys) return record::refuse(passkeys.error());
          const auto challenge =
              record::new_passkey_challenge(session.connection, record::webauthn::Ceremony::create,
                                            request->open->hash, session.now_ms * 1000);
          if (!challenge) return record::refuse(challenge.error());
          fhir::Json existing = fhir::Json::array();
          for (const auto& one : *passkeys) existing.push_back(passkey_descriptor(one));
          fhir::Json algorithms = fhir::Json::array();
          for (const auto algorithm : record::webauthn::kAlgorithms)
            algorithms.push_back(static_cast<int>(algorithm));
          return json_answer(200, {{"challenge", *challenge},
                                   {"site", {{"id", site.id}, {"name", name}}},
                                   {"user", {{"id", to_base64url(own.id)}, {"name", own.name}}},
                                   {"algorithms", std::move(algorithms)},
                                   {"existing", std::move(existing)}});
        });
}

void add_passkey(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                 const record::webauthn::Site& site) {
  Fields fields{request->body};
  Added added;
  const std::string name = fields.text("name");
  const auto transports = fields.texts("transports");
  added.language = page_language(fields, context);
  auto read = read_passkey(fields, site, added.challenge);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (auto problem = problem_in_name(name)) return respond(refused(422, word::kInvalid, *problem));
  if (!read) {
    context.record.note(with_reason(entry_of(*request, AuditAct::account_change, AuditOutcome::refused),
                                    "passkey: " + read.error()));
    return respond(refused(422, word::kInvalid, read.error()));
  }
  added.passkey = std::move(*read);
  added.passkey.name = name;
  added.passkey.transports = known_transports(transports);
  write(context, request, respond, [=, &context](const WriteTransaction& session) {
    return store_passkey(context, *request, session, added);
  });
}

void rename_passkey(AppContext& context, const SharedRequest& request, record::Connection&,
                    const http::Respond& respond) {
  Fields fields{request->body};
  const std::string name = fields.text("name");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (auto problem = problem_in_name(name)) return respond(refused(422, word::kInvalid, *problem));
  write(context, request, respond, [=](const WriteTransaction& session) -> record::Outcome<http::Response> {
    const auto renamed = record::rename_passkey_of(session.connection, request->open->session.account.id,
                                                   request->path.back(), name);
    if (!renamed) return record::refuse(renamed.error());
    if (!*renamed) return refused(404, word::kNotFound, "there is no such passkey");
    session.entries.push_back(with_reason(entry_of(*request, AuditAct::account_change), "passkey-renamed"));
    return no_content();
  });
}

void end_passkey(AppContext& context, const SharedRequest& request, record::Connection&,
                 const http::Respond& respond) {
  Fields fields{request->body};
  const std::string language = page_language(fields, context);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  write(context, request, respond,
        [=, &context](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto ended = record::end_passkey_of(session.connection, request->open->session.account.id,
                                                    request->path.back());
          if (!ended) return record::refuse(ended.error());
          if (!*ended) return refused(404, word::kNotFound, "there is no such passkey");
          const auto noted =
              note_change(context, *request, session, record::AccountEventKind::passkey_removed, language);
          if (!noted) return record::refuse(noted.error());
          return no_content();
        });
}

}  // namespace reprise::server
