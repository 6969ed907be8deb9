// SPDX-License-Identifier: Apache-2.0
// What reprise.mjs calls of phone_test.h. As in bindings.cpp nothing is thrown across this boundary.

#include <emscripten/bind.h>

#include <string>
#include <vector>

#include "wasm/js_boundary.h"
#include "wasm/phone_test.h"

namespace reprise::wasm {
namespace {

using emscripten::val;

val phone_test(const std::string& options, const val& times, const val& motion) {
  return js_boundary::guarded([&] {
    const auto times_s = emscripten::convertJSArrayToNumberVector<double>(times);
    const auto numbers = emscripten::convertJSArrayToNumberVector<double>(motion);
    const Result<std::string> made = phone_test_text(options, times_s, numbers);
    if (!made) return js_boundary::error_object(made.error());
    val out = val::object();
    out.set("json", *made);
    return out;
  });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_phone_test) {
  emscripten::function("phone_test", &phone_test);
}

}  // namespace reprise::wasm
