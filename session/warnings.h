// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "engine/recognition/recognizer.h"
#include "session/document.h"

namespace reprise::session {

/// Adds what a reader should know before believing the document's numbers, each with what to change next
/// time. `second_opinion`: what the set looks like without being told; empty: not asked.
void add_warnings(SessionDocument& document, const std::optional<engine::Recognition>& second_opinion = {});

/// The same of a document that worn sensors made.
void add_sensor_warnings(SessionDocument& document);

}  // namespace reprise::session
