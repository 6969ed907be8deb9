// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fhir/model/issue.h"
#include "fhir/model/json.h"

// Checks bytes against their declared media type, so that no user receives a program as a picture.
namespace reprise::record {

/// Returns why the bytes are not of that type; empty if they are. `type`: a media type, with or without
/// parameters. A type with a signature must have it. JSON must parse. XML is UTF-8 or UTF-16 and begins as
/// XML does. text/* is UTF-8 without control characters, or of the named character set. Other types are
/// refused, except application/octet-stream.
[[nodiscard]] std::string media_mismatch(std::string_view type, std::string_view bytes);

/// Returns the issues of `media_mismatch` of a Binary, and of each Attachment with data in a resource.
[[nodiscard]] std::vector<fhir::Issue> media_issues(const fhir::Json& resource, std::string_view type);

}  // namespace reprise::record
