#include "pipeline/analysis.h"

#include "session/exercise_facts.h"
#include "session/passes.h"

namespace reprise {

Result<SessionDocument> analyze(const Recording& recording, const CatalogExercise& exercise,
                                const Prescription& prescription) {
  const auto coach = coach_options(exercise.definition, prescription);
  if (!coach) return tl::unexpected(coach.error());
  PassInput pass;
  pass.definition = exercise.definition;
  pass.exercise = facts_of(exercise);
  pass.source = recording.source;
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
