// SPDX-License-Identifier: Apache-2.0
// What reprise.mjs calls of `care` beyond programme_bindings.cpp: texts in, texts out. As in bindings.cpp
// nothing is thrown across this boundary.

#include <emscripten/bind.h>

#include <string>
#include <vector>

#include "care/billing/page_text.h"
#include "care/outcome/direction_of_improvement.h"
#include "care/outcome/function_scores.h"
#include "care/outcome/measurement_observations.h"
#include "care/plan/adherence_text.h"
#include "care/plan/programme_draft_text.h"
#include "care/plan/programme_text.h"
#include "care/protocols/prescribing_text.h"
#include "care/self_assessment/outcome_text.h"
#include "wasm/js_boundary.h"

namespace reprise::wasm {
namespace {

using emscripten::val;
using js_boundary::guarded_json;
using js_boundary::texts_in;

val adherence(const val& answers, const std::string& options) {
  return guarded_json([&] { return care::adherence_text(texts_in(answers), options); });
}

val remote_monitoring(const val& answers, const val& rules, const std::string& options) {
  return guarded_json(
      [&] { return care::billing::remote_monitoring_text(texts_in(answers), texts_in(rules), options); });
}

val contraindications(const val& rules, const val& exercises, const val& answers,
                      const std::string& options) {
  return guarded_json([&] {
    return care::contraindications_text(texts_in(rules), texts_in(exercises), texts_in(answers), options);
  });
}

val programme_template(const std::string& protocol, const val& exercises, const std::string& options) {
  return guarded_json([&] { return care::template_text(protocol, texts_in(exercises), options); });
}

val intensity(const val& answers, const std::string& today) {
  return guarded_json([&] { return care::intensity_text(texts_in(answers), today); });
}

val exercise_definition(const std::string& exercise) {
  return guarded_json([&] { return care::definition_text(exercise); });
}

val programme_draft(const std::string& recorded) {
  return guarded_json([&] { return care::programme_draft_text(recorded); });
}

val programme_bundle(const std::string& writing) {
  return guarded_json([&] { return care::programme_bundle_text(writing); });
}

val drafted_programme(const std::string& writing, const val& answers) {
  return guarded_json([&] { return care::drafted_programme_text(writing, texts_in(answers)); });
}

val requested_questionnaires(const val& answers, const std::string& today) {
  return guarded_json([&] { return care::requested_questionnaires_text(texts_in(answers), today); });
}

val with_questionnaire(const std::string& asked) {
  return guarded_json([&] { return care::with_questionnaire_text(asked); });
}

val request_status(const std::string& status) {
  return guarded_json([&] { return care::request_status_text(status); });
}

val measurement_bundle(const std::string& measurement) {
  return guarded_json([&] { return care::measurement_bundle_text(measurement); });
}

val better(const std::string& metric, bool rising, bool held) {
  return guarded_json([&] { return care::better_text(metric, {rising, held}); });
}

val function_scores(const val& answers) {
  return guarded_json([&] { return care::function_scores_text(texts_in(answers)); });
}

val self_assessment(const std::string& definition, const std::string& answers, const std::string& language) {
  return guarded_json([&] { return care::self_assessment_text(definition, answers, language); });
}

}  // namespace

EMSCRIPTEN_BINDINGS(reprise_care) {
  using emscripten::function;

  function("adherence", &adherence);
  function("remote_monitoring", &remote_monitoring);
  function("contraindications", &contraindications);
  function("programme_template", &programme_template);
  function("intensity", &intensity);
  function("exercise_definition", &exercise_definition);
  function("programme_draft", &programme_draft);
  function("programme_bundle", &programme_bundle);
  function("drafted_programme", &drafted_programme);
  function("requested_questionnaires", &requested_questionnaires);
  function("with_questionnaire", &with_questionnaire);
  function("request_status", &request_status);
  function("measurement_bundle", &measurement_bundle);
  function("better", &better);
  function("function_scores", &function_scores);
  function("self_assessment", &self_assessment);
}

}  // namespace reprise::wasm
