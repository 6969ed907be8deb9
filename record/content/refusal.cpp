#include "record/content/refusal.h"

#include "fhir/model/operation_outcome.h"

namespace reprise::record {

tl::unexpected<Refusal> refuse(Why why, fhir::IssueType code, std::string diagnostics,
                               std::string expression) {
  return tl::unexpected(
      Refusal{why, {{fhir::Severity::error, code, std::move(diagnostics), std::move(expression)}}});
}

tl::unexpected<Refusal> refuse(const Error& error) {
  const Why why = error.code == ErrorCode::conflict           ? Why::conflict
                  : error.code == ErrorCode::invalid_argument ? Why::malformed
                                                              : Why::unavailable;
  return tl::unexpected(Refusal{why, {fhir::to_issue(error)}});
}

}  // namespace reprise::record
