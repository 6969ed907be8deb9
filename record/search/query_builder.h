// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "record/search/query.h"

namespace reprise::record {

/// A search that the server makes itself, without the text of an address:
///
///   QueryBuilder("Flag").reference("subject", "Patient", id).code("status", "active")
///
/// Each call adds a criterion; all must hold.
class QueryBuilder {
 public:
  explicit QueryBuilder(std::string_view type);

  QueryBuilder& id(std::string_view id);
  /// A code of any system.
  QueryBuilder& code(std::string_view parameter, std::string_view code);
  QueryBuilder& not_code(std::string_view parameter, std::string_view code);
  /// One of these codes of any system.
  QueryBuilder& any_code(std::string_view parameter, std::initializer_list<std::string_view> codes);
  QueryBuilder& token(std::string_view parameter, std::string_view system, std::string_view code);
  QueryBuilder& not_token(std::string_view parameter, std::string_view system, std::string_view code);
  QueryBuilder& any_token(std::string_view parameter, std::vector<TokenValue> tokens);
  QueryBuilder& reference(std::string_view parameter, std::string_view type, std::string_view id);
  /// A reference of a resource that `parameter` leads to: of a Slot the `actor` of its `schedule`.
  QueryBuilder& chained_reference(std::string_view parameter, std::string_view chained_type,
                                  std::string_view chained_parameter, std::string_view type,
                                  std::string_view id);
  /// `time_ms`: since 1970, UTC.
  QueryBuilder& date(std::string_view parameter, Prefix prefix, std::int64_t time_ms);
  QueryBuilder& uri(std::string_view parameter, std::string_view uri);
  QueryBuilder& sort(std::string_view parameter, bool descending = false);

  /// Returns the search. Errors: invalid_argument (the type has no such parameter, or one of another kind).
  [[nodiscard]] Result<SearchQuery> build() const;

 private:
  QueryBuilder& add(std::string_view parameter, fhir::SearchKind kind, std::vector<SimpleValue> any,
                    Modifier modifier = Modifier::none);
  const fhir::SearchParameter* find(std::string_view type, std::string_view parameter, fhir::SearchKind kind);

  SearchQuery query_;
  std::string problem_;  ///< the first; empty if none
};

}  // namespace reprise::record
