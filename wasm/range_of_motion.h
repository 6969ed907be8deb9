// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "exercises/range_of_motion.h"
#include "wasm/live_set.h"

namespace reprise::wasm {

/// The test `id` of a file of catalog/range_of_motion. Errors: those of parse_range_tests, find_range_test.
[[nodiscard]] Result<exercises::RangeTest> range_test_in(const std::string& file_name,
                                                         const std::string& text, std::string_view id);

/// The exercise as the test counts it, for set-up check and live picture. Error: invalid_argument (the test
/// has no camera, or names another exercise).
[[nodiscard]] Result<exercises::CatalogExercise> as_range_test(exercises::CatalogExercise exercise,
                                                               const exercises::RangeTest& test);

struct FilmedRangeOptions {
  std::optional<Side> side;
  bool passive = false;
};

/// The trials of a set as a RangeTrialsFound (reprise.d.mts). Errors: those of session::filmed_trials.
[[nodiscard]] Result<std::string> filmed_trials_text(const LiveSet& set, const exercises::RangeTest& test,
                                                     const FilmedRangeOptions& options,
                                                     const SetFacts& facts);

/// Sums up trials of one or more tests, filmed or read off, a RangeOfMotion as text. Returns a
/// MeasuredResult. Errors: invalid_argument with the field, those of session::measure_range_of_motion.
[[nodiscard]] Result<std::string> range_of_motion_text(std::string_view tests);

}  // namespace reprise::wasm
