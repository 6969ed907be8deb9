// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise::report {

/// Text made safe to stand in HTML content and in double-quoted attributes. Bytes that are not UTF-8 and
/// control characters become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// Builds HTML and inline SVG in which every text is escaped and every element is closed: what a file name
/// holds cannot become markup. Tag and attribute names are the program's own.
class Html {
 public:
  using Attribute = std::pair<std::string_view, std::string>;
  using Attributes = std::initializer_list<Attribute>;

  Html& open(std::string_view tag, Attributes attributes = {});
  /// Closes the element opened last.
  Html& close();
  Html& text(std::string_view text);
  /// An element that holds only text.
  Html& leaf(std::string_view tag, std::string_view text) { return leaf(tag, {}, text); }
  Html& leaf(std::string_view tag, Attributes attributes, std::string_view text);
  /// An element without content: `<meta>`, `<br>`, and SVG shapes.
  Html& empty(std::string_view tag, Attributes attributes = {});
  /// Our own style sheet or script, not escaped; never anything that came from outside.
  Html& verbatim(std::string_view ours);

  /// The markup so far. Precondition: everything opened is closed.
  [[nodiscard]] std::string take();

 private:
  void tag_and(std::string_view tag, Attributes attributes, std::string_view end);

  std::string out_;
  std::vector<std::string> open_;
};

}  // namespace reprise::report
