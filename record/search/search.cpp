// SPDX-License-Identifier: Apache-2.0
#include "record/search/search.h"

#include <map>
#include <set>
#include <unordered_set>
#include <utility>

#include "record/search/find_included.h"
#include "record/search/parse_query.h"
#include "record/search/read_resources.h"
#include "record/search/statements.h"

namespace reprise::record {
namespace {

struct Match {
  std::int64_t pk = 0;
  std::vector<SortValue> values;
};

// Collects the matches of a page, and one more if there is one.
class MatchReader {
 public:
  MatchReader(const SearchContext& context, const Plan& plan)
      : context_(context), plan_(plan), wanted_(context.query.count + 1) {}

  Result<std::vector<Match>> read() {
    const auto& cursor = context_.query.cursor;
    if (cursor) {
      from_ = Position{cursor->values, cursor->pk};
      if (!fits(plan_, *from_))
        return fail(ErrorCode::invalid_argument, "search", "the cursor does not belong to this search",
                    "begin again without it");
      in_tail_ = has_tail() && std::holds_alternative<std::monostate>(from_->values[0]);
    }
    for (;;) {
      const auto rows = read_rows();
      if (!rows) return tl::unexpected(rows.error());
      if (matches_.size() >= wanted_) return std::move(matches_);
      if (*rows == limit()) continue;  // a resource that came several times took the place of others
      if (in_tail_ || !has_tail()) return std::move(matches_);
      in_tail_ = true;
      from_.reset();
    }
  }

 private:
  [[nodiscard]] bool has_tail() const { return plan_.way == ScanStrategy::index_order && plan_.has_tail; }
  [[nodiscard]] std::int64_t limit() const { return static_cast<std::int64_t>(wanted_); }

  // Returns the number of rows.
  Result<std::int64_t> read_rows() {
    std::int64_t rows = 0;
    const Sql sql = matches_sql(context_, plan_, from_, in_tail_, limit());
    Match last;
    const auto read = run_query(context_.connection, sql, [&](Row row) {
      ++rows;
      last = match_of(row);
      if (matches_.size() < wanted_ && seen_.insert(last.pk).second) matches_.push_back(last);
      return true;
    });
    if (!read) return tl::unexpected(read.error());
    if (rows > 0) from_ = Position{last.values, last.pk};
    return rows;
  }

  [[nodiscard]] Match match_of(Row row) const {
    Match match{std::get<std::int64_t>(row[0]), {}};
    if (in_tail_) match.values.emplace_back();
    for (std::size_t i = 1; i < row.size(); ++i) match.values.push_back(sort_value(row[i]));
    return match;
  }

  const SearchContext& context_;
  const Plan& plan_;
  std::size_t wanted_;
  std::optional<Position> from_;
  bool in_tail_ = false;
  std::vector<Match> matches_;
  std::unordered_set<std::int64_t> seen_;
};

Result<std::int64_t> count_all(const SearchContext& context, const Plan& plan) {
  std::int64_t total = 0;
  const auto read = run_query(context.connection, count_sql(context, plan), [&](Row row) {
    total = std::get<std::int64_t>(row[0]);
    return false;
  });
  if (!read) return tl::unexpected(read.error());
  return total;
}

Result<void> add_matches(const SearchContext& context, const Plan& plan, std::size_t most_bytes,
                         SearchPage& page) {
  auto matches = MatchReader(context, plan).read();
  if (!matches) return tl::unexpected(matches.error());
  bool more = matches->size() > context.query.count;
  if (more) matches->resize(context.query.count);
  std::vector<std::int64_t> pks;
  for (const Match& match : *matches) pks.push_back(match.pk);
  auto resources = read_resources(context.connection, pks, context.index_ids, most_bytes);
  if (!resources) return tl::unexpected(resources.error());
  page.matches = std::move(*resources);
  if (!page.matches.empty()) {
    // The page ends earlier if it has enough bytes.
    while (matches->back().pk != page.matches.back().pk) {
      matches->pop_back();
      more = true;
    }
  }
  if (more && !matches->empty()) {
    const Match& last = matches->back();
    page.next = write_cursor({plan.order, last.values, last.pk}, fingerprint(context.query));
  }
  return {};
}

}  // namespace

Result<SearchPage> search(Connection& connection, const SearchQuery& query, const IndexIds& index_ids,
                          const Scope& scope, std::size_t most_bytes) {
  const std::vector<SearchCondition> conditions = search_conditions(query, scope, index_ids);
  const SearchContext context{connection, query, index_ids, scope, conditions};
  const auto plan = make_plan(context);
  if (!plan) return tl::unexpected(plan.error());
  SearchPage page;
  if (query.total) {
    const auto total = count_all(context, *plan);
    if (!total) return tl::unexpected(total.error());
    page.total = *total;
  }
  if (query.summary == Summary::count) return page;
  if (auto added = add_matches(context, *plan, most_bytes, page); !added)
    return tl::unexpected(added.error());
  if (auto added = add_included(context, most_bytes, page); !added) return tl::unexpected(added.error());
  return page;
}

Result<std::vector<std::string>> compartments_of(Connection& connection, const IndexIds& index_ids,
                                                 const SearchPage& page) {
  std::map<std::int64_t, std::vector<std::int64_t>> by_param;
  for (const auto* some : {&page.matches, &page.included}) {
    for (const FoundResource& one : *some) {
      if (const auto param = index_ids.parameter(one.type, kCompartment)) by_param[*param].push_back(one.pk);
    }
  }
  std::set<std::string> patients;
  for (const auto& [param, pks] : by_param) {
    Sql sql{connection.dialect()};
    sql << "SELECT target_id FROM reference_index WHERE param = ";
    sql.bind(param) << " AND pk IN ";
    bind_list(sql, pks);
    const auto read = run_query(connection, sql, [&](Row row) {
      patients.emplace(std::get<std::string_view>(row[0]));
      return true;
    });
    if (!read) return tl::unexpected(read.error());
  }
  return std::vector<std::string>{patients.begin(), patients.end()};
}

}  // namespace reprise::record
