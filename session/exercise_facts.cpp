// SPDX-License-Identifier: Apache-2.0
#include "session/exercise_facts.h"

namespace reprise::session {

ExerciseFacts facts_of(const exercises::CatalogExercise& exercise, std::string_view language) {
  ExerciseFacts facts;
  facts.id = exercise.definition.id;
  facts.version = exercise.version;
  facts.name = exercises::text_in(exercise, language).name;
  facts.review_status = exercise.review.clinically_reviewed
                            ? "clinically reviewed by " + exercise.review.by + " (" +
                                  exercise.review.profession + "), " + exercise.review.date
                            : "not clinically reviewed";
  for (const exercises::Translations& what : exercise.not_measured)
    facts.not_measured.emplace_back(exercises::in_language(what, language));
  for (const exercises::FormNote& note : exercise.form) {
    facts.rule_words.emplace_back(note.id, std::string{exercises::in_language(note.name, language)});
  }
  facts.views = exercise.definition.views;
  return facts;
}

}  // namespace reprise::session
