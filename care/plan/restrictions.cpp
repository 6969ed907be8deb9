// SPDX-License-Identifier: Apache-2.0
#include "care/plan/restrictions.h"

#include <array>

#include "engine/exercise/signal_value.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

// The place of an extension's code among `words`; `otherwise` where there is no such extension.
template <std::size_t size>
tl::expected<std::optional<std::size_t>, fhir::Why> one_of(const Json& plan, const char* url,
                                                           const std::array<std::string_view, size>& words) {
  const auto found = fhir::extensions(plan, url);
  if (found.empty()) return std::optional<std::size_t>{};
  for (std::size_t i = 0; found.size() == 1 && i < size; ++i) {
    if (json::text_of(*found.front(), "valueCode") == words[i]) return std::optional{i};
  }
  return tl::unexpected(fhir::Why{url} + " cannot be read");
}

tl::expected<RangeLimit, fhir::Why> read_limit(const Json& extension) {
  const auto parts = fhir::parts_in(extension, fhir::kRangeLimit, {"measure", "side", "min", "max"});
  if (!parts) return tl::unexpected(parts.error());
  const Json* named = parts->find("measure");
  const auto measure = engine::measure_from_name(named == nullptr ? "" : json::text_of(*named, "valueCode"));
  if (!measure) return tl::unexpected(fhir::Why{fhir::kRangeLimit} + " names no measure");
  RangeLimit limit;
  limit.measure = *measure;
  limit.min = fhir::measured_in(*parts, "min", *measure);
  limit.max = fhir::measured_in(*parts, "max", *measure);
  bool right = (limit.min || limit.max) && limit.min.has_value() == (parts->find("min") != nullptr) &&
               limit.max.has_value() == (parts->find("max") != nullptr) &&
               !(limit.min && limit.max && *limit.min >= *limit.max);
  if (const Json* side = parts->find("side")) {
    const std::string_view word = json::text_of(*side, "valueCode");
    right = right && (word == "left" || word == "right");
    limit.side = word == "left" ? engine::Side::left : engine::Side::right;
  }
  if (!right) return tl::unexpected(fhir::Why{fhir::kRangeLimit} + " cannot be read");
  return limit;
}

}  // namespace

std::optional<AffectedSide> sides_named(const Json& resource) {
  bool left = false;
  bool right = false;
  for (const Json& site : json::list_of(resource, "bodySite")) {
    left = left || fhir::has_coding(&site, fhir::kSnomed, fhir::kSnomedLeft);
    right = right || fhir::has_coding(&site, fhir::kSnomed, fhir::kSnomedRight);
  }
  if (left && right) return AffectedSide::both;
  if (left) return AffectedSide::left;
  return right ? std::optional{AffectedSide::right} : std::nullopt;
}

tl::expected<Restrictions, fhir::Why> read_restrictions(const Json& care_plan) {
  constexpr std::array<std::string_view, 3> kSides = {"left", "right", "both"};
  constexpr std::array<std::string_view, 3> kBearing = {"none", "partial", "full"};
  Restrictions restrictions;
  const auto side = one_of(care_plan, fhir::kAffectedSide, kSides);
  if (!side) return tl::unexpected(side.error());
  if (*side) restrictions.affected = static_cast<AffectedSide>(**side);
  const auto bearing = one_of(care_plan, fhir::kWeightBearing, kBearing);
  if (!bearing) return tl::unexpected(bearing.error());
  if (*bearing) restrictions.weight_bearing = static_cast<exercises::WeightBearing>(**bearing);
  const auto load = read_load_limit(care_plan);
  if (!load) return tl::unexpected(load.error());
  restrictions.load_limit = *load;
  if (*load && (restrictions.weight_bearing != exercises::WeightBearing::partial || !restrictions.affected ||
                *restrictions.affected == AffectedSide::both)) {
    return tl::unexpected(fhir::Why{fhir::kLoadLimit} +
                          " needs partial weight bearing, and one leg as the affected side");
  }
  for (const Json* extension : fhir::extensions(care_plan, fhir::kRangeLimit)) {
    auto limit = read_limit(*extension);
    if (!limit) return tl::unexpected(std::move(limit.error()));
    restrictions.limits.push_back(*limit);
  }
  return restrictions;
}

tl::expected<std::optional<double>, fhir::Why> limit_within(const Restrictions& restrictions,
                                                            const engine::ExerciseDefinition& definition,
                                                            std::optional<engine::Side> side,
                                                            std::optional<double> ceiling) {
  const engine::Measure measure = definition.primary.measure;
  const bool rising = definition.target > definition.rest;
  std::optional<double> nearest = ceiling;
  for (const RangeLimit& limit : restrictions.limits) {
    if (limit.measure != measure || (limit.side && side && *limit.side != *side)) continue;
    const auto& behind = rising ? limit.min : limit.max;
    const auto& ahead = rising ? limit.max : limit.min;
    const auto value = [&](double amount) { return engine::from_degrees(measure, amount); };
    const bool rest_forbidden =
        behind && (rising ? definition.rest < value(*behind) : definition.rest > value(*behind));
    if (rest_forbidden || (ahead && engine::progress(definition, value(*ahead)) <= 0))
      return tl::unexpected(fhir::Why{"it begins where the programme's "} + fhir::kRangeLimit +
                            " does not let the joint go");
    if (!ahead) continue;
    if (!nearest || (rising ? *ahead < *nearest : *ahead > *nearest)) nearest = ahead;
  }
  return nearest;
}

}  // namespace reprise::care
