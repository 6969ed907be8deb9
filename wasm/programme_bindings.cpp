// SPDX-License-Identifier: Apache-2.0
// Bindings for a patient's programme: read, its answers about safety judged, exercise without a camera
// documented. Texts in, texts out; as in bindings.cpp nothing throws. In both modules.

#include <emscripten/bind.h>

#include <string>

#include "care/outcome/set_text.h"
#include "care/plan/programme_text.h"
#include "care/safety/questionnaire_response_text.h"
#include "wasm/js_boundary.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::guarded_json;
using js_boundary::texts_in;

val programme(const val& answers) {
  return guarded_json([&] { return care::programme_text(texts_in(answers)); });
}

val set_bundle(const std::string& done_set) {
  return guarded_json([&] { return care::set_bundle_text(done_set); });
}

val answers_bundle(const std::string& answers) {
  return guarded_json([&] { return care::answers_bundle_text(answers); });
}

val consent_bundle(const std::string& consent) {
  return guarded_json([&] { return care::consent_bundle_text(consent); });
}

val safety(const std::string& facts) {
  return guarded_json([&] { return care::safety_text(facts); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_programme) {
  using emscripten::function;

  function("programme", &programme);
  function("set_bundle", &set_bundle);
  function("answers_bundle", &answers_bundle);
  function("consent_bundle", &consent_bundle);
  function("safety", &safety);
}

}  // namespace reprise::wasm
