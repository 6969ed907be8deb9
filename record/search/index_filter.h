// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "record/index/index_ids.h"
#include "record/search/query.h"
#include "record/search/sql.h"

// Compiles a search criterion to filters on the index tables.
namespace reprise::record {

/// "column operator value". IS NULL has no value, and IN a list instead.
struct Comparison {
  std::string_view column;
  std::string_view op;
  SortValue value;
  std::vector<std::string> list = {};
};

/// At least one of these must hold.
using Disjunction = std::vector<Comparison>;

/// Returns "column <> ''", which lets the database use the partial indexes of references.
[[nodiscard]] Disjunction is_set(std::string_view column);

/// The order in which the table's indexes return the rows of a filter.
enum class FilterOrder {
  unordered,  ///< no index: all rows of the parameter are scanned
  by_pk,      ///< by primary key
  by_value,   ///< by `column`, then by primary key
  grouped,    ///< from an index, but in neither of these orders
};

/// A filter on one index table, compiled from one alternative of a search criterion.
struct IndexFilter {
  std::string_view table;
  std::int64_t param = 0;          ///< with table "resource": the type
  std::vector<Disjunction> where;  ///< all of these must hold
  FilterOrder order = FilterOrder::unordered;
  std::string_view column;             ///< that the rows can be ordered by; empty if none
  std::vector<IndexFilter> elsewhere;  ///< the other parts of a composite, for the same resource and element
};

/// Above this many filters the results are sorted instead of merged.
constexpr std::size_t kMostFilters = 16;

/// The filters of a criterion: one of them must match, or none if `negated`.
struct CompiledCriterion {
  bool negated = false;
  bool never = false;  ///< no row can match
  std::vector<IndexFilter> any;
};

/// Compiles a criterion for its own resource type, without its chain.
[[nodiscard]] CompiledCriterion compile_criterion(const Criterion& criterion, const IndexIds& index_ids);

/// Returns the filter whose rows give a parameter's sort values: rows of its index, or of the resource for
/// `_id` and `_lastUpdated`.
[[nodiscard]] IndexFilter sort_filter(std::string_view type, const fhir::SearchParameter& parameter,
                                      const IndexIds& index_ids);

/// Writes the condition on a row, "x.param = $1 AND …". `alias`: of the row's table.
void write_filter(Sql& sql, const IndexFilter& filter, std::string_view alias);

/// Writes "(… OR …)" for filters on one table and parameter, where the rows are looked up by `pk`.
void write_any(Sql& sql, std::span<const IndexFilter> filters, std::string_view alias);

}  // namespace reprise::record
