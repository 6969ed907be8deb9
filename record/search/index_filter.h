#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/index/index_ids.h"
#include "record/search/query.h"
#include "record/search/sql.h"

// What one alternative of a criterion asks of the rows of one index table.
namespace reprise::record {

/// "column operator value"; without a value the operator says it all, and "IN" has a list instead.
struct Comparison {
  std::string_view column;
  std::string_view op;
  SortValue value;
  std::vector<std::string> list = {};
};

/// One of these must hold.
using Disjunction = std::vector<Comparison>;

/// "column <> ''": what the partial indexes of references hold, said so that they are used.
[[nodiscard]] Disjunction is_set(std::string_view column);

/// How the table's indexes give the rows of an arm.
enum class FilterOrder {
  unordered,  ///< only by looking at all rows of the parameter
  by_pk,      ///< few or many, in the order of pk
  by_value,   ///< in the order of `column`, then pk
  grouped,    ///< without a look at others, but in no such order
};

struct IndexFilter {
  std::string_view table;
  std::int64_t param = 0;          ///< with table "resource": the type
  std::vector<Disjunction> where;  ///< all of these must hold
  FilterOrder order = FilterOrder::unordered;
  std::string_view column;             ///< that a search may go along, where there is one
  std::vector<IndexFilter> elsewhere;  ///< other parts of a composite: of the same resource and place
};

/// Of more arms, what each finds is not merged in order any more.
constexpr std::size_t kMostFilters = 16;

/// All arms of a criterion: one of them must hold, or with `negated` none.
struct CompiledCriterion {
  bool negated = false;
  bool never = false;  ///< nothing can match
  std::vector<IndexFilter> any;
};

/// A criterion as arms; of its own type, without its chain.
[[nodiscard]] CompiledCriterion compile_criterion(const Criterion& criterion, const IndexIds& index_ids);

/// The rows that a parameter is sorted by: those of its index, or of the resource for `_id` and
/// `_lastUpdated`.
[[nodiscard]] IndexFilter sort_filter(std::string_view type, const fhir::SearchParameter& parameter,
                                      const IndexIds& index_ids);

/// Writes what a row must fulfil, "x.param = $1 AND …", for an index to find it by; `alias` is the row's.
void write_filter(Sql& sql, const IndexFilter& filter, std::string_view alias);

/// Writes "(… OR …)" of arms of one table and parameter, for rows that are found by their `pk`.
void write_any(Sql& sql, std::span<const IndexFilter> filters, std::string_view alias);

}  // namespace reprise::record
