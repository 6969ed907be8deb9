// SPDX-License-Identifier: Apache-2.0
#include "server/demo/demonstration.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>

#include "fhir/fields/fields.h"
#include "fhir/model/resource.h"
#include "record/accounts/account.h"
#include "record/accounts/invitation.h"
#include "record/search/query_string.h"
#include "server/accounts/first_administrator.h"
#include "server/app_api/qr_code.h"
#include "server/reactions/system_writes.h"

namespace reprise::server {
namespace {

using record::Role;

constexpr const char* kDemonstrationStage = "preparing the demonstration";

struct Person {
  const char* type;
  Role role;
  std::string_view account;
  std::string_view who;
};

constexpr Person kPatient = {"Patient", Role::patient, "robin", "Robin Simulated, the patient"};
constexpr Person kClinician = {"Practitioner", Role::clinician, "kim", "Kim Simulated, the clinician"};

Result<std::vector<record::TransactionEntry>> entries_of(std::string_view bundle) {
  auto parsed = fhir::parse_resource(bundle);
  if (!parsed) return tl::unexpected(parsed.error());
  const std::tm utc = fmt::gmtime(std::time(nullptr));
  const std::string today = fmt::format("{:%Y-%m-%d}", utc);
  std::vector<record::TransactionEntry> entries;
  if (parsed->contains("entry")) {
    for (Json& entry : (*parsed)["entry"]) {
      const Json* request = json::field(entry, "request");
      if (request == nullptr || json::text_of(*request, "ifNoneExist").empty()) {
        return fail(ErrorCode::corrupt, kDemonstrationStage, "an entry is not conditional",
                    "take catalog/demo as it is shipped");
      }
      Json& resource = entry["resource"];
      // It begins on the day of the first start.
      if (json::text_of(resource, "resourceType") == "CarePlan") resource["period"] = {{"start", today}};
      if (json::text_of(resource, "resourceType") == "Communication")
        resource["sent"] = fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", utc);
      entries.push_back({std::string{json::text_of(entry, "fullUrl")},
                         {record::Verb::create,
                          std::string{json::text_of(resource, "resourceType")},
                          {},
                          std::string{json::text_of(*request, "ifNoneExist")},
                          {},
                          resource.dump()}});
    }
  }
  return entries;
}

// Returns whether there is a patient who is not marked as simulated, or several.
record::Outcome<bool> has_people(record::Record& record, const record::WriteTransaction& session) {
  const record::Context context{record.index_ids(), record.checks_references(), {}, record.opened()};
  const auto found =
      record::find_only(session.connection, context, "Patient",
                        record::write_query_string({{"_tag:not", "urn:reprise:tag|simulated"}}));
  if (!found && found.error().kind == record::RefusalKind::precondition) return true;
  if (!found) return tl::unexpected(found.error());
  return found->has_value();
}

std::string id_of(const std::vector<record::ChangeResult>& done, std::string_view type) {
  for (const record::ChangeResult& one : done) {
    if (one.stored && one.stored->type == type) return one.stored->id;
  }
  return {};
}

Result<DemonstrationPerson> let_in(const Person& person, const std::string& id,
                                   const record::WriteTransaction& session) {
  const std::int64_t now_us = session.now_ms * 1000;
  auto account = record::find_account_by_name(session.connection, person.account);
  if (!account) return tl::unexpected(account.error());
  if (!*account) {
    auto made = record::create_account(
        session.connection, {.name = std::string{person.account}, .role = person.role, .person = id}, now_us);
    if (!made) return tl::unexpected(made.error());
    *account = std::move(*made);
  }
  DemonstrationPerson let{std::string{person.who}, (*account)->name, {}};
  if ((*account)->has_password || (*account)->disabled) return let;
  auto secret = record::invite(session.connection, (*account)->id, (*account)->id, now_us);
  if (!secret) return tl::unexpected(secret.error());
  let.invitation = std::move(*secret);
  auto entry = system_audit_entry(record::AuditAct::account_change);
  entry.person = id;
  session.entries.push_back(std::move(entry));
  return let;
}

}  // namespace

Result<std::vector<DemonstrationPerson>> prepare_demonstration(record::Record& record,
                                                               std::string_view bundle) {
  const auto entries = entries_of(bundle);
  if (!entries) return tl::unexpected(entries.error());
  std::vector<DemonstrationPerson> people;
  bool real = false;
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    people.clear();
    const auto found = has_people(record, session);
    if (!found) return found.error();
    real = *found;
    if (real) return {};
    const auto done = write_as_system(record, session, *entries);
    if (!done) return done.error();
    for (const Person& person : {kPatient, kClinician}) {
      auto let = let_in(person, id_of(*done, person.type), session);
      if (!let) return record::refuse(let.error()).value();
      people.push_back(std::move(*let));
    }
    return {};
  };
  if (auto written = write_now(record, kDemonstrationStage, work); !written)
    return tl::unexpected(written.error());
  if (real) {
    return fail(ErrorCode::conflict, kDemonstrationStage,
                "the record has a patient who is not marked as simulated",
                "keep the demonstration in a folder of its own, or serve this record without --demo");
  }
  return people;
}

Result<std::optional<DemonstrationPerson>> let_in_with_history(record::Record& record,
                                                               const simulation::SimulatedPerson& person) {
  std::string account = person.given;
  std::transform(account.begin(), account.end(), account.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const std::string who = fmt::format("{} {}, a patient with months of history", person.given, person.family);
  const Person user{"Patient", Role::patient, account, who};
  std::optional<DemonstrationPerson> let;
  const auto work = [&](const record::WriteTransaction& session) -> std::optional<record::Refusal> {
    let.reset();
    const auto known = record::find_account_by_name(session.connection, account);
    if (!known) return record::refuse(known.error()).value();
    if (*known && (*known)->person != person.id) return {};
    auto done = let_in(user, person.id, session);
    if (!done) return record::refuse(done.error()).value();
    let = std::move(*done);
    return {};
  };
  if (auto written = write_now(record, kDemonstrationStage, work); !written)
    return tl::unexpected(written.error());
  return let;
}

void print_links(const std::vector<DemonstrationPerson>& people, const std::vector<std::string>& addresses,
                 bool in_terminal, const std::function<void(std::string_view)>& on_progress) {
  for (const DemonstrationPerson& person : people) {
    if (!person.invitation) {
      on_progress(
          fmt::format("{}, signs in as \"{}\". A new link for a forgotten password: an administrator invites "
                      "the account again.",
                      person.who, person.account));
      continue;
    }
    on_progress(fmt::format(
        "{}, has no password yet. Open this link to choose it, and sign in as \"{}\" from then on:",
        person.who, person.account));
    for (const std::string& address : addresses)
      on_progress("  " + invitation_link(address, *person.invitation));
    if (!in_terminal || addresses.size() < 2 || &person != &people.front()) continue;
    for (const auto& line : qr_code_for_terminal(invitation_link(addresses[1], *person.invitation)))
      on_progress(line);
  }
}

}  // namespace reprise::server
