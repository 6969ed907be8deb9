// SPDX-License-Identifier: Apache-2.0
#include "record/store/erasure.h"

#include "fhir/model/primitive.h"
#include "server/administration/administration.h"
#include "server/app_api/app_request.h"

namespace reprise::server {
namespace {

constexpr std::size_t kShortestReason = 10;

fhir::Json document_of(const record::Erased& erased) {
  return {{"resources", erased.resources},
          {"versions", erased.versions},
          {"shared", erased.shared},
          {"accounts", erased.accounts},
          {"types", erased.types}};
}

/// Shows what erasing would remove, as counts, so that an administrator can decide.
void show_erasure(AppContext& context, const SharedRequest& request, record::Connection& connection,
                  const http::Respond& respond) {
  const std::string& patient = request->path.at(1);
  if (!fhir::is_id(patient)) return respond(refused(404, word::kNotFound, "there is no such patient"));
  const auto counted = record::count_for_erasure(connection, context.record.index_ids(), patient);
  if (!counted) return respond_read(request, respond, tl::unexpected(counted.error()));
  auto entry = entry_of(*request, record::AuditAct::read);
  entry.resource_type = "Patient";
  entry.resource_id = patient;
  entry.patients = {patient};
  context.record.note(std::move(entry));
  respond_read(request, respond, json_answer(200, document_of(*counted)));
}

void erase_patient(AppContext& context, const SharedRequest& request, record::Connection&,
                   const http::Respond& respond) {
  Fields fields{request->body};
  const std::string patient = fields.text("patient");
  const std::string reason = fields.text("reason");
  if (auto problem = fields.problem()) return respond(std::move(*problem));
  if (!fhir::is_id(patient) || reason.size() < kShortestReason) {
    return respond(refused(422, word::kInvalid, "patient is an id, and reason has at least 10 bytes"));
  }
  // Erased data must also leave the database's write-ahead log before it is reported as gone.
  auto then = [&context, request, respond](http::Response response) {
    auto shared = std::make_shared<http::Response>(std::move(response));
    if (shared->status >= 300) return respond(std::move(*shared));
    const bool taken = context.record.read([request, respond, shared](record::Connection& reading) {
      const auto forgotten = reading.vacuum();
      if (!forgotten) return respond_read(request, respond, record::refuse(forgotten.error()));
      respond(std::move(*shared));
    });
    if (!taken)
      respond(refused(503, word::kBusy, "erased; the database's log is emptied with the next restart"));
  };
  write(context, request, std::move(then),
        [request, patient, reason,
         &context](const record::WriteTransaction& session) -> record::Outcome<http::Response> {
          const auto erased = record::erase_patient(session, context.record.index_ids(), patient);
          if (!erased) return tl::unexpected(erased.error());
          auto entry = entry_of(*request, record::AuditAct::erase);
          entry.resource_type = "Patient";
          entry.resource_id = patient;
          entry.patients = {patient};
          entry.reason = reason;
          session.entries.push_back(std::move(entry));
          return json_answer(200, document_of(*erased));
        });
}

}  // namespace

std::vector<Route> erasure_routes() {
  return {
      {"GET", "/erasure/*", Requires::administrator, show_erasure},
      {"POST", "/erasure", Requires::administrator, erase_patient, Proof::recent},
  };
}

}  // namespace reprise::server
