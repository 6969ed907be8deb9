// SPDX-License-Identifier: Apache-2.0
#include "care/protocols/check_contraindications.h"

#include <algorithm>
#include <limits>

#include "engine/exercise/signal_value.h"
#include "fhir/fields/fields.h"

namespace reprise::care {
namespace {

// "M17" covers "M17.11", not "M1".
bool covers(const exercises::Code& rule, const exercises::Code& fact) {
  if (rule.system != fact.system) return false;
  return rule.system == kIcd10Cm ? fact.code.rfind(rule.code, 0) == 0 : fact.code == rule.code;
}

struct Match {
  bool holds = false;
  bool assumed = false;
};

// Missing facts count as matching: a missing date must not permit an exercise.
Match match_course(const ClinicalFact& fact, std::string_view stage, std::optional<double> from,
                   std::optional<double> to) {
  Match match{true, false};
  if (stage != "any") {
    if (!fact.stage.empty() && fact.stage != stage) return {};
    match.assumed = fact.stage.empty();
  }
  if (!from && !to) return match;
  if (!fact.weeks) return {true, true};
  const double most = to.value_or(std::numeric_limits<double>::infinity());
  match.holds = *fact.weeks >= from.value_or(0) && *fact.weeks <= most;
  return match;
}

template <class T>
bool among(const std::vector<T>& list, const T& value) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

// Returns the joint's farthest angle in the reference movement, either side; 0 if the joint does not move.
Radians farthest(const engine::MovementDefinition& movement, const JointReach& reach) {
  std::string joint{engine::name(reach.joint)};
  const bool sided = joint.rfind("left_", 0) == 0;
  const engine::Dof right =
      sided ? engine::dof_from_name("right_" + joint.substr(5)).value_or(reach.joint) : reach.joint;
  double most = 0;
  const auto look = [&](const std::vector<engine::DofValue>& angles) {
    for (const engine::DofValue& one : angles) {
      if (one.dof != reach.joint && one.dof != right) continue;
      most = reach.above ? std::max(most, one.angle.value()) : std::min(most, one.angle.value());
    }
  };
  look(movement.base);
  for (const engine::Keyframe& frame : movement.keyframes) look(frame.angles);
  return Radians{most};
}

// Checks whether the movement passes the limit, unless a ceiling on that joint's own measure keeps it short.
bool reaches(const exercises::CatalogExercise& exercise, const JointReach& reach,
             std::optional<double> ceiling) {
  const double way = farthest(exercise.movement.correct, reach).value();
  const double limit = reach.limit.value();
  if (reach.above ? way <= limit : way >= limit) return false;
  const engine::ExerciseDefinition& definition = exercise.definition;
  const std::string joint{engine::name(reach.joint)};
  const std::string_view measure = engine::info(definition.primary.measure).name;
  // The arm's elevation is never less than its component in one plane.
  const bool arm = definition.primary.measure == engine::Measure::shoulder_elevation &&
                   (reach.joint == engine::Dof::left_shoulder_flexion ||
                    reach.joint == engine::Dof::left_shoulder_abduction);
  if (!arm && measure != joint && "left_" + std::string{measure} != joint) return true;
  const auto given =
      ceiling ? std::optional{engine::from_degrees(definition.primary.measure, *ceiling)} : std::nullopt;
  const auto binding = engine::binding_ceiling(definition, given);
  const bool rising = definition.target > definition.rest;
  if (!binding || rising != reach.above) return true;
  return reach.above ? *binding > limit : *binding < limit;
}

bool is_meant(const ExerciseTrait& trait, const exercises::CatalogExercise& exercise,
              std::optional<double> ceiling) {
  if (!trait.exercises.empty() && !among(trait.exercises, exercise.definition.id)) return false;
  if (!trait.regions.empty() &&
      std::none_of(exercise.regions.begin(), exercise.regions.end(),
                   [&](const std::string& region) { return among(trait.regions, region); }))
    return false;
  if (!trait.positions.empty() &&
      !std::all_of(exercise.positions.begin(), exercise.positions.end(),
                   [&](const std::string& position) { return among(trait.positions, position); }))
    return false;
  if (!trait.weight_bearing.empty() && !among(trait.weight_bearing, exercise.weight_bearing)) return false;
  if (!trait.balance.empty() && !among(trait.balance, exercise.falls.balance)) return false;
  return trait.reaches.empty() ||
         std::any_of(trait.reaches.begin(), trait.reaches.end(),
                     [&](const JointReach& reach) { return reaches(exercise, reach, ceiling); });
}

// A programme's ceiling within the limit satisfies the precaution.
bool kept_by_ceiling(const exercises::Precaution& precaution, const engine::ExerciseDefinition& definition,
                     std::optional<double> ceiling) {
  if (!precaution.limited || *precaution.limited != definition.primary.measure) return false;
  if (precaution.weight_bearing) return false;
  const auto given =
      ceiling ? std::optional{engine::from_degrees(definition.primary.measure, *ceiling)} : std::nullopt;
  const double farthest_allowed = engine::binding_ceiling(definition, given).value_or(definition.target);
  const double low = std::min(definition.rest, farthest_allowed);
  const double high = std::max(definition.rest, farthest_allowed);
  return low >= precaution.limits.min.value_or(low) && high <= precaution.limits.max.value_or(high) &&
         (given || definition.ceiling);
}

ContraindicationHit hit_of(const exercises::Precaution& precaution, bool assumed) {
  ContraindicationHit hit;
  hit.severity =
      precaution.effect == exercises::Effect::avoid ? Severity::contraindicated : Severity::caution;
  hit.because = precaution.condition;
  hit.assumed = assumed;
  hit.words = precaution.explain;
  hit.weight_bearing = precaution.weight_bearing;
  if (precaution.limited) {
    hit.measure = engine::info(*precaution.limited).name;
    const auto shown = [&](std::optional<double> limit) {
      return limit ? std::optional{engine::in_degrees(*precaution.limited, *limit)} : std::nullopt;
    };
    hit.min = shown(precaution.limits.min);
    hit.max = shown(precaution.limits.max);
  }
  return hit;
}

// Returns the rule's code that covers one of the fact's; null if there is none.
const exercises::Code* cause_in(const std::vector<exercises::Code>& conditions, const ClinicalFact& fact) {
  for (const exercises::Code& condition : conditions) {
    for (const exercises::Code& code : fact.codes) {
      if (covers(condition, code)) return &condition;
    }
  }
  return nullptr;
}

void add_own(const exercises::CatalogExercise& exercise, const ClinicalFact& fact,
             std::optional<double> ceiling, std::vector<ContraindicationHit>& all) {
  for (const exercises::Precaution& precaution : exercise.precautions) {
    if (cause_in({precaution.condition}, fact) == nullptr) continue;
    const Match match = match_course(fact, precaution.phase, precaution.from_week, precaution.to_week);
    if (!match.holds || kept_by_ceiling(precaution, exercise.definition, ceiling)) continue;
    all.push_back(hit_of(precaution, match.assumed));
  }
}

void add_ruled(std::span<const Contraindication> rules, const exercises::CatalogExercise& exercise,
               const ClinicalFact& fact, std::optional<double> ceiling,
               std::vector<ContraindicationHit>& all) {
  for (const Contraindication& rule : rules) {
    const exercises::Code* because = cause_in(rule.conditions, fact);
    if (because == nullptr || !is_meant(rule.of, exercise, ceiling)) continue;
    // A precaution holds as long as it is recorded.
    const Match match = because->system == kPrecaution
                            ? Match{true, false}
                            : match_course(fact, rule.stage, rule.from_week, rule.to_week);
    if (!match.holds) continue;
    ContraindicationHit hit;
    hit.severity = rule.severity;
    hit.rule = rule.id + "|" + std::to_string(rule.version);
    hit.because = *because;
    hit.assumed = match.assumed;
    hit.words = rule.reason;
    all.push_back(std::move(hit));
  }
}

bool counts(const Json& condition) {
  const Json* clinical = json::field(condition, "clinicalStatus");
  const Json* verified = json::field(condition, "verificationStatus");
  constexpr const char* kClinical = "http://terminology.hl7.org/CodeSystem/condition-clinical";
  constexpr const char* kVerified = "http://terminology.hl7.org/CodeSystem/condition-ver-status";
  for (const char* over : {"inactive", "remission", "resolved"}) {
    if (fhir::has_coding(clinical, kClinical, over)) return false;
  }
  return !fhir::has_coding(verified, kVerified, "entered-in-error") &&
         !fhir::has_coding(verified, kVerified, "refuted");
}

}  // namespace

std::vector<ContraindicationHit> check_contraindications(std::span<const Contraindication> rules,
                                                         const exercises::CatalogExercise& exercise,
                                                         std::span<const ClinicalFact> facts,
                                                         std::optional<double> ceiling) {
  std::vector<ContraindicationHit> all;
  for (const ClinicalFact& fact : facts) {
    add_ruled(rules, exercise, fact, ceiling, all);
    add_own(exercise, fact, ceiling, all);
  }
  std::stable_sort(all.begin(), all.end(), [](const ContraindicationHit& a, const ContraindicationHit& b) {
    return a.severity > b.severity;
  });
  return all;
}

std::vector<ClinicalFact> facts_of(std::span<const Json> resources, fhir::Day today) {
  std::vector<ClinicalFact> facts;
  for (const Json& resource : resources) {
    const Json* code = json::field(resource, "code");
    if (json::text_of(resource, "resourceType") != "Condition" || code == nullptr || !counts(resource))
      continue;
    ClinicalFact fact;
    for (const Json& coding : json::list_of(*code, "coding")) {
      fact.codes.push_back({std::string{json::text_of(coding, "system")},
                            std::string{json::text_of(coding, "code")},
                            std::string{json::text_of(coding, "display")}});
    }
    const auto began = fhir::local_day(json::text_of(resource, "onsetDateTime"));
    if (began && *began <= today) fact.weeks = static_cast<double>(today - *began) / 7;
    if (!fact.codes.empty()) facts.push_back(std::move(fact));
  }
  return facts;
}

}  // namespace reprise::care
