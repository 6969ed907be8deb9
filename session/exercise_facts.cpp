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

bool is_upright(const exercises::CatalogExercise& exercise) {
  constexpr double kNearlyVertical = 0.87;  // cosine of 30 degrees
  const auto figure = engine::figure_at(exercise.movement.correct, 0);
  if (!figure) return false;
  using L = engine::Landmark;
  const auto& p = figure->landmarks;
  const Eigen::Vector3d trunk =
      p[L::left_shoulder].v + p[L::right_shoulder].v - p[L::left_hip].v - p[L::right_hip].v;
  return trunk.y() > kNearlyVertical * trunk.norm();
}

}  // namespace reprise::session
