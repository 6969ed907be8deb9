// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/history.h"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "fhir/model/date_time.h"
#include "record/search/query_string.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/payload/bundle_text.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::HistoryCursor;
using record::HistoryQuery;
using record::Outcome;
using record::Refusal;
using record::RefusalKind;

constexpr std::size_t kMostOnAPage = 1000;
constexpr std::string_view kAfter = "_after";

tl::unexpected<Refusal> wrong_value(std::string_view name) {
  return record::refuse(RefusalKind::malformed, IssueType::value,
                        fmt::format("the parameter {} of a history has a value that cannot be", name));
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

// "updated-pk-version"
std::optional<HistoryCursor> read_after(std::string_view text) {
  HistoryCursor after{};
  const auto first = text.find('-');
  const auto second = text.find('-', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return {};
  const bool understood = read_number(text.substr(0, first), after.updated_ms) &&
                          read_number(text.substr(first + 1, second - first - 1), after.pk) &&
                          read_number(text.substr(second + 1), after.version);
  return understood ? std::optional{after} : std::nullopt;
}

struct AskedHistory {
  HistoryQuery query;
  std::string accepted;  ///< for links, without the page
};

Outcome<AskedHistory> parse_query(const ApiRequest& request) {
  AskedHistory asked;
  asked.query.type = request.asked.type;
  asked.query.id = request.asked.id;
  const auto parameters = record::parse_query_string(request.asked.query);
  if (!parameters) {
    return record::refuse(RefusalKind::malformed, IssueType::value,
                          "the part of the address behind the '?' is not encoded as it must be");
  }
  std::vector<std::pair<std::string, std::string>> accepted;
  for (const auto& [name, value] : *parameters) {
    if (name == "_count") {
      if (!read_number(value, asked.query.count) || asked.query.count == 0) return wrong_value(name);
      asked.query.count = std::min(asked.query.count, kMostOnAPage);
    } else if (name == "_since") {
      const auto since = fhir::interval_of(value);
      if (!since || !since->start_ms) return wrong_value(name);
      asked.query.since_ms = since->start_ms;
    } else if (name == kAfter) {
      asked.query.after = read_after(value);
      if (!asked.query.after) return wrong_value(name);
      continue;
    } else if (name != "_format" && name != "_pretty" && !request.lenient) {
      return record::refuse(RefusalKind::malformed, IssueType::not_supported,
                            "a history knows the parameters _count and _since only");
    } else {
      continue;
    }
    accepted.emplace_back(name, value);
  }
  if (!accepted.empty()) asked.accepted = "?" + record::write_query_string(accepted);
  return asked;
}

std::string entry_rest(const record::Stored& version) {
  const bool posted = version.method == "POST";
  const unsigned status = !version.content ? 204 : version.version == 1 ? 201 : 200;
  return fmt::format(
      R"("request":{{"method":"{}","url":"{}{}"}},"response":{{"status":"{}","etag":"W/\"{}\"","lastModified":"{}"}})",
      version.method, version.type, posted ? std::string{} : "/" + version.id, status, version.version,
      record::instant_text(version.updated_ms));
}

std::string address_of(const ApiRequest& request, const std::string& accepted) {
  std::string address = request.base + "/" + request.asked.type;
  if (!request.asked.id.empty()) address += "/" + request.asked.id;
  return address + "/_history" + accepted;
}

http::Response answer_page(const ApiRequest& request, const AskedHistory& asked, record::HistoryPage page) {
  BundleParts bundle{"history", {}, {}, {}};
  const std::string address = address_of(request, asked.accepted);
  bundle.links.push_back({"self", address});
  if (page.next) {
    bundle.links.push_back(
        {"next", fmt::format("{}{}{}={}-{}-{}", address, asked.accepted.empty() ? "?" : "&", kAfter,
                             page.next->updated_ms, page.next->pk, page.next->version)});
  }
  for (record::Stored& one : page.versions) {
    const record::Stored version = std::move(one);
    bundle.entries.push_back({request.base + "/" + version.type + "/" + version.id,
                              version.content ? whole_text(version) : std::string{}, entry_rest(version)});
  }
  return answer(200, bundle_text(std::move(bundle)));
}

