// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.h"
#include "fhir/model/issue.h"

namespace reprise::record {

/// The kinds of refusal. The server maps each to an HTTP status.
enum class RefusalKind {
  malformed,       ///< the body cannot be parsed
  invalid,         ///< it breaks FHIR's rules or ours
  unsupported,     ///< FHIR defines it, but this record does not support it
  not_found,       ///< no such resource, or none that the principal may know of
  deleted,         ///< it was deleted
  conflict,        ///< a concurrent change
  method,          ///< the address does not support the method
  media_type,      ///< the body's media type is not supported
  not_acceptable,  ///< the requested media type is not available
  precondition,    ///< the precondition failed, or several resources match
  unknown,         ///< not authenticated
  forbidden,       ///< not authorized
  too_large,
  too_many,     ///< rate limit of requests or bytes: retry later
  moved,        ///< the resource changed since the operation was prepared: prepare it again
  unavailable,  ///< the database does not answer, or is full
};

struct Refusal {
  RefusalKind kind;
  std::vector<fhir::Issue> issues;
};

/// The result of a request to the record.
template <class T>
using Outcome = tl::expected<T, Refusal>;

/// Makes a refusal: `return refuse(RefusalKind::deleted, IssueType::deleted, "…");`
[[nodiscard]] tl::unexpected<Refusal> refuse(RefusalKind kind, fhir::IssueType code, std::string diagnostics,
                                             std::string expression = {});

/// Makes a refusal of a database error.
[[nodiscard]] tl::unexpected<Refusal> refuse(const Error& error);

}  // namespace reprise::record
