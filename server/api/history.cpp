#include "server/api/history.h"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "fhir/date_time.h"
#include "record/search/form_text.h"
#include "server/api/audit.h"
#include "server/api/bundle_text.h"

namespace reprise::server {
namespace {

using fhir::IssueType;
using record::HistoryCursor;
using record::HistoryQuery;
using record::Outcome;
using record::Refusal;
using record::Why;

constexpr std::size_t kMostOnAPage = 1000;
constexpr std::string_view kAfter = "_after";

tl::unexpected<Refusal> wrong_value(std::string_view name) {
  return record::refuse(Why::malformed, IssueType::value,
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

Outcome<AskedHistory> read_query(const ApiRequest& request) {
  AskedHistory asked;
  asked.query.type = request.asked.type;
  asked.query.id = request.asked.id;
  const auto parameters = record::read_form(request.asked.query);
  if (!parameters) {
    return record::refuse(Why::malformed, IssueType::value,
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
    } else if (name != "_format" && !request.lenient) {
      return record::refuse(Why::malformed, IssueType::not_supported,
                            "a history knows the parameters _count and _since only");
    } else {
      continue;
    }
    accepted.emplace_back(name, value);
  }
  if (!accepted.empty()) asked.accepted = "?" + record::write_form(accepted);
  return asked;
}

std::string entry_rest(const record::Stored& version) {
  const bool posted = version.method == "POST";
  const unsigned status = !version.kept ? 204 : version.version == 1 ? 201 : 200;
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

http::Response answer_page(const ApiRequest& request, const AskedHistory& asked,
                           const record::HistoryPage& page) {
  BundleParts bundle{"history", {}, {}, {}};
  const std::string address = address_of(request, asked.accepted);
  bundle.links.push_back({"self", address});
  if (page.next) {
    bundle.links.push_back(
        {"next", fmt::format("{}{}{}={}-{}-{}", address, asked.accepted.empty() ? "?" : "&", kAfter,
                             page.next->updated_ms, page.next->pk, page.next->version)});
  }
  for (const record::Stored& version : page.versions) {
    bundle.entries.push_back({request.base + "/" + version.type + "/" + version.id,
                              version.kept ? whole_text(version) : std::string{}, entry_rest(version)});
  }
  return answer(200, bundle_text(bundle));
}

}  // namespace

ReadAnswer answer_history(const ApiRequest& request, record::Connection& connection,
                          const record::Context& context) {
  const auto refused = [&](const Refusal& refusal) {
    auto response = answer(refusal);
    auto entry = entry_of(request, response.status);
    return ReadAnswer{std::move(response), std::move(entry)};
  };
  const auto asked = read_query(request);
  if (!asked) return refused(asked.error());
  const auto page = read_history(connection, context.numbers, asked->query);
  if (!page) return refused(record::refuse(page.error()).value());
  const bool first_page = !asked->query.after && !asked->query.since_ms;
  if (page->versions.empty() && !request.asked.id.empty() && first_page) {
    return refused(record::refuse(Why::not_found, IssueType::not_found, "there is no such resource").value());
  }
  ReadAnswer read{answer_page(request, *asked, *page), entry_of(request, 200)};
  std::set<std::string> patients;
  for (const record::Stored& version : page->versions) {
    if (const auto own = compartments_of(connection, context.numbers, version))
      patients.insert(own->begin(), own->end());
  }
  read.entry.patients.assign(patients.begin(), patients.end());
  return read;
}

}  // namespace reprise::server
