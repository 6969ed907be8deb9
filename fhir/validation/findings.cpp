// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/findings.h"

#include <utility>

namespace reprise::fhir {

void Findings::add(IssueType code, const ElementPath& place, std::string diagnostics) {
  if (full()) return;
  if (issues_.size() == most_) {
    issues_.push_back({Severity::information, IssueType::too_costly,
                       "the check stopped after " + std::to_string(most_) + " problems", ""});
    return;
  }
  issues_.push_back({Severity::error, code, std::move(diagnostics), expression(place)});
}

}  // namespace reprise::fhir
