// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "pipeline/recording.h"
#include "session/measurements/visit.h"

namespace reprise::pipeline {

/// Finds the movements of a recording that was read `with_helper`. Errors: those of session::find_movements.
[[nodiscard]] Result<session::VisitFindings> find_movements(
    const Recording& recording, const std::vector<exercises::RangeTest>& tests,
    const std::vector<exercises::CatalogExercise>& catalog);

/// The findings as JSON (docs/reference/visit.md): angles in degrees, times in seconds.
[[nodiscard]] std::string visit_json(const session::VisitFindings& findings, const Recording& recording);

}  // namespace reprise::pipeline
