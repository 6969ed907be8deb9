#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "fhir/model/issue.h"
#include "record/database/connection.h"
#include "record/index/index_ids.h"
#include "record/search/query.h"
#include "record/search/scope.h"

namespace reprise::record {

/// A resource as it is in its table.
struct FoundResource {
  std::int64_t pk = 0;
  std::string type;
  std::string id;
  std::int64_t version = 0;
  std::int64_t updated_ms = 0;
  std::string content;
};

struct SearchPage {
  std::vector<FoundResource> matches;   ///< in their order
  std::vector<FoundResource> included;  ///< by `_include` and `_revinclude`; none of the matches, none twice
  std::optional<std::string> next;      ///< the cursor of the next page; nothing after the last
  std::optional<std::int64_t> total;    ///< of all matches, where it was asked for
  std::vector<fhir::Issue> notes;       ///< what was left out
};

/// How many resources may be included on a page. What is more is left out, and the notes say so.
constexpr std::size_t kMostIncluded = 1000;

/// Searches, within the scope. `connection`: in a transaction, so that all parts of the page show one state
/// of the database. Matches come in the order of `_sort`; without one in an order that stays the same from
/// page to page: pages neither repeat nor skip what was there and unchanged all along. Errors:
/// invalid_argument (a cursor that does not belong to the search), and those of the connection. `most_bytes`:
/// of the resources' texts: the page ends before it would have more, but not before its first match; what
/// could still be included is left out.
[[nodiscard]] Result<SearchPage> search(Connection& connection, const SearchQuery& query,
                                        const IndexIds& index_ids, const Scope& scope,
                                        std::size_t most_bytes = std::numeric_limits<std::size_t>::max());

/// The ids of the patients in whose compartments what a page shows is, each once. `connection`: in the same
/// transaction.
[[nodiscard]] Result<std::vector<std::string>> compartments_of(Connection& connection,
                                                               const IndexIds& index_ids,
                                                               const SearchPage& page);

}  // namespace reprise::record
