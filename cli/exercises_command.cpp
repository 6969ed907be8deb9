// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "base/nearest_names.h"
#include "cli/commands.h"
#include "exercises/catalog.h"
#include "exercises/catalog_files.h"
#include "exercises/catalog_summary.h"
#include "sensing/files/file_io.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string views_text(const std::vector<engine::View>& views) {
  std::string text;
  for (const engine::View view : views) text += (text.empty() ? "" : ", ") + std::string{name(view)};
  return text;
}

// By what each trains first, so that an exercise stands once; regions in the order of their names.
void print_by_region(const std::vector<const exercises::CatalogExercise*>& exercises) {
  std::map<std::string, std::vector<const exercises::CatalogExercise*>> by_region;
  for (const exercises::CatalogExercise* e : exercises) by_region[e->regions.front()].push_back(e);
  for (const auto& [region, members] : by_region) {
    fmt::print("{}\n", region);
    for (const exercises::CatalogExercise* e : members) {
      fmt::print("  {:<26} {:<32} {:<26} film from: {}\n", e->definition.id,
                 exercises::text_in(*e, "en").name, engine::info(e->definition.primary.measure).name,
                 views_text(e->definition.views));
    }
  }
}

// Exercises that train `region` at all, not only first; empty: all.
ExitCode list(const std::string& region, bool as_json) {
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return report_error(catalog.error());
  std::vector<const exercises::CatalogExercise*> chosen;
  std::set<std::string> regions;
  for (const exercises::CatalogExercise& e : *catalog) {
    regions.insert(e.regions.begin(), e.regions.end());
    if (region.empty() || std::find(e.regions.begin(), e.regions.end(), region) != e.regions.end()) {
      chosen.push_back(&e);
    }
  }
  if (chosen.empty()) {
    const std::vector<std::string> known(regions.begin(), regions.end());
    return report_error(fail(ErrorCode::not_found, "listing exercises", "no exercise trains " + region,
                             "name one of " + any_of(known))
                            .value());
  }
  if (as_json) {
    Json all = Json::array();
    for (const exercises::CatalogExercise* e : chosen) all.push_back(exercises::summary_of(*e));
    fmt::print("{}\n", all.dump(2));
  } else {
    print_by_region(chosen);
    fmt::print("\nNone of these is clinically reviewed unless `reprise exercises show ID` says so.\n");
  }
  return ExitCode::success;
}

void print_exercise(const exercises::CatalogExercise& e) {
  const exercises::ExerciseText& text = exercises::text_in(e, "en");
  const engine::ExerciseDefinition& d = e.definition;
  fmt::print("{} ({}, version {})\n{}\n", text.name, d.id, e.version, text.goal);
  fmt::print("Review: {}\n\n", e.review.clinically_reviewed ? "clinically reviewed by " + e.review.by
                                                            : "not clinically reviewed");
  fmt::print("Set-up: {}\n", text.set_up);
  for (std::size_t i = 0; i < text.steps.size(); ++i) fmt::print("  {}. {}\n", i + 1, text.steps[i]);
  if (!text.stop.empty()) fmt::print("{}\n", text.stop);
  fmt::print("\nMain measure: {}, from {:.4g} to {:.4g}\n", engine::info(d.primary.measure).label,
             engine::in_degrees(d.primary.measure, d.rest), engine::in_degrees(d.primary.measure, d.target));
  fmt::print("Film from: {}. One camera judges it: {}\n", views_text(d.views), name(e.judges));
  for (const auto& what : e.not_measured)
    fmt::print("  not measured: {}\n", exercises::in_language(what, "en"));
  fmt::print("Watches for:\n");
  for (const exercises::FormNote& note : e.form) {
    fmt::print("  {} - says \"{}\"\n", exercises::in_language(note.name, "en"),
               exercises::in_language(note.cue, "en"));
  }
  fmt::print("Dosage: {} x {}, {} days a week, rest {:.0f} s\n", e.dosage.sets, e.dosage.repetitions,
             e.dosage.days_per_week, e.dosage.rest.value());
  if (!e.precautions.empty()) fmt::print("Precautions:\n");
  for (const exercises::Precaution& p : e.precautions) {
    fmt::print("  {} {}: {}\n", p.condition.code, p.condition.display,
               exercises::in_language(p.explain, "en"));
  }
  if (!e.movement.faults.empty()) {
    fmt::print("Faults that can be generated:");
    for (const exercises::CatalogFault& fault : e.movement.faults) fmt::print(" {}", fault.produces);
    fmt::print("\n");
  }
  if (!e.unsourced_defaults.empty()) {
    fmt::print("Unsourced defaults:");
    for (const std::string& section : e.unsourced_defaults) fmt::print(" {}", section);
    fmt::print("\n");
  }
}

