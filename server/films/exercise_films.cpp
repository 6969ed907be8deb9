// SPDX-License-Identifier: Apache-2.0
#include "server/films/exercise_films.h"

#include <string>
#include <utility>

#include "base/base64.h"
#include "fhir/fields/fields.h"
#include "record/store/transaction.h"
#include "server/app_api/app_request.h"
#include "server/authentication/authenticate.h"
#include "server/fhir_api/answer.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/payload/media_type.h"
#include "server/films/exercise_film.h"
#include "server/http/byte_range.h"
#include "server/http/routing.h"
#include "server/reactions/stored_json.h"

namespace reprise::server {
namespace {

using record::Need;

constexpr const char* kFilmLibrary = "Library";
constexpr const char* kFilmBinary = "Binary";
constexpr std::size_t kMostKeptBytes = 4 * kMostFilmBytes;  // unsourced default
constexpr std::string_view kContentPath = "/exercise-films/*/*";

http::Response no_such_film() {
  return refused(404, word::kNotFound, "there is no such film for this account");
}

http::Response not_answered(const Error& error) {
  return answer(record::refuse(error).value());
}

struct FilmAddress {
  std::string library;
  std::string content;
};

/// `target`: of the form kContentPath.
FilmAddress address_in(std::string_view target) {
  target = target.substr(0, target.find('?'));
  target.remove_prefix(kFilmsPath.size() + 1);
  const auto slash = target.find('/');
  return {std::string{target.substr(0, slash)}, std::string{target.substr(slash + 1)}};
}

std::shared_ptr<const FilmContent> content_of(const record::Stored& stored) {
  const auto binary = json_in(stored);
  if (!binary || !is_film_content(*binary)) return nullptr;
  auto bytes = from_base64(json::text_of(*binary, "data"));
  if (!bytes) return nullptr;
  return std::make_shared<const FilmContent>(
      FilmContent{std::string{json::text_of(*binary, "contentType")}, std::move(*bytes)});
}

/// A browser may play it on a page of this server, and do nothing else with it.
http::Response sent(const http::Request& request, const FilmAddress& address, const FilmContent& content) {
  return http::answer_ranges(request, content.bytes, '"' + address.content + '"',
                             {{"content-type", content.media_type},
                              {"cache-control", "private, max-age=31536000, immutable"},
                              {"content-security-policy", "default-src 'none'; sandbox"}});
}

record::AuditEntry entry_of(const record::Principal& principal, const std::string& address,
                            const record::Stored& stored) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = record::AuditAct::create;
  entry.purpose = record::AuditPurpose::administration;
  entry.agent = agent_of(principal.role);
  entry.account = principal.account;
  entry.person = principal.person;
  entry.address = address;
  entry.resource_type = stored.type;
  entry.resource_id = stored.id;
  entry.resource_version = std::to_string(stored.version);
  return entry;
}

/// Whether it is a user or a program that writes the clinic's knowledge, such as a clinician.
bool writes_films(const record::Permission& permission) {
  return permission.may(kFilmLibrary, Need::create);
}

}  // namespace

ExerciseFilms::ExerciseFilms(record::Record& record) : record_(record), contents_(kMostKeptBytes) {}

void ExerciseFilms::handle(http::Request request, http::Respond respond) {
  const std::string_view path = std::string_view{request.target}.substr(0, request.target.find('?'));
  const bool reads = request.method == "GET" || request.method == "HEAD";
  const bool is_content = http::matches(kContentPath, path);
  if (!is_content && path != kFilmsPath) return respond(no_such_film());
  if (is_content ? !reads : request.method != "POST") {
    auto response = refused(405, word::kInvalid, "this address is not for that method");
    response.fields.push_back({"allow", is_content ? "GET, HEAD" : "POST"});
    return respond(std::move(response));
  }
  const bool taken =
      record_.read([this, request = std::move(request), respond](record::Connection& connection) {
        answer_request(request, connection, respond);
      });
  if (!taken) respond(refused(503, word::kBusy, "too much is waiting; try again in a moment"));
}

void ExerciseFilms::answer_request(const http::Request& request, record::Connection& connection,
                                   const http::Respond& respond) {
  const auto known = authenticate(request, connection);
  if (!known) return respond(answer(known.error()));
  if (!known->seen_session.empty()) note_seen(record_, known->seen_session);
  if (request.method == "POST") return store_content(request, known->permission, respond);
  answer_content(request, connection, known->permission, respond);
}

void ExerciseFilms::answer_content(const http::Request& request, record::Connection& connection,
                                   const record::Permission& permission, const http::Respond& respond) {
  if (!permission.may(kFilmLibrary, Need::read)) return respond(no_such_film());
  const FilmAddress address = address_in(request.target);
  const auto library = record::find_resource(connection, record_.index_ids(), kFilmLibrary, address.library);
  if (!library) return respond(not_answered(library.error()));
  const auto json = json_in(*library);
  const auto film = json ? exercise_film_in(*json) : std::nullopt;
  const bool names = film && (film->film == address.content || film->poster == address.content);
  if (!names || !(film->is_shown || writes_films(permission))) return respond(no_such_film());
  if (const auto kept = contents_.find(address.content)) return respond(sent(request, address, *kept));
  const auto binary = record::find_resource(connection, record_.index_ids(), kFilmBinary, address.content);
  if (!binary) return respond(not_answered(binary.error()));
  const auto content = *binary && (*binary)->content ? content_of(**binary) : nullptr;
  if (content == nullptr) return respond(no_such_film());
  contents_.keep(address.content, content);
  respond(sent(request, address, *content));
}

void ExerciseFilms::store_content(const http::Request& request, const record::Permission& permission,
                                  const http::Respond& respond) {
  const record::Principal* principal = permission.principal();
  if (principal == nullptr || !writes_films(permission))
    return respond(refused(403, word::kNotAllowed, "clinicians and administrators add films"));
  const std::string* field = http::find_field(request.fields, "content-type");
  const std::string type = field != nullptr ? media_type(*field) : std::string{};
  if (request.body.size() > kMostFilmBytes)
    return respond(refused(413, word::kInvalid, "a film has at most 12000000 bytes; cut it"));
  if (const auto checked = check_film_content(type, request.body); !checked)
    return respond(refused(422, word::kInvalid, to_string(checked.error())));
  auto created = std::make_shared<record::Stored>();
  record_.write({[this, created, body = film_binary(type, request.body).dump(), who = *principal,
                  address = request.remote_address](
                     const record::WriteTransaction& session) -> std::optional<record::Refusal> {
                   const record::Context context{
                       record_.index_ids(), record_.checks_references(), {}, record_.opened()};
                   const auto ready = record::make_ready(
                       {{{}, {record::Verb::create, kFilmBinary, {}, {}, {}, body}}}, session, context);
                   if (!ready) return ready.error();
                   auto done = record::perform(session, context, *ready);
                   if (!done) return done.error();
                   *created = std::move(*done->front().stored);
                   session.entries.push_back(entry_of(who, address, *created));
                   return {};
                 },
                 [created, respond](const std::optional<record::Refusal>& refusal) {
                   respond(refusal ? answer(*refusal) : json_answer(201, {{"id", created->id}}));
                 }});
}

}  // namespace reprise::server
