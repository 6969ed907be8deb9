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

/// A link of a resource that a server has to replace where its target gets another id (http.html of R4,
/// "Transaction Processing Rules"). Elements of type canonical are none of these.
struct Link {
  LinkKind kind;
  std::string_view text;
  const ElementPath& place;
};

/// The new text of a link; nothing: it stays.
using ReplaceLink = std::function<std::optional<std::string>(const Link&)>;

/// Shows `replace` each link of the resource and of the resources that it contains, and writes what that
/// gives in its place. What the definitions do not know is passed over. Returns whether anything was
/// replaced.
bool replace_links(Json& resource, const ReplaceLink& replace);

}  // namespace reprise::fhir
