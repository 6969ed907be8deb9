// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "exercises/range_of_motion.h"
#include "session/measurements/measurement_builder.h"
#include "session/scene_warnings.h"

namespace reprise::session {

// Range of motion: trials of one test, by camera or by an instrument that a person reads, and the document of
// several tests. Angles are those of the movement: positive as it is named, negative where it falls short of
// zero, as a knee that does not straighten (docs/reference/range-of-motion.md).

/// Turned farther than this from the recommended view, a trial is not counted.
inline constexpr Degrees kMostOutOfPlane{15};
inline constexpr int kWantedTrials = 3;
inline constexpr std::string_view kTrialsTable = "trials";

struct RangeTrial {
  std::optional<Side> side;
  Radians angle{0};
  std::optional<double> uncertainty;  ///< half width of the interval that holds nine of ten, rad
  Seconds start{0};                   ///< of a camera; of an instrument all three are 0
  Seconds extreme{0};
  Seconds end{0};
  std::optional<Radians> view_error;       ///< from the recommended view; empty: cannot be told, or no camera
  std::string note;                        ///< why it does not count: "out_of_plane", "wrong_side", "partial"
  std::vector<std::string> compensations;  ///< form rules that it broke, in English
};

/// What one test gave.
struct RangeTrials {
  exercises::RangeTest test;
  exercises::RangeMethod method = exercises::RangeMethod::goniometer;
  bool passive = false;
  std::vector<RangeTrial> trials;
  std::vector<SignalPlot> plots;  ///< of a camera: the angle over time
};

/// How a test was filmed.
struct FilmedRange {
  Source source;
  std::vector<ModelUsed> models;
  /// Of shoulder flexion and extension from the side, where a network placed the points: by the picture
  /// rather than the fit (docs/reference/range-of-motion.md).
  bool shoulders_by_picture = true;
  FrameCounts frames;
  SceneFacts scene;
  std::optional<Side> side;  ///< that was tested; empty: the one that moves
  bool passive = false;
};

/// Finds the trials of a test in a recording: every movement of at least the test's `min_excursion`, found by
/// the live pass and measured on the fitted body at its extreme. Adds to `warnings` what to know of the
/// recording. `exercise`: the one that the test's camera names; null only where it has none. Errors:
/// invalid_argument (the test has no camera), nothing_measured (no person, or no such movement).
[[nodiscard]] Result<RangeTrials> filmed_trials(const exercises::RangeTest& test,
                                                const exercises::CatalogExercise* exercise,
                                                const FilmedRange& filmed,
                                                std::span<const engine::PoseFrame> frames,
                                                std::vector<Warning>& warnings);

/// Trials as a person read them. Errors: invalid_argument (none, more than twenty, not finite, beyond -90 to
/// 200 degrees, more than 40 degrees apart, an instrument that the test does not have, a sided test without a
/// side).
[[nodiscard]] Result<RangeTrials> read_off_trials(const exercises::RangeTest& test,
                                                  exercises::RangeMethod method, std::optional<Side> side,
                                                  bool passive, std::span<const Degrees> readings);

/// Whose norms are looked for.
struct RangePerson {
  std::optional<int> age;  ///< years
  std::optional<exercises::NormSex> sex;
};

/// One document of all tests: mean and best of the trials that count, difference of the sides, smallest
/// detectable change, norm. Errors: nothing_measured (no test), invalid_argument (tests by different methods,
/// a test twice for one side).
[[nodiscard]] Result<MeasurementDocument> measure_range_of_motion(const MeasurementInput& input,
                                                                  std::span<const RangeTrials> tests,
                                                                  const RangePerson& person);

/// The English text: documents are written in English.
[[nodiscard]] std::string english(const exercises::Translations& texts);

/// The part of a value: the test's id, with "_passive" where it was.
[[nodiscard]] std::string range_part(const exercises::RangeTest& test, bool passive);

}  // namespace reprise::session
