// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/xml_tags.h"

#include <algorithm>

#include "sensing/files/number_text.h"

namespace reprise::sensing {
namespace {

constexpr std::string_view kCdata = "<![CDATA[";

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Where the tag ends that begins the text; '>' between quotes does not count.
std::size_t end_of_tag(std::string_view text) {
  char quote = 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return i;
    }
  }
  return std::string_view::npos;
}

}  // namespace

Result<std::optional<XmlTags::Tag>> XmlTags::next() {
  const std::string_view all = rest_;
  const auto unclosed = [&] {
    rest_ = all;
    return fail(ErrorCode::corrupt, "reading XML", "a tag is not closed", "export the file again");
  };
  Tag tag;
  const auto take_text = [&](std::string_view text) {
    if (std::all_of(text.begin(), text.end(), blank)) return;
    tag.interrupted = !std::all_of(tag.text.begin(), tag.text.end(), blank);
    tag.text = text;
  };
  while (true) {
    const std::size_t open = rest_.find('<');
    if (open == std::string_view::npos) {
      rest_ = all;
      return std::optional<Tag>{};
    }
    take_text(rest_.substr(0, open));
    rest_.remove_prefix(open);
    std::string_view closing;
    if (rest_.starts_with("<!--")) closing = "-->";
    if (rest_.starts_with(kCdata)) closing = "]]>";
    // The definitions of a document type hold tags of their own.
    if (rest_.starts_with("<!DOCTYPE"))
      closing = rest_.substr(0, rest_.find('>')).find('[') == std::string_view::npos ? ">" : "]>";
    if (rest_.starts_with("<?")) closing = "?>";
    if (closing.empty()) break;
    const std::size_t end = rest_.find(closing);
    if (end == std::string_view::npos) return unclosed();
    if (closing == "]]>") take_text(rest_.substr(kCdata.size(), end - kCdata.size()));
    rest_.remove_prefix(end + closing.size());
  }
  const std::size_t end = end_of_tag(rest_);
  if (end == std::string_view::npos) return unclosed();
  tag.whole = rest_.substr(0, end + 1);
  std::string_view inside = rest_.substr(1, end - 1);
  rest_.remove_prefix(end + 1);
  if (inside.starts_with('/')) {
    tag.closes = true;
    inside.remove_prefix(1);
  }
  if (inside.ends_with('/')) {
    tag.empty = true;
    inside.remove_suffix(1);
  }
  const auto name_end =
      static_cast<std::size_t>(std::find_if(inside.begin(), inside.end(), blank) - inside.begin());
  tag.name = inside.substr(0, name_end);
  tag.attributes = inside.substr(name_end);
  if (const std::size_t colon = tag.name.find(':'); colon != std::string_view::npos)
    tag.name.remove_prefix(colon + 1);
  return std::optional{tag};
}

std::string_view attribute_of(const XmlTags::Tag& tag, std::string_view name) {
  std::string_view rest = tag.attributes;
  while (true) {
    const std::size_t equals = rest.find('=');
    if (equals == std::string_view::npos) return {};
    std::string_view key = rest.substr(0, equals);
    while (!key.empty() && blank(key.front())) key.remove_prefix(1);
    while (!key.empty() && blank(key.back())) key.remove_suffix(1);
    rest.remove_prefix(equals + 1);
    while (!rest.empty() && blank(rest.front())) rest.remove_prefix(1);
    if (rest.empty() || (rest.front() != '"' && rest.front() != '\'')) return {};
    const std::size_t end = rest.find(rest.front(), 1);
    if (end == std::string_view::npos) return {};
    if (key == name) return rest.substr(1, end - 1);
    rest.remove_prefix(end + 1);
  }
}

}  // namespace reprise::sensing
