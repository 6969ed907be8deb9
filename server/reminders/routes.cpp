// SPDX-License-Identifier: Apache-2.0
#include "server/reminders/routes.h"

#include <functional>

#include "record/accounts/calendar_feed.h"
#include "server/app_api/documents.h"
#include "server/reminders/calendar_feed.h"
#include "server/reminders/push_routes.h"

namespace reprise::server {
namespace {

using record::WriteTransaction;

void show_reminders(AppContext& context, const SharedRequest& request, record::Connection& connection,
                    const http::Respond& respond) {
  if (auto no = refuse_others(*request)) return respond_read(request, respond, std::move(*no));
  const std::string& id = request->open->session.account.id;
  // The session's account is without its address.
  const auto account = record::find_account(connection, id);
  if (!account) return respond_read(request, respond, record::refuse(account.error()));
  const auto since = record::calendar_feed_since(connection, id);
  if (!since) return respond_read(request, respond, record::refuse(since.error()));
  fhir::Json shown = {{"mail", *account ? (*account)->mail : ""}, {"sendsMail", context.options.sends_mail}};
  if (*since) shown["calendarSince"] = time_text(**since);
  auto push = push_document(context, *request, connection);
  if (!push) return respond_read(request, respond, tl::unexpected(std::move(push.error())));
  if (!push->is_null()) shown["push"] = std::move(*push);
  respond_read(request, respond, json_answer(200, shown));
}

using Change = std::function<record::Outcome<http::Response>(const WriteTransaction&, const std::string&)>;

/// Changes the calendar of the own account, and logs that.
void change_calendar(AppContext& context, const SharedRequest& request, const http::Respond& respond,
                     Change change) {
  if (auto no = refuse_others(*request)) return respond_read(request, respond, std::move(*no));
  write(context, request, respond, [request, change = std::move(change)](const WriteTransaction& session) {
    session.entries.push_back(with_reason(entry_of(*request, record::AuditAct::account_change), "calendar"));
    return change(session, request->open->session.account.id);
  });
}

/// The address is shown once, to its owner: the server keeps only the hash of its secret.
void renew_calendar(AppContext& context, const SharedRequest& request, record::Connection&,
                    const http::Respond& respond) {
  const std::string begin = request->asked_origin + kCalendarPath + "/";
  change_calendar(context, request, respond,
                  [begin](const WriteTransaction& session,
                          const std::string& account) -> record::Outcome<http::Response> {
                    const auto secret =
                        record::renew_calendar_feed(session.connection, account, session.now_ms * 1000);
                    if (!secret) return record::refuse(secret.error());
                    return json_answer(201, {{"address", begin + secret->text + ".ics"}});
                  });
}

void end_calendar(AppContext& context, const SharedRequest& request, record::Connection&,
                  const http::Respond& respond) {
  change_calendar(
      context, request, respond,
      [](const WriteTransaction& session, const std::string& account) -> record::Outcome<http::Response> {
        const auto done = record::end_calendar_feed(session.connection, account);
        if (!done) return record::refuse(done.error());
        return no_content();
      });
}

}  // namespace

std::vector<Route> reminder_routes() {
  std::vector<Route> routes = {
      {"GET", "/reminders", Requires::full, show_reminders},
      {"POST", "/reminders/calendar", Requires::full, renew_calendar},
      {"DELETE", "/reminders/calendar", Requires::full, end_calendar},
  };
  for (Route& route : push_routes()) routes.push_back(std::move(route));
  return routes;
}

}  // namespace reprise::server
