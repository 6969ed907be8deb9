// SPDX-License-Identifier: Apache-2.0
#include "server/fhir_api/search.h"

#include "fhir/model/operation_outcome.h"
#include "record/search/parse_query.h"
#include "record/search/search.h"
#include "record/store/writer.h"
#include "server/fhir_api/audit.h"
#include "server/fhir_api/payload/bundle_text.h"
#include "server/fhir_api/payload/resource_part.h"

namespace reprise::server {
namespace {

using record::Refusal;
using record::RefusalKind;

std::string text_of(const record::FoundResource& found, const record::SearchQuery& query) {
  return part_of(record::whole_text({found.type, found.id, found.version, found.updated_ms}, found.content),
                 query);
}

void add_matches(record::SearchPage& page, const record::SearchQuery& query, const std::string& base,
                 BundleParts& bundle) {
  const auto add = [&](std::vector<record::FoundResource>& some, const char* mode) {
    for (record::FoundResource& found : some) {
      const record::FoundResource one = std::move(found);
      bundle.entries.push_back({base + "/" + one.type + "/" + one.id, text_of(one, query),
                                std::string{R"("search":{"mode":")"} + mode + "\"}"});
    }
  };
  add(page.matches, "match");
  add(page.included, "include");
}

void add_warnings(const std::vector<fhir::Issue>& warnings, BundleParts& bundle) {
  if (warnings.empty()) return;
  bundle.entries.push_back({{}, fhir::operation_outcome(warnings).dump(), R"("search":{"mode":"outcome"})"});
}

http::Response answer_page(const ApiRequest& request, const record::ReadQuery& read,
                           record::SearchPage page) {
  BundleParts bundle{"searchset", page.total, {}, {}};
  const std::string query = record::query_text(read.query);
  const std::string address = request.base + "/" + request.asked.type;
  bundle.links.push_back({"self", query.empty() ? address : address + "?" + query});
  if (page.next) {
    bundle.links.push_back({"next", address + "?" + query + (query.empty() ? "" : "&") +
                                        std::string{record::kCursorParameter} + "=" + *page.next});
  }
  add_matches(page, read.query, request.base, bundle);
  auto warnings = read.warnings;
  warnings.insert(warnings.end(), page.notes.begin(), page.notes.end());
  add_warnings(warnings, bundle);
  return answer(200, bundle_text(std::move(bundle)));
}

}  // namespace

ReadAnswer answer_search(const ApiRequest& request, record::Connection& connection,
                         const record::Context& context) {
  const auto refused = [&](const Refusal& refusal) {
    auto response = answer(refusal);
    auto entry = entry_of(request, response.status);
    return ReadAnswer{std::move(response), std::move(entry)};
  };
  const std::array<std::string_view, 2> forms = {request.asked.query, request.form};
  const auto read = record::parse_query(
      request.asked.type, forms,
      {.lenient = request.lenient, .now_ms = record::milliseconds_now(), .base = request.base});
  if (!read.errors.empty()) return refused({RefusalKind::malformed, read.errors});
  const auto scope = context.permission.scope_of(read.query);
  if (!scope) return refused(scope.error());
  auto page = record::search(connection, read.query, context.index_ids, *scope, request.most_bytes);
  if (!page) return refused(record::refuse(page.error()).value());
  auto patients = compartments_of(connection, context.index_ids, *page);
  ReadAnswer done{answer_page(request, read, std::move(*page)), entry_of(request, 200)};
  if (patients) add_patients(done.entry, std::move(*patients), context);
  return done;
}

}  // namespace reprise::server
