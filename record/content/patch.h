// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "record/content/refusal.h"

namespace reprise::record {

/// Applies a JSON Patch (RFC 6902) to a resource's text. Untouched decimals keep their digits. The result may
/// be invalid; `read_resource` checks it. Refuses: malformed (no JSON Patch), invalid (it does not fit the
/// resource), too_large.
[[nodiscard]] Outcome<std::string> patched(std::string_view resource, std::string_view patch);

}  // namespace reprise::record
