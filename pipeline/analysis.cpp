// SPDX-License-Identifier: Apache-2.0
#include "pipeline/analysis.h"

#include "sensing/files/number_text.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise::pipeline {

std::string options_text(const exercises::Prescription& prescription, std::string_view of_recording) {
  std::string text;
  if (prescription.side) text += "--side " + std::string{engine::name(*prescription.side)} + " ";
  if (prescription.ceiling) {
    text += "--ceiling ";
    sensing::append_number(text, *prescription.ceiling);
    text += " ";
  }
  text += of_recording;
  return std::string{sensing::trimmed(text)};
}

Result<session::SessionDocument> analyze(const Recording& recording,
                                         const exercises::CatalogExercise& exercise,
                                         const exercises::Prescription& prescription,
                                         const engine::Recognizer* recognizer, const engine::RigRays* rig) {
  const auto coach = exercises::coach_options(exercise.definition, prescription);
  if (!coach) return tl::unexpected(coach.error());
  session::PassInput pass;
  pass.definition = exercise.definition;
  pass.exercise = session::facts_of(exercise);
  pass.source = recording.source;
  pass.source.options = options_text(prescription, recording.source.options);
  pass.models = recording.models;
  pass.frames = recording.frames;
  pass.coach = *coach;
  pass.recognizer = recognizer;
  pass.rig = rig;
  pass.scene = recording.scene;
  pass.scene.upright_exercise = session::is_upright(exercise);
  pass.warnings = recording.warnings;
  if (prescription.side && !exercise.definition.sided) {
    pass.warnings.push_back({"side_ignored",
                             exercise.definition.id + " is done with both sides; --side " +
                                 std::string{engine::name(*prescription.side)} + " changes nothing.",
                             ""});
  }
  return session::run_passes(pass, recording.landmarks.frames);
}

}  // namespace reprise::pipeline
