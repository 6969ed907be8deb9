// SPDX-License-Identifier: Apache-2.0
#include "care/plan/load_limit.h"

#include "care/plan/prescribed_dose.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

constexpr double kPercentOfAll = 100;

const char* load_code(LoadUnit unit) {
  return unit == LoadUnit::kg ? "kg" : "%";
}

// Zero, which no limit is, where there is none such.
double part_amount(const fhir::Parts& parts, std::string_view name, std::string_view unit) {
  const fhir::Json* part = parts.find(name);
  return part == nullptr ? 0 : quantity_in(*part, unit, 0, kMostBodyMassKg).value_or(0);
}

}  // namespace

double LoadLimit::share() const {
  return unit == LoadUnit::kg ? amount / body_mass_kg : amount / kPercentOfAll;
}

std::string why_no_load_limit(const LoadLimit& limit) {
  if (!(limit.body_mass_kg >= kLeastBodyMassKg && limit.body_mass_kg <= kMostBodyMassKg))
    return "the body's mass is missing or not from 20 to 300 kg";
  if (!(limit.share() >= kLeastLoadShare && limit.share() <= kMostLoadShare &&
        limit.share() * limit.body_mass_kg >= kLeastLoadKg))
    return "the limit of the load is missing, below 5 kg, or not from 10 to 100 % of the body's mass";
  return {};
}

tl::expected<std::optional<LoadLimit>, std::string> read_load_limit(const fhir::Json& care_plan) {
  const auto parts = fhir::parts_of(care_plan, fhir::kLoadLimit, {"limit", "body-mass", "helper"});
  if (!parts) return tl::unexpected(parts.error());
  if (!*parts) return std::optional<LoadLimit>{};
  LoadLimit limit;
  limit.amount = part_amount(**parts, "limit", "kg");
  limit.unit = limit.amount > 0 ? LoadUnit::kg : LoadUnit::percent;
  if (limit.unit == LoadUnit::percent) limit.amount = part_amount(**parts, "limit", "%");
  limit.body_mass_kg = part_amount(**parts, "body-mass", "kg");
  if (const fhir::Json* helper = (*parts)->find("helper")) {
    const auto needed = json::truth_of(*helper, "valueBoolean");
    if (!needed) return tl::unexpected(std::string{fhir::kLoadLimit} + " cannot be read");
    limit.helper = *needed;
  }
  if (const std::string why = why_no_load_limit(limit); !why.empty())
    return tl::unexpected(std::string{fhir::kLoadLimit} + ": " + why);
  return std::optional{limit};
}

fhir::Json load_limit_extension(const LoadLimit& limit) {
  using fhir::Json;
  const char* unit = load_code(limit.unit);
  return {{"url", fhir::kLoadLimit},
          {"extension",
           Json::array(
               {Json{{"url", "limit"}, {"valueQuantity", fhir::quantity(limit.amount, unit, unit)}},
                Json{{"url", "body-mass"}, {"valueQuantity", fhir::quantity(limit.body_mass_kg, "kg", "kg")}},
                Json{{"url", "helper"}, {"valueBoolean", limit.helper}}})}};
}

}  // namespace reprise::care
