// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/document.h"

namespace reprise::session {

/// The document with every number that is not finite taken as not measured: optional values, samples, ranges
/// and figures that hold one become empty, list entries go. What must always be there (times, definition,
/// counts) stays as it is; the writer refuses it. Nothing in the engine should make such numbers: this keeps
/// a slip from being shown to a reader.
[[nodiscard]] SessionDocument sanitize(SessionDocument document);

}  // namespace reprise::session
