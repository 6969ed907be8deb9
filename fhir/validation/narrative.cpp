// SPDX-License-Identifier: Apache-2.0
#include "fhir/validation/narrative.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "fhir/model/definition_tables.h"

namespace reprise::fhir {
namespace {

using Fault = std::optional<std::string_view>;

constexpr std::string_view kNamespace = "http://www.w3.org/1999/xhtml";
constexpr Fault kNotWellFormed = "is not well-formed XHTML";

constexpr bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool is_listed(std::span<const std::string_view> sorted, std::string_view name) {
  return std::binary_search(sorted.begin(), sorted.end(), name);
}

// The character of "amp" or "#x41", which stand between '&' and ';'; XML has no other names, R4 no "nbsp".
std::optional<std::uint32_t> character_of(std::string_view reference) {
  constexpr std::array<std::pair<std::string_view, char>, 5> kNamed = {
      {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}}};
  for (const auto& [name, character] : kNamed) {
    if (reference == name) return static_cast<std::uint32_t>(character);
  }
  if (reference.size() < 2 || reference.front() != '#') return {};
  const bool hex = reference[1] == 'x';
  const std::string_view digits = reference.substr(hex ? 2 : 1);
  std::uint32_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, hex ? 16 : 10);
  if (error != std::errc{} || stop != end || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000))
    return {};
  if (value < 0x20 && value != '\t' && value != '\n' && value != '\r') return {};
  return value;
}

// Replaces character references; empty if one is invalid. Characters beyond ASCII become '?'.
std::optional<std::string> decoded(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t amp = std::min(text.find('&'), text.size());
    out += text.substr(0, amp);
    text.remove_prefix(amp);
    if (text.empty()) break;
    const std::size_t end = text.substr(0, 12).find(';');
    if (end == std::string_view::npos) return {};
    const auto character = character_of(text.substr(1, end - 1));
    if (!character) return {};
    out += *character < 0x80 ? static_cast<char>(*character) : '?';
    text.remove_prefix(end + 1);
  }
  return out;
}

// A browser ignores blanks and control characters in front of and inside a scheme; so does this.
bool is_harmless_address(std::string_view address) {
  std::string scheme;
  for (const char c : address) {
    if (static_cast<unsigned char>(c) <= 0x20) continue;
    if (c == '/' || c == '?' || c == '#') return true;
    if (c == ':') {
      constexpr std::array<std::string_view, 7> kHarmless = {"cid",    "ftp", "http", "https",
                                                             "mailto", "tel", "urn"};
      if (scheme == "data") return address.find("data:image/") == 0;
      return is_listed(kHarmless, scheme);
    }
    scheme += lower_case(c);
  }
  return true;
}

class NarrativeReader {
 public:
  explicit NarrativeReader(std::string_view text) : rest_(text) {}

  Fault check() {
    skip_blanks();
    if (rest_.substr(0, 4) != "<div") return "must start with <div";
    do {
      if (const Fault fault = next()) return fault;
    } while (!open_.empty());
    skip_blanks();
    if (!rest_.empty()) return "goes on after its <div>";
    if (!has_content_) return "has nothing in it that could be read";
    return {};
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }

  bool take(std::string_view what) {
    if (rest_.substr(0, what.size()) != what) return false;
    rest_.remove_prefix(what.size());
    return true;
  }

  std::string_view take_until(std::string_view stops) {
    const std::string_view taken = rest_.substr(0, rest_.find_first_of(stops));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  // One tag, comment or stretch of text.
  Fault next() {
    if (rest_.empty()) return kNotWellFormed;
    if (rest_.front() != '<') return text();
    if (take("<!--")) {
      const std::size_t end = rest_.find("--");
      if (end == std::string_view::npos) return kNotWellFormed;
      rest_.remove_prefix(end);
      return take("-->") ? Fault{} : kNotWellFormed;
    }
    if (take("</")) {
      const std::string_view name = take_until(" \t\n\r>");
      skip_blanks();
      if (!take(">") || name != open_.back()) return kNotWellFormed;
      open_.pop_back();
      return {};
    }
    return opening_tag();
  }

  Fault text() {
    const auto content = decoded(take_until("<"));
    if (!content)
      return "has an & that is not followed by amp;, lt;, gt;, quot;, apos; or a character's number";
    has_content_ = has_content_ || !std::all_of(content->begin(), content->end(), is_blank);
    return {};
  }

  Fault opening_tag() {
    take("<");
    const std::string_view name = take_until(" \t\n\r/>");
    if (!is_listed(tables().html_elements, name)) return "has an element that R4 does not allow in it";
    const bool root = open_.empty();
    bool has_namespace = false;
    std::vector<std::string_view> seen;
    while (true) {
      const std::size_t before = rest_.size();
      skip_blanks();
      if (take("/>")) break;
      if (take(">")) {
        open_.push_back(name);
        break;
      }
      if (rest_.size() == before) return kNotWellFormed;
      const std::string_view attribute = take_until(" \t\n\r=<>/\"'");
      if (std::find(seen.begin(), seen.end(), attribute) != seen.end()) return kNotWellFormed;
      seen.push_back(attribute);
      const auto value = attribute_value();
      if (!value) return kNotWellFormed;
      if (attribute == "xmlns") {
        if (*value != kNamespace) return "has another namespace than XHTML's";
        has_namespace = true;
      } else if (const Fault fault = judge_attribute(name, attribute, *value)) {
        return fault;
      }
    }
    return root && !has_namespace ? Fault{"must have XHTML's namespace"} : Fault{};
  }

  // ="…", decoded.
  std::optional<std::string> attribute_value() {
    skip_blanks();
    if (!take("=")) return {};
    skip_blanks();
    const std::string_view quote = rest_.substr(0, 1);
    if ((quote != "\"" && quote != "'") || !take(quote)) return {};
    const std::string_view raw = take_until(quote);
    if (!take(quote) || raw.find('<') != std::string_view::npos) return {};
    return decoded(raw);
  }

  Fault judge_attribute(std::string_view element, std::string_view attribute, std::string_view value) {
    if (attribute == "xml:lang") return {};
    if (!is_listed(tables().html_attributes, attribute))
      return "has an attribute that R4 does not allow in it";
    constexpr std::array<std::string_view, 4> kAddresses = {"cite", "href", "longdesc", "src"};
    if (is_listed(kAddresses, attribute) && !is_harmless_address(value)) {
      return "has an address that is no plain link or picture";
    }
    has_content_ = has_content_ || (element == "img" && attribute == "src");
    return {};
  }

  std::string_view rest_;
  std::vector<std::string_view> open_;
  bool has_content_ = false;
};

}  // namespace

std::optional<std::string_view> problem_in_narrative(std::string_view xhtml) {
  return NarrativeReader(xhtml).check();
}

}  // namespace reprise::fhir
