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
  std::string method;               ///< how it came about: "POST", "PUT", "PATCH" or "DELETE"
  std::optional<std::string> kept;  ///< its kept text; nullopt: this version says that it was deleted
  /// The cache of `resource_of`, shared by the copies of a version. Copies belong to one thread.
  mutable std::shared_ptr<const fhir::Json> parsed = {};
};

/// Returns the version as JSON, parsed by the first call; null for a deletion. Errors: corrupt.
[[nodiscard]] Result<std::shared_ptr<const fhir::Json>> resource_of(const Stored& stored);

/// The resource as JSON. `stored`: not a deletion.
[[nodiscard]] std::string whole_text(const Stored& stored);

/// The newest version; nothing where there never was such a resource.
[[nodiscard]] Result<std::optional<Stored>> find_resource(Connection& connection, const IndexIds& index_ids,
                                                          std::string_view type, std::string_view id);

/// This version; nothing where there is none.
[[nodiscard]] Result<std::optional<Stored>> find_version(Connection& connection, const IndexIds& index_ids,
                                                         std::string_view type, std::string_view id,
                                                         std::int64_t version);

/// The ids of the patients in whose compartments the resource is; of a deleted one none.
[[nodiscard]] Result<std::vector<std::string>> compartments_of(Connection& connection,
                                                               const IndexIds& index_ids,
                                                               const Stored& stored);

/// Where the next page of a history begins.
struct HistoryCursor {
  std::int64_t updated_ms;
  std::int64_t pk;
  std::int64_t version;
};

struct HistoryQuery {
  std::string type;
  std::string id;  ///< empty: of all resources of the type
  std::optional<std::int64_t> since_ms;
  std::size_t count = 50;
  std::optional<HistoryCursor> after;
  std::size_t most_bytes = std::numeric_limits<std::size_t>::max();  ///< the page ends when it has so many
  /// Of a type: only of resources that are in this scope now, and of deleted ones. What each version says is
  /// to be looked at besides.
  Scope scope = {};
};

struct HistoryPage {
  std::vector<Stored> versions;  ///< newest first
  std::optional<HistoryCursor> next;
};

[[nodiscard]] Result<HistoryPage> read_history(Connection& connection, const IndexIds& index_ids,
                                               const HistoryQuery& query);

}  // namespace reprise::record
