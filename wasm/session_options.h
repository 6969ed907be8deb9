// SPDX-License-Identifier: Apache-2.0
#pragma once

// What only the browser knows of a set or a clip, as the loader gives it. Only for bindings: it wants
// emscripten.

#include <emscripten/bind.h>

#include <string>

#include "wasm/live_set.h"

namespace reprise::wasm {

struct SessionOptions {
  std::string kind;
  std::string name;
  std::string language;
  int width_px = 0;
  int height_px = 0;
  int reacquired = 0;
  int most_people = 0;
  emscripten::val models = emscripten::val::array();
};

[[nodiscard]] SetFacts facts_in(const SessionOptions& given);

}  // namespace reprise::wasm