struct Visible {
  record::HistoryPage page;
  std::set<std::string> patients;
};

/// Returns the patients in whose compartments a version is, by its own text; nullopt if the principal may not
/// see it.
Outcome<std::optional<std::vector<std::string>>> patients_if_visible(const record::Stored& version,
                                                                     record::Connection& connection,
                                                                     const record::Context& context) {
  using Patients = std::optional<std::vector<std::string>>;
  auto compartments = compartments_of_version(connection, context.index_ids, version);
  if (!compartments) return record::refuse(compartments.error());
  const auto may = context.permission.may(connection, version.type, record::Need::read, *compartments);
  if (!may) return record::refuse(may.error());
  return *may ? Patients{std::move(*compartments)} : Patients{};
}

/// Returns a page of the versions that the principal may see. A page is full if there are enough of them. Its
/// cursor is one of them, so that it reveals no others.
Outcome<Visible> read_visible(HistoryQuery query, record::Connection& connection,
                              const record::Context& context) {
  const std::size_t wanted = query.count;
  std::size_t bytes = 0;
  Visible visible;
  for (bool more = true; more;) {
    query.count = wanted + 1;
    auto page = read_history(connection, context.index_ids, query);
    if (!page) return record::refuse(page.error());
    for (record::Stored& version : page->versions) {
      auto patients = patients_if_visible(version, connection, context);
      if (!patients) return tl::unexpected(std::move(patients.error()));
      if (!*patients) continue;
      if (visible.page.versions.size() == wanted || bytes >= query.most_bytes) {
        const record::Stored& last = visible.page.versions.back();
        visible.page.next = HistoryCursor{last.updated_ms, last.pk, last.version};
        return visible;
      }
      visible.patients.insert((*patients)->begin(), (*patients)->end());
      if (version.content) bytes += version.content->size();
      visible.page.versions.push_back(std::move(version));
    }
    more = page->next.has_value();
    query.after = page->next;
  }
  return visible;
}

/// Returns a history. If the principal may see none of its versions, the resource does not exist for them.
Outcome<Visible> find_visible(const HistoryQuery& query, record::Connection& connection,
                              const record::Context& context) {
  auto visible = read_visible(query, connection, context);
  if (!visible || query.id.empty() || !visible->page.versions.empty()) return visible;
  HistoryQuery all;
  all.type = query.type;
  all.id = query.id;
  all.count = 1;
  const auto any = read_visible(std::move(all), connection, context);
  if (!any) return tl::unexpected(any.error());
  if (any->page.versions.empty())
    return record::refuse(RefusalKind::not_found, IssueType::not_found, "there is no such resource");
  return visible;
}

}  // namespace

ReadAnswer answer_history(const ApiRequest& request, record::Connection& connection,
                          const record::Context& context) {
  const auto refused = [&](const Refusal& refusal) {
    auto response = answer(refusal);
    auto entry = entry_of(request, response.status);
    return ReadAnswer{std::move(response), std::move(entry)};
  };
  const record::Need need = request.asked.id.empty() ? record::Need::search : record::Need::read;
  if (!context.permission.may(request.asked.type, need)) return refused(record::forbidden().value());
  auto asked = parse_query(request);
  if (!asked) return refused(asked.error());
  asked->query.most_bytes = request.most_bytes;
  if (request.asked.id.empty()) {
    record::SearchQuery of_type;
    of_type.type = request.asked.type;
    auto scope = context.permission.scope_of(of_type);
    if (!scope) return refused(scope.error());
    asked->query.scope = std::move(*scope);
  }
  auto visible = find_visible(asked->query, connection, context);
  if (!visible) return refused(visible.error());
  ReadAnswer read{answer_page(request, *asked, std::move(visible->page)), entry_of(request, 200)};
  add_patients(read.entry, {visible->patients.begin(), visible->patients.end()}, context);
  return read;
}

}  // namespace reprise::server
