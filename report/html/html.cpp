// SPDX-License-Identifier: Apache-2.0
#include "report/html/html.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstdint>

namespace reprise::report {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Length of the well-formed UTF-8 character at the start of `text` (Unicode 15, table 3-7); 0 where there is
// none.
std::size_t character_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
  }
  const bool overlong = (lead == 0xE0 && byte(1) < 0xA0) || (lead == 0xF0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xED && byte(1) > 0x9F;
  const bool beyond = lead == 0xF4 && byte(1) > 0x8F;
  return overlong || surrogate || beyond ? 0 : length;
}

void append_character(std::string& out, std::string_view c) {
  switch (c[0]) {
    case '&': out += "&amp;"; return;
    case '<': out += "&lt;"; return;
    case '>': out += "&gt;"; return;
    case '"': out += "&quot;"; return;
    case '\'': out += "&#39;"; return;
    default: break;
  }
  const auto byte = static_cast<std::uint8_t>(c[0]);
  const bool control = (byte < 0x20 && byte != '\n' && byte != '\t') || byte == 0x7F;
  out += control ? kReplacement : c;
}

constexpr std::array<std::string_view, 3> kVoid = {"meta", "br", "hr"};
// Only for readers of the source: these end their line.
constexpr std::array<std::string_view, 18> kBlocks = {
    "head", "title", "style", "script", "header", "main", "section", "footer", "div",
    "p",    "ul",    "li",    "table",  "tr",     "dl",   "figure",  "svg",    "h2"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    if (length == 0) {
      out += kReplacement;
      text.remove_prefix(1);
      continue;
    }
    append_character(out, text.substr(0, length));
    text.remove_prefix(length);
  }
  return out;
}

void Html::tag_and(std::string_view tag, Attributes attributes, std::string_view end) {
  out_ += '<';
  out_ += tag;
  for (const auto& [name, value] : attributes) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    out_ += escaped(value);
    out_ += '"';
  }
  out_ += end;
}

Html& Html::open(std::string_view tag, Attributes attributes) {
  tag_and(tag, attributes, ">");
  open_.emplace_back(tag);
  return *this;
}

Html& Html::close() {
  assert(!open_.empty());
  const std::string tag = open_.back();
  open_.pop_back();
  out_ += "</" + tag + '>';
  if (is_one_of(kBlocks, tag)) out_ += '\n';
  return *this;
}

Html& Html::text(std::string_view text) {
  out_ += escaped(text);
  return *this;
}

Html& Html::leaf(std::string_view tag, Attributes attributes, std::string_view text) {
  open(tag, attributes);
  out_ += escaped(text);
  return close();
}

Html& Html::empty(std::string_view tag, Attributes attributes) {
  tag_and(tag, attributes, is_one_of(kVoid, tag) ? ">" : "/>");
  return *this;
}

Html& Html::verbatim(std::string_view ours) {
  out_ += ours;
  return *this;
}

std::string Html::take() {
  assert(open_.empty());
  return std::move(out_);
}

}  // namespace reprise::report
