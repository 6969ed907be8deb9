// SPDX-License-Identifier: Apache-2.0
#include "care/plan/exercise_definition.h"

#include "fhir/fields/attachment.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr const char* kStage = "reading an exercise of the record";

tl::unexpected<Error> no_exercise(std::string cause) {
  return fail(ErrorCode::corrupt, kStage, std::move(cause),
              "make the ActivityDefinition from the exercise's file; docs/reference/programme.md shows one");
}

Result<exercises::CatalogExercise> parse(const exercises::CatalogFile& file) {
  std::vector<json::Problem> problems;
  auto exercise = exercises::parse_exercise(file, problems);
  if (!exercise) return no_exercise("the file is no exercise: " + to_string(problems.front()));
  return std::move(*exercise);
}

void add_text(Json& resource, const char* name, const exercises::CatalogExercise& exercise,
              std::string exercises::ExerciseText::*part) {
  exercises::Translations texts;
  for (const auto& [language, text] : exercise.text) {
    if (!(text.*part).empty()) texts.emplace(language, text.*part);
  }
  if (texts.contains("en")) fhir::add_translated(resource, name, texts);
}

}  // namespace

std::string canonical_of(const exercises::CatalogExercise& exercise) {
  return fhir::kExercisePrefix + exercise.definition.id + "|" + std::to_string(exercise.version);
}

exercises::CatalogFile as_file(std::string json) {
  const Json parsed = Json::parse(json, nullptr, false);
  return {std::string{json::text_of(parsed, "id")} + ".json", std::move(json)};
}

Result<Json> activity_definition(const exercises::CatalogFile& file) {
  const auto exercise = parse(file);
  if (!exercise) return tl::unexpected(exercise.error());
  const std::string& id = exercise->definition.id;
  Json resource = Json::object();
  resource["resourceType"] = "ActivityDefinition";
  resource["url"] = fhir::kExercisePrefix + id;
  resource["version"] = std::to_string(exercise->version);
  resource["name"] = fhir::computer_name(id);
  add_text(resource, "title", *exercise, &exercises::ExerciseText::name);
  if (!exercise->review.clinically_reviewed) resource["subtitle"] = "not clinically reviewed";
  resource["status"] = "active";
  resource["experimental"] = false;
  add_text(resource, "description", *exercise, &exercises::ExerciseText::goal);
  if (exercise->review.clinically_reviewed) resource["approvalDate"] = exercise->review.date;
  resource["relatedArtifact"] = fhir::attach_json("exercise", id + ".json", file.text);
  resource["kind"] = "ServiceRequest";
  resource["code"] = fhir::codeable(fhir::kExercise, id, exercises::text_in(*exercise, "en").name);
  return resource;
}

Result<DefinedExercise> read_activity_definition(const Json& definition) {
  const std::string_view url = json::text_of(definition, "url");
  auto json = fhir::attached_json(definition);
  if (!json) return no_exercise(json.error());
  auto exercise = parse(as_file(*json));
  if (!exercise) return tl::unexpected(exercise.error());
  if (url != fhir::kExercisePrefix + exercise->definition.id ||
      json::text_of(definition, "version") != std::to_string(exercise->version)) {
    return no_exercise("its url and version are not those of the exercise in it");
  }
  return DefinedExercise{std::move(*exercise), std::move(*json)};
}

}  // namespace reprise::care
