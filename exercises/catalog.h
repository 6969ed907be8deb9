// SPDX-License-Identifier: Apache-2.0
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

namespace reprise::exercises {

// The exercise catalog: knowledge as data. The files use degrees, the parsed values radians.
// docs/reference/catalog.md explains every field to its authors, the clinicians.

/// A text in several languages, by code ("en").
using Translations = std::map<std::string, std::string>;

/// Returns the text in `language` (de-AT also finds de), else in English, else an empty text.
[[nodiscard]] std::string_view in_language(const Translations& texts, std::string_view language);

struct ExerciseText {
  std::string name;
  std::string goal;
  std::string set_up;
  std::vector<std::string> steps;
  std::string stop;                    ///< when to stop; empty if nothing special applies
  std::vector<std::string> also = {};  ///< other names that it is looked for by
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

/// The id and reason of a gate, in the order of the definition's gates.
struct GateNote {
  std::string id;
  std::string why;
};

/// The id and texts of a form rule, in the order of the definition's rules.
struct FormNote {
  std::string id;
  Translations name;
  Translations cue;  ///< one short, kind imperative
};

/// The sides that can be prescribed. Which limb a side names: definition.named_by_resting_side.
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
  Code condition;  ///< includes all codes below it
  std::string phase;
  std::optional<double> from_week;  ///< since injury or surgery
  std::optional<double> to_week;
  std::string joint;
  std::string movement;
  Effect effect = Effect::ask;
  std::optional<engine::Measure> limited;  ///< of effect `limit`
  engine::Limits limits;                   ///< of `limited`, rad or ratio
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

/// A way to break a form rule or gate, for simulated patients: angles added in step with the movement, or
/// another movement instead.
struct CatalogFault {
  std::string produces;  ///< id of a form rule or gate
  std::vector<engine::DofValue> add;
  std::optional<engine::MovementDefinition> instead;
};

/// One repetition, right side working.
struct CatalogMovement {
  engine::MovementDefinition correct;
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
  engine::ExerciseDefinition definition;
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

/// Returns the patient's text in `language` (de-AT also finds de), else in English.
[[nodiscard]] const ExerciseText& text_in(const CatalogExercise& exercise, std::string_view language);

/// The content of a catalog file from any source.
struct CatalogFile {
  std::string name;  ///< "squat.json"
  std::string text;
};

/// Returns every problem of an exercise, first against the schema, then of meaning; empty if there is none.
/// `known_ids`: other exercises that links may name. If there is no problem, the live coach also tests the
/// reference movement (reference_movement.h).
[[nodiscard]] std::vector<json::Problem> check_exercise(std::string_view json, const std::string& file_name,
                                                        std::span<const std::string> known_ids);

/// Returns every problem of the files together: those of check_exercise, duplicate ids, circular
/// links.
[[nodiscard]] std::vector<json::Problem> check_catalog(std::span<const CatalogFile> files);

/// Parses the files and sorts the exercises by id. Error: corrupt, with every problem. Quick: the coach does
/// not test the movements.
[[nodiscard]] Result<std::vector<CatalogExercise>> parse_catalog(std::span<const CatalogFile> files);

/// Parses one exercise by itself, as an app gets it with a programme; its links need not resolve. Adds every
/// problem to `problems`; empty if there is any. Quick, as `parse_catalog`.
[[nodiscard]] std::optional<CatalogExercise> parse_exercise(const CatalogFile& file,
                                                            std::vector<json::Problem>& problems);

/// Returns the exercise with this id. Error: not_found, with similar names.
[[nodiscard]] Result<const CatalogExercise*> find(const std::vector<CatalogExercise>& catalog,
                                                  std::string_view id);

}  // namespace reprise::exercises
