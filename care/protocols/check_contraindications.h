#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "care/protocols/contraindication.h"
#include "fhir/fields/days.h"

namespace reprise::care {

/// A condition or precaution that the record has of somebody.
struct ClinicalFact {
  std::vector<Code> codes;      ///< of the same thing in several systems
  std::string stage;            ///< empty: not recorded
  std::optional<double> weeks;  ///< since it began; empty: not recorded
};

/// Why an exercise is not, or not simply, for somebody.
struct ContraindicationHit {
  Severity severity = Severity::caution;
  std::string rule;      ///< "new-hip-deep-bend|1"; empty: the exercise's own file says so
  Code because;          ///< the code of the rule that the record's code falls under
  bool assumed = false;  ///< stage or time is not recorded, and was taken as if it were that of the rule
  Translations words;    ///< for people; they decide nothing
  std::string measure;   ///< of a limit: by its name, degrees or ratio
  std::optional<double> min;
  std::optional<double> max;
  std::optional<WeightBearing> weight_bearing;  ///< not more than this
};

/// Everything that speaks against an exercise, the strongest first: by the rules, and by the precautions in
/// the exercise's own file. `ceiling`: the programme's, of the primary measure in degrees or as a ratio; what
/// lies past it is not reached. What is not recorded counts against the exercise. Either side is meant.
[[nodiscard]] std::vector<ContraindicationHit> check_contraindications(
    std::span<const Contraindication> rules, const CatalogExercise& exercise,
    std::span<const ClinicalFact> facts, std::optional<double> ceiling = {});

/// Facts of Conditions that are active, or say nothing of it; of anything else none. Precautions are
/// Conditions, too, with a code of `urn:reprise:precaution`. `today`: by which weeks are counted.
[[nodiscard]] std::vector<ClinicalFact> facts_of(std::span<const Json> resources, fhir::Day today);

}  // namespace reprise::care
