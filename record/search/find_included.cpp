// SPDX-License-Identifier: Apache-2.0
#include "record/search/find_included.h"

#include <set>
#include <string>
#include <utility>

#include "record/search/read_resources.h"

namespace reprise::record {
namespace {

// Limit of the reference targets of one page, before the scope is applied.
constexpr std::int64_t kMostTargets = 10'000;

std::int64_t param_of(const Include& include, const IndexIds& index_ids) {
  return index_ids.parameter(include.source_type, include.reference->code).value_or(-1);
}

std::int64_t number_of_type(const std::string& type, const IndexIds& index_ids) {
  const TypeIds* of = index_ids.find(type);
  return of != nullptr ? of->number : -1;
}

// Finds the resources that the matches refer to.
Sql include_sql(const Include& include, const SearchPage& page, const SearchContext& context) {
  std::vector<std::int64_t> pks;
  for (const FoundResource& match : page.matches) pks.push_back(match.pk);
  Sql sql{context.connection.dialect()};
  sql << "SELECT DISTINCT t.pk, t.type FROM reference_index c CROSS JOIN resource t WHERE c.pk IN ";
  bind_list(sql, pks);
  sql << " AND c.param = ";
  sql.bind(param_of(include, context.index_ids));
  if (!include.target_type.empty()) {
    sql << " AND c.target_type = ";
    sql.bind(number_of_type(include.target_type, context.index_ids));
  }
  sql << " AND c.target_id <> '' AND t.type = c.target_type AND t.id = c.target_id AND t.content IS NOT NULL"
      << " ORDER BY 1 LIMIT ";
  sql.bind(kMostTargets);
  return sql;
}

// Finds the resources that refer to the matches. Deleted resources have no index rows.
Sql reverse_include_sql(const Include& include, const SearchPage& page, const SearchContext& context) {
  std::vector<std::string> ids;
  for (const FoundResource& match : page.matches) ids.push_back(match.id);
  Sql sql{context.connection.dialect()};
  sql << "SELECT DISTINCT c.pk, r.type FROM reference_index c CROSS JOIN resource r WHERE c.param = ";
  sql.bind(param_of(include, context.index_ids)) << " AND c.target_id IN ";
  bind_list(sql, ids);
  sql << " AND c.target_id <> '' AND c.target_type = ";
  sql.bind(number_of_type(context.query.type, context.index_ids)) << " AND r.pk = c.pk";
  write_scope(sql, context.scope, include.source_type, "c.pk", context.index_ids);
  // They may include matches and resources that other includes found.
  sql << " ORDER BY 1 LIMIT ";
  sql.bind(static_cast<std::int64_t>(2 * kMostIncluded + page.matches.size() + 1));
  return sql;
}

class IncludeCollector {
 public:
  explicit IncludeCollector(const SearchPage& page) {
    for (const FoundResource& match : page.matches) known_.insert(match.pk);
  }

  // Returns whether all fitted.
  bool add(const std::vector<Found>& found) {
    for (const Found& one : found) {
      if (known_.count(one.first) != 0) continue;
      if (pks_.size() == kMostIncluded) return false;
      known_.insert(one.first);
      pks_.push_back(one.first);
    }
    return true;
  }

  [[nodiscard]] const std::vector<std::int64_t>& pks() const { return pks_; }

 private:
  std::set<std::int64_t> known_;
  std::vector<std::int64_t> pks_;
};

Result<std::vector<Found>> find_one_include(const SearchContext& context, const Include& include,
                                            const SearchPage& page) {
  const Sql sql =
      include.reverse ? reverse_include_sql(include, page, context) : include_sql(include, page, context);
  std::vector<Found> found;
  const auto read = run_query(context.connection, sql, [&](Row row) {
    found.emplace_back(std::get<std::int64_t>(row[0]), std::get<std::int64_t>(row[1]));
    return true;
  });
  if (!read) return tl::unexpected(read.error());
  if (include.reverse) return found;
  return in_scope(context.connection, context.scope, std::move(found), context.index_ids);
}

}  // namespace

Result<void> add_included(const SearchContext& context, std::size_t most_bytes, SearchPage& page) {
  if (page.matches.empty() || context.query.includes.empty()) return {};
  IncludeCollector collector(page);
  bool complete = true;
  for (const Include& include : context.query.includes) {
    const auto found = find_one_include(context, include, page);
    if (!found) return tl::unexpected(found.error());
    const bool all = collector.add(*found) && found->size() < static_cast<std::size_t>(kMostTargets);
    complete = complete && all;
  }
  std::size_t bytes = 0;
  for (const FoundResource& match : page.matches) bytes += match.content.size();
  if (bytes < most_bytes) {
    auto resources =
        read_resources(context.connection, collector.pks(), context.index_ids, most_bytes - bytes);
    if (!resources) return tl::unexpected(resources.error());
    page.included = std::move(*resources);
  }
  if (page.included.size() < collector.pks().size()) complete = false;
  if (!complete) {
    page.notes.push_back({fhir::Severity::information, fhir::IssueType::too_costly,
                          "more would be included than an answer may have (" + std::to_string(kMostIncluded) +
                              " resources, or their size); the others are left out: ask for smaller pages",
                          ""});
  }
  return {};
}

}  // namespace reprise::record
