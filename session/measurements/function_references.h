// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "session/measurements/measurement_document.h"

namespace reprise::session {

/// Tests of function. A test is one, however it is measured.
enum class FunctionTest : std::uint8_t {
  timed_up_and_go,
  sit_to_stand_5,   ///< five times
  sit_to_stand_30,  ///< as often as possible in 30 s
  walk_10_m,        ///< a marked, straight course
  walk_6_min,       ///< back and forth on a marked course
  standing_still,
  single_leg_stance,
  tandem_stance,
  functional_reach,  ///< forward, beyond the arm's length
  squat,
  single_leg_squat,
  step_down,
  push_up,
  jump,  ///< with both feet
};
inline constexpr std::size_t kFunctionTestCount = 14;

enum class ReferenceSex : std::uint8_t { female, male };  ///< of the group that a source gives limits for

/// Who did a test, as far as references ask.
struct TestedPerson {
  std::optional<int> age_years = std::nullopt;
  std::optional<ReferenceSex> sex = std::nullopt;
};

/// The people that a reference is of.
struct ReferenceGroup {
  int from_age_years = 0;
  int to_age_years = 0;             ///< of the last year of life that it holds for
  std::optional<ReferenceSex> sex;  ///< empty: the source has one value for everybody
};

/// The group whose reference reference_of gives; empty where that is empty.
[[nodiscard]] std::optional<ReferenceGroup> reference_group_of(FunctionTest test, const TestedPerson& person);

/// What a test's main value is held against: limits that a source gives for people of this age and sex. Empty
/// where no source that was read gives one, or where it asks for an age or sex that is not known.
[[nodiscard]] std::optional<Reference> reference_of(FunctionTest test, const TestedPerson& person);

/// How far two results of a person who has not changed may lie apart.
struct DetectableChange {
  double value = 0;    ///< in the unit of the test's main value
  const char* source;  ///< of docs/sources.md, "FC1"
};

/// The largest that a source which was read gives for the test's main value. Its people may be others than
/// the one in question. `before`: the earlier result; some sources give a share of it. Empty where no
/// source gives one.
[[nodiscard]] std::optional<DetectableChange> detectable_change_of(FunctionTest test, double before);

}  // namespace reprise::session
