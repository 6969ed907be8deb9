// SPDX-License-Identifier: Apache-2.0
#include "server/app_api/app_context.h"

#include <algorithm>

#include "server/fhir_api/answer.h"
#include "server/fhir_api/api.h"
#include "server/fhir_api/audit.h"

namespace reprise::server {
namespace {

void send(const SharedRequest& request, const http::Respond& respond, http::Response response) {
  response.fields.push_back({"x-request-id", request->request_id});
  respond(std::move(response));
}

/// Returns the words of the site's name and address: "reprise", "clinic", "praxis-sued".
std::vector<std::string> words_of_site(const AppApiOptions& options) {
  std::vector<std::string> words;
  for (const std::string& text : {options.site, options.public_url}) {
    std::string_view rest = text;
    if (const auto scheme = rest.find("://"); scheme != std::string_view::npos)
      rest.remove_prefix(scheme + 3);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find_first_of(" .:"), rest.size());
      if (end > 0) words.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return words;
}

}  // namespace

bool mails_password_resets(const AppApiOptions& options) {
  return options.sends_mail && options.public_url.rfind("https://", 0) == 0;
}

AppContext::AppContext(record::Record& of, AppApiOptions with)
    : record(of),
      options(std::move(with)),
      limiter(options.addresses),
      refusals([this](record::AuditEntry entry) { record.note(std::move(entry)); }),
      site_words(words_of_site(options)) {}

void write(AppContext& context, const SharedRequest& request, http::Respond respond, MakeAnswer make) {
  auto made = std::make_shared<http::Response>();
  context.record.write(
      {[made,
        make = std::move(make)](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
         auto answered = make(session);
         if (!answered) return std::move(answered.error());
         *made = std::move(*answered);
         return {};
       },
       [made, request, respond = std::move(respond)](const std::optional<record::Refusal>& refusal) {
         send(request, respond, refusal ? answer(*refusal) : std::move(*made));
       }});
}

void respond_read(const SharedRequest& request, const http::Respond& respond,
                  record::Outcome<http::Response> answered) {
  send(request, respond, answered ? std::move(*answered) : answer(answered.error()));
}

void with_password(AppContext& context, const http::Respond& respond, std::function<void()> work) {
  if (!context.passwords.submit(std::move(work))) {
    respond(
        refused(503, word::kBusy, "too many passwords are waiting to be compared; try again in a moment"));
  }
}

bool may_try(AppContext& context, const AppRequest& request, const http::Respond& respond) {
  {
    const std::scoped_lock lock{context.limiter_mutex};
    if (context.limiter.take(request.place.address, record::milliseconds_now() * 1000)) return true;
  }
  respond(
      rate_limited(context, request, static_cast<std::int64_t>(1e6 / context.options.addresses.per_second)));
  return false;
}

http::Response rate_limited(AppContext& context, const AppRequest& request, std::int64_t wait_us,
                            const std::string& account) {
  auto entry = entry_of(request, record::AuditAct::sign_in, record::AuditOutcome::refused);
  if (!account.empty()) entry.account = account;
  context.refusals.add(with_reason(std::move(entry), "too many attempts"));
  return refused_for_now(wait_us);
}

record::AuditEntry entry_of(const AppRequest& request, record::AuditAct act, record::AuditOutcome outcome) {
  if (request.open) return entry_of(request, act, outcome, request.open->session.account);
  return entry_of(request, act, outcome, record::Account{});
}

record::AuditEntry entry_of(const AppRequest& request, record::AuditAct act, record::AuditOutcome outcome,
                            const record::Account& account) {
  record::AuditEntry entry;
  entry.time_us = record::milliseconds_now() * 1000;
  entry.act = act;
  entry.outcome = outcome;
  entry.purpose = record::AuditPurpose::administration;
  if (!account.id.empty()) entry.agent = agent_of(account.role);
  entry.account = account.id;
  entry.person = account.person;
  entry.address = request.place.address;
  entry.request = request.request_id;
  return entry;
}

record::AuditEntry with_reason(record::AuditEntry entry, std::string reason) {
  entry.reason = std::move(reason);
  return entry;
}

}  // namespace reprise::server
