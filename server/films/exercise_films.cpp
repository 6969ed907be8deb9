// SPDX-License-Identifier: Apache-2.0
#include "server/films/exercise_films.h"

#include <set>
#include <string>
#include <utility>

#include "base/base64.h"
#include "fhir/fields/fields.h"
#include "record/store/erasure.h"
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
constexpr std::string_view kLibraryPath = "/exercise-films/*";
constexpr std::size_t kMostFilmVersions = 1000;

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

/// `target`: of the form kContentPath or kLibraryPath.
FilmAddress address_in(std::string_view target) {
  target = target.substr(0, target.find('?'));
  target.remove_prefix(kFilmsPath.size() + 1);
  const auto slash = target.find('/');
  if (slash == std::string_view::npos) return {std::string{target}, {}};
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
http::Response film_answer(const http::Request& request, const FilmAddress& address,
                           const FilmContent& content) {
  return http::answer_ranges(request, content.bytes, '"' + address.content + '"',
                             {{"content-type", content.media_type},
                              {"cache-control", "private, max-age=31536000, immutable"},
                              {"content-security-policy", "default-src 'none'; sandbox"}});
}

record::AuditEntry entry_of(record::AuditAct act, const record::Principal& principal,
                            const std::string& address, const record::Stored& stored) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = act;
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

/// Performs one change as the server; the guards of FHIR's API do not see it.
record::Outcome<record::Stored> perform_one(const record::Record& record,
                                            const record::WriteTransaction& session,
                                            record::Operation operation) {
  const record::Context context{record.index_ids(), record.checks_references(), {}, record.opened()};
  const auto ready = record::make_ready({{{}, std::move(operation)}}, session, context);
  if (!ready) return tl::unexpected(ready.error());
  auto done = record::perform(session, context, *ready);
  if (!done) return tl::unexpected(done.error());
  return std::move(done->front().stored).value_or(record::Stored{});
}

/// The Binaries that any version of a Library names as a film or a poster.
record::Outcome<std::set<std::string>> contents_ever(const record::Record& record,
                                                     const record::WriteTransaction& session,
                                                     const std::string& library) {
  record::HistoryQuery query;
  query.type = kFilmLibrary;
  query.id = library;
  query.count = kMostFilmVersions;
  const auto history = record::read_history(session.connection, record.index_ids(), query);
  if (!history) return record::refuse(history.error());
  std::set<std::string> ids;
  for (const record::Stored& version : history->versions) {
    const auto json = json_in(version);
    const auto film = json ? exercise_film_in(*json) : std::nullopt;
    if (film) ids.insert({film->film, film->poster});
  }
  return ids;
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
  const bool is_library = http::matches(kLibraryPath, path);
  if (!is_content && !is_library && path != kFilmsPath) return respond(no_such_film());
  const char* allowed = is_content ? "GET, HEAD" : is_library ? "DELETE" : "POST";
  if (is_content ? !reads : request.method != allowed) {
    auto response = refused(405, word::kInvalid, "this address is not for that method");
    response.fields.push_back({"allow", allowed});
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
  if (request.method == "DELETE") return erase_films(request, known->permission, respond);
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
  if (const auto kept = contents_.find(address.content)) return respond(film_answer(request, address, *kept));
  const auto binary = record::find_resource(connection, record_.index_ids(), kFilmBinary, address.content);
  if (!binary) return respond(not_answered(binary.error()));
  const auto content = *binary && (*binary)->content ? content_of(**binary) : nullptr;
  if (content == nullptr) return respond(no_such_film());
  contents_.keep(address.content, content);
  respond(film_answer(request, address, *content));
}

void ExerciseFilms::store_content(const http::Request& request, const record::Permission& permission,
                                  const http::Respond& respond) {
  const record::Principal* principal = permission.principal();
  if (principal == nullptr || !writes_films(permission))
    return respond(refused(403, word::kNotAllowed, "clinicians and administrators add films"));
  const std::string* field = http::find_field(request.fields, "content-type");
  const std::string type = field != nullptr ? media_type(*field) : std::string{};
  if (request.body.size() > kMostFilmBytes)
    return respond(refused(413, word::kInvalid,
                           "a film has at most " + std::to_string(kMostFilmBytes) + " bytes; cut it"));
  if (const auto checked = check_film_content(type, request.body); !checked)
    return respond(refused(422, word::kInvalid, to_string(checked.error())));
  auto created = std::make_shared<record::Stored>();
  record_.write(
      {[this, created, body = film_binary(type, request.body).dump(), who = *principal,
        address = request.remote_address](
           const record::WriteTransaction& session) -> std::optional<record::Refusal> {
         auto done = perform_one(record_, session, {record::Verb::create, kFilmBinary, {}, {}, {}, body});
         if (!done) return done.error();
         *created = std::move(*done);
         session.entries.push_back(entry_of(record::AuditAct::create, who, address, *created));
         return {};
       },
       [created, respond](const std::optional<record::Refusal>& refusal) {
         respond(refusal ? answer(*refusal) : json_answer(201, {{"id", created->id}}));
       }});
}

void ExerciseFilms::erase_films(const http::Request& request, const record::Permission& permission,
                                const http::Respond& respond) {
  const record::Principal* principal = permission.principal();
  if (principal == nullptr || !permission.may(kFilmLibrary, Need::erase))
    return respond(refused(403, word::kNotAllowed, "clinicians and administrators erase films"));
  auto erased = std::make_shared<std::set<std::string>>();
  record_.write({[this, erased, library = address_in(request.target).library, who = *principal,
                  address = request.remote_address](
                     const record::WriteTransaction& session) -> std::optional<record::Refusal> {
                   auto ids = contents_ever(record_, session, library);
                   if (!ids) return ids.error();
                   *erased = std::move(*ids);
                   if (erased->empty())
                     return record::refuse(record::RefusalKind::not_found, fhir::IssueType::not_found,
                                           "there is no such film")
                         .value();
                   for (const std::string& id : *erased) {
                     const auto done =
                         record::erase_content(session, record_.index_ids(), {}, kFilmBinary, id);
                     if (!done) return record::refuse(done.error()).value();
                   }
                   const auto removed = perform_one(
                       record_, session, {record::Verb::remove, kFilmLibrary, library, {}, {}, {}});
                   if (!removed) return removed.error();
                   record::Stored named = *removed;
                   named.type = kFilmLibrary;
                   named.id = library;
                   session.entries.push_back(entry_of(record::AuditAct::erase, who, address, named));
                   return {};
                 },
                 [this, erased, respond](const std::optional<record::Refusal>& refusal) {
                   for (const std::string& id : *erased) contents_.forget(id);
                   respond(refusal ? answer(*refusal) : no_content());
                 }});
}

}  // namespace reprise::server
