// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/json.h"
#include "record/content/content.h"
#include "record/database/connection.h"
#include "record/index/index_ids.h"
#include "record/search/scope.h"

namespace reprise::record {

/// One version of a resource.
struct Stored {
  std::int64_t pk = 0;
  std::string type;
  std::string id;
  std::int64_t version = 0;
  std::int64_t updated_ms = 0;
  std::string method;                  ///< origin: "POST", "PUT", "PATCH" or "DELETE"
  std::optional<std::string> content;  ///< its stored text; nullopt for a deletion
  /// Whether `resource_of` keeps its result for the next caller. Only for single versions: the parsed forms
  /// of a page or a transaction are many times as large as their texts.
  bool keeps_parsed = false;
  mutable std::shared_ptr<const fhir::Json> parsed = {};
};

/// Returns the version as JSON; null for a deletion. Parses it once if it keeps the result. Errors: corrupt.
[[nodiscard]] Result<std::shared_ptr<const fhir::Json>> resource_of(const Stored& stored);

/// Returns the resource as JSON. `stored`: not a deletion.
[[nodiscard]] std::string whole_text(const Stored& stored);

/// Returns the newest version; nullopt if the resource never existed.
[[nodiscard]] Result<std::optional<Stored>> find_resource(Connection& connection, const IndexIds& index_ids,
                                                          std::string_view type, std::string_view id);

/// Returns this version; nullopt if there is none.
[[nodiscard]] Result<std::optional<Stored>> find_version(Connection& connection, const IndexIds& index_ids,
                                                         std::string_view type, std::string_view id,
                                                         std::int64_t version);

/// Returns the ids of the patients in whose compartments the resource is; empty for a deleted one.
[[nodiscard]] Result<std::vector<std::string>> compartments_of(Connection& connection,
                                                               const IndexIds& index_ids,
                                                               const Stored& stored);

/// The position of the next page of a history.
struct HistoryCursor {
  std::int64_t updated_ms;
  std::int64_t pk;
  std::int64_t version;
};

struct HistoryQuery {
  std::string type;
  std::string id;  ///< empty: all resources of the type
  std::optional<std::int64_t> since_ms;
  std::size_t count = 50;
  std::optional<HistoryCursor> after;
  std::size_t most_bytes = std::numeric_limits<std::size_t>::max();  ///< limit of the page's bytes
  /// Of a type: limits it to resources in this scope now, and deleted ones. The caller also checks each
  /// version's own text.
  Scope scope = {};
};

struct HistoryPage {
  std::vector<Stored> versions;  ///< newest first
  std::optional<HistoryCursor> next;
};

[[nodiscard]] Result<HistoryPage> read_history(Connection& connection, const IndexIds& index_ids,
                                               const HistoryQuery& query);

}  // namespace reprise::record
