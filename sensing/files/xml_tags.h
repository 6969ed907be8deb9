// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"

namespace reprise::sensing {

/// Walks through the tags of an XML text, which must outlive it. Prefixes of namespaces are left off,
/// comments and declarations are passed over, CDATA is text, entities stay as they are: for numbers and
/// times, not for prose.
class XmlTags {
 public:
  struct Tag {
    std::string_view name;        ///< without prefix
    std::string_view attributes;  ///< as written
    std::string_view whole;       ///< the tag itself, from < to >
    std::string_view text;        ///< before the tag, since the tag or comment before, or before the comment
    bool closes = false;          ///< an end tag
    bool empty = false;           ///< a tag without content
    bool interrupted = false;     ///< a comment or CDATA parts the text; `text` is the part after it
  };

  explicit XmlTags(std::string_view text) : rest_(text) {}

  /// The next tag; empty at the end. Errors: corrupt (a tag is not closed).
  [[nodiscard]] Result<std::optional<Tag>> next();

  /// The unread part. After an error, all since the tag before.
  [[nodiscard]] std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

/// The value of an attribute, as written; empty: there is none.
[[nodiscard]] std::string_view attribute_of(const XmlTags::Tag& tag, std::string_view name);

}  // namespace reprise::sensing
