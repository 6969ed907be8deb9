// SPDX-License-Identifier: Apache-2.0
#include "exercises/catalog_summary.h"

#include <nlohmann/json.hpp>

namespace reprise::exercises {

std::string_view name(Judges judges) {
  switch (judges) {
    case Judges::full: return "full";
    case Judges::partial: return "partial";
    case Judges::timer: return "timer";
  }
  return "";
}

nlohmann::ordered_json summary_of(const CatalogExercise& exercise) {
  auto views = nlohmann::ordered_json::array();
  for (const engine::View view : exercise.definition.views) views.push_back(name(view));
  return {{"id", exercise.definition.id},
          {"name", text_in(exercise, "en").name},
          {"version", exercise.version},
          {"regions", exercise.regions},
          {"views", views},
          {"main_measure", engine::info(exercise.definition.primary.measure).name},
          {"camera_judges", name(exercise.judges)},
          {"clinically_reviewed", exercise.review.clinically_reviewed}};
}

}  // namespace reprise::exercises
