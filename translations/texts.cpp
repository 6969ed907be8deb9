// SPDX-License-Identifier: Apache-2.0
#include "translations/texts.h"

#include <algorithm>
#include <cassert>
#include <nlohmann/json.hpp>

#include "translations/text_files.h"

namespace reprise::translations {
namespace {

using Messages = std::map<std::string, std::string, std::less<>>;
using Arguments = std::initializer_list<Texts::Argument>;

constexpr std::string_view kEnglish = "en", kArabic = "ar";

/// By the name of the file and the language.
const auto& all_messages() {
  static const auto kAll = [] {
    std::map<std::pair<std::string_view, std::string_view>, Messages> all;
    for (const TextFile& one : text_files())
      all[{one.name, one.language}] = nlohmann::json::parse(one.json).get<Messages>();
    return all;
  }();
  return kAll;
}

std::string_view language_of(std::string_view tag) {
  return tag.substr(0, tag.find('-'));
}

std::string_view argument(Arguments arguments, std::string_view name) {
  const auto* const found =
      std::find_if(arguments.begin(), arguments.end(), [&](const auto& one) { return one.first == name; });
  return found == arguments.end() ? std::string_view{} : std::string_view{found->second};
}

/// The end of the group whose `{` stands at `open`; the end of the text if it is not closed.
std::size_t end_of_group(std::string_view text, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}' && --depth == 0) return at;
  }
  return text.size();
}

/// The form of a plural for its number: English, German and Spanish have "one" for 1, and "other".
std::string_view form_of(std::string_view forms, std::string_view number) {
  const std::string_view wanted = number == "1" ? "one" : "other";
  for (std::size_t at = 0;;) {
    const std::size_t begin = forms.find_first_not_of(' ', at);
    const std::size_t open = forms.find('{', at);
    if (begin == std::string_view::npos || open == std::string_view::npos) return {};
    const std::size_t end = end_of_group(forms, open);
    if (forms.substr(begin, wanted.size()) == wanted) return forms.substr(open + 1, end - open - 1);
    at = std::min(end + 1, forms.size());
  }
}

std::string placeholder(std::string_view inside, Arguments arguments) {
  constexpr std::string_view kPlural = ", plural,";
  const std::size_t comma = inside.find(kPlural);
  if (comma == std::string_view::npos) return std::string{argument(arguments, inside)};
  const std::string_view number = argument(arguments, inside.substr(0, comma));
  return format_message(form_of(inside.substr(comma + kPlural.size()), number), arguments);
}

}  // namespace

std::string format_message(std::string_view message, Arguments arguments) {
  std::string out;
  std::size_t at = 0;
  // Once through, so that braces in an argument stay as they are.
  for (std::size_t open = message.find('{'); open != std::string_view::npos; open = message.find('{', at)) {
    const std::size_t end = end_of_group(message, open);
    out += message.substr(at, open - at);
    out += placeholder(message.substr(open + 1, end - open - 1), arguments);
    at = std::min(end + 1, message.size());
  }
  return out += message.substr(at);
}

bool is_further(std::string_view tag) {
  return language_of(tag) == kArabic;
}

std::string_view direction_of(std::string_view tag) {
  return language_of(tag) == kArabic ? "rtl" : "ltr";
}

std::string permitted_tag(std::string_view tag, const std::vector<std::string>& permitted) {
  const bool is_off =
      is_further(tag) && std::find(permitted.begin(), permitted.end(), language_of(tag)) == permitted.end();
  return is_off ? std::string{} : std::string{tag};
}

Texts::Texts(std::string_view file, std::string_view tag) {
  auto found = all_messages().find({file, language_of(tag)});
  if (found == all_messages().end()) found = all_messages().find({file, kEnglish});
  assert(found != all_messages().end());
  language_ = found->first.second;
  messages_ = &found->second;
}

std::string Texts::operator()(std::string_view key, Arguments arguments) const {
  const auto found = messages_->find(key);
  return found == messages_->end() ? '[' + std::string{key} + ']' : format_message(found->second, arguments);
}

std::string Texts::count(std::string_view key, int n) const {
  return (*this)(key, {{"n", std::to_string(n)}});
}

}  // namespace reprise::translations
