// SPDX-License-Identifier: Apache-2.0
#include "sensing/files/xml_tree.h"

#include <algorithm>
#include <array>

#include "sensing/files/number_text.h"
#include "sensing/files/xml_tags.h"

namespace reprise::sensing {
namespace {

constexpr const char* kReadingXml = "reading XML";
constexpr std::size_t kMaxDepth = 64;
constexpr std::size_t kMaxElements = 2'000'000;

constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"quot", '"'}, {"apos", '\''}}};

std::string_view without_margins(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

/// Replaces entities. One that is not known, or a character outside ASCII, stays as written.
std::string decoded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t mark = text.find('&');
    out += text.substr(0, mark);
    if (mark == std::string_view::npos) break;
    text.remove_prefix(mark + 1);
    const std::string_view name = text.substr(0, std::min<std::size_t>(text.find(';'), 8));
    const auto known =
        std::find_if(kEntities.begin(), kEntities.end(), [&](const auto& e) { return e.first == name; });
    const auto number = name.starts_with('#') ? parse_integer(name.substr(1)) : std::nullopt;
    const bool ascii = number && *number >= 32 && *number < 127;
    if (name.size() < text.size() && text[name.size()] == ';' && (known != kEntities.end() || ascii)) {
      out += ascii ? static_cast<char>(*number) : known->second;
      text.remove_prefix(name.size() + 1);
    } else {
      out += '&';
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> attributes_of(const XmlTags::Tag& tag) {
  std::vector<std::pair<std::string, std::string>> out;
  std::string_view rest = tag.attributes;
  for (std::size_t equals = rest.find('='); equals != std::string_view::npos; equals = rest.find('=')) {
    const std::string_view name = without_margins(rest.substr(0, equals));
    const std::size_t quote = rest.find_first_of("\"'", equals);
    if (quote == std::string_view::npos) break;
    const std::size_t end = rest.find(rest[quote], quote + 1);
    if (end == std::string_view::npos) break;
    out.emplace_back(std::string{name}, decoded(rest.substr(quote + 1, end - quote - 1)));
    rest.remove_prefix(end + 1);
  }
  return out;
}

class TreeReader {
 public:
  explicit TreeReader(std::string_view text) : text_(text), tags_(text) {}

  [[nodiscard]] Result<XmlElement> read() {
    while (true) {
      const auto tag = tags_.next();
      if (!tag) return corrupt(tag.error().cause);
      if (!*tag) break;
      if (auto ok = take(**tag); !ok) return tl::unexpected(ok.error());
    }
    if (!open_.empty()) return corrupt("the element '" + shown(open_.back().name) + "' is not closed");
    if (!done_) return corrupt("there is no element");
    return std::move(root_);
  }

 private:
  [[nodiscard]] tl::unexpected<Error> corrupt(std::string cause) const {
    const std::string_view read = text_.substr(0, text_.size() - tags_.rest().size());
    return fail(ErrorCode::corrupt, kReadingXml,
                "line " + std::to_string(1 + std::count(read.begin(), read.end(), '\n')) + ": " + cause,
                "correct the file, or export it again");
  }

  [[nodiscard]] Result<void> take(const XmlTags::Tag& tag) {
    if (!open_.empty() && tag.closes) {
      if (tag.interrupted)
        return corrupt("a comment or CDATA parts the text of '" + shown(open_.back().name) + "'");
      open_.back().text = decoded(without_margins(tag.text));
    }
    if (tag.closes) {
      if (open_.empty() || open_.back().name != tag.name)
        return corrupt("'" + shown(tag.name) + "' is closed, but not open");
      open_.back().content_end = place_of(tag);
      return close(tag);
    }
    if (done_) return corrupt("there is more than one root element");
    if (open_.size() >= kMaxDepth || ++count_ > kMaxElements)
      return fail(ErrorCode::unsupported, kReadingXml,
                  "there are more than " + std::to_string(kMaxElements) + " elements, or more than " +
                      std::to_string(kMaxDepth) + " inside each other",
                  "remove the parts that are not needed");
    XmlElement& opened = open_.emplace_back();
    opened.name = tag.name;
    opened.attributes = attributes_of(tag);
    opened.begin = place_of(tag);
    opened.content_begin = opened.content_end = opened.begin + tag.whole.size();
    return tag.empty ? close(tag) : Result<void>{};
  }

  [[nodiscard]] std::size_t place_of(const XmlTags::Tag& tag) const {
    return static_cast<std::size_t>(tag.whole.data() - text_.data());
  }

  [[nodiscard]] Result<void> close(const XmlTags::Tag& tag) {
    XmlElement element = std::move(open_.back());
    open_.pop_back();
    element.end = place_of(tag) + tag.whole.size();
    if (open_.empty()) {
      root_ = std::move(element);
      done_ = true;
    } else {
      open_.back().children.push_back(std::move(element));
    }
    return {};
  }

  std::string_view text_;
  XmlTags tags_;
  std::vector<XmlElement> open_;
  XmlElement root_;
  bool done_ = false;
  std::size_t count_ = 0;
};

}  // namespace

const XmlElement* XmlElement::child(std::string_view child_name) const {
  const auto found =
      std::find_if(children.begin(), children.end(), [&](const auto& c) { return c.name == child_name; });
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::text_of(std::string_view child_name) const {
  const XmlElement* found = child(child_name);
  return found == nullptr ? std::string_view{} : std::string_view{found->text};
}

std::string_view XmlElement::attribute(std::string_view attribute_name) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& a) { return a.first == attribute_name; });
  return found == attributes.end() ? std::string_view{} : std::string_view{found->second};
}

Result<XmlElement> parse_xml(std::string_view text) {
  return TreeReader{text}.read();
}

}  // namespace reprise::sensing
