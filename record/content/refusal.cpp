// SPDX-License-Identifier: Apache-2.0
#include "record/content/refusal.h"

#include "fhir/model/operation_outcome.h"

namespace reprise::record {

tl::unexpected<Refusal> refuse(RefusalKind kind, fhir::IssueType code, std::string diagnostics,
                               std::string expression) {
  return tl::unexpected(
      Refusal{kind, {{fhir::Severity::error, code, std::move(diagnostics), std::move(expression)}}});
}

tl::unexpected<Refusal> refuse(const Error& error) {
  const RefusalKind kind = error.code == ErrorCode::conflict           ? RefusalKind::conflict
                           : error.code == ErrorCode::invalid_argument ? RefusalKind::malformed
                                                                       : RefusalKind::unavailable;
  return tl::unexpected(Refusal{kind, {fhir::to_issue(error)}});
}

}  // namespace reprise::record
