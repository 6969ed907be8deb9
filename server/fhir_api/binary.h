#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/store/resources.h"
#include "server/fhir_api/request.h"

// A Binary in its own media type instead of as FHIR's JSON (binary.html of R4).
namespace reprise::server {

/// The resource for what was sent. `security_context`: of X-Security-Context; may be empty.
[[nodiscard]] std::string binary_text(std::string_view content_type, std::string_view security_context,
                                      std::string_view id, std::string_view bytes);

/// The content of a Binary. It never runs in the origin of the pages: it is a file to keep, whose page may do
/// nothing, and it is not given where a browser would load it as a script, a style or a part of another page.
/// Refuses: not_acceptable.
[[nodiscard]] http::Response answer_native(const ApiRequest& request, const record::Stored& stored);

}  // namespace reprise::server
