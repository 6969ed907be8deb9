// SPDX-License-Identifier: Apache-2.0
// Bindings for recognition beside a set, which runs in a worker of its own: drawing the templates takes a
// second. As in bindings.cpp: nothing throws, and the loader checks the arguments.

#include <emscripten/bind.h>

#include <memory>

#include "exercises/known_exercises.h"
#include "wasm/js_boundary.h"
#include "wasm/recognized_set.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::error_object;
using js_boundary::guarded;
using js_boundary::text;

/// `names`, `texts`: of files of exercises.
val recognizer(const val& names, const val& texts) {
  return guarded([&] {
    std::vector<exercises::CatalogExercise> catalog;
    const int count = texts["length"].as<int>();
    for (int i = 0; i < count; ++i) {
      std::vector<json::Problem> problems;
      auto exercise =
          exercises::parse_exercise({names[i].as<std::string>(), texts[i].as<std::string>()}, problems);
      if (!exercise) {
        return error_object(to_string(ErrorCode::corrupt), "recognizing exercises", to_string(problems),
                            "Correct the file; docs/reference/catalog.md explains every field.");
      }
      catalog.push_back(std::move(*exercise));
    }
    val out = val::object();
    out.set("recognizer", std::make_shared<engine::Recognizer>(exercises::known_exercises(catalog)));
    return out;
  });
}

std::shared_ptr<RecognizedSet> recognized_set(std::shared_ptr<engine::Recognizer> recognizer,
                                              const std::string& exercise) {
  return std::make_shared<RecognizedSet>(std::move(recognizer), exercise);
}

/// Undefined where it did not look in this frame.
val recognized_step(RecognizedSet& set, double time_s, int seen) {
  return guarded([&] {
    const engine::LiveRecognitionState& state = set.step(Seconds{time_s}, static_cast<Seen>(seen));
    if (!state.looked) return val::undefined();
    val out = val::object();
    out.set("other", state.other.has_value());
    out.set("instead", state.other && state.other->instead ? text(state.other->instead->exercises.front())
                                                           : val::null());
    out.set("repetitions", static_cast<int>(state.repetitions));
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_recognition) {
  emscripten::class_<engine::Recognizer>("Recognizer")
      .smart_ptr<std::shared_ptr<engine::Recognizer>>("RecognizerPointer");
  emscripten::class_<RecognizedSet>("RecognizedSet")
      .smart_ptr<std::shared_ptr<RecognizedSet>>("RecognizedSetPointer")
      .function(
          "numbers_address",
          +[](RecognizedSet& set) { return reinterpret_cast<std::uintptr_t>(&set.next_frame()); })
      .function("step", &recognized_step);
  emscripten::function("recognizer", &recognizer);
  emscripten::function("recognized_set", &recognized_set);
}

}  // namespace reprise::wasm
