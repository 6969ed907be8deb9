// SPDX-License-Identifier: Apache-2.0
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

/// A resource as stored in its table.
struct FoundResource {
  std::int64_t pk = 0;
  std::string type;
  std::string id;
  std::int64_t version = 0;
  std::int64_t updated_ms = 0;
  std::string content;
};

struct SearchPage {
  std::vector<FoundResource> matches;   ///< in the requested order
  std::vector<FoundResource> included;  ///< by `_include` and `_revinclude`; none of the matches, none twice
  std::optional<std::string> next;      ///< the cursor of the next page; nullopt on the last
  std::optional<std::int64_t> total;    ///< of all matches; nullopt unless requested
  std::vector<fhir::Issue> notes;       ///< omissions
};

/// Limit of included resources on a page. Further ones are omitted, with a note.
constexpr std::size_t kMostIncluded = 1000;

/// Runs a search within the scope. `connection`: in a transaction, so that all parts of the page show one
/// state of the database.
/// Matches come in the order of `_sort`; without it in an order that is stable from page to page. Pages
/// neither repeat nor skip resources that stay unchanged.
/// `most_bytes`: limit of the resources' texts. The page ends before it, but holds at least one match;
/// further includes are omitted. Errors: invalid_argument (a cursor of another search), and those of the
/// connection.
[[nodiscard]] Result<SearchPage> search(Connection& connection, const SearchQuery& query,
                                        const IndexIds& index_ids, const Scope& scope,
                                        std::size_t most_bytes = std::numeric_limits<std::size_t>::max());

/// Returns the ids of the patients in whose compartments the page's resources are, each once. `connection`:
/// in the same transaction.
[[nodiscard]] Result<std::vector<std::string>> compartments_of(Connection& connection,
                                                               const IndexIds& index_ids,
                                                               const SearchPage& page);

}  // namespace reprise::record
