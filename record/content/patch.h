#pragma once

#include <string>
#include <string_view>

#include "record/content/refusal.h"

namespace reprise::record {

/// The resource's text after the changes of a JSON Patch (RFC 6902). Decimals that it leaves alone stay as
/// they were written. It may be no valid resource any more: `read_resource` says so. Refuses: malformed (no
/// JSON Patch), invalid (it does not fit the resource), too_large.
[[nodiscard]] Outcome<std::string> patched(std::string_view resource, std::string_view patch);

}  // namespace reprise::record
