// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "json/problem.h"

namespace reprise::json {

/// A JSON Schema (draft 7) that explains itself: valijson finds the violations, the schema's own
/// `description`s say what belongs there. Understood in explanations: $ref into the same file, type, enum,
/// const, pattern, not a pattern, minimum, maximum, exclusiveMinimum, lengths, uniqueItems, required,
/// properties, additionalProperties, items; and oneOf whose alternatives each require a constant field
/// ("kind"). A failure of any other keyword is reported in valijson's words, once nothing else is wrong.
class Schema {
 public:
  /// Precondition: `text` is a valid schema (ours are built into the program and tested).
  explicit Schema(std::string_view text);
  ~Schema();
  Schema(const Schema&) = delete;
  Schema& operator=(const Schema&) = delete;

  /// Everything that is wrong, in the document's order of depth; empty where it is valid.
  [[nodiscard]] std::vector<Problem> check(const nlohmann::json& document, const std::string& file) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace reprise::json
