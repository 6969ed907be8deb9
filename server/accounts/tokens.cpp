// SPDX-License-Identifier: Apache-2.0
#include "base/time.h"
#include "record/accounts/api_token.h"
#include "server/accounts/handlers.h"
#include "server/app_api/documents.h"

namespace reprise::server {
namespace {

using record::WriteTransaction;

constexpr std::int64_t kUsualDays = 90;
constexpr std::int64_t kMostDays = 366;
constexpr std::int64_t kDayUs = in_us(std::chrono::days{1});

/// Parses scopes for `record::create_token`; nullopt if they are invalid.
std::optional<std::vector<record::TokenScope>> scopes_of(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : " ") + text;
  auto scopes = record::parse_scopes(joined);
  if (!scopes) return {};
  return std::move(*scopes);
}

fhir::Json token_document(const record::ApiToken& token) {
  fhir::Json scopes = fhir::Json::array();
  for (const auto& scope : token.scopes) scopes.push_back(to_string(std::span{&scope, 1}));
  fhir::Json document = {{"id", token.id},
                         {"name", token.name},
                         {"scopes", std::move(scopes)},
                         {"patient", token.patient},
                         {"createdAt", time_text(token.created_us)}};
  if (token.ends_us) document["endsAt"] = time_text(*token.ends_us);
  return document;
}

}  // namespace

void list_tokens(AppContext&, const SharedRequest& request, record::Connection& connection,
                 const http::Respond& respond) {
  const auto tokens =
      record::list_tokens(connection, request->open->session.account.id, record::milliseconds_now() * 1000);
  if (!tokens) return respond_read(request, respond, record::refuse(tokens.error()));
  fhir::Json list = fhir::Json::array();
  for (const auto& token : *tokens) list.push_back(token_document(token));
  respond_read(request, respond, json_answer(200, {{"tokens", std::move(list)}}));
}

void make_token(AppContext& context, const SharedRequest& request, record::Connection&,
                const http::Respond& respond) {
  Fields fields{request->body};
  record::NewToken wanted;
  wanted.name = fields.text("name");
  const auto scopes = scopes_of(fields.texts("scopes"));
  wanted.patient = fields.text_or_empty("patient");
  const std::int64_t days = fields.number("days").value_or(kUsualDays);
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!scopes) return respond(refused(422, word::kInvalid, "scopes are written as user/Observation.rs"));
  if (days < 1 || days > kMostDays) return respond(refused(422, word::kInvalid, "days is 1 to 366"));
  if (request->open->session.account.role == record::Role::carer)
    return respond(refused(403, word::kNotAllowed, "carers make no tokens"));
  wanted.scopes = *scopes;
  wanted.account = request->open->session.account.id;
  write(context, request, respond,
        [=](const WriteTransaction& session) mutable -> record::Outcome<http::Response> {
          const std::int64_t now_us = session.now_ms * 1000;
          wanted.ends_us = now_us + days * kDayUs;
          const auto made = record::create_token(session.connection, wanted, now_us);
          if (!made && made.error().code == ErrorCode::invalid_argument)
            return refused(422, word::kInvalid, made.error().cause);
          if (!made) return record::refuse(made.error());
          const auto found = record::find_token(session.connection, made->hash, now_us);
          if (!found) return record::refuse(found.error());
          session.entries.push_back(entry_of(*request, record::AuditAct::account_change));
          fhir::Json document = token_document(found->value());
          document["token"] = made->text;
          return json_answer(201, document);
        });
}

void revoke_token(AppContext& context, const SharedRequest& request, record::Connection&,
                  const http::Respond& respond) {
  write(context, request, respond,
        [request](const WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto ended = record::revoke_token(session.connection, request->open->session.account.id,
                                                  request->path.back());
          if (!ended) return record::refuse(ended.error());
          if (!*ended) return refused(404, word::kNotFound, "there is no such token, or it has ended");
          session.entries.push_back(entry_of(*request, record::AuditAct::account_change));
          return no_content();
        });
}

}  // namespace reprise::server
