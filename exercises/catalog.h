#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/exercise/definition.h"
#include "engine/synthesis/generate.h"
#include "json/problem.h"

namespace reprise {

// The exercise catalog: knowledge as data. Files hold degrees, what is read from them holds radians.
// docs/catalog.md explains every field to the clinician who writes one.

/// A text in several languages, by code ("en").
using Translations = std::map<std::string, std::string>;

/// The text in `language` (de-AT takes de, too), else in English, else empty.
[[nodiscard]] std::string_view in_language(const Translations& texts, std::string_view language);

struct ExerciseText {
  std::string name;
  std::string goal;
  std::string set_up;
  std::vector<std::string> steps;
  std::string stop;  ///< when to stop; empty where the exercise has nothing special to say
};

enum class RepetitionPart : std::uint8_t { out, hold, back };
struct Phase {
  std::string id;
  RepetitionPart part = RepetitionPart::out;
  Translations text;
};

struct Equipment {
  std::string item;
  bool required = false;
  Translations use;
};

/// What a gate of the definition is called; gates stand in the definition's order.
struct GateNote {
  std::string id;
  std::string why;
};

/// What belongs to a form rule beside its numbers; rules stand in the definition's order.
struct FormNote {
  std::string id;
  Translations name;
  Translations cue;  ///< one short, kind imperative
};

/// What can be prescribed of a sided exercise. Which limb a side names: definition.named_by_resting_side.
struct Sides {
  bool left = false;
  bool right = false;
  bool both = false;
  Translations meaning;  ///< "the leg in front"
};

enum class Judges : std::uint8_t { full, partial, timer };
enum class WeightBearing : std::uint8_t { none, partial, full };
enum class Balance : std::uint8_t { none, standing, single_leg };

struct FallsRule {
  Balance balance = Balance::none;
  bool support_within_reach = false;
  bool starts_by_itself = false;
  bool high_risk_needs_helper_or_release = false;
};

/// A code with its system, as in FHIR's Coding.
struct Code {
  std::string system;
  std::string code;
  std::string display;
};

enum class Effect : std::uint8_t { avoid, limit, ask };
struct Precaution {
  Code condition;  ///< stands for all codes below it, too
  std::string phase;
  std::optional<double> from_week;  ///< since injury or surgery
  std::optional<double> to_week;
  std::string joint;
  std::string movement;
  Effect effect = Effect::ask;
  std::optional<Measure> limited;  ///< of effect `limit`
  Limits limits;                   ///< of `limited`, rad or ratio
  std::optional<WeightBearing> weight_bearing;
  Translations explain;  ///< explains, never decides
};

struct Dosage {
  int sets = 1;
  int repetitions = 1;  ///< or holds
  std::optional<Seconds> hold;
  Seconds rest;
  int days_per_week = 1;
};

/// How a form rule or gate is broken, for simulated patients: angles that come and go with the movement, or
/// another movement in its place.
struct CatalogFault {
  std::string produces;  ///< id of a form rule or gate
  std::vector<DofValue> add;
  std::optional<MovementDefinition> instead;
};

/// One repetition, right side working.
struct CatalogMovement {
  MovementDefinition correct;
  std::vector<CatalogFault> faults;
};

struct Evidence {
  std::vector<std::string> supports;  ///< sections of the file
  std::string source;
  std::string doi;
  std::string url;
  std::string says;
};

struct Review {
  bool clinically_reviewed = false;
  std::string by;
  std::string profession;
  std::string date;
};

struct CatalogExercise {
  ExerciseDefinition definition;
  int version = 1;
  Review review;
  std::map<std::string, ExerciseText> text;  ///< by language; "en" is always there
  std::vector<std::string> regions;
  std::vector<std::string> positions;
  std::vector<Equipment> equipment;
  std::vector<Phase> phases;
  std::vector<GateNote> gates;
  std::vector<FormNote> form;
  Sides sides;
  Judges judges = Judges::full;
  std::vector<Translations> not_measured;
  WeightBearing weight_bearing = WeightBearing::none;
  FallsRule falls;
  std::vector<Precaution> precautions;
  std::vector<std::string> easier;
  std::vector<std::string> harder;
  Dosage dosage;
  CatalogMovement movement;
  std::vector<Evidence> evidence;
  std::vector<std::string> unsourced_defaults;
};

/// The patient's text in `language` (de-AT takes de, too), else in English.
[[nodiscard]] const ExerciseText& text_in(const CatalogExercise& exercise, std::string_view language);

/// A catalog file's content, wherever it came from.
struct CatalogFile {
  std::string name;  ///< "squat.json"
  std::string text;
};

/// Everything wrong with one exercise: first what breaks the schema, then what makes no sense; empty where it
/// is clean. `known_ids` are the exercises that links may name beside the file's own. A file without such
/// problems is also shown to the live coach (drawn_movement.h).
[[nodiscard]] std::vector<json::Problem> check_exercise(std::string_view json, const std::string& file_name,
                                                        std::span<const std::string> known_ids);

/// Everything wrong with the files together: each alone as check_exercise does, ids used twice, links that
/// run in a circle.
[[nodiscard]] std::vector<json::Problem> check_catalog(std::span<const CatalogFile> files);

/// The exercises of files that have no problem, sorted by id; else an error (corrupt) that lists every
/// problem. Quick: movements are not shown to the coach here.
[[nodiscard]] Result<std::vector<CatalogExercise>> parse_catalog(std::span<const CatalogFile> files);

/// One exercise by itself, as an app gets it with a programme: what it links to need not be there. Adds
/// everything that is wrong to `problems`; empty where there is anything. Quick, as `parse_catalog`.
[[nodiscard]] std::optional<CatalogExercise> parse_exercise(const CatalogFile& file,
                                                            std::vector<json::Problem>& problems);

/// The exercise with this id; else an error (not_found) that suggests near names.
[[nodiscard]] Result<const CatalogExercise*> find(const std::vector<CatalogExercise>& catalog,
                                                  std::string_view id);

}  // namespace reprise
