// SPDX-License-Identifier: Apache-2.0
#include "exercises/catalog.h"

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "base/nearest_names.h"
#include "exercises/catalog_schemas.h"
#include "exercises/checks/exercise_checks.h"
#include "exercises/exercise_reader.h"
#include "exercises/reference_movement.h"
#include "json/json_schema.h"
#include "json/strict_json.h"

namespace reprise::exercises {
namespace {

using Problems = std::vector<json::Problem>;

const json::Schema& schema() {
  static const json::Schema kSchema(exercise_schema());
  return kSchema;
}

void append(Problems& to, Problems more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

// Checks a parsed document; `parsing` are the problems that parsing it found.
Problems check_document(const nlohmann::json& document, const std::string& file,
                        std::span<const std::string> known_ids, Problems parsing) {
  if (!parsing.empty() && document.is_null()) return parsing;
  append(parsing, schema().check(document, file));
  if (document.is_object()) append(parsing, check_meaning(document, file, known_ids));
  return parsing;
}

std::string id_of(const nlohmann::json& document) {
  if (!document.is_object() || !document.contains("id") || !document.at("id").is_string()) return {};
  return document.at("id").get<std::string>();
}

struct Parsed {
  std::string file;
  nlohmann::json document;
  Problems problems;
};

std::vector<Parsed> parse_all(std::span<const CatalogFile> files) {
  std::vector<Parsed> all;
  std::vector<std::string> ids;
  for (const CatalogFile& file : files) {
    Parsed one{file.name, {}, {}};
    one.document = json::parse_strict(file.text, file.name, one.problems);
    const std::string id = id_of(one.document);
    if (!id.empty() && std::find(ids.begin(), ids.end(), id) != ids.end()) {
      one.problems.push_back({file.name, "/id", json::shown(one.document.at("id")),
                              "must be used by one file only, and another file has it",
                              "Change one of them."});
    }
    if (!id.empty()) ids.push_back(id);
    all.push_back(std::move(one));
  }
  for (Parsed& one : all) {
    one.problems = check_document(one.document, one.file, ids, std::move(one.problems));
  }
  return all;
}

// What a document names as `direction` ("easier" or "harder"), as far as it can be read.
std::vector<std::string> linked_ids(const nlohmann::json& document, const char* direction) {
  std::vector<std::string> ids;
  if (!document.is_object() || !document.contains("progression")) return ids;
  const nlohmann::json& progression = document.at("progression");
  if (!progression.is_object() || !progression.contains(direction)) return ids;
  if (!progression.at(direction).is_array()) return ids;
  for (const nlohmann::json& other : progression.at(direction)) {
    if (other.is_string()) ids.push_back(other.get<std::string>());
  }
  return ids;
}

// "is easier than", from both directions in which files say it.
using Links = std::map<std::string, std::set<std::string>>;

Links links_of(const std::vector<Parsed>& all) {
  Links harder_than;
  for (const Parsed& one : all) {
    const std::string id = id_of(one.document);
    if (id.empty()) continue;
    for (const std::string& other : linked_ids(one.document, "harder")) {
      if (other != id) harder_than[id].insert(other);
    }
    for (const std::string& other : linked_ids(one.document, "easier")) {
      if (other != id) harder_than[other].insert(id);
    }
  }
  return harder_than;
}

// The first way from `start` along harder links back to itself; empty where there is none.
std::vector<std::string> circle_through(const Links& links, const std::string& start) {
  std::map<std::string, std::string> came_from;
  std::vector<std::string> open = {start};
  while (!open.empty()) {
    const std::string here = open.back();
    open.pop_back();
    const auto next = links.find(here);
    if (next == links.end()) continue;
    for (const std::string& there : next->second) {
      if (there == start) {
        std::vector<std::string> way = {start};
        for (std::string step = here; step != start; step = came_from[step]) way.push_back(step);
        way.push_back(start);
        std::reverse(way.begin(), way.end());
        return way;
      }
      if (came_from.emplace(there, here).second) open.push_back(there);
    }
  }
  return {};
}

// Each circle once, reported in the file of its first exercise by name.
Problems check_circles(const std::vector<Parsed>& all) {
  const Links links = links_of(all);
  Problems problems;
  std::set<std::string> reported;
  for (const Parsed& one : all) {
    const std::string id = id_of(one.document);
    if (id.empty() || reported.count(id) > 0) continue;
    const auto circle = circle_through(links, id);
    if (circle.empty()) continue;
    std::string way;
    for (const std::string& step : circle) way += (way.empty() ? "" : ", then ") + step;
    problems.push_back({one.file, "/progression", "a circle of harder exercises: " + way,
                        "harder exercises must not lead back to an easier one",
                        "Remove one of these links (harder in one file is easier in the other)."});
    reported.insert(circle.begin(), circle.end());
  }
  return problems;
}

// The text in this language, else in the one that it is a variety of: de for de-AT.
template <class Texts>
auto spoken_in(const Texts& texts, std::string_view language) {
  const auto found = texts.find(std::string(language));
  return found == texts.end() ? texts.find(std::string(language.substr(0, language.find('-')))) : found;
}

}  // namespace

std::string_view in_language(const Translations& texts, std::string_view language) {
  auto found = spoken_in(texts, language);
  if (found == texts.end()) found = texts.find("en");
  return found == texts.end() ? std::string_view{} : std::string_view{found->second};
}

const ExerciseText& text_in(const CatalogExercise& exercise, std::string_view language) {
  const auto found = spoken_in(exercise.text, language);
  return found == exercise.text.end() ? exercise.text.at("en") : found->second;
}

Problems check_exercise(std::string_view text, const std::string& file_name,
                        std::span<const std::string> known_ids) {
  Problems problems;
  const nlohmann::json document = json::parse_strict(text, file_name, problems);
  problems = check_document(document, file_name, known_ids, std::move(problems));
  if (problems.empty()) problems = check_reference_movement(read_exercise(document), file_name);
  return problems;
}

Problems check_catalog(std::span<const CatalogFile> files) {
  Problems problems;
  const auto all = parse_all(files);
  for (const Parsed& one : all) {
    append(problems, one.problems.empty() ? check_reference_movement(read_exercise(one.document), one.file)
                                          : one.problems);
  }
  append(problems, check_circles(all));
  return problems;
}

Result<std::vector<CatalogExercise>> parse_catalog(std::span<const CatalogFile> files) {
  Problems problems;
  const auto all = parse_all(files);
  for (const Parsed& one : all) append(problems, one.problems);
  append(problems, check_circles(all));
  if (!problems.empty()) {
    return fail(
        ErrorCode::corrupt, "reading the exercise catalog",
        std::to_string(problems.size()) + " problem(s) in the exercise files:\n" + to_string(problems),
        "Correct the files; docs/reference/catalog.md explains every field.");
  }
  std::vector<CatalogExercise> catalog;
  for (const Parsed& one : all) catalog.push_back(read_exercise(one.document));
  std::sort(catalog.begin(), catalog.end(),
            [](const auto& a, const auto& b) { return a.definition.id < b.definition.id; });
  return catalog;
}

std::optional<CatalogExercise> parse_exercise(const CatalogFile& file, Problems& problems) {
  Problems here;
  const nlohmann::json document = json::parse_strict(file.text, file.name, here);
  std::vector<std::string> known = linked_ids(document, "easier");
  for (std::string& id : linked_ids(document, "harder")) known.push_back(std::move(id));
  here = check_document(document, file.name, known, std::move(here));
  const bool clean = here.empty();
  append(problems, std::move(here));
  if (!clean) return std::nullopt;
  return read_exercise(document);
}

Result<const CatalogExercise*> find(const std::vector<CatalogExercise>& catalog, std::string_view id) {
  std::vector<std::string> ids;
  for (const CatalogExercise& exercise : catalog) {
    if (exercise.definition.id == id) return &exercise;
    ids.push_back(exercise.definition.id);
  }
  const std::string near = did_you_mean(id, ids);
  return fail(ErrorCode::not_found, "choosing the exercise",
              "there is no exercise " + json::shown(nlohmann::json(std::string(id))) + " in the catalog",
              near.empty() ? "Choose one of " + any_of(ids) + "." : near);
}

}  // namespace reprise::exercises
