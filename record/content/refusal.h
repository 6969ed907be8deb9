#pragma once

#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "base/result.h"
#include "fhir/model/issue.h"

namespace reprise::record {

/// Why the record does not do what it was asked for. The server gives each its HTTP status.
enum class Why {
  malformed,       ///< what was sent cannot be read
  invalid,         ///< it can be read, and breaks FHIR's rules or ours
  unsupported,     ///< FHIR has it, and this record does not
  not_found,       ///< there is no such resource, or none that the asker may know of
  deleted,         ///< there was one
  conflict,        ///< somebody else changes it just now
  method,          ///< the address is right, and is not for that
  media_type,      ///< what was sent is in a format that is not understood
  not_acceptable,  ///< what is wanted is in another format than there is
  precondition,    ///< it is not as the asker said, or there are several
  unknown,         ///< it is not said who asks, or not believed
  forbidden,       ///< the asker may not
  too_large,
  too_many,     ///< of the asker's requests, or bytes: later again
  moved,        ///< the resource has another version than the change was prepared for: prepare it again
  unavailable,  ///< the database does not answer, or is full
};

struct Refusal {
  Why why;
  std::vector<fhir::Issue> issues;
};

/// How a request to the record ends.
template <class T>
using Outcome = tl::expected<T, Refusal>;

/// `return refuse(Why::deleted, IssueType::deleted, "…");`
[[nodiscard]] tl::unexpected<Refusal> refuse(Why why, fhir::IssueType code, std::string diagnostics,
                                             std::string expression = {});

/// A failure of the database on the way.
[[nodiscard]] tl::unexpected<Refusal> refuse(const Error& error);

}  // namespace reprise::record
