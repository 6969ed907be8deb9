// SPDX-License-Identifier: Apache-2.0
#include "server/video_visits/video_visits.h"

#include <memory>

#include "fhir/model/resource.h"
#include "fhir/profiles/vocabulary.h"
#include "record/content/content.h"
#include "server/app_api/app_request.h"
#include "server/authentication/authenticate.h"
#include "server/consents/find_consent.h"
#include "server/fhir_api/answer.h"
#include "server/fhir_api/audit.h"
#include "server/reactions/system_writes.h"
#include "server/video_visits/visit_request.h"

namespace reprise::server {
namespace {

using record::Outcome;
using record::WriteTransaction;

using Made = Outcome<http::Response>;

/// A participant of a visit, as a request authenticates it.
struct Guest {
  Visit visit;
  VisitSide side = VisitSide::patient;
  std::optional<bool> consent;  ///< the patient's consent to video visits; nullopt if none was recorded
  record::Principal principal;
  std::string address;
};

tl::unexpected<http::Response> not_found() {
  return tl::unexpected(
      server::refused(404, word::kNotFound, "there is no such video visit for this account"));
}

/// Authenticates a participant. Other principals learn nothing of the visit.
tl::expected<Guest, http::Response> guest_of(const http::Request& request, const std::string& appointment,
                                             const record::Record& record, record::Connection& connection,
                                             std::string& seen_session) {
  const auto known = authenticate(request, connection);
  if (!known) return tl::unexpected(answer(known.error()));
  seen_session = known->seen_session;
  const auto stored = find_resource(connection, record.index_ids(), "Appointment", appointment);
  if (!stored) return tl::unexpected(answer(record::refuse(stored.error()).value()));
  if (!*stored || !(*stored)->content) return not_found();
  const auto compartments = compartments_of(connection, record.index_ids(), **stored);
  if (!compartments) return tl::unexpected(answer(record::refuse(compartments.error()).value()));
  const auto may = known->permission.may(connection, "Appointment", record::Need::read, *compartments);
  if (!may) return tl::unexpected(answer(record::refuse(may.error()).value()));
  const record::Principal* principal = known->permission.principal();
  const auto json = fhir::parse_resource(whole_text(**stored));
  auto visit = json ? visit_in(*json) : std::nullopt;
  const auto side = visit && principal != nullptr && *may ? side_of(*visit, *principal) : std::nullopt;
  if (!side) return not_found();
  const auto consent = find_consent(record, connection, visit->patient, care::ConsentKind::video_visit);
  if (!consent) return tl::unexpected(answer(consent.error()));
  return Guest{std::move(*visit), *side, *consent, *principal, request.remote_address};
}

std::optional<http::Response> not_now(const Guest& guest) {
  const std::int64_t now_ms = record::milliseconds_now();
  if (now_ms < guest.visit.opens_ms())
    return server::refused(403, "visit-early", "the visit opens a quarter of an hour before it begins");
  if (now_ms > guest.visit.closes_ms()) return server::refused(403, "visit-over", "the visit's time is over");
  if (guest.consent != true)
    return server::refused(403, "visit-no-consent", "the patient has not agreed to video visits");
  return {};
}

record::AuditEntry entry_of(const Guest& guest, record::AuditAct act, record::AuditOutcome outcome) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = act;
  entry.outcome = outcome;
  entry.agent = agent_of(guest.principal.role);
  entry.account = guest.principal.account;
  entry.person = guest.principal.person;
  entry.address = guest.address;
  entry.resource_type = "Appointment";
  entry.resource_id = guest.visit.id;
  entry.patients = {guest.visit.patient};
  return entry;
}

bool is_there(record::Connection& connection, const record::Record& record, const char* type,
              const std::string& id) {
  const auto found = find_resource(connection, record.index_ids(), type, id);
  return found && *found && (*found)->content;
}

std::optional<record::Refusal> write_encounter(record::Record& record, const WriteTransaction& session,
                                               const EndedCall& ended) {
  // Nothing is written about an erased patient.
  const auto patient = find_resource(session.connection, record.index_ids(), "Patient", ended.patient);
  if (!patient) return record::refuse(patient.error()).value();
  if (!*patient || !(*patient)->content ||
      !is_there(session.connection, record, "Practitioner", ended.practitioner))
    return {};
  const auto json = fhir::parse_resource(whole_text(**patient));
  CompletedCall call{ended.appointment,   ended.patient,
                     ended.practitioner,  ended.start_us / 1000,
                     ended.end_us / 1000, json && fhir::has_tag(*json, "urn:reprise:tag", "simulated")};
  if (!is_there(session.connection, record, "Appointment", ended.appointment)) call.appointment.clear();
  const auto done = write_as_system(
      record, session, {{{}, {record::Verb::create, "Encounter", {}, {}, {}, encounter_of(call).dump()}}});
  if (!done) return done.error();
  auto entry = system_audit_entry(record::AuditAct::visit_end);
  entry.purpose = record::AuditPurpose::treatment;
  entry.resource_type = "Appointment";
  entry.resource_id = ended.appointment;
  entry.patients = {ended.patient};
  session.entries.push_back(std::move(entry));
  return {};
}

/// Records ended calls. `appointment`: empty for all.
std::optional<record::Refusal> write_ended(record::Record& record, const WriteTransaction& session,
                                           const std::string& appointment) {
  const auto ended = take_ended_calls(session.connection, appointment, session.now_ms * 1000);
  if (!ended) return record::refuse(ended.error()).value();
  for (const EndedCall& call : *ended) {
    // Seen once only: too short to be a call.
    if (call.end_us <= call.start_us) continue;
    if (auto refusal = write_encounter(record, session, call)) return refusal;
  }
  return {};
}

void write(record::Record& record, http::Respond respond, std::function<Made(const WriteTransaction&)> make) {
  auto made = std::make_shared<http::Response>();
  record.write(
      {[made, make = std::move(make)](const WriteTransaction& session) -> std::optional<record::Refusal> {
         auto answered = make(session);
         if (!answered) return std::move(answered.error());
         *made = std::move(*answered);
         return {};
       },
       [made, respond = std::move(respond)](const std::optional<record::Refusal>& refusal) {
         respond(refusal ? answer(*refusal) : std::move(*made));
       }});
}

Json other_json(const SignalingRoom& room) {
  if (!room.other) return nullptr;
  return {{"window", room.other->window}, {"connected", room.other->connected}};
}

http::Response shown(const Guest& guest, const SignalingRoom& room, const TurnServer& relay) {
  const std::int64_t now_ms = record::milliseconds_now();
  const Visit& visit = guest.visit;
  const char* state = now_ms < visit.opens_ms() ? "early" : now_ms > visit.closes_ms() ? "over" : "open";
  return json_answer(200, {{"side", to_string(guest.side)},
                           {"patient", visit.patient},
                           {"practitioners", visit.practitioners},
                           {"start", record::instant_text(visit.start_ms)},
                           {"opens", record::instant_text(visit.opens_ms())},
                           {"closes", record::instant_text(visit.closes_ms())},
                           {"state", state},
                           {"consent", guest.consent ? Json(*guest.consent) : Json{}},
                           {"relay", !relay.host.empty()},
                           {"other", other_json(room)}});
}

http::Response said(const SignalingRoom& room) {
  Json messages = Json::array();
  for (const VisitMessage& one : room.messages)
    messages.push_back({{"number", one.number}, {"text", one.text}});
  return json_answer(200, {{"other", other_json(room)}, {"messages", std::move(messages)}});
}

http::Response not_in_room(const SignalingRoom& room) {
  if (room.own)
    return server::refused(409, "visit-elsewhere", "another window of this person is in the visit");
  return server::refused(409, "visit-left", "this window is not in the visit, or no longer");
}

Made come_in(record::Record& record, const WriteTransaction& session, const Guest& guest,
             const std::string& window, const TurnServer& relay) {
  // Also ends calls of other visits whose participants vanished.
  if (auto refusal = write_ended(record, session, {})) return tl::unexpected(std::move(*refusal));
  const std::int64_t now_us = session.now_ms * 1000;
  const auto taken =
      join(session.connection, guest.visit, guest.side, window, guest.principal.person, now_us);
  if (!taken) return record::refuse(taken.error());
  const auto room = read_room(session.connection, guest.visit.id, guest.side, window, 0, now_us);
  if (!room) return record::refuse(room.error());
  session.entries.push_back(entry_of(guest, record::AuditAct::visit_join, record::AuditOutcome::success));
  // The TURN server need not know the user.
  return json_answer(200, {{"iceServers", ice_servers(relay, window, guest.visit.closes_ms() / 1000)},
                           {"relayOnly", relay.only && !relay.host.empty()},
                           {"other", other_json(*room)}});
}

Made exchange(record::Record& record, const WriteTransaction& session, const Guest& guest,
              const VisitRequest& visit_request) {
  const std::int64_t now_us = session.now_ms * 1000;
  auto& connection = session.connection;
  const std::string& id = guest.visit.id;
  const auto kept =
      refresh_participant(connection, id, guest.side, visit_request.window, visit_request.connected, now_us);
  if (!kept) return record::refuse(kept.error());
  if (const auto done = forget_messages(connection, id, visit_request.window, visit_request.after); !done)
    return record::refuse(done.error());
  const auto room = read_room(connection, id, guest.side, visit_request.window, visit_request.after, now_us);
  if (!room) return record::refuse(room.error());
  if (!*kept) return not_in_room(*room);
  // Messages for a closed window are dropped.
  if (room->other && room->other->window == visit_request.to && !visit_request.messages.empty()) {
    const auto left = leave_messages(connection, id, visit_request.to, visit_request.messages);
    if (!left) return record::refuse(left.error());
    if (!*left) return server::refused(429, word::kWait, "too many messages wait for the other");
  }
  if (visit_request.connected && room->other && room->other->connected) {
    if (const auto noted = note_together(connection, id, now_us); !noted)
      return record::refuse(noted.error());
  }
  if (auto refusal = write_ended(record, session, id)) return tl::unexpected(std::move(*refusal));
  return said(*room);
}

Made leave(record::Record& record, const WriteTransaction& session, const Guest& guest,
           const std::string& window) {
  const auto left = leave_room(session.connection, guest.visit.id, guest.side, window);
  if (!left) return record::refuse(left.error());
  if (auto refusal = write_ended(record, session, guest.visit.id)) return tl::unexpected(std::move(*refusal));
  return no_content();
}

// Nothing new within a moment: spares the disk a write.
bool only_reads(const VisitRequest& visit_request, const SignalingRoom& room, std::int64_t now_us) {
  constexpr std::int64_t kFreshUs = 2'000'000;
  return visit_request.messages.empty() && room.messages.empty() && room.own &&
         room.own->window == visit_request.window && room.own->connected == visit_request.connected &&
         now_us - room.own->seen_us < kFreshUs;
}

void answer_visit(record::Record& record, const TurnServer& relay, const std::shared_ptr<Guest>& guest,
                  const std::shared_ptr<VisitRequest>& visit_request, record::Connection& connection,
                  const http::Respond& respond) {
  const std::int64_t now_us = record::milliseconds_now() * 1000;
  if (visit_request->action == VisitRequest::Action::leave) {
    return write(record, respond, [=, &record](const WriteTransaction& session) {
      return leave(record, session, *guest, visit_request->window);
    });
  }
  const auto room = read_room(connection, guest->visit.id, guest->side, visit_request->window,
                              visit_request->after, now_us);
  if (!room) return respond(answer(record::refuse(room.error()).value()));
  if (visit_request->action == VisitRequest::Action::show) return respond(shown(*guest, *room, relay));
  if (auto no = not_now(*guest)) {
    if (visit_request->action == VisitRequest::Action::come_in)
      record.note(entry_of(*guest, record::AuditAct::visit_join, record::AuditOutcome::refused));
    return respond(std::move(*no));
  }
  if (visit_request->action == VisitRequest::Action::come_in) {
    return write(record, respond, [=, &record](const WriteTransaction& session) {
      return come_in(record, session, *guest, visit_request->window, relay);
    });
  }
  if (only_reads(*visit_request, *room, now_us)) return respond(said(*room));
  write(record, respond, [=, &record](const WriteTransaction& session) {
    return exchange(record, session, *guest, *visit_request);
  });
}

}  // namespace

