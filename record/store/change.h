#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/store/indexed_resource.h"
#include "record/store/permission.h"
#include "record/store/resources.h"
#include "record/store/writer.h"

namespace reprise::record {

/// Under which condition a resource may be changed.
struct Precondition {
  std::optional<std::int64_t> version;  ///< only where this is the newest (If-Match)
  bool absent = false;                  ///< only where there is none (If-None-Match: *)
};

struct WriteResult {
  Stored stored;
  std::optional<Stored> before = {};  ///< the newest version until now; nullopt: there was none
  bool created = false;               ///< it was not there, or was deleted
  std::vector<std::string> patients;  ///< in whose compartments it is, or was when it was deleted
};

/// Writes a new version, the first or the next, with its index. Errors: precondition; conflict, unavailable
/// of the database.
[[nodiscard]] Outcome<WriteResult> put(const WriteTransaction& session, const IndexIds& index_ids,
                                       IndexedResource prepared, std::string_view method,
                                       const Precondition& condition = {});

/// Deletes: a version that says so; earlier ones stay. Nothing where there is none, or it is deleted already.
[[nodiscard]] Outcome<std::optional<WriteResult>> remove(const WriteTransaction& session,
                                                         const IndexIds& index_ids, std::string_view type,
                                                         std::string_view id,
                                                         const Precondition& condition = {});

/// Refuses where a resource of the record that is referred to does not exist, or may not be read by whoever
/// writes.
[[nodiscard]] std::optional<Refusal> check_references(Connection& connection, const IndexIds& index_ids,
                                                      const std::vector<Target>& references,
                                                      const Permission& permission = {});

}  // namespace reprise::record
