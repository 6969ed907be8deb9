// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "fhir/model/issue.h"
#include "record/search/query.h"

namespace reprise::record {

/// How much one search may ask for.
constexpr std::size_t kLongestQuery = 65536;  ///< bytes, percent signs and all
constexpr std::size_t kMostCriteria = 32;
constexpr std::size_t kMostAlternatives = 100;  ///< of one criterion
constexpr std::size_t kMostAlternativesInAll = 250;
constexpr std::size_t kMostIncludes = 32;
constexpr std::size_t kMostSortKeys = 4;
constexpr std::size_t kMostResources = 1000;  ///< on a page

/// Its resources come from the audit log and are in no index: searches neither lead to them nor from them.
constexpr std::string_view kLogType = "AuditEvent";

/// The parameter that a link to the next page has in addition.
constexpr std::string_view kCursorParameter = "_cursor";

struct QueryOptions {
  /// `Prefer: handling=lenient`: unknown and unsupported parameters are ignored, with a warning.
  bool lenient = false;
  std::int64_t now_ms = 0;  ///< since 1970
  std::string_view base;    ///< the address of this server, without a slash at the end; empty: not known
};

struct ReadQuery {
  SearchQuery query;                  ///< only of use without errors
  std::vector<fhir::Issue> errors;    ///< each names its parameter, none repeats a value
  std::vector<fhir::Issue> warnings;  ///< parameters that were ignored or reduced
};

/// Parses a search for resources of a supported type. `forms`: the query of the address, and the body of a
/// POST, both still percent-encoded. Reports every unknown parameter. docs/reference/fhir.md lists the
/// supported ones.
[[nodiscard]] ReadQuery parse_query(std::string_view type, std::span<const std::string_view> forms,
                                    const QueryOptions& options);

/// What follows the ? of a link to this search, without a cursor.
[[nodiscard]] std::string query_text(const SearchQuery& query);

/// What a cursor of this search is bound to: its criteria and its order.
[[nodiscard]] std::string fingerprint(const SearchQuery& query);

}  // namespace reprise::record
