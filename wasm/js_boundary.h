// SPDX-License-Identifier: Apache-2.0
#pragma once

// What every file of bindings needs at the boundary to JavaScript. Only for them: it wants emscripten.

#include <emscripten/bind.h>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace reprise::wasm::js_boundary {

inline emscripten::val text(std::string_view words) {
  return emscripten::val(std::string{words});
}

/// The bytes of a Uint8Array.
inline std::vector<std::uint8_t> bytes_in(const emscripten::val& array) {
  return emscripten::convertJSArrayToNumberVector<std::uint8_t>(array);
}

/// The texts of an array.
inline std::vector<std::string> texts_in(const emscripten::val& list) {
  return emscripten::vecFromJSArray<std::string>(list);
}

/// A copy that JavaScript owns.
inline emscripten::val float64_array(const std::vector<double>& numbers) {
  return emscripten::val::global("Float64Array")
      .new_(emscripten::typed_memory_view(numbers.size(), numbers.data()));
}

inline emscripten::val error_object(std::string_view code, const std::string& stage, const std::string& cause,
                                    const std::string& remedy) {
  auto error = emscripten::val::object();
  error.set("code", text(code));
  error.set("stage", stage);
  error.set("cause", cause);
  error.set("remedy", remedy);
  auto out = emscripten::val::object();
  out.set("error", error);
  return out;
}

inline emscripten::val error_object(const Error& error) {
  return error_object(to_string(error.code), error.stage, error.cause, error.remedy);
}

/// What `work` returns; an exception (memory that ran out, say) becomes an error of code "internal".
template <class Work>
emscripten::val guarded(Work&& work) {
  try {
    return work();
  } catch (const std::exception& exception) {
    return error_object("internal", "running the engine", exception.what(),
                        "reload the page; if it comes again, report it with what you did");
  }
}

/// The same of work that returns a Result of JSON text: `{json}`.
template <class Work>
emscripten::val guarded_json(Work&& work) {
  return guarded([&] {
    const Result<std::string> made = work();
    if (!made) return error_object(made.error());
    auto out = emscripten::val::object();
    out.set("json", *made);
    return out;
  });
}

}  // namespace reprise::wasm::js_boundary
