// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/audit_events.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "fhir/model/operation_outcome.h"
#include "record/audit/audit_event.h"
#include "record/store/writer.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/audit_search.h"
#include "server/fhir_api/payload/bundle_text.h"

namespace reprise::server {
namespace {

using record::AuditEntry;
using record::Outcome;
using record::Refusal;
using record::RefusalKind;
using Among = std::optional<std::vector<std::string>>;

// Limit of entries that one page reads if the search needs more than the index.
constexpr std::size_t kMostLookedAt = 10'000;
constexpr std::size_t kLookedAtOnce = 500;

std::optional<std::uint64_t> number_of(std::string_view id) {
  std::int64_t number = 0;
  const auto [end, problem] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (problem != std::errc{} || end != id.data() + id.size() || number < 1 || id.front() == '0') return {};
  return static_cast<std::uint64_t>(number);
}

/// Returns the entry as the principal may see it; nullopt if not at all.
std::optional<AuditEntry> as_shown(AuditEntry entry, const Among& among) {
  if (!among) return entry;
  entry = record::shown_among(std::move(entry), *among);
  return entry.patients.empty() ? std::nullopt : std::optional{std::move(entry)};
}

std::string text_of(const AuditEntry& entry, const std::string& site) {
  return record::to_audit_event(entry, site).dump(-1, ' ', false, fhir::Json::error_handler_t::replace);
}

Outcome<std::optional<AuditEntry>> find_shown(record::Connection& connection, std::string_view id,
                                              const Among& among) {
  const auto number = number_of(id);
  if (!number) return std::optional<AuditEntry>{};
  auto found = record::find_entry(connection, *number);
  if (!found) return record::refuse(found.error());
  return *found ? as_shown(std::move(**found), among) : std::optional<AuditEntry>{};
}

struct Page {
  std::vector<AuditEntry> entries;    ///< the newest first
  std::optional<std::uint64_t> next;  ///< the following page has those before this number
};

Outcome<Page> find_by_id(const AuditSearch& search, record::Connection& connection, const Among& among) {
  Page page;
  std::set<std::string> ids{search.ids.begin(), search.ids.end()};
  for (const std::string& id : ids) {
    auto found = find_shown(connection, id, among);
    if (!found) return tl::unexpected(std::move(found.error()));
    if (!*found || !matches(search, **found)) continue;
    if (!search.query.before || (*found)->sequence < *search.query.before)
      page.entries.push_back(std::move(**found));
  }
  std::sort(page.entries.begin(), page.entries.end(),
            [](const AuditEntry& a, const AuditEntry& b) { return a.sequence > b.sequence; });
  if (page.entries.size() > search.read.query.count) {
    page.entries.resize(search.read.query.count);
    page.next = page.entries.back().sequence;
  }
  return page;
}

Outcome<Page> find_page(const AuditSearch& search, record::Connection& connection, const Among& among) {
  Page page;
  record::AuditQuery query = search.query;
  query.among = among;
  const std::size_t wanted = search.read.query.count;
  query.count =
      static_cast<std::int64_t>(is_narrowed(search) ? std::max(wanted + 1, kLookedAtOnce) : wanted + 1);
  for (std::size_t looked_at = 0;;) {
    auto some = record::find_entries(connection, query);
    if (!some) return record::refuse(some.error());
    const bool last = some->size() < static_cast<std::size_t>(query.count);
    for (AuditEntry& entry : *some) {
      if (page.entries.size() == wanted || looked_at == kMostLookedAt) {
        page.next = query.before;
        return page;
      }
      ++looked_at;
      query.before = entry.sequence;
      auto shown = as_shown(std::move(entry), among);
      if (shown && matches(search, *shown)) page.entries.push_back(std::move(*shown));
    }
    if (last) return page;
  }
}

http::Response answer_page(const ApiRequest& request, const AuditSearch& search, const Page& page) {
  BundleParts bundle{"searchset", {}, {}, {}};
  const std::string query = query_text(search);
  const std::string address = request.base + "/" + request.asked.type;
  bundle.links.push_back({"self", query.empty() ? address : address + "?" + query});
  if (page.next) {
    bundle.links.push_back({"next", address + "?" + query + (query.empty() ? "" : "&") +
                                        std::string{record::kCursorParameter} + "=" +
                                        std::to_string(*page.next)});
  }
  for (const AuditEntry& entry : page.entries) {
    bundle.entries.push_back({address + "/" + std::to_string(entry.sequence), text_of(entry, request.base),
                              R"("search":{"mode":"match"})"});
  }
  if (!search.read.warnings.empty()) {
    bundle.entries.push_back(
        {{}, fhir::operation_outcome(search.read.warnings).dump(), R"("search":{"mode":"outcome"})"});
  }
  return answer(200, bundle_text(bundle));
}

struct Shown {
  http::Response response;
  std::set<std::string> patients;
};

Outcome<Shown> answer_one(const ApiRequest& request, record::Connection& connection, const Among& among) {
  const auto found = find_shown(connection, request.asked.id, among);
  if (!found) return tl::unexpected(found.error());
  if (!*found)
    return record::refuse(RefusalKind::not_found, fhir::IssueType::not_found, "there is no such resource");
  const AuditEntry& entry = **found;
  return Shown{answer(200, text_of(entry, request.base)), {entry.patients.begin(), entry.patients.end()}};
}

Outcome<Shown> answer_some(const ApiRequest& request, record::Connection& connection, const Among& among) {
  auto search = read_audit_search(request, record::milliseconds_now());
  if (!search.read.errors.empty()) return tl::unexpected(Refusal{RefusalKind::malformed, search.read.errors});
  if (auto added = add_subjects(search, connection); !added) return record::refuse(added.error());
  const auto page =
      search.by_id ? find_by_id(search, connection, among) : find_page(search, connection, among);
  if (!page) return tl::unexpected(page.error());
  Shown shown{answer_page(request, search, *page), {}};
  for (const AuditEntry& entry : page->entries)
    shown.patients.insert(entry.patients.begin(), entry.patients.end());
  return shown;
}

}  // namespace

ReadAnswer answer_audit_events(const ApiRequest& request, record::Connection& connection,
                               const record::Context& context) {
  const bool one = request.asked.interaction == FhirInteraction::read;
  const auto among =
      context.permission.patients_for(request.asked.type, one ? record::Need::read : record::Need::search);
  auto shown = among ? (one ? answer_one : answer_some)(request, connection, *among)
                     : Outcome<Shown>{tl::unexpected(among.error())};
  if (!shown) {
    auto response = answer(shown.error());
    auto entry = entry_of(request, response.status);
    return {std::move(response), std::move(entry)};
  }
  ReadAnswer done{std::move(shown->response), entry_of(request, 200)};
  add_patients(done.entry, {shown->patients.begin(), shown->patients.end()}, context);
  return done;
}

}  // namespace reprise::server
