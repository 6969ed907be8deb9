// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "fhir/model/element_path.h"
#include "fhir/model/json.h"

namespace reprise::fhir {

enum class LinkKind {
  reference,  ///< Reference.reference
  url,        ///< an element of type url, or `<a href>` and `<img src>` of a narrative
  uri,        ///< an element of type uri
};

/// A link that a server must replace when its target gets another id (http.html of R4, "Transaction
/// Processing Rules"). Elements of type canonical are not links in this sense.
struct Link {
  LinkKind kind;
  std::string_view text;
  const ElementPath& place;
};

/// Returns the new text of a link; empty if it stays.
using ReplaceLink = std::function<std::optional<std::string>(const Link&)>;

/// Replaces the links of the resource and of its contained resources by
/// `replace`. Skips elements unknown to the definitions. Returns whether it
/// replaced any.
bool replace_links(Json& resource, const ReplaceLink& replace);

}  // namespace reprise::fhir
