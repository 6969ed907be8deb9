// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace reprise::report {

/// The report's texts in one language. They stand in one table by key (report/html/words.cpp); another
/// language is another table with the same keys, and what it lacks is said in English.
class Words {
 public:
  using Fill = std::pair<std::string_view, std::string>;

  /// The language asked for where there is a table for it, else English.
  explicit Words(std::string_view language);
  /// The language that will be spoken, for the lang attribute.
  [[nodiscard]] std::string_view language() const { return "en"; }

  /// The text of `key`, with each "{name}" replaced. A key without a text gives "[key]": tests look for that.
  [[nodiscard]] std::string operator()(std::string_view key, std::initializer_list<Fill> fills = {}) const;
  /// `key` + ".one" or ".other", with "{n}" replaced.
  [[nodiscard]] std::string count(std::string_view key, int n) const;
};

}  // namespace reprise::report
