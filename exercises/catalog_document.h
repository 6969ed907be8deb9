// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "exercises/catalog.h"
#include "json/json_schema.h"
#include "json/node.h"

namespace reprise::exercises {

/// A file of the catalog: parsed strictly, checked by its schema, and with its id as its name. Collects the
/// problems.
class CatalogDocument {
 public:
  CatalogDocument(const CatalogFile& file, const json::Schema& schema);

  /// Returns the document. Its values are what the schema says only while `right`.
  [[nodiscard]] json::Node root() const { return json::Node(&json_); }
  [[nodiscard]] bool right() const { return problems_.empty(); }
  /// Adds what no schema can say.
  void refuse(const json::Node& where, std::string limit, std::string remedy);
  /// Returns every problem as one invalid_argument. `guide` names the document that explains the fields.
  [[nodiscard]] Error error(std::string stage, const std::string& guide) const;

 private:
  std::string file_;
  std::vector<json::Problem> problems_;
  nlohmann::json json_;
};

// Values of a checked document; empty or zero if an optional field is missing.

[[nodiscard]] std::string text_of(const json::Node& node);
[[nodiscard]] int whole_of(const json::Node& node);
[[nodiscard]] Translations translations_of(const json::Node& texts);

/// Returns the enumerator whose position in `words` is the text's. Precondition: it is one of them.
template <class Enum, std::size_t Count>
[[nodiscard]] Enum choice_of(const json::Node& node, const std::array<std::string_view, Count>& words) {
  return static_cast<Enum>(std::find(words.begin(), words.end(), text_of(node)) - words.begin());
}

}  // namespace reprise::exercises
