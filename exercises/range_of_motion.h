// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "engine/exercise/definition.h"
#include "exercises/catalog.h"

namespace reprise::exercises {

// The tests of range of motion: one definition each, however it is measured (catalog/range_of_motion,
// docs/reference/range-of-motion.md). The files use degrees, the parsed values radians.

enum class RangeMethod : std::uint8_t { camera, inclinometer, goniometer };
[[nodiscard]] std::string_view name(RangeMethod method);

struct RangeText {
  std::string position;   ///< to the patient: how to stand, sit or lie
  std::string movement;   ///< to the patient: what to do
  std::string helper;     ///< to the clinician: what the hands do in the passive test
  std::string placement;  ///< to the clinician: where goniometer and phone lie
};

/// How one camera measures it.
struct RangeCamera {
  std::string exercise;  ///< of the catalog: its movement is drawn, its form rules are the compensations
  engine::Measure measure = engine::Measure::knee_flexion;
  double sign = 1;                         ///< -1: the movement lowers the measure
  Radians rest{0};                         ///< of the measure, where a trial starts
  Radians target{0};                       ///< of the measure, at a full range
  Radians min_excursion{0};                ///< a smaller movement is no trial
  engine::View view = engine::View::side;  ///< front; or side: the tested side towards the camera
  bool own_norm = true;                    ///< false: norms are of another angle than the camera's
  Translations says;                       ///< what differs from the goniometer
};

enum class NormSex : std::uint8_t { any, female, male };

struct RangeNorm {
  Radians mean{0};
  std::optional<Radians> sd;
  NormSex sex = NormSex::any;
  int from_age = 0;  ///< years, both inclusive
  int to_age = 0;
  int people = 0;
  std::string source;  ///< an id of docs/sources.md
  std::string cite;    ///< authors and year
};

struct DetectableChange {
  RangeMethod method = RangeMethod::goniometer;
  Radians change{0};
  std::string source;
};

/// The opposite movement, and which of both the neutral-zero notation names first.
struct NeutralZeroPair {
  std::string opposite;
  bool first = false;
};

struct RangeTest {
  std::string id;
  std::string joint;
  Translations name;
  bool sided = true;
  std::optional<NeutralZeroPair> pair;
  std::map<std::string, RangeText> text;  ///< by language; "en" is always there
  std::optional<RangeCamera> camera;
  Translations no_camera;                ///< why one camera cannot measure it
  std::vector<RangeMethod> instruments;  ///< beside the camera
  std::vector<RangeNorm> norms;
  std::vector<DetectableChange> detectable_change;
};

/// Reads the files of catalog/range_of_motion, one a joint; sorts by joint as the files are given. Error:
/// invalid_argument with every problem: of the schema, an id twice, an opposite that does not name this one.
[[nodiscard]] Result<std::vector<RangeTest>> parse_range_tests(std::span<const CatalogFile> files);

/// Returns the test with this id. Error: not_found, with similar names.
[[nodiscard]] Result<const RangeTest*> find_range_test(const std::vector<RangeTest>& tests,
                                                       std::string_view id);

/// The exercise as the test counts it: each movement of at least `min_excursion` is a trial, whatever target,
/// gates or tempo the exercise has; its form rules stay as the compensations. `towards_left`: of a midline
/// measure of a sided test, the trial to the left, which lowers the measure. Precondition: the test has a
/// camera, `exercise` is the one that it names.
[[nodiscard]] engine::ExerciseDefinition range_definition(const RangeTest& test,
                                                          const CatalogExercise& exercise,
                                                          bool towards_left = false);

/// The norm for a person of this age and sex, the narrowest that fits; null: none does. `age`, `sex` empty:
/// not known, so only norms of either sex, and none where the age is not known.
[[nodiscard]] const RangeNorm* norm_for(const RangeTest& test, std::optional<int> age,
                                        std::optional<NormSex> sex);

}  // namespace reprise::exercises
