// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exercises/catalog.h"
#include "exercises/range_of_motion.h"
#include "pipeline/recording.h"
#include "session/measurements/range_of_motion.h"

namespace reprise::pipeline {

/// A test that was filmed.
struct RangeFile {
  std::string test;
  std::optional<Side> side;  ///< empty: the one that moves
  std::filesystem::path path;
};

/// A test that a person read off an instrument.
struct RangeReadings {
  std::string test;
  std::optional<Side> side;
  exercises::RangeMethod method = exercises::RangeMethod::goniometer;
  std::vector<Degrees> readings;
};

struct RangeOptions {
  std::vector<RangeFile> files;
  std::vector<RangeReadings> readings;
  bool passive = false;
  session::RangePerson person;
  std::string text;  ///< these options as typed, for the document
};

using ReadRecording = std::function<Result<Recording>(const std::filesystem::path& path)>;

/// The tests of the folder beside the exercise catalog's. Error: that of reading or parsing them.
[[nodiscard]] Result<std::vector<exercises::RangeTest>> load_range_tests(
    const std::filesystem::path& exercise_catalog);

/// Measures all tests into one document. Errors: not_found (no such test), those of `read` and of
/// session::filmed_trials, read_off_trials and measure_range_of_motion.
[[nodiscard]] Result<session::MeasurementDocument> measure_range_of_motion(
    const RangeOptions& options, const std::vector<exercises::RangeTest>& tests,
    const std::vector<exercises::CatalogExercise>& catalog, const ReadRecording& read);

}  // namespace reprise::pipeline
