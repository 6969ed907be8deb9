// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "json/fields.h"

namespace reprise::json {

class Reader;

/// A JSON text from a page, and the first thing found wrong with it.
class Document {
 public:
  /// Text that another reader has parsed.
  struct Parsed {
    Json json;
  };
  Document(std::string_view text, std::string stage);
  Document(Parsed parsed, std::string stage);
  Document(const Document&) = delete;
  Document& operator=(const Document&) = delete;

  [[nodiscard]] Reader root();
  /// invalid_argument, with the field and what belongs there.
  [[nodiscard]] std::optional<Error> problem() const;

 private:
  friend class Reader;
  Json json_;
  std::string stage_;
  std::string wrong_;  // "byHand.repetitions is not a whole number from 0 to 1000"
};

/// Reads the fields of one group. After the first problem, values are empty and mean nothing.
class Reader {
 public:
  Reader(const Json& json, std::string path, Document& document)
      : json_(&json), path_(std::move(path)), document_(&document) {}

  [[nodiscard]] bool there() const { return !json_->is_null(); }
  [[nodiscard]] bool right() const { return document_->wrong_.empty(); }
  [[nodiscard]] const Json& json() const { return *json_; }
  void refuse(std::string_view name, std::string_view wanted);

  /// Whether the field is there, null or not.
  [[nodiscard]] bool has(std::string_view name) const { return field(*json_, name) != nullptr; }
  /// Null where it is missing, which is a problem.
  const Json* value(std::string_view name);
  std::string text(std::string_view name, std::size_t most = 1U << 20U);
  std::string text_or_null(std::string_view name, std::size_t most = 1U << 20U);
  bool truth(std::string_view name);
  std::optional<bool> truth_or_null(std::string_view name);
  int whole(std::string_view name, int least, int most);
  std::optional<int> whole_or_null(std::string_view name, int least, int most);
  double number(std::string_view name);
  std::optional<double> number_or_null(std::string_view name);
  std::optional<std::size_t> choice(std::string_view name, std::span<const std::string_view> words);
  std::optional<std::size_t> choice_or_null(std::string_view name, std::span<const std::string_view> words);
  Reader group(std::string_view name);
  Reader group_or_null(std::string_view name);
  std::vector<Reader> items(std::string_view name, std::size_t most);

 private:
  [[nodiscard]] bool absent(std::string_view name) const;
  [[nodiscard]] std::string path_of(std::string_view name) const;

  const Json* json_;
  std::string path_;
  Document* document_;
};

}  // namespace reprise::json
