// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session/document.h"

namespace reprise::session {

/// Adds what a reader should know before believing the document's numbers, each with what to change next
/// time.
void add_warnings(SessionDocument& document);

}  // namespace reprise::session
