#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "record/store/permission.h"
#include "record/store/prepared.h"
#include "record/store/resources.h"
#include "record/store/writer.h"

namespace reprise::record {

/// Under which condition a resource may be changed.
struct Condition {
  std::optional<std::int64_t> version;  ///< only where this is the newest (If-Match)
  bool absent = false;                  ///< only where there is none (If-None-Match: *)
};

struct Written {
  Stored stored;
  bool created = false;               ///< it was not there, or was deleted
  std::vector<std::string> patients;  ///< in whose compartments it is, or was when it was deleted
};

/// Writes a new version, the first or the next, with its index. Errors: precondition; conflict, unavailable
/// of the database.
[[nodiscard]] Outcome<Written> put(const WriteSession& session, const Numbers& numbers, Prepared prepared,
                                   std::string_view method, const Condition& condition = {});

/// Deletes: a version that says so; earlier ones stay. Nothing where there is none, or it is deleted already.
[[nodiscard]] Outcome<std::optional<Written>> remove(const WriteSession& session, const Numbers& numbers,
                                                     std::string_view type, std::string_view id,
                                                     const Condition& condition = {});

/// Refuses where a resource of the record that is referred to does not exist, or may not be read by whoever
/// writes.
[[nodiscard]] std::optional<Refusal> check_references(Connection& connection, const Numbers& numbers,
                                                      const std::vector<Target>& references,
                                                      const Permission& permission = {});

}  // namespace reprise::record