ExitCode show(const std::string& id, bool as_json) {
  if (as_json) {  // the file itself is the machine's form
    const auto files = exercises::read_catalog(exercises::find_catalog_folder());
    if (!files) return report_error(files.error());
    for (const exercises::CatalogFile& file : *files) {
      if (file.name == id + ".json") {
        fmt::print("{}\n", file.text);
        return ExitCode::success;
      }
    }
  }
  const auto catalog = exercises::load_catalog(exercises::find_catalog_folder());
  if (!catalog) return report_error(catalog.error());
  const auto exercise = exercises::find(*catalog, id);
  if (!exercise) return report_error(exercise.error());
  print_exercise(**exercise);
  return ExitCode::success;
}

ExitCode check(const std::vector<fs::path>& paths, bool as_json) {
  std::vector<std::string> known;
  if (const auto shipped = exercises::load_catalog(exercises::find_catalog_folder())) {
    for (const exercises::CatalogExercise& e : *shipped) known.push_back(e.definition.id);
  }
  std::vector<json::Problem> problems;
  for (const fs::path& path : paths) {
    std::vector<json::Problem> found;
    if (fs::is_directory(path)) {
      const auto files = exercises::read_catalog(path);
      if (!files) return report_error(files.error());
      found = exercises::check_catalog(*files);
    } else {
      const auto file = exercises::read_catalog_file(path);
      if (!file) return report_error(file.error());
      found = exercises::check_exercise(file->text, file->name, known);
    }
    if (!as_json) {
      if (found.empty()) fmt::print("{}: no problem found\n", path.string());
      for (const json::Problem& problem : found) fmt::print("{}\n", to_string(problem));
    }
    problems.insert(problems.end(), found.begin(), found.end());
  }
  if (as_json) {
    Json all = Json::array();
    for (const json::Problem& p : problems) {
      all.push_back(
          {{"file", p.file}, {"path", p.path}, {"found", p.found}, {"limit", p.limit}, {"remedy", p.remedy}});
    }
    fmt::print("{}\n", all.dump(2, ' ', false, Json::error_handler_t::replace));
  }
  return problems.empty() ? ExitCode::success : ExitCode::bad_input;
}

}  // namespace

void add_exercises_command(CLI::App& app, ExitCode& code) {
  struct Options {
    std::string id;
    std::string region;
    std::vector<fs::path> files;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  auto* command = app.add_subcommand("exercises", "List, show and check the exercise catalog");
  command->require_subcommand(1);
  auto* listing = command->add_subcommand("list", "All exercises by the region that they train");
  listing->add_option("--region", options->region, "Only those that train it, such as knee");
  listing->add_flag("--json", options->json, "As JSON");
  listing->callback([options, &code] { code = list(options->region, options->json); });
  auto* showing = command->add_subcommand("show", "One exercise, whole");
  showing->add_option("id", options->id, "Its identifier")->required();
  showing->add_flag("--json", options->json, "As JSON");
  showing->callback([options, &code] { code = show(options->id, options->json); });
  auto* checking = command->add_subcommand("check", "List the problems of a file, or of a folder of files");
  checking->add_option("file", options->files, "Exercise files (.json) or folders")->required();
  checking->add_flag("--json", options->json, "As JSON");
  checking->callback([options, &code] { code = check(options->files, options->json); });
  command->footer(
      "Examples:\n  reprise exercises list --region knee\n  reprise exercises show squat\n  reprise "
      "exercises check my-exercise.json");
}

}  // namespace reprise::cli
