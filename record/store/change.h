// SPDX-License-Identifier: Apache-2.0
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

/// The precondition of a change.
struct Precondition {
  std::optional<std::int64_t> version;  ///< must be the newest version (If-Match)
  bool absent = false;                  ///< must not exist (If-None-Match: *)
};

struct WriteResult {
  Stored stored;
  std::optional<Stored> before = {};  ///< the previous version; nullopt if there was none
  bool created = false;               ///< it did not exist, or was deleted
  std::vector<std::string> patients;  ///< in whose compartments it is, or was before its deletion
};

/// Writes the first or the next version, with its index. Errors: precondition; conflict and unavailable of
/// the database.
[[nodiscard]] Outcome<WriteResult> put(const WriteTransaction& session, const IndexIds& index_ids,
                                       IndexedResource prepared, std::string_view method,
                                       const Precondition& condition = {});

/// Writes a deletion as a version; earlier versions stay. Does nothing if there is no resource or it is
/// already deleted.
[[nodiscard]] Outcome<std::optional<WriteResult>> remove(const WriteTransaction& session,
                                                         const IndexIds& index_ids, std::string_view type,
                                                         std::string_view id,
                                                         const Precondition& condition = {});

/// Checks references. Refuses if a referenced resource of the record does not exist, or the principal may not
/// read it.
[[nodiscard]] std::optional<Refusal> check_references(Connection& connection, const IndexIds& index_ids,
                                                      const std::vector<Target>& references,
                                                      const Permission& permission = {});

}  // namespace reprise::record
