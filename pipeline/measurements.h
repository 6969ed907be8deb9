// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/units.h"
#include "pipeline/outputs.h"
#include "session/measurements/balance.h"
#include "session/measurements/function_tests.h"
#include "session/measurements/measurement_document.h"

namespace reprise::pipeline {

/// How a file of signals is read: guesses of its reader that are corrected.
struct SignalFileOptions {
  std::optional<Hertz> rate;                    ///< where the file has none, or instead of the file's
  std::map<std::string, std::string> meanings;  ///< channel or sensor → "left_foot", "acceleration_x", "ecg"
  std::string part;                         ///< of a MATLAB file: the group, e.g. "TimeMeasure1.Test5.Trial1"
  std::optional<double> cell_area_m2 = {};  ///< of each cell of an insole that gives pressures
};

/// What loads are held against.
struct LoadLimits {
  std::optional<double> body_mass_kg = {};
  std::optional<double> limit_kg = {};     ///< prescribed; at most one of both
  std::optional<double> limit_share = {};  ///< of the body's weight
  std::optional<Side> limited = {};        ///< the foot that it holds for; empty: both
};

struct GaitOptions {
  SignalFileOptions file;
  std::optional<Meters> body_height;    ///< for lengths from the lower back
  std::optional<Meters> sensor_height;  ///< above the ground when standing; better than the body's height
  std::optional<session::FunctionTest> test;  ///< which test the recording holds; empty: walking as it comes
  std::optional<Meters> course;               ///< of a walk test
  std::string start;     ///< of days: when it was recorded, with its zone; empty: as the file says
  LoadLimits load = {};  ///< of forces under the feet
  std::string zone;  ///< of days: whose midnight counts, "Europe/Berlin"; empty: that of the start's offset
};

/// Measures gait with the sensors on the feet if there are any, else with the one at the lower back (or the
/// only sensor), else by the forces under the feet (pipeline/ground_loads.h), or by these first where
/// `load.body_mass_kg` is given; a test of function always with that. A recording at the lower back of
/// kDailyLifeFrom or longer is one of days (pipeline/daily_walking.h). Errors: those of reading, of
/// engine::analyze_foot_gait, analyze_lower_back_gait, session::measure_function_test and
/// measure_daily_walking.
[[nodiscard]] Result<session::MeasurementDocument> measure_gait(const std::filesystem::path& path,
                                                                const GaitOptions& options);

struct StandingFile {
  std::filesystem::path path;
  std::string part;  ///< "eyes_open", "eyes_closed", another name, or empty
};

/// The parts that files' names tell: "anna-eyes-open.csv" is "eyes_open". Of several files another's name
/// itself, also where two would have open or closed eyes; else empty. Errors: invalid_argument (a name that
/// holds a task with something else, or two with one task).
[[nodiscard]] Result<std::vector<std::string>> parts_of_names(std::span<const std::filesystem::path> paths);

/// Measures balance from insoles or plates under both feet, from the center of pressure, or from forces and
/// moments of a plate; where a file has none of these, from a sensor at the trunk. Several plates of a C3D
/// file that say no side are measured as one. All files are of one kind, and no two of one part. Errors:
/// those of reading and of session::measure_sway, measure_insole_balance and measure_trunk_sway.
[[nodiscard]] Result<session::MeasurementDocument> measure_balance(
    const std::vector<StandingFile>& files, const SignalFileOptions& options,
    const session::BalanceOptions& balance = {});

struct MuscleOptions {
  SignalFileOptions file;
  std::filesystem::path reference;  ///< of maximum or reference contractions, same channels; may be empty
  bool remove_ecg = false;
};

/// Measures every EMG channel. Errors: those of reading and of session::measure_muscles.
[[nodiscard]] Result<session::MeasurementDocument> measure_muscle(const std::filesystem::path& path,
                                                                  const MuscleOptions& options);

struct HeartOptions {
  SignalFileOptions file;
  std::string annotator;                 ///< of a WFDB record: take its beats instead of detecting them
  std::optional<Seconds> end_of_effort;  ///< for the recovery
};

/// Measures the heart from an ECG, a list of RR intervals, or annotated beats. Errors: those of reading and
/// of session::measure_ecg and measure_intervals.
[[nodiscard]] Result<session::MeasurementDocument> measure_heart(const std::filesystem::path& path,
                                                                 const HeartOptions& options);

/// Everything that these commands write: measurement.json, report.html, and a table of events each, such as
/// strides.csv. Errors: those of the writers.
[[nodiscard]] Result<std::vector<OutputFile>> measurement_outputs(
    const session::MeasurementDocument& document);

}  // namespace reprise::pipeline
