// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "session/document.h"

namespace reprise::session {

/// Writes the document as session.json: UTF-8, fields in a fixed order, degrees and seconds, angles to 0.01
/// degree and times to 1 ms, unmeasured values as null. docs/reference/session-document.md explains every
/// field, and catalog/schema/session.schema.json describes them. Errors: corrupt if a required number is not
/// finite, or a fault names no rule of the definition.
[[nodiscard]] Result<std::string> to_session_json(const SessionDocument& document);

/// Reads what `to_session_json` wrote; strict: nothing missing, nothing unknown, no contradictions. Takes at
/// most 64 MiB. Errors: unsupported (another version), corrupt (with the place and what belongs there).
[[nodiscard]] Result<SessionDocument> parse_session_json(std::string_view text);

}  // namespace reprise::session
