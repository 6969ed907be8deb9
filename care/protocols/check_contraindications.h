// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/protocols/contraindication.h"
#include "fhir/fields/days.h"
#include "fhir/model/json.h"

namespace reprise::care {

/// A condition or precaution in the patient's record.
struct ClinicalFact {
  std::vector<exercises::Code> codes;  ///< of the same thing in several systems
  std::string stage;                   ///< empty: not recorded
  std::optional<double> weeks;         ///< since it began; empty: not recorded
};

/// Why an exercise is contraindicated for a patient, or needs caution.
struct ContraindicationHit {
  Severity severity = Severity::caution;
  std::string rule;               ///< "new-hip-deep-bend|1"; empty if from the exercise's own file
  exercises::Code because;        ///< the rule's code that covers the record's code
  bool assumed = false;           ///< stage or time is not recorded and was assumed to match the rule
  exercises::Translations words;  ///< for display only
  std::string measure;            ///< of a limit, by name; degrees or ratio
  std::optional<double> min;
  std::optional<double> max;
  std::optional<exercises::WeightBearing> weight_bearing;  ///< at most this
};

/// Returns the contraindications of an exercise, the strongest first, by the rules and by the precautions in
/// its own file. `ceiling`: the programme's, of the primary measure, in degrees or as a ratio; nothing past
/// it is reached. Missing facts count against the exercise. Either side is meant.
[[nodiscard]] std::vector<ContraindicationHit> check_contraindications(
    std::span<const Contraindication> rules, const exercises::CatalogExercise& exercise,
    std::span<const ClinicalFact> facts, std::optional<double> ceiling = {});

/// Extracts the facts of Conditions that are active or have no status. Precautions are Conditions, too, with
/// a code of `urn:reprise:precaution`. `today`: the day from which weeks are counted.
[[nodiscard]] std::vector<ClinicalFact> facts_of(std::span<const Json> resources, fhir::Day today);

}  // namespace reprise::care
