// SPDX-License-Identifier: Apache-2.0
#pragma once

// What bindings say of an exercise and its movement. Only for them: it wants emscripten.

#include <emscripten/bind.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/exercise/coach.h"
#include "engine/synthesis/generate.h"
#include "exercises/catalog.h"
#include "wasm/js_boundary.h"

namespace reprise::wasm {

[[nodiscard]] inline emscripten::val or_null(const std::optional<double>& number) {
  return number ? emscripten::val(*number) : emscripten::val::null();
}

[[nodiscard]] inline emscripten::val or_null(const std::optional<Seconds>& time) {
  return time ? emscripten::val(time->value()) : emscripten::val::null();
}

template <class Named>
[[nodiscard]] emscripten::val name_or_null(const std::optional<Named>& named) {
  return named ? js_boundary::text(engine::name(*named)) : emscripten::val::null();
}

[[nodiscard]] inline std::string_view part_word(engine::MovementPart part) {
  constexpr std::array<std::string_view, 4> kWords = {"rest", "out", "extreme", "back"};
  return kWords[static_cast<std::size_t>(part)];
}

/// A movement, and what a fault adds to it.
struct Performance {
  const engine::MovementDefinition& movement;
  std::vector<engine::DofValue> offsets;
};

/// `fault`: as in the exercise's file; empty: the correct movement.
[[nodiscard]] inline Result<Performance> performance_of(const exercises::CatalogExercise& exercise,
                                                        const std::string& fault) {
  const engine::MovementDefinition& correct = exercise.movement.correct;
  if (fault.empty()) return Performance{correct, {}};
  for (const exercises::CatalogFault& each : exercise.movement.faults) {
    if (each.produces != fault) continue;
    return each.instead ? Performance{*each.instead, {}} : Performance{correct, each.add};
  }
  return fail(ErrorCode::not_found, "drawing an exercise",
              exercise.definition.id + " shows no fault " + fault, "use one of its file's movement.faults");
}

}  // namespace reprise::wasm
