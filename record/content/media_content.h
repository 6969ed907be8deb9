#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/issue.h"
#include "fhir/model/json.h"

// Whether bytes are of the media type that is declared for them, so that nobody is given a program as a
// picture.
namespace reprise::record {

/// The bytes of base64, as a Binary or an Attachment has them; none where it is not right.
[[nodiscard]] std::string from_base64(std::string_view text);

/// Why the bytes are not of that type; empty where they are. A type with a signature is known by it; JSON
/// parses; XML is UTF-8 or UTF-16 and begins as XML does; text/* is UTF-8 without control characters, or of
/// the character set that the type names. Other types than those are refused, but for
/// application/octet-stream, which says nothing. `type`: a media type, with or without parameters.
[[nodiscard]] std::string media_mismatch(std::string_view type, std::string_view bytes);

/// What `media_mismatch` says of a Binary, and of each Attachment with data in a resource.
[[nodiscard]] std::vector<fhir::Issue> media_issues(const fhir::Json& resource, std::string_view type);

}  // namespace reprise::record
