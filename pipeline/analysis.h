// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/inverse_kinematics/rig_rays.h"
#include "engine/recognition/recognizer.h"
#include "exercises/catalog.h"
#include "exercises/prescription.h"
#include "pipeline/recording.h"
#include "session/document.h"

namespace reprise::pipeline {

/// Returns the options that change a result, as typed in the command: "--side left --ceiling 90 --person 2".
/// `of_recording`: those of the recording. Empty: none does.
[[nodiscard]] std::string options_text(const exercises::Prescription& prescription,
                                       std::string_view of_recording);

/// Runs the live and the recorded pass over a recording of one exercise. Errors: those of `coach_options`
/// (invalid_argument: a ceiling at or before the rest position). `recognizer`: asked for a second opinion on
/// the movement; null: none. `rig`: what several cameras saw, beside the recording's frames; null: one
/// camera.
[[nodiscard]] Result<session::SessionDocument> analyze(const Recording& recording,
                                                       const exercises::CatalogExercise& exercise,
                                                       const exercises::Prescription& prescription = {},
                                                       const engine::Recognizer* recognizer = nullptr,
                                                       const engine::RigRays* rig = nullptr);

}  // namespace reprise::pipeline
