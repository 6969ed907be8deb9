// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "care/protocols/catalog_input.h"

// A template of programmes for a common pathway, phase by phase: catalog/protocols,
// docs/clinician/protocols.md. A clinician starts from one; it decides nothing.
namespace reprise::care {

/// Who does an exercise of a template.
enum class TemplateSide : std::uint8_t {
  none,      ///< it has no sides
  affected,  ///< the affected side alone
  both,      ///< either side in turn, in one set
  each,      ///< first the one side, then the other: two prescriptions
};

struct TemplateExercise {
  std::string exercise;  ///< its id in the catalog
  TemplateSide side = TemplateSide::none;
  int sets = 1;
  int repetitions = 1;  ///< or holds
  int days_per_week = 1;
  std::optional<Seconds> hold;
  std::optional<Seconds> rest;
  std::optional<double> ceiling;  ///< of the primary measure, degrees or ratio
  std::optional<double> target;
  bool helper = false;
  exercises::Translations support;  ///< what to hold on to; empty: nothing is needed
};

enum class CriterionKind : std::uint8_t {
  measure,   ///< of an exercise of the phase
  pain,      ///< the worst of the last seven days, 0 to 10
  sessions,  ///< done in this phase
  judgment,  ///< a clinician's finding, in words
};

/// A condition for the next phase. The clinician decides all the same.
struct Criterion {
  CriterionKind kind = CriterionKind::judgment;
  bool at_least = true;  ///< else: at most
  double value = 0;
  std::string exercise;  ///< of a measure
  std::string measure;   ///< its name; degrees or ratio
  exercises::Translations judgment;
};

struct ProtocolPhase {
  std::string id;
  exercises::Translations title;
  exercises::Translations goal;
  int from_week = 0;           ///< for orientation: criteria decide, not weeks
  std::optional<int> to_week;  ///< empty: open
  std::vector<TemplateExercise> exercises;
  std::vector<Criterion> criteria;  ///< none in the last phase
};

struct Protocol {
  std::string id;
  int version = 0;
  std::string review;
  exercises::Translations title;
  exercises::Translations summary;
  std::vector<exercises::Code> conditions;
  std::string course;           ///< where the weeks begin: "after_surgery", "after_injury", "any", …
  bool high_fall_risk = false;  ///< then every exercise that asks for balance needs a helper, too
  std::vector<ProtocolPhase> phases;
  std::vector<exercises::Translations> red_flags;
  std::vector<exercises::Translations> precautions;
  Provenance provenance;
};

/// Errors: invalid_argument, with the field and its expected value.
[[nodiscard]] Result<Protocol> parse_protocol(const exercises::CatalogFile& file);

/// Returns the phase; null if there is none of that id.
[[nodiscard]] const ProtocolPhase* find_phase(const Protocol& protocol, std::string_view id);

}  // namespace reprise::care
