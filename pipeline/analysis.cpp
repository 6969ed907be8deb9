#include "pipeline/analysis.h"

#include "sensing/files/number_text.h"
#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise {

std::string options_text(const Prescription& prescription, std::string_view of_recording) {
  std::string text;
  if (prescription.side) text += "--side " + std::string{name(*prescription.side)} + " ";
  if (prescription.ceiling) {
    text += "--ceiling ";
    append_number(text, *prescription.ceiling);
    text += " ";
  }
  text += of_recording;
  return std::string{trimmed(text)};
}

Result<SessionDocument> analyze(const Recording& recording, const CatalogExercise& exercise,
                                const Prescription& prescription) {
  const auto coach = coach_options(exercise.definition, prescription);
  if (!coach) return tl::unexpected(coach.error());
  PassInput pass;
  pass.definition = exercise.definition;
  pass.exercise = facts_of(exercise);
  pass.source = recording.source;
  pass.source.options = options_text(prescription, recording.source.options);
  pass.models = recording.models;
  pass.frames = recording.frames;
  pass.coach = *coach;
  pass.warnings = recording.warnings;
  if (prescription.side && !exercise.definition.sided) {
    pass.warnings.push_back({"side_ignored",
                             exercise.definition.id + " is done with both sides; --side " +
                                 std::string{name(*prescription.side)} + " changes nothing.",
                             ""});
  }
  return run_passes(pass, recording.landmarks.frames);
}

}  // namespace reprise