VideoVisits::VideoVisits(record::Record& record, TurnServer relay, std::function<void(const Error&)> warn)
    : record_(record), relay_(std::move(relay)), warn_(std::move(warn)) {}

void VideoVisits::handle(http::Request request, http::Respond respond) {
  auto read = parse_visit_request(request);
  if (!read) return respond(std::move(read.error()));
  request.body.clear();
  auto visit_request = std::make_shared<VisitRequest>(std::move(*read));
  const bool taken = record_.read(
      [this, visit_request, request = std::move(request), respond](record::Connection& connection) {
        if (const auto begun = connection.begin_reading(); !begun)
          return respond(answer(record::refuse(begun.error()).value()));
        std::string seen_session;
        auto guest = guest_of(request, visit_request->appointment, record_, connection, seen_session);
        if (!seen_session.empty()) note_seen(record_, seen_session);
        if (guest) {
          answer_visit(record_, relay_, std::make_shared<Guest>(std::move(*guest)), visit_request, connection,
                       respond);
        } else {
          respond(std::move(guest.error()));
        }
        connection.rollback();
      });
  if (!taken) respond(server::refused(503, word::kBusy, "too much is waiting; try again in a moment"));
}

void VideoVisits::run_maintenance() {
  record_.write(
      {[this](const WriteTransaction& session) { return write_ended(record_, session, {}); },
       [this](const std::optional<record::Refusal>& refusal) {
         if (!refusal) return;
         warn_({ErrorCode::unavailable, "ending video visits",
                refusal->issues.empty() ? "the record refused it" : to_string(refusal->issues.front()),
                "it is tried again within the hour"});
       }});
}

}  // namespace reprise::server
