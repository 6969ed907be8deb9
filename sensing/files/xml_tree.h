// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace reprise::sensing {

/// An element of an XML document, with all that is in it.
struct XmlElement {
  std::string name;  ///< without prefix
  std::vector<std::pair<std::string, std::string>> attributes;
  std::string text;  ///< without blanks at both ends; of an element with children: before its end tag
  std::vector<XmlElement> children;

  /// Where it stands in the text that was parsed: from the first byte of its start tag to behind its end tag.
  std::size_t begin = 0;
  std::size_t end = 0;
  /// Between its tags; both `end` if it is one tag.
  std::size_t content_begin = 0;
  std::size_t content_end = 0;

  /// The first child with that name; null: there is none.
  [[nodiscard]] const XmlElement* child(std::string_view child_name) const;
  /// The child's text; empty: there is no such child, or it has none.
  [[nodiscard]] std::string_view text_of(std::string_view child_name) const;
  /// The attribute's value; empty: there is none.
  [[nodiscard]] std::string_view attribute(std::string_view attribute_name) const;
};

/// Parses a whole document and returns its root. The five entities of XML and characters by number are
/// replaced, also in CDATA, which is text; comments and declarations are passed over. Errors: corrupt (a tag
/// is not closed or closes another one, no element, more than one root, a text with a comment in its middle;
/// the cause names the line), unsupported (nested more than 64 deep, more than two million elements).
[[nodiscard]] Result<XmlElement> parse_xml(std::string_view text);

}  // namespace reprise::sensing
