// SPDX-License-Identifier: Apache-2.0
#include "record/accounts/oversight.h"
#include "server/accounts/handlers.h"
#include "server/app_api/documents.h"

namespace reprise::server {

/// Lists the actions of others on the own account; for administrators on all accounts.
void list_events(AppContext&, const SharedRequest& request, record::Connection& connection,
                 const http::Respond& respond) {
  const record::Account& own = request->open->session.account;
  const bool all = own.role == record::Role::administrator;
  const auto events = record::list_account_events(connection, all ? nullptr : &own);
  if (!events) return respond_read(request, respond, record::refuse(events.error()));
  fhir::Json list = fhir::Json::array();
  for (const auto& [event, name, by_name] : *events) {
    list.push_back({{"kind", to_string(event.kind)},
                    {"account", name},
                    {"patient", event.patient},
                    {"by", by_name},
                    {"at", time_text(event.at_us)}});
  }
  respond_read(request, respond, json_answer(200, {{"events", std::move(list)}}));
}

}  // namespace reprise::server
