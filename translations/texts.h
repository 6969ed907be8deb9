// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::translations {

/// Formats an ICU message: replaces `{name}`, and `{name, plural, one {…} other {…}}` by the form of its
/// number. These two are what the texts use; docs/adr/0024-icu-messages.md. What has no argument gives
/// nothing.
[[nodiscard]] std::string format_message(
    std::string_view message, std::initializer_list<std::pair<std::string_view, std::string>> arguments);

/// Whether the language of a tag of BCP 47 is a further one: no professional has reviewed its translation, so
/// it is off until the clinic permits it (docs/guide/patient-app.md).
[[nodiscard]] bool is_further(std::string_view tag);

/// The direction in which a language is written, for the dir attribute: "rtl" or "ltr".
[[nodiscard]] std::string_view direction_of(std::string_view tag);

/// Returns `tag`; nothing for a further language that is not in `permitted`.
[[nodiscard]] std::string permitted_tag(std::string_view tag, const std::vector<std::string>& permitted);

/// The texts of one file, translations/LANGUAGE/FILE.json, in one language.
class Texts {
 public:
  using Argument = std::pair<std::string_view, std::string>;

  /// `file`: "report" or "mail"; `tag`: of BCP 47, "de-AT". A language without the file is replaced by
  /// English.
  Texts(std::string_view file, std::string_view tag);

  /// The language of the texts, for the lang attribute.
  [[nodiscard]] std::string_view language() const { return language_; }

  /// The text of `key` with its arguments. A key without a text gives "[key]": tests look for that.
  [[nodiscard]] std::string operator()(std::string_view key,
                                       std::initializer_list<Argument> arguments = {}) const;
  /// The text of `key` with the number `n`.
  [[nodiscard]] std::string count(std::string_view key, int n) const;

 private:
  std::string_view language_;
  const std::map<std::string, std::string, std::less<>>* messages_ = nullptr;
};

}  // namespace reprise::translations
