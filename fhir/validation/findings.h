// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "fhir/model/element_path.h"
#include "fhir/model/issue.h"
#include "fhir/validation/validate.h"

namespace reprise::fhir {

/// Collects issues up to the limit.
class Findings {
 public:
  explicit Findings(const ValidateOptions& options) : most_(options.max_issues) {}

  void add(IssueType code, const ElementPath& place, std::string diagnostics);
  /// Whether the check may stop.
  [[nodiscard]] bool full() const { return issues_.size() > most_; }
  [[nodiscard]] std::vector<Issue> take() && { return std::move(issues_); }

 private:
  std::size_t most_;
  std::vector<Issue> issues_;
};

}  // namespace reprise::fhir
