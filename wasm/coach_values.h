// SPDX-License-Identifier: Apache-2.0
#pragma once

// What starts a set, what the coach says, how a set stands and what it leaves, as values of JavaScript. Only
// for bindings: it wants emscripten.

#include <emscripten/bind.h>

#include <string>
#include <vector>

#include "base/result.h"
#include "engine/exercise/coach.h"
#include "exercises/catalog.h"
#include "session/document.h"
#include "wasm/exercise_values.h"
#include "wasm/js_boundary.h"

namespace reprise::wasm {

/// `side`: "left", "right" or empty. `ceiling`: degrees or ratio, of the main measure.
[[nodiscard]] Result<engine::CoachOptions> options_of(const exercises::CatalogExercise& exercise,
                                                      const std::string& side, bool with_ceiling,
                                                      double ceiling);

/// A finished set for the record. `done_set`: a CoachedSet as text.
[[nodiscard]] emscripten::val bundle_value(const std::string& done_set,
                                           const exercises::CatalogExercise& exercise,
                                           Result<session::SessionDocument> document);

[[nodiscard]] emscripten::val coach_events(const std::vector<engine::CoachEvent>& events);

/// A CoachState without what only a camera sees of the set (`problem`, `demonstrate`).
[[nodiscard]] emscripten::val coach_value(const engine::Coach& coach, engine::Measure measure);

}  // namespace reprise::wasm
