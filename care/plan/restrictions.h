// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <tl/expected.hpp>

#include <cstdint>
#include <optional>
#include <vector>

#include "care/plan/load_limit.h"
#include "exercises/catalog.h"
#include "fhir/profiles/extension_parts.h"

// What binds every exercise of a programme: docs/reference/programme.md.
namespace reprise::care {

enum class AffectedSide : std::uint8_t { left, right, both };

/// How far a joint may go. Of an exercise that counts this measure it is the ceiling, or keeps it away.
struct RangeLimit {
  engine::Measure measure = engine::Measure::knee_flexion;
  std::optional<engine::Side> side;  ///< empty: either
  std::optional<double> min;         ///< degrees or ratio
  std::optional<double> max;
};

struct Restrictions {
  std::optional<AffectedSide> affected;
  exercises::WeightBearing weight_bearing = exercises::WeightBearing::full;  ///< of the affected leg, at most
  std::optional<LoadLimit> load_limit;  ///< only of one leg with partial weight bearing
  std::vector<RangeLimit> limits;
};

/// Returns the sides that a `bodySite` names; empty if it names none.
[[nodiscard]] std::optional<AffectedSide> sides_named(const Json& resource);

/// A CarePlan's. Fails where anything of it cannot be read.
[[nodiscard]] tl::expected<Restrictions, fhir::Why> read_restrictions(const Json& care_plan);

/// The ceiling that binds an exercise: of `ceiling` and the restrictions' limits the one nearer to rest.
/// `side`: empty for both, or none. Fails where a limit already forbids the rest position.
[[nodiscard]] tl::expected<std::optional<double>, fhir::Why> limit_within(
    const Restrictions& restrictions, const engine::ExerciseDefinition& definition,
    std::optional<engine::Side> side, std::optional<double> ceiling);

}  // namespace reprise::care
