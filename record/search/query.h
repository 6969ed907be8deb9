// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "fhir/search/search_values.h"
#include "record/search/cursor.h"

// A search as it is asked for, with everything checked (http://hl7.org/fhir/R4/search.html).
namespace reprise::record {

enum class Prefix { eq, ne, gt, lt, ge, le, sa, eb, ap };

/// "system|code".
struct TokenValue {
  std::optional<std::string> system;  ///< nullopt: any; empty: none
  std::string code;                   ///< empty: any of the system; of an identifier by its type "code|value"
};

struct TextValue {
  std::string text;  ///< as it was given
};

/// Half open, in milliseconds since 1970. With `ap` it is wider than the given range.
struct DateValue {
  Prefix prefix = Prefix::eq;
  std::int64_t start_ms = 0;
  std::int64_t end_ms = 0;
};

/// A number, and what else is written the same with as many digits: 5.0 is all from 4.95 to 5.05. With `ap`
/// wider.
struct NumberValue {
  Prefix prefix = Prefix::eq;
  double value = 0;
  double from = 0;
  double to = 0;                      ///< outside
  std::optional<std::string> system;  ///< of a quantity; nullopt: any
  std::optional<std::string> code;    ///< nullopt: any; without a system it also matches the unit's text
};

/// Type and id, or an id alone, or an address alone.
struct ReferenceValue {
  std::string type;
  std::string id;
  std::string address;
};

struct UriValue {
  std::string uri;
};

using SimpleValue = std::variant<TokenValue, TextValue, DateValue, NumberValue, ReferenceValue, UriValue>;

/// One of the alternatives that commas separate: one value, or one for each part of a composite parameter.
using SearchValue = std::vector<SimpleValue>;

enum class Modifier { none, missing, exact, contains, negated, of_type, identifier, above, below };

/// "subject:Patient.": what follows must hold of a resource of this type that the parameter leads to.
struct Chain {
  const fhir::SearchParameter* reference = nullptr;
  std::string target_type;
};

/// One parameter of a search. All criteria must hold.
struct Criterion {
  std::string type;  ///< whose parameter it is: with a chain the target's
  const fhir::SearchParameter* parameter = nullptr;
  Modifier modifier = Modifier::none;
  bool missing = false;                   ///< with Modifier::missing: whether there must be no value
  std::vector<SearchValue> alternatives;  ///< one of them must hold
  std::optional<Chain> chain;
};

struct SortKey {
  const fhir::SearchParameter* parameter = nullptr;
  bool descending = false;
};

/// `_include` or `_revinclude`.
struct Include {
  bool reverse = false;
  std::string source_type;  ///< that has the reference
  const fhir::SearchParameter* reference = nullptr;
  std::string target_type;  ///< empty: any
};

enum class Summary { none, summary, text, data, count };

struct SearchQuery {
  std::string type;
  std::vector<Criterion> criteria;
  std::vector<SortKey> sort;
  std::vector<Include> includes;
  std::size_t count = 50;  ///< resources on a page; 0: only the total
  bool total = false;
  Summary summary = Summary::none;
  std::vector<std::string> elements;
  std::optional<Cursor> cursor;  ///< where the page before ended
  std::string format;            ///< `_format` as it is given; empty: not given
  std::string pretty;
  /// The parsed parameters, decoded and in the order of the query, without the cursor: for links to this page
  /// and the next.
  std::vector<std::pair<std::string, std::string>> accepted;
};

}  // namespace reprise::record
