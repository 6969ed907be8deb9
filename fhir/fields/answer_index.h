// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "fhir/fields/fields.h"

namespace reprise::fhir {

/// The resources of several answers of a record, by type and id.
class AnswerIndex {
 public:
  /// Errors: those of fhir::parse_resource; corrupt, where two answers hold different versions of one
  /// resource.
  [[nodiscard]] static Result<AnswerIndex> of(std::span<const std::string> answers);

  /// Null where it is not there.
  [[nodiscard]] const Json* find(std::string_view type, std::string_view id) const;
  /// In the order of their ids.
  [[nodiscard]] std::vector<const Json*> all(std::string_view type) const;

 private:
  [[nodiscard]] Result<void> add(Json&& resource);

  std::map<std::string, std::map<std::string, Json, std::less<>>, std::less<>> resources_;
};

}  // namespace reprise::fhir
