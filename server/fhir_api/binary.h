// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "record/store/resources.h"
#include "server/fhir_api/request.h"

// A Binary in its own media type instead of as FHIR's JSON (binary.html of R4).
namespace reprise::server {

/// Builds the Binary of a request body. `security_context`: of X-Security-Context; may be empty.
[[nodiscard]] std::string binary_text(std::string_view content_type, std::string_view security_context,
                                      std::string_view id, std::string_view bytes);

/// Makes the native response of a Binary. It never runs in the pages' origin. It is sent as a download whose
/// page has no rights, and not as a script, a style or a part of another page. Refuses: not_acceptable.
[[nodiscard]] http::Response answer_native(const ApiRequest& request, const record::Stored& stored);

}  // namespace reprise::server
