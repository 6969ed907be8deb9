// SPDX-License-Identifier: Apache-2.0
#include "care/plan/muscle_target.h"

#include <algorithm>

#include "care/plan/prescribed_dose.h"
#include "fhir/fields/fields.h"
#include "fhir/profiles/extension_parts.h"
#include "fhir/profiles/vocabulary.h"

namespace reprise::care {
namespace {

std::optional<double> amount_of(const fhir::Parts& parts, std::string_view name, std::string_view unit,
                                double least, double most) {
  const fhir::Json* part = parts.find(name);
  return part == nullptr ? std::nullopt : quantity_in(*part, unit, least, most);
}

}  // namespace

tl::expected<std::optional<MuscleTarget>, std::string> read_muscle_target(const fhir::Json& request) {
  const auto parts = fhir::parts_of(request, fhir::kMuscleTarget, {"muscle", "side", "share", "hold"});
  if (!parts) return tl::unexpected(parts.error());
  if (!*parts) return std::optional<MuscleTarget>{};
  const auto code = [&](std::string_view name) {
    const fhir::Json* part = (*parts)->find(name);
    return part == nullptr ? std::string{} : std::string{json::text_of(*part, "valueCode")};
  };
  MuscleTarget target;
  target.muscle = code("muscle");
  const std::string side = code("side");
  const auto share = amount_of(**parts, "share", "%", kLeastMuscleShare, kMostMuscleShare);
  const auto hold = amount_of(**parts, "hold", "s", kLeastMuscleHold, kMostMuscleHold);
  const bool known = std::find(kMuscles.begin(), kMuscles.end(), target.muscle) != kMuscles.end();
  if (!known || (side != "left" && side != "right") || !share || !hold) {
    return tl::unexpected(std::string{fhir::kMuscleTarget} +
                          " has a value that cannot be read or lies beyond its limits");
  }
  target.side = side == "left" ? Side::left : Side::right;
  target.share_percent = *share;
  target.hold_s = *hold;
  return std::optional{target};
}

fhir::Json muscle_extension(const MuscleTarget& target) {
  using fhir::Json;
  return {
      {"url", fhir::kMuscleTarget},
      {"extension",
       Json::array({Json{{"url", "muscle"}, {"valueCode", target.muscle}},
                    Json{{"url", "side"}, {"valueCode", target.side == Side::left ? "left" : "right"}},
                    Json{{"url", "share"}, {"valueQuantity", fhir::quantity(target.share_percent, "%", "%")}},
                    Json{{"url", "hold"}, {"valueQuantity", fhir::quantity(target.hold_s, "s", "s")}}})}};
}

}  // namespace reprise::care
