// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "session/document.h"
#include "session/measurements/visit.h"

namespace reprise::session {

/// Returns the findings as reprise.visit/1 (docs/reference/visit.md): angles in degrees, times in seconds.
/// `source`: its kind, name and rate of pictures.
[[nodiscard]] std::string visit_json(const VisitFindings& findings, const Source& source);

}  // namespace reprise::session
